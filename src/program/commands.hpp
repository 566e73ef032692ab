#pragma once
// The lines that begin with a colon: what the calculator itself is asked.

#include <optional>
#include <string>
#include <string_view>

#include <lanewise/calculator.hpp>

#include "program/stage.hpp"

namespace lanewise::inline v0::program {

struct Command {
  std::string_view name;
  std::string_view argument;  ///< what follows the name, for the help page
  std::string_view meaning;
  enum class Kind { help, explain, quit } kind;
  std::optional<ShownStage> stage = {};
};

const Command* find_command(std::string_view name) noexcept;

/// Returns the help page: commands, ways to make arrays, operators, functions with an example each. With a name: all
/// that is to be said of what bears it.
std::string help_text(const Calculator& calculator, std::string_view name);

}  // namespace lanewise::inline v0::program
