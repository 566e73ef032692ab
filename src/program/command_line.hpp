#pragma once
// The command line as a request.
//
// Which words are options is decided here, not by the option parser, as an expression may begin with a minus. A word is an option if it
// is -f or -h, or begins with two minus signs and consists up to its end or an `=` of letters, digits and minus signs after a
// letter, as in --json, --threads=2 or the unknown --foo. All else is the expression (the first such word) or an argument,
// and so is every word after a bare --. Hence '-x' and '--x**2' are expressions, and the expression '--x' is written -- --x.

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "program/failure.hpp"
#include "program/stage.hpp"

namespace lanewise::inline v0::program {

struct Request {
  std::optional<std::string> expression;
  std::vector<std::string> definitions;  ///< NAME=EXPRESSION or NAME=@FILE each
  std::optional<std::string> script_path;
  std::optional<std::string> out_path;  ///< where the expression's value goes; there is an expression then, and no stage to explain
  std::optional<ShownStage> explain;
  std::size_t max_threads = 0;  ///< 0: all
  bool time = false;
  bool json = false;
  bool full = false;
};

/// What to say instead of doing anything: help, the version, or what was wrong.
struct Notice {
  ExitStatus status;
  std::string text;
};

std::variant<Request, Notice> parse_command_line(const std::vector<std::string>& words);

}  // namespace lanewise::inline v0::program
