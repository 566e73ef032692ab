// The help page is made from the tables that also run things, so it cannot fall behind.
#include "program/commands.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <lanewise/operations.hpp>

namespace lanewise::inline v0::program {
namespace {

constexpr Command rows[] = {
    {":help", "[NAME]", "lists operators and functions, or explains one", Command::Kind::help},
    {":tree", "EXPRESSION", "shows how it is read", Command::Kind::explain, shown_stages[0]},
    {":graph", "EXPRESSION", "shows its typed operations", Command::Kind::explain, shown_stages[1]},
    {":simplified", "EXPRESSION", "shows what is left of them", Command::Kind::explain, shown_stages[2]},
    {":program", "EXPRESSION", "shows its instructions", Command::Kind::explain, shown_stages[3]},
    {":plan", "EXPRESSION", "shows how it runs on this machine", Command::Kind::explain, shown_stages[4]},
    {":quit", "", "leaves, as Ctrl-D does", Command::Kind::quit},
};

std::string operation_lines(bool operators) {
  std::string text;
  for (const OperationInfo& operation : operations()) {
    if (operation.is_operator == operators) text += fmt::format("  {:<28}{:<36}{}\n", operation.spellings, operation.example, operation.value);
  }
  return text;
}

std::string maker_lines(const Calculator& calculator) {
  std::string text;
  for (const Completion& candidate : calculator.complete("", 0).candidates) {
    if (candidate.kind != Completion::Kind::maker) continue;
    const std::string description = calculator.describe(candidate.text);
    text += description.substr(0, description.find('\n') + 1);
  }
  return text;
}

}  // namespace

const Command* find_command(std::string_view name) noexcept {
  const Command* const found = std::find_if(std::begin(rows), std::end(rows), [&](const Command& row) { return row.name == name; });
  return found == std::end(rows) ? nullptr : found;
}

std::string help_text(const Calculator& calculator, std::string_view name) {
  if (!name.empty()) {
    std::string text = calculator.describe(name);
    return text.empty() ? fmt::format("nothing is called '{}'; :help lists everything\n", name) : text;
  }
  std::string text = "name = EXPRESSION keeps a value; ans and _ hold the last one.\n\nCommands\n";
  for (const Command& row : rows) text += fmt::format("  {:<24}{}\n", fmt::format("{} {}", row.name, row.argument), row.meaning);
  text += "\nArrays\n" + maker_lines(calculator);
  text += "\nOperators, with an example and its value\n" + operation_lines(true);
  return text + "\nFunctions\n" + operation_lines(false);
}

}  // namespace lanewise::inline v0::program
