// The help page is made from the tables that also run things, so it cannot fall behind.
#include "program/commands.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <lanewise/operations.hpp>

#include "calculator/makers.hpp"
#include "calculator/manual.hpp"

namespace lanewise::inline v0::calculator {
namespace {

constexpr Command rows[] = {
    {":help", "[NAME]", "lists operators and functions, or explains one", Command::Kind::help},
    {":tree", "EXPRESSION", "shows how it is read", Command::Kind::explain, ExplainStage::tree},
    {":graph", "EXPRESSION", "shows its typed operations", Command::Kind::explain, ExplainStage::graph},
    {":simplified", "EXPRESSION", "shows what is left of them", Command::Kind::explain, ExplainStage::simplified},
    {":program", "EXPRESSION", "shows its instructions", Command::Kind::explain, ExplainStage::program},
    {":plan", "EXPRESSION", "shows how it runs on this machine", Command::Kind::explain, ExplainStage::plan},
    {":quit", "", "leaves, as Ctrl-D does", Command::Kind::quit},
};

bool has_spelling(const OperationInfo& operation, std::string_view wanted) {
  const std::vector<std::string_view> spellings = split_words(operation.spellings);
  return std::ranges::find(spellings, wanted) != spellings.end();
}

std::string operation_line(const OperationInfo& operation) {
  return fmt::format("  {:<28}{:<36}{}\n", operation.spellings, operation.example, operation.value);
}

std::string bounds_text(const OperationInfo& operation) {
  if (operation.ulp_float32 == operation.ulp_float64) return error_text(operation.ulp_float64);
  return fmt::format("float32 {}, float64 {}", error_text(operation.ulp_float32), error_text(operation.ulp_float64));
}

std::string explained(const OperationInfo& operation) {
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

std::string operation_lines(bool operators) {
  std::string text;
  for (const OperationInfo& operation : operations()) {
    if (operation.is_operator == operators) text += operation_line(operation);
  }
  return text;
}

std::string all_help() {
  std::string text = "name = EXPRESSION keeps a value; ans and _ hold the last one.\n\nCommands\n";
  for (const Command& row : rows) text += fmt::format("  {:<24}{}\n", fmt::format("{} {}", row.name, row.argument), row.meaning);
  text += "\nArrays\n";
  for (const Maker& maker : makers()) text += fmt::format("  {}\n", maker.usage);
  text += "\nOperators, with an example and its value\n" + operation_lines(true);
  return text + "\nFunctions\n" + operation_lines(false);
}

}  // namespace

const Command* find_command(std::string_view name) noexcept {
  const Command* const found = std::find_if(std::begin(rows), std::end(rows), [&](const Command& row) { return row.name == name; });
  return found == std::end(rows) ? nullptr : found;
}

std::string help_text(std::string_view name) {
  if (name.empty()) return all_help();
  std::string text;
  if (const Maker* const maker = find_maker(name)) text += fmt::format("  {}\n", maker->usage);
  for (const OperationInfo& operation : operations()) {
    if (has_spelling(operation, name)) text += (text.empty() ? "" : "\n") + explained(operation);
  }
  return text.empty() ? fmt::format("nothing is called '{}'; :help lists everything\n", name) : text;
}

}  // namespace lanewise::inline v0::calculator
