// Prints grammar/REFERENCE.md: every operator and function, from the table and from what the library answers. Examples are evaluated, and
// so are functions at their special values; an example whose value is not the table's is an error.
//
// usage: print_reference         prints the page
//        print_reference FILE    compares it with FILE, and says how to renew that
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <lanewise/lanewise.hpp>

#include "calculator/manual.hpp"
#include "calculator/print.hpp"

namespace {

using namespace lanewise;
using calculator::printed;

constexpr std::string_view introduction =
    "# Operators and functions\n"
    "\n"
    "This page is printed by `tests/reference/print_reference.cpp` from the table `src/ops/operations.def`; all values on it were computed "
    "by\n"
    "lanewise when it was printed. [README.md](README.md) has the syntax.\n"
    "\n"
    "*Real* types are all but the complex ones. Operands *meet* in the type to which NumPy promotes them; a number without a type of its "
    "own takes\n"
    "the type that it meets. float16 is computed with as float32.\n"
    "\n"
    "*Errors* are bounds in units in the last place of the result, one for both or those of float32 and float64. Complex results are "
    "measured by\n"
    "their modulus; elementary functions stay within 0.75 units in complex64 and 4 in complex128. A sum of n elements passes at most "
    "log2(n) + 8\n"
    "roundings, relative to the sum of the magnitudes; float32 is summed in float64. The sign of a nan means nothing.\n";

std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return escaped;
}

std::string code(std::string_view text) { return fmt::format("`{}`", cell(text)); }

std::string how_to_write(const OperationInfo& operation) {
  const std::vector<std::string_view> spellings = calculator::split_words(operation.spellings);
  std::string text = code(operation.signature);
  for (std::size_t i = 1; i < spellings.size(); ++i) text += " " + code(spellings[i]);
  return text;
}

std::string meaning(const OperationInfo& operation) {
  std::string text = cell(operation.summary) + " " + cell(operation.types);
  if (!operation.definition.empty()) text += fmt::format(" The same as {}.", code(operation.definition));
  return text;
}

std::string errors(const OperationInfo& operation) {
  const std::string wide = calculator::error_text(operation.ulp_float64);
  return operation.ulp_float32 == operation.ulp_float64 ? wide : calculator::error_text(operation.ulp_float32) + ", " + wide;
}

std::string example(const OperationInfo& operation) {
  const std::string value = printed(evaluate(operation.example, {}));
  if (value != operation.value) {
    throw std::runtime_error(fmt::format("{} gives {}, not {} as the table has it", operation.example, value, operation.value));
  }
  return fmt::format("{} gives {}", code(operation.example), code(value));
}

std::string operation_table(const std::vector<OperationInfo>& chapter) {
  std::string text = "| | | error | example |\n|---|---|---|---|\n";
  for (const OperationInfo& operation : chapter) {
    text += fmt::format("| {} | {} | {} | {} |\n", how_to_write(operation), meaning(operation), errors(operation), example(operation));
  }
  return text;
}

// ---- Special values

using Operands = std::vector<std::string_view>;

const std::vector<Operands> special_operands[] = {
    {},
    {{"0.0"}, {"-0.0"}, {"inf"}, {"-inf"}, {"nan"}},
    {{"0.0", "0.0"},
     {"0.0", "-0.0"},
     {"1.0", "0.0"},
     {"0.0", "inf"},
     {"inf", "0.0"},
     {"inf", "inf"},
     {"inf", "-inf"},
     {"nan", "0.0"},
     {"1.0", "nan"}},
};

constexpr std::array<std::string_view, 2> operand_names = {"x", "y"};

std::string special_row(const OperationInfo& operation) {
  const auto operand_count = static_cast<std::size_t>(operation.operand_count);
  const auto names = std::span(operand_names).first(operand_count);
  std::vector<SchemaEntry> schema;
  for (const std::string_view name : names) schema.push_back({std::string(name), DType::float64, false});
  const Expression expression = Expression::compile(calculator::call_text(operation, names), Schema(std::move(schema)));
  std::string row = "| " + code(calculator::call_text(operation, names)) + " |";
  std::set<std::string> values;
  for (const Operands& operands : special_operands[operand_count]) {
    std::vector<Input> inputs;
    for (std::size_t i = 0; i < operand_count; ++i) inputs.push_back({names[i], evaluate(operands[i], {}).item<double>()});
    const std::string value = printed(expression.evaluate(inputs));
    row += fmt::format(" {} |", value);
    values.insert(value);
  }
  return values.size() > 1 ? row + "\n" : "";  // nothing special
}

std::string special_table(const std::vector<OperationInfo>& chapter, int operand_count) {
  std::string rows;
  for (const OperationInfo& operation : chapter) {
    if (operation.operand_count != operand_count || operation.is_reduction) continue;
    try {
      rows += special_row(operation);
    } catch (const DTypeError&) {  // not for floats
    }
  }
  if (rows.empty()) return {};
  std::string head = "| |", line = "|---|";
  for (const Operands& operands : special_operands[static_cast<std::size_t>(operand_count)]) {
    head += fmt::format(" {} |", fmt::join(operands, ", "));
    line += "---|";
  }
  return fmt::format("\n{}\n{}\n{}", head, line, rows);
}

// ---- Types

std::string type_table() {
  std::vector<std::pair<std::string, std::string>> groups;  // types, operations
  for (const OperationInfo& operation : operations()) {
    const std::string types = calculator::dtypes_text(calculator::result_dtypes(operation));
    if (types.empty() || operation.chapter == "Conversions") continue;  // these say it in a word
    const std::string name = code(operation.spellings.substr(0, operation.spellings.find(' ')));
    const auto known = std::ranges::find(groups, types, &std::pair<std::string, std::string>::first);
    if (known == groups.end()) {
      groups.emplace_back(types, name);
    } else {
      known->second += " " + name;
    }
  }
  std::string text = "| | operands of a type, and what comes out |\n|---|---|\n";
  for (const auto& [types, names] : groups) text += fmt::format("| {} | {} |\n", names, types);
  return text;
}

std::string page() {
  std::vector<std::pair<std::string_view, std::vector<OperationInfo>>> chapters;
  for (const OperationInfo& operation : operations()) {
    auto chapter = std::ranges::find_if(chapters, [&](const auto& known) { return known.first == operation.chapter; });
    if (chapter == chapters.end()) chapter = chapters.insert(chapters.end(), {operation.chapter, {}});
    chapter->second.push_back(operation);
  }
  std::string text(introduction);
  for (const auto& [title, rows] : chapters) {
    text += fmt::format("\n## {}\n\n{}", title, operation_table(rows));
    const std::string special = special_table(rows, 1) + special_table(rows, 2);
    if (!special.empty()) text += "\nSpecial values:\n" + special;
  }
  return text + "\n## Types\n\nOperands that are all of one type (of `ldexp`, a whole number as the second):\n\n" + type_table();
}

int compare(const char* path, const std::string& text) {
  std::ifstream file(path);
  const std::string kept{std::istreambuf_iterator<char>(file), {}};
  if (kept == text) return 0;
  const auto [here, there] = std::mismatch(text.begin(), text.end(), kept.begin(), kept.end());
  const auto line = 1 + std::count(text.begin(), here, '\n');
  std::cerr << path << ":" << line << ": differs from the operations. Renew it: print_reference > " << path << '\n';
  return 1;
}

}  // namespace

int main(int argument_count, char** arguments) {
  try {
    const std::string text = page();
    if (argument_count > 1) return compare(arguments[1], text);
    std::cout << text;
  } catch (const Error& error) {
    std::cerr << error.report() << '\n';
    return 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
