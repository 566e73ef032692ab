// Each command is a short function of its own; what takes more room stands in help.*, timing.*, plot_command.*.
#include "program/commands.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "program/help.hpp"
#include "program/output.hpp"
#include "program/plot_command.hpp"
#include "program/screen_text.hpp"
#include "program/stages.hpp"
#include "program/text_file.hpp"
#include "program/timing.hpp"

namespace lanewise::inline v0::program {
namespace {

using Argument = Command::Argument;

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t deepest_load = 16;  // scripts that load scripts

void require_argument(const Command& command, std::string_view argument) {
  if (!argument.empty()) return;
  throw SyntaxError(ErrorCode::unexpected_end, fmt::format("{} needs more: {} {}", command.name, command.name, command.argument));
}

Next help(Workspace& workspace, const Command&, std::string_view name) {
  const std::string text = help_text(workspace.calculator(), name);
  const bool is_on_screen = isatty(STDOUT_FILENO) && !workspace.request().json;
  workspace.show_text("help", is_on_screen ? wrapped(text, screen_size(STDOUT_FILENO).column_count) : text);
  return Next::go_on;
}

Next list(Workspace& workspace, const Command&, std::string_view) {
  workspace.show_text("list", list_text(workspace.calculator()));
  return Next::go_on;
}

Next who(Workspace& workspace, const Command&, std::string_view) {
  workspace.show_text("who", names_text(workspace.calculator().names()));
  return Next::go_on;
}

Next time(Workspace& workspace, const Command& command, std::string_view text) {
  require_argument(command, text);
  const Reply reply = workspace.with_session(
      [text](Calculator& calculator, const std::stop_token& stop, const RunOptions& options) { return calculator.run(text, stop, options); });
  for (const Answer& answer : reply.answers) {
    workspace.keep(answer, text);
    workspace.show(answer);
  }
  if (reply.diagnostic) throw CommandFailed(*reply.diagnostic, text);
  if (!reply.answers.empty()) workspace.show_text("time", time_text(reply));
  return Next::go_on;
}

Next timeit(Workspace& workspace, const Command& command, std::string_view text) {
  require_argument(command, text);
  workspace.show_text("timeit", measured_text(workspace, text));
  return Next::go_on;
}

Next show_stage(Workspace& workspace, const Command& command, std::string_view text) {
  require_argument(command, text);
  const std::string_view stage = command.name.substr(1);
  const Explanation explanation = explain_stage(workspace.calculator(), stage, text, workspace.run_options());
  if (explanation.diagnostic) throw CommandFailed(*explanation.diagnostic, text);
  workspace.show_text(stage, explanation.text);
  return Next::go_on;
}

Next threads(Workspace& workspace, const Command&, std::string_view argument) {
  if (!argument.empty()) {
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(argument.data(), argument.data() + argument.size(), count);
    if (error != std::errc() || end != argument.data() + argument.size() || count == 0 || count > 65'536) {
      throw SyntaxError(ErrorCode::malformed_number, fmt::format("'{}' is no number of threads; write :threads 2, or :threads alone to see it", argument));
    }
    workspace.set_max_threads(count);
  }
  const std::size_t all = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t most = workspace.max_threads();
  workspace.show_text("threads", most == 0 ? fmt::format("all {} threads", all) : fmt::format("at most {} of {} threads", most, all));
  return Next::go_on;
}

Next save(Workspace& workspace, const Command& command, std::string_view path) {
  require_argument(command, path);
  require_files(workspace, command.name);
  write_text_file(expanded_path(path), workspace.script());
  return Next::go_on;
}

Next load(Workspace& workspace, const Command& command, std::string_view path) {
  require_argument(command, path);
  require_files(workspace, command.name);
  const Workspace::Nesting nesting(workspace);
  if (nesting.depth() > deepest_load) {
    throw LimitError(ErrorCode::nesting_too_deep, fmt::format("scripts load one another more than {} deep", deepest_load));
  }
  const LineOutcome outcome = run_script(workspace, expanded_path(path));
  if (!outcome.is_done) throw ScriptFailed();
  return outcome.next;
}

Next plot(Workspace& workspace, const Command& command, std::string_view argument) {
  require_argument(command, argument);
  run_plot(workspace, argument);
  return Next::go_on;
}

Next reset(Workspace& workspace, const Command&, std::string_view name) {
  if (name.empty()) {
    workspace.reset();
  } else if (!workspace.erase(name)) {
    throw NameError(ErrorCode::unknown_name, fmt::format("no name '{}' to forget; :who lists the session's names", name));
  }
  return Next::go_on;
}

Next quit(Workspace&, const Command&, std::string_view) { return Next::leave; }

constexpr Command rows[] = {
    {":help", "[NAME]", "says how to go on, or explains an operator, a function, a name, a command; also ?NAME", Argument::name, help},
    {":list", "", "lists all operators and functions", Argument::none, list},
    {":who", "", "lists the names of the session", Argument::none, who},
    {":time", "EXPRESSION", "evaluates it and says how long that took", Argument::expression, time},
    {":timeit", "EXPRESSION", "evaluates it again and again for a second", Argument::expression, timeit},
    {":tree", "EXPRESSION", "shows how it is read", Argument::expression, show_stage},
    {":graph", "EXPRESSION", "shows its typed operations", Argument::expression, show_stage},
    {":simplified", "EXPRESSION", "shows what is left of them", Argument::expression, show_stage},
    {":program", "EXPRESSION", "shows its instructions", Argument::expression, show_stage},
    {":plan", "EXPRESSION", "shows how it runs on this machine", Argument::expression, show_stage},
    {":plot", "[--hist] [--svg FILE] EXPRESSION", "draws a line or a histogram, here or in an SVG file", Argument::plot, plot},
    {":threads", "[N]", "sets how many threads work at most", Argument::count, threads},
    {":save", "FILE", "saves the statements that bound the session's names, as a script", Argument::file, save},
    {":load", "FILE", "runs a script", Argument::file, load},
    {":reset", "[NAME]", "forgets a name, or all", Argument::name, reset},
    {":quit", "", "leaves, as Ctrl-D, :q and :exit do", Argument::none, quit},
};

std::string_view without_outer_blanks(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

[[noreturn]] void refuse_unknown(std::string_view line, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command& row : rows) names.push_back(row.name);
  const auto nearest = nearest_word(name, names);
  NameError error(ErrorCode::unknown_name,
                  nearest ? fmt::format("unknown command '{}'; did you mean '{}'?", name, *nearest)
                          : fmt::format("unknown command '{}'; :help lists all", name),
                  {static_cast<std::size_t>(name.data() - line.data()), name.size()});
  error.attach_source(line);
  throw error;
}

}  // namespace

std::span<const Command> command_rows() noexcept { return rows; }

std::optional<CommandLine> split_command(std::string_view line) {
  const std::string_view text = without_outer_blanks(line);
  if (text.starts_with('?')) return CommandLine{":help", without_outer_blanks(text.substr(1))};
  if (text.ends_with('?') && text.find_first_of("'\"#") == std::string_view::npos) {
    return CommandLine{":help", without_outer_blanks(text.substr(0, text.size() - 1))};
  }
  if (!text.starts_with(':')) return {};
  const std::size_t end = std::min(text.find_first_of(blanks), text.size());
  return CommandLine{text.substr(0, end), without_outer_blanks(text.substr(end))};
}

Next run_command(Workspace& workspace, std::string_view line) {
  const CommandLine parts = *split_command(line);
  const std::string_view name = parts.name == ":q" || parts.name == ":exit" ? ":quit" : parts.name;
  const auto command = std::ranges::find(rows, name, &Command::name);
  if (command == std::end(rows)) refuse_unknown(line, parts.name);
  if (command->kind == Argument::none && !parts.argument.empty()) {
    throw SyntaxError(ErrorCode::unexpected_token, fmt::format("{} stands alone; found '{}' behind it", command->name, parts.argument));
  }
  return command->run(workspace, *command, parts.argument);
}

// Levenshtein's distance, row by row.
static std::size_t change_count(std::string_view from, std::string_view to) {
  std::vector<std::size_t> counts(to.size() + 1);
  std::iota(counts.begin(), counts.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = std::exchange(counts[0], i + 1);
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = counts[j + 1];
      counts[j + 1] = std::min({replaced, counts[j] + 1, counts[j + 1] + 1});
    }
  }
  return counts.back();
}

static std::size_t common_length(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

// Of words equally near, the one that begins alike for longer, then the one whose length is nearer.
std::optional<std::string_view> nearest_word(std::string_view typed, std::span<const std::string_view> words) {
  constexpr std::size_t longest = 64;  // no name is longer, and the work grows with the square
  if (typed.size() > longest) return {};
  const auto distance = [typed](std::string_view word) {
    const std::size_t length_difference = std::max(word.size(), typed.size()) - std::min(word.size(), typed.size());
    return std::tuple(change_count(typed, word), longest - common_length(typed, word), length_difference);
  };
  const auto nearest = std::ranges::min_element(words, {}, distance);
  if (nearest == words.end() || change_count(typed, *nearest) > std::max<std::size_t>(2, typed.size() / 3)) return {};
  return *nearest;
}

}  // namespace lanewise::inline v0::program
