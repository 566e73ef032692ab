// Where the lines come from differs by mode; from run_line on all are treated alike.
#include "program/conversation.hpp"

#include <iostream>
#include <optional>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "program/colours.hpp"
#include "program/history_file.hpp"
#include "program/input_definition.hpp"
#include "program/line_editor.hpp"
#include "program/output.hpp"
#include "program/run_lines.hpp"
#include "program/word_choices.hpp"

namespace lanewise::inline v0::program {

static bool is_person(const Request& request) {
  return !request.expression && !request.script_path && !request.json && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

// Standard input may be what somebody else has written.
static bool is_own_script(const Request& request) { return request.script_path && *request.script_path != "-"; }

Conversation::Conversation(const Request& request, Interrupts& interrupts)
    : request_(request),
      interrupts_(interrupts),
      is_terminal_(is_person(request)),
      workspace_(request, interrupts, is_terminal_ || is_own_script(request) || request.allow_files) {}

ExitStatus Conversation::run() {
  if (define_inputs()) {
    if (request_.expression) {
      run_expression();
    } else if (request_.script_path) {
      try {
        is_own_script(request_) ? run_script(workspace_, *request_.script_path) : run_lines(workspace_, std::cin, "standard input");
      } catch (const FileError& error) {
        workspace_.show_failure(describe(error));
      }
    } else if (is_terminal_) {
      run_terminal();
    } else {
      run_pipe();
    }
  }
  flush_output();
  return workspace_.status();
}

bool Conversation::define_inputs() {
  for (const std::string& text : request_.definitions) {
    const Definition definition = *split_definition(text);
    try {
      if (const auto file = input_file(definition)) {
        set_from_file(workspace_.calculator(), definition.name, *file);
        workspace_.keep(load_statement(definition.name, *file));
        continue;
      }
    } catch (const std::exception& error) {
      workspace_.show_failure(describe(error), text);
      return false;
    }
    const Reply reply = workspace_.with_session(
        [&text](Calculator& calculator, const std::stop_token& stop, const RunOptions& options) { return calculator.run(text, stop, options); });
    if (reply.diagnostic) {
      workspace_.show_failure(*reply.diagnostic, text);
      return false;
    }
    for (const Answer& answer : reply.answers) workspace_.keep(answer, text);
  }
  return true;
}

void Conversation::run_expression() {
  const std::string& text = *request_.expression;
  if (request_.out_path) return write_value(text, *request_.out_path);
  if (request_.explain) {
    workspace_.show_stage(text);
    return;
  }
  const Reply reply = workspace_.with_session(
      [&text](Calculator& calculator, const std::stop_token& stop, const RunOptions& options) { return calculator.evaluate(text, stop, options); });
  if (reply.diagnostic) return workspace_.show_failure(*reply.diagnostic);
  if (reply.answers.empty()) return workspace_.show_failure(describe(SyntaxError(ErrorCode::unexpected_end, "there is nothing to evaluate")));
  workspace_.show(reply.answers.back());
}

// The file appears under its name at the end only; after an error, or when the evaluation is stopped, nothing is left.
void Conversation::write_value(const std::string& text, const std::string& path) {
  const Interrupts::Evaluation writing(interrupts_);  // to the end of the file, so that no signal leaves half of it
  std::optional<NpyWriter> file;
  const OutputMaker make_output = [&](DType dtype, std::span<const std::size_t> shape) { return file.emplace(path, dtype, shape).array(); };
  const Reply reply = workspace_.with_session([&](Calculator& calculator, const std::stop_token& stop, const RunOptions& options) {
    return calculator.evaluate_into(text, make_output, stop, options);
  });
  if (reply.diagnostic) return workspace_.show_failure(*reply.diagnostic);
  try {
    file->commit();
  } catch (const FileError& error) {
    return workspace_.show_failure(describe(error));
  }
  if (request_.time) workspace_.show_time(reply.answers.back());
}

void Conversation::run_pipe() {
  for (std::string text; workspace_.status() != ExitStatus::interrupted && !interrupts_.is_ending() && read_lines(workspace_.calculator(), std::cin, text) > 0;) {
    const LineOutcome outcome = run_line(workspace_, text);
    flush_output();  // the writer may be waiting for the answer
    if (outcome.next == Next::leave) return;
  }
}

void Conversation::run_terminal() {
  write_output("lanewise " LANEWISE_VERSION "; :help says how to go on, :quit leaves\n");
  flush_output();
  const Calculator& calculator = workspace_.calculator();
  const bool use_colours = wants_colours(request_.color, STDOUT_FILENO);
  LineEditor editor(
      {.is_unfinished = [&](std::string_view text) { return is_unfinished(calculator, text); },
       .complete = [&](std::string_view text, std::size_t cursor) { return word_choices(calculator, text, cursor); },
       .highlight = [&](std::string_view text) { return use_colours ? highlighted(calculator, text) : std::string(text); }},
      {.history_path = usual_history_path(), .use_colours = use_colours});
  interrupts_.set_prompt({.drop = [&editor] { editor.interrupt(); },
                          .suspend = [&editor] { editor.suspend(); },
                          .resize = [&editor] { editor.resize(); },
                          .leave = [&editor] { editor.leave(); },
                          .restore = [&editor] { editor.restore_terminal(); }});
  while (!interrupts_.is_ending()) {
    const LineEditor::Reading reading = editor.read();
    if (reading.kind == LineEditor::Reading::Kind::end) break;
    if (reading.kind == LineEditor::Reading::Kind::dropped) continue;
    std::istringstream lines(reading.text);
    const LineOutcome outcome = run_lines(workspace_, lines);
    flush_output();
    if (outcome.next == Next::leave) break;
  }
  interrupts_.forget_prompt();
  workspace_.set_status(ExitStatus::done);
}

}  // namespace lanewise::inline v0::program
