#include "program/workspace.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "program/colours.hpp"
#include "program/input_definition.hpp"
#include "program/output.hpp"
#include "program/stages.hpp"
#include "program/utf8_text.hpp"

namespace lanewise::inline v0::program {

Workspace::Running::Running(Workspace& workspace) : evaluation_(workspace.interrupts_), options_(workspace.run_options()) {
  options_.progress = [this](double fraction, std::size_t element_count) { progress_.show(fraction, element_count); };
}

static CalculatorOptions options_of(bool may_use_files) {
  CalculatorOptions options;
  options.read_files = may_use_files;
  options.write_files = may_use_files;
  return options;
}

Workspace::Workspace(const Request& request, Interrupts& interrupts, bool may_use_files)
    : request_(request),
      interrupts_(interrupts),
      may_use_files_(may_use_files),
      use_colours_(wants_colours(request.color, STDERR_FILENO)),
      max_threads_(request.max_threads),
      calculator_(options_of(may_use_files)) {}

RunOptions Workspace::run_options() const {
  return {.max_threads = max_threads_,
          .time_limit = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(request_.timeout_seconds))};
}

bool Workspace::run(std::string_view text) {
  if (request_.explain && !split_definition(text)) return show_stage(text);
  const Reply reply = with_session([text](Calculator& calculator, const std::stop_token& stop, const RunOptions& options) {
    return calculator.run(text, stop, options);
  });
  for (const Answer& answer : reply.answers) {
    keep(answer, text);
    show(answer);
  }
  if (reply.diagnostic) show_failure(*reply.diagnostic);
  return !reply.diagnostic;
}

bool Workspace::show_stage(std::string_view text) {
  const Explanation explanation = explain_stage(calculator_, *request_.explain, text, run_options());
  if (explanation.diagnostic) {
    show_failure(*explanation.diagnostic);
  } else {
    show_text(*request_.explain, explanation.text);
  }
  return !explanation.diagnostic;
}

void Workspace::keep(const Answer& answer, std::string_view text) {
  const bool binds = answer.kind() == Answer::Kind::assignment;
  if (binds || answer.kind() == Answer::Kind::value) {
    kept_.push_back({std::string(text.substr(answer.span().offset_bytes, answer.span().length_bytes)), binds});
  }
}

// Ctrl-C also ends the printing of a value.
void Workspace::show(const Answer& answer) {
  const Interrupts::Evaluation printing(interrupts_);
  const auto write = [&](std::string_view piece) {
    if (printing.stop().stop_requested()) throw Cancelled(ErrorCode::cancelled, "stopped");
    write_output(piece);
  };
  const bool has_text = answer.kind() == Answer::Kind::value || answer.kind() == Answer::Kind::word;
  try {
    if (request_.json) {
      answer.write_json(write, request_.full);
    } else if (has_text) {
      answer.write_text(write, request_.full);
    }
    if (request_.json || has_text) write_output("\n");
  } catch (const Cancelled& error) {
    write_output("\n");
    return show_failure(describe(error));
  }
  if (request_.time) show_time(answer);
}

void Workspace::show_time(const Answer& answer) const {
  flush_output();                                           // so that the value stands before its time where both go to a terminal
  const double seconds = std::max(answer.seconds(), 1e-9);  // below the clock's step
  write_message(fmt::format("{:.3g} s, {:.3g} elements/s, {:.3g} GB/s", answer.seconds(), static_cast<double>(answer.element_count()) / seconds,
                            static_cast<double>(answer.moved_bytes()) / seconds / 1e9));
}

// What the library says of a stopped evaluation is of outputs that a host would have; here there are none. Of files it does not know who allows them.
Diagnostic Workspace::of_program(Diagnostic diagnostic) const {
  if (diagnostic.kind == Diagnostic::Kind::cancelled) {
    diagnostic.message = "stopped";
    diagnostic.report = fmt::format("error {}: stopped", diagnostic.code);
  }
  constexpr std::string_view option = "--allow-files";
  if (diagnostic.code == "E706" && !may_use_files_ && diagnostic.message.find(option) == std::string::npos) {
    const std::string advice = fmt::format("; start lanewise with {}", option);
    diagnostic.message += advice;
    diagnostic.report.insert(std::min(diagnostic.report.find('\n'), diagnostic.report.size()), advice);
  }
  return diagnostic;
}

void Workspace::show_failure(const Diagnostic& found, std::string_view quoted) {
  const Diagnostic diagnostic = of_program(found);
  if (status_ == ExitStatus::done) status_ = status_of(diagnostic);
  if (request_.json) {
    std::string text = diagnostic.json(quoted);
    if (!place_.file.empty()) text.insert(text.size() - 2, fmt::format(R"(, "file": {}, "line": {})", json_string(place_.file), place_.line));
    write_output(text + '\n');
  } else {
    flush_output();
    if (diagnostic.kind == Diagnostic::Kind::cancelled && isatty(STDERR_FILENO)) write_message("");  // the terminal has shown ^C
    const std::string place = place_.file.empty() ? "" : fmt::format("{}:{}: ", place_.file, place_.line);
    write_message(place + (use_colours_ ? coloured_report(diagnostic.report) : diagnostic.report));
  }
}

void Workspace::show_text(std::string_view name, std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  write_output(request_.json ? fmt::format(R"({{"stage": {}, "text": {}}})", json_string(name), json_string(text)) : std::string(text));
  write_output("\n");
}

void Workspace::reset() {
  calculator_.reset();
  kept_.clear();
}

// The statement that bound it stays, as others may need it.
bool Workspace::erase(std::string_view name) {
  if (!calculator_.erase(name)) return false;
  keep(fmt::format(":reset {}", name));
  return true;
}

bool Workspace::refers_to_results(std::string_view statement) const {
  return std::ranges::any_of(calculator_.highlight(statement), [&](const HighlightSpan& word) {
    const std::string_view name = statement.substr(word.span.offset_bytes, word.span.length_bytes);
    const bool is_number = name.size() > 1 && name.front() == '_' && name.find_first_not_of("0123456789", 1) == std::string_view::npos;
    return name == "_" || name == "ans" || is_number;
  });
}

std::string Workspace::script() const {
  const bool needs_all = std::ranges::any_of(kept_, [&](const KeptStatement& kept) { return kept.binds && refers_to_results(kept.text); });
  std::string text = "# A session of lanewise; run it by :load or lanewise -f.\n";
  for (const KeptStatement& kept : kept_) {
    if (kept.binds || needs_all) text += kept.text + '\n';
  }
  return text;
}

std::string json_string(std::string_view text) {
  std::string result = "\"";
  while (!text.empty()) {
    const DecodedCharacter decoded = decode_utf8(text);
    const char c = text.front();
    if (decoded.character < 0x20) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      if (c == '"' || c == '\\') result += '\\';
      result += to_utf8({&decoded.character, 1});
    }
    text.remove_prefix(decoded.length_bytes);
  }
  return result + '"';
}

}  // namespace lanewise::inline v0::program
