#include "program/run_lines.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include <fmt/format.h>

#include "program/commands.hpp"
#include "program/output.hpp"

namespace lanewise::inline v0::program {

bool is_unfinished(const Calculator& calculator, std::string_view text) {
  return !is_command(text) && calculator.is_complete(text) == Completeness::incomplete;
}

std::size_t read_lines(const Calculator& calculator, std::istream& in, std::string& text) {
  if (!std::getline(in, text)) return 0;
  std::size_t line_count = 1;
  while (is_unfinished(calculator, text)) {
    std::string line;
    if (!std::getline(in, line)) break;
    text += '\n' + line;
    ++line_count;
  }
  return line_count;
}

// Words that people try first; as long as no name is called so.
static void refuse_word(const Calculator& calculator, std::string_view line) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = std::min(line.find_first_not_of(blanks), line.size());
  const std::string_view word = line.substr(begin, line.find_last_not_of(blanks) + 1 - begin);
  const bool leaves = word == "quit" || word == "exit";
  if ((!leaves && word != "help") || !calculator.describe(word).empty()) return;
  throw NameError(ErrorCode::unknown_name, fmt::format("unknown name '{}'; {}", word, leaves ? ":quit leaves" : ":help says how to go on"));
}

LineOutcome run_line(Workspace& workspace, std::string_view line) {
  try {
    if (!is_command(line)) {
      refuse_word(workspace.calculator(), line);
      return {Next::go_on, workspace.run(line)};
    }
    return {run_command(workspace, line), true};
  } catch (const OutputFailed&) {
    throw;
  } catch (const CommandFailed& error) {
    workspace.show_failure(error.diagnostic, error.source);
  } catch (const ScriptFailed&) {  // shown where it happened
  } catch (const std::exception& error) {
    workspace.show_failure(describe(error));
  }
  return {Next::go_on, false};
}

LineOutcome run_lines(Workspace& workspace, std::istream& in, const std::string& name) {
  const Workspace::Place outer_place = workspace.place();
  LineOutcome outcome{Next::go_on, true};
  std::string text;
  for (std::size_t number = 1; outcome.next == Next::go_on && outcome.is_done;) {
    const std::size_t line_count = read_lines(workspace.calculator(), in, text);
    if (line_count == 0) break;
    if (!name.empty()) workspace.set_place({name, number});
    outcome = run_line(workspace, text);
    number += line_count;
  }
  workspace.set_place(outer_place);
  return outcome;
}

static FileError unreadable(const std::string& path) {
  return FileError(ErrorCode::unreadable_file, fmt::format("cannot read '{}': {}", path, std::strerror(errno)));
}

LineOutcome run_script(Workspace& workspace, const std::string& path) {
  errno = 0;
  std::ifstream script(path);
  if (!script.is_open()) throw unreadable(path);
  const LineOutcome outcome = run_lines(workspace, script, path);
  if (script.bad()) throw unreadable(path);
  return outcome;
}

}  // namespace lanewise::inline v0::program
