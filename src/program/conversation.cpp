// Where the lines come from differs by mode; from run_line on all are treated alike.
#include "program/conversation.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "calculator/json.hpp"
#include "calculator/print.hpp"
#include "program/commands.hpp"
#include "program/input_file.hpp"
#include "program/json.hpp"
#include "program/output.hpp"
#include "program/progress_line.hpp"

namespace lanewise::inline v0::calculator {

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
    try {
      define_input(definition);
    } catch (const std::exception& error) {
      show_failure(error, definition);
      flush_output();
      return false;
    }
  }
  return true;
}

void Conversation::define_input(const std::string& definition) {
  if (const auto file = find_input_file(definition)) return session_.define(definition, file->name, load(*file));
  const Interrupts::Evaluation evaluation(interrupts_);
  session_.run(definition, {0, definition.size()}, evaluation.stop());
}

void Conversation::run_expression() {
  const std::string& text = *request_.expression;
  try {
    if (request_.explain) return show_stage(text, {0, text.size()}, *request_.explain);
    if (request_.out_path) return write_value(text, *request_.out_path);
    show([&] {
      const Interrupts::Evaluation evaluation(interrupts_);
      return session_.evaluate(text, evaluation.stop());
    }());
  } catch (const OutputFailed&) {
    throw;
  } catch (const std::exception& error) {
    show_failure(error);
  }
}

// The file appears under its name at the end only; after an error, or when the evaluation is stopped, nothing is left.
void Conversation::write_value(const std::string& text, const std::string& path) {
  std::optional<NpyWriter> file;
  const Answer answer = [&] {
    ProgressLine line;
    const Interrupts::Evaluation evaluation(interrupts_);
    const OutputMaker make_output = [&](DType dtype, std::span<const std::size_t> shape) { return file.emplace(path, dtype, shape).array(); };
    return session_.evaluate_into(text, make_output, evaluation.stop(), [&line](double fraction) { line.show(fraction); });
  }();
  file->commit();
  if (request_.time) show_time(answer);
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
  while (ends_inside_brackets(text) && !text.starts_with(':')) {
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
  try {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string_view::npos && line[first] == ':') return run_command(line.substr(first));
    for (const TextRange statement : split_statements(line)) run_statement(line, statement);
  } catch (const OutputFailed&) {
    throw;
  } catch (const std::exception& error) {
    show_failure(error);
  }
  return Next::go_on;
}

void Conversation::run_statement(std::string_view line, TextRange statement) {
  if (request_.explain && !find_assignment(line, statement)) return show_stage(line, statement, *request_.explain);
  const Answer answer = [&] {
    const Interrupts::Evaluation evaluation(interrupts_);
    return session_.run(line, statement, evaluation.stop());
  }();
  show(answer);
}

Conversation::Next Conversation::run_command(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
  const std::size_t name_end = std::min(line.find_first_of(" \t"), line.size());
  const std::size_t argument = std::min(line.find_first_not_of(" \t", name_end), line.size());
  const Command* const command = find_command(line.substr(0, name_end));
  if (command == nullptr) {
    NameError error(ErrorCode::unknown_name, "unknown command; :help lists all", {0, name_end});
    error.attach_source(line);
    throw error;
  }
  switch (command->kind) {
    case Command::Kind::quit: return Next::leave;
    case Command::Kind::explain: show_stage(line, {argument, line.size()}, *command->stage); break;
    case Command::Kind::help: {
      const std::string text = help_text(line.substr(argument));
      write_output(request_.json ? json_of_stage("help", text) + '\n' : text);
    }
  }
  return Next::go_on;
}

void Conversation::show_stage(std::string_view text, TextRange statement, ExplainStage stage) {
  std::string shown = session_.explain(text, statement, stage);
  while (shown.ends_with('\n')) shown.pop_back();
  if (request_.json) {
    for (const StageName& row : stage_names) {
      if (row.stage == stage) shown = json_of_stage(row.name, shown);
    }
  }
  write_output(shown + '\n');
}

void Conversation::show(const Answer& answer) {
  if (request_.json) {
    print_json(answer, request_.full, write_output);
    write_output("\n");
  } else if (!answer.is_assignment) {
    if (answer.is_tuple) {
      print_tuple(answer.values, request_.full, write_output);
    } else {
      print(answer.values.front()->array, request_.full, write_output);
    }
    write_output("\n");
  }
  if (request_.time) show_time(answer);
}

void Conversation::show_time(const Answer& answer) {
  flush_output();                                         // so that the value stands before its time where both go to a terminal
  const double seconds = std::max(answer.seconds, 1e-9);  // below the clock's step
  write_message(fmt::format("{:.3g} s, {:.3g} elements/s, {:.3g} GB/s", answer.seconds, static_cast<double>(answer.element_count) / seconds,
                            static_cast<double>(answer.moved_bytes) / seconds / 1e9));
}

void Conversation::show_failure(const std::exception& error, std::string_view quoted) {
  const Failure failure = describe(error);
  if (status_ == ExitStatus::done) status_ = failure.status;
  if (request_.json) {
    write_output(json_of(failure, quoted) + '\n');
  } else {
    flush_output();
    write_message(place_ + failure.report);
  }
}

}  // namespace lanewise::inline v0::calculator
