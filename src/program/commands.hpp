#pragma once
// The lines that begin with a colon: what the calculator itself is asked.

#include <optional>
#include <string>
#include <string_view>

#include "calculator/session.hpp"

namespace lanewise::inline v0::calculator {

struct Command {
  std::string_view name;
  std::string_view argument;  ///< what follows the name, for the help page
  std::string_view meaning;
  enum class Kind { help, explain, quit } kind;
  std::optional<ExplainStage> stage = {};
};

const Command* find_command(std::string_view name) noexcept;

/// Returns the help page: commands, ways to make arrays, operators, functions with an example each. With a name: all
/// that is to be said of what bears it.
std::string help_text(std::string_view name);

}  // namespace lanewise::inline v0::calculator
