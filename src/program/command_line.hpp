#pragma once
// The command line as a request.
//
// Which words are options is decided here, not by the option parser, as an expression may begin with a minus. A word is an option if it
// is -f or -h, or begins with two minus signs and consists up to its end or an `=` of letters, digits and minus signs after a
// letter, as in --json, --threads=2 or the unknown --foo. All else is the expression (the first such word, unless it is a definition) or an
// argument, and so is every word after a bare --. Hence '-x' and '--x**2' are expressions, and the expression '--x' is written -- --x.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "program/failure.hpp"

namespace lanewise::inline v0::program {

/// What the options of options.hpp ask for.
struct Request {
  std::optional<std::string> expression;
  std::vector<std::string> definitions;  ///< NAME=EXPRESSION or NAME=@FILE each
  std::optional<std::string> script_path;
  std::optional<std::string> out_path;  ///< where the expression's value goes; there is an expression then, and no stage to explain
  std::optional<std::string> explain;   ///< one of the names of stage_of (stages.hpp)
  std::size_t max_threads = 0;          ///< 0: all
  double timeout_seconds = 0;           ///< 0: none
  bool time = false;
  bool json = false;
  bool full = false;
  bool allow_files = false;
  std::string color = "auto";
  std::string printed_completion;  ///< the name of a shell, or nothing
  bool print_manual = false;
  bool print_version = false;
};

/// What to say instead of doing anything: help, or what was wrong.
struct Notice {
  ExitStatus status;
  std::string text;
};

std::variant<Request, Notice> parse_command_line(const std::vector<std::string>& words);

/// What is said before the options, in the help and the manual page: a sentence, and uses with what they do.
struct UsageRow {
  std::string_view line;
  std::string_view meaning;
};
std::span<const UsageRow> usage_rows() noexcept;
extern const std::string_view usage_notes;

}  // namespace lanewise::inline v0::program
