// Made from the tables that also run things, so it cannot fall behind.
#include <algorithm>

#include <fmt/format.h>
#include <lanewise/operations.hpp>

#include "calculator/inspection.hpp"
#include "calculator/makers.hpp"
#include "calculator/manual.hpp"
#include "calculator/print.hpp"

namespace lanewise::inline v0::calculator {
namespace {

std::string bounds_text(const OperationInfo& operation) {
  if (operation.ulp_float32 == operation.ulp_float64) return error_text(operation.ulp_float64);
  return fmt::format("float32 {}, float64 {}", error_text(operation.ulp_float32), error_text(operation.ulp_float64));
}

std::string of_operation(const OperationInfo& operation) {
  const std::vector<std::string_view> spellings = split_words(operation.spellings);
  std::string text = fmt::format("  {}\n", operation.signature);
  if (spellings.size() > 1) text += fmt::format("  also      {}\n", fmt::join(spellings.begin() + 1, spellings.end(), ", "));
  text += fmt::format("  value     {}\n  types     {}\n", operation.summary, operation.types);
  const std::string dtypes = dtypes_text(result_dtypes(operation));
  if (!dtypes.empty()) text += fmt::format("            {}\n", dtypes);
  text += fmt::format("  error     {}\n", bounds_text(operation));
  if (!operation.definition.empty()) text += fmt::format("  same as   {}\n", operation.definition);
  return text + fmt::format("  example   {}  gives  {}\n", operation.example, operation.value);
}

// Values of several lines stand below one another.
std::string indented(std::string_view text, std::string_view indent) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '\n') result += indent;
  }
  return result;
}

std::string of_maker(const Maker& maker) {
  std::string text = fmt::format("  {}\n  value     {}\n", maker.usage, maker.summary);
  if (maker.example.empty()) return text;
  const std::string lead = fmt::format("  example   {}  gives  ", maker.example);
  return text + lead + indented(maker.value, std::string(lead.size(), ' ')) + '\n';
}

std::string of_value(std::string_view name, const NamedValue& value) {
  const ArrayView elements = elements_of(value);
  std::string_view whose;
  if (std::holds_alternative<ArrayView>(value)) whose = ", of the host, read-only";
  if (std::holds_alternative<MutableArrayView>(value)) whose = ", of the host, writable";
  if (const auto* const own = std::get_if<SharedValue>(&value); own != nullptr && (*own)->is_file()) whose = ", in a file";
  const std::string shape = elements.is_scalar() ? "a scalar" : fmt::format("shape ({})", fmt::join(elements.shape(), ", "));
  return fmt::format("  {}: {}, {}, {}{}\n  {}\n", name, elements.dtype().name(), shape, size_text(bytes_of(elements)), whose,
                     indented(printed(elements), "  "));
}

}  // namespace

std::string describe(std::string_view name, const Vocabulary& vocabulary) {
  std::string text;
  if (const NamedValue* const value = vocabulary.names.find(name)) text += of_value(name, *value);
  if (const Maker* const maker = find_maker(name)) text += of_maker(*maker);
  if (name == "save") text += "  save(path, x)\n  value     None; x is written to an .npy file, which appears under its name when it is whole.\n";
  if (name == "assert") text += "  assert x [, \"text\"]\n  value     None; it is an error, with that text, unless all elements of x are true.\n";
  if (const auto function = vocabulary.host_functions.find(name)) {
    text += fmt::format("  {}: a function of the host of {} arguments, gives {}\n", name, function->arguments.size(), function->result.name());
  }
  for (const OperationInfo& operation : operations()) {
    const std::vector<std::string_view> spellings = split_words(operation.spellings);
    if (std::ranges::find(spellings, name) != spellings.end()) text += (text.empty() ? "" : "\n") + of_operation(operation);
  }
  return text;
}

}  // namespace lanewise::inline v0::calculator
