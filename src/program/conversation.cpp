// Where the lines come from differs by mode; from run_line on all are treated alike.
#include "program/conversation.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "program/commands.hpp"
#include "program/input_file.hpp"
#include "program/output.hpp"
#include "program/progress_line.hpp"

namespace lanewise::inline v0::program {

static constexpr std::string_view prompt = "> ";
static constexpr std::string_view continuation_prompt = ". ";

ExitStatus Conversation::run() {
  if (!define_inputs()) return status_;
  if (request_.expression) {
    run_expression();
  } else if (request_.script_path && *request_.script_path != "-") {
    run_script();
  } else if (!request_.script_path && !request_.json && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
    run_terminal();
  } else {
    run_pipe();
  }
  flush_output();
  return status_;
}

bool Conversation::define_inputs() {
  for (const std::string& definition : request_.definitions) {
    if (define_input(definition)) continue;
    flush_output();
    return false;
  }
  return true;
}

bool Conversation::define_input(const std::string& definition) {
  std::optional<Diagnostic> diagnostic;
  if (const auto file = find_input_file(definition)) {
    try {
      define(calculator_, *file);
    } catch (const Error& error) {
      const bool is_of_file = dynamic_cast<const FileError*>(&error) != nullptr;
      diagnostic = Diagnostic{is_of_file ? Diagnostic::Kind::file : Diagnostic::Kind::expression, error.code(), error.span(), error.what(), error.report()};
    }
  } else {
    const Interrupts::Evaluation evaluation(interrupts_);
    diagnostic = calculator_.run(definition, evaluation.stop(), run_options()).diagnostic;
  }
  if (diagnostic) show_failure(*diagnostic, definition);
  return !diagnostic;
}

void Conversation::run_expression() {
  const std::string& text = *request_.expression;
  if (request_.explain) return show_stage(text, *request_.explain);
  if (request_.out_path) return write_value(text, *request_.out_path);
  if (text.find_first_not_of(" \t\n") == std::string::npos) return show_failure(*calculator_.explain(text, Stage::tree).diagnostic);
  run_statements(text);
}

// The file appears under its name at the end only; after an error, or when the evaluation is stopped, nothing is left.
void Conversation::write_value(const std::string& text, const std::string& path) {
  std::optional<NpyWriter> file;
  const Reply reply = [&] {
    ProgressLine line;
    const Interrupts::Evaluation evaluation(interrupts_);
    const OutputMaker make_output = [&](DType dtype, std::span<const std::size_t> shape) { return file.emplace(path, dtype, shape).array(); };
    RunOptions options = run_options();
    options.progress = [&line](double fraction) { line.show(fraction); };
    return calculator_.evaluate_into(text, make_output, evaluation.stop(), options);
  }();
  if (reply.diagnostic) return show_failure(*reply.diagnostic);
  try {
    file->commit();
  } catch (const FileError& error) {
    return show_failure({Diagnostic::Kind::file, error.code(), {}, error.what(), error.report()});
  }
  if (request_.time) show_time(reply.answers.back());
}

void Conversation::run_script() {
  std::ifstream script(*request_.script_path);
  std::string text;
  for (std::size_t number = 1; status_ == ExitStatus::done;) {
    const std::size_t line_count = read_lines(script, text, false);
    if (line_count == 0) break;
    place_ = fmt::format("{}:{}: ", *request_.script_path, number);
    if (run_line(text) == Next::leave) return;
    number += line_count;
  }
  if (!script.is_open() || script.bad()) {
    write_message(fmt::format("lanewise: cannot read {}: {}", *request_.script_path, std::strerror(errno)));
    status_ = ExitStatus::file_failed;
  }
}

void Conversation::run_pipe() {
  for (std::string text; status_ != ExitStatus::interrupted && read_lines(std::cin, text, false) > 0;) {
    const Next next = run_line(text);
    flush_output();  // the writer may be waiting for the answer
    if (next == Next::leave) return;
  }
}

void Conversation::run_terminal() {
  write_output("lanewise " LANEWISE_VERSION "; :help lists operators and functions, :quit leaves\n");
  interrupts_.set_prompt(std::string(prompt));
  for (std::string text;;) {
    write_output(prompt);
    flush_output();
    if (read_lines(std::cin, text, true) == 0 || run_line(text) == Next::leave) break;
  }
  if (!std::cin) write_output("\n");
  status_ = ExitStatus::done;
}

/// Reads a line, and those behind it as long as a bracket is open; at a terminal an empty line gives up. Returns how many were read.
std::size_t Conversation::read_lines(std::istream& in, std::string& text, bool is_terminal) {
  if (!std::getline(in, text)) return 0;
  std::size_t line_count = 1;
  while (calculator_.is_complete(text) == Completeness::incomplete && !text.starts_with(':')) {
    if (is_terminal) {
      write_output(continuation_prompt);
      flush_output();
    }
    std::string line;
    if (!std::getline(in, line) || (is_terminal && line.empty())) break;
    text += '\n' + line;
    ++line_count;
  }
  return line_count;
}

Conversation::Next Conversation::run_line(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first != std::string_view::npos && line[first] == ':') return run_command(line.substr(first));
  run_statements(line);
  return Next::go_on;
}

