#pragma once
// The lines that begin with a colon: what the calculator itself is asked. THE table of them: help, completion and the manual page are made of it.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "program/run_lines.hpp"
#include "program/workspace.hpp"

namespace lanewise::inline v0::program {

struct Command {
  enum class Argument { none, name, expression, count, file, plot };
  std::string_view name;      ///< ":help"
  std::string_view argument;  ///< what follows the name, for the help page: "[NAME]"
  std::string_view meaning;
  Argument kind;  ///< what completes it
  /// `argument` is what follows the name, without outer blanks. Throws CommandFailed, ScriptFailed, lanewise::Error, OutputFailed.
  Next (*run)(Workspace& workspace, const Command& command, std::string_view argument);
};

/// Returns all rows, in the order in which they are shown.
std::span<const Command> command_rows() noexcept;

/// The parts of a command line; `?name` and `name?` are `:help name`.
struct CommandLine {
  std::string_view name;      ///< ":help"
  std::string_view argument;  ///< a part of the line
};
std::optional<CommandLine> split_command(std::string_view line);
inline bool is_command(std::string_view line) { return split_command(line).has_value(); }

/// Runs a line for which is_command is true. An unknown command is a NameError that names the nearest one.
Next run_command(Workspace& workspace, std::string_view line);

/// Returns the word among `words` that the fewest changes make of `typed`; nothing if more than a third of its characters would change.
std::optional<std::string_view> nearest_word(std::string_view typed, std::span<const std::string_view> words);

}  // namespace lanewise::inline v0::program