void Conversation::run_statements(std::string_view text) {
  if (request_.explain) return show_stage(text, *request_.explain);
  const Reply reply = [&] {
    const Interrupts::Evaluation evaluation(interrupts_);
    return calculator_.run(text, evaluation.stop(), run_options());
  }();
  for (const Answer& answer : reply.answers) show(answer);
  if (reply.diagnostic) show_failure(*reply.diagnostic);
}

Conversation::Next Conversation::run_command(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
  const std::size_t name_end = std::min(line.find_first_of(" \t"), line.size());
  const std::size_t argument = std::min(line.find_first_not_of(" \t", name_end), line.size());
  const Command* const command = find_command(line.substr(0, name_end));
  if (command == nullptr) {
    NameError error(ErrorCode::unknown_name, "unknown command; :help lists all", {0, name_end});
    error.attach_source(line);
    show_failure({Diagnostic::Kind::expression, error.code(), error.span(), error.what(), error.report()});
    return Next::go_on;
  }
  switch (command->kind) {
    case Command::Kind::quit: return Next::leave;
    case Command::Kind::explain: show_stage(line.substr(argument), *command->stage); break;
    case Command::Kind::help: write_output(help_text(calculator_, line.substr(argument)));
  }
  return Next::go_on;
}

void Conversation::show_stage(std::string_view text, const ShownStage& stage) {
  const Explanation explanation =
      stage.stage ? calculator_.explain(text, *stage.stage, run_options()) : calculator_.explain_plan(text, run_options());
  if (explanation.diagnostic) return show_failure(*explanation.diagnostic);
  const std::string shown = request_.json ? explanation.json(stage.name) : explanation.text;
  write_output(shown);
  if (!shown.ends_with('\n')) write_output("\n");
}

void Conversation::show(const Answer& answer) {
  if (request_.json) {
    answer.write_json(write_output, request_.full);
    write_output("\n");
  } else if (answer.kind() == Answer::Kind::value || answer.kind() == Answer::Kind::word) {
    answer.write_text(write_output, request_.full);
    write_output("\n");
  }
  if (request_.time) show_time(answer);
}

void Conversation::show_time(const Answer& answer) {
  flush_output();                                         // so that the value stands before its time where both go to a terminal
  const double seconds = std::max(answer.seconds(), 1e-9);  // below the clock's step
  write_message(fmt::format("{:.3g} s, {:.3g} elements/s, {:.3g} GB/s", answer.seconds(), static_cast<double>(answer.element_count()) / seconds,
                            static_cast<double>(answer.moved_bytes()) / seconds / 1e9));
}

void Conversation::show_failure(const Diagnostic& diagnostic, std::string_view quoted) {
  if (status_ == ExitStatus::done) status_ = status_of(diagnostic);
  if (request_.json) {
    write_output(diagnostic.json(quoted) + '\n');
  } else {
    flush_output();
    write_message(place_ + diagnostic.report);
  }
}

}  // namespace lanewise::inline v0::program
