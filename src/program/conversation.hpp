#pragma once
// Runs statements from the command line, a script, a pipe or a terminal, and writes the answers.
//
// Values and JSON go to standard output or to a file, reports and times to standard error. One line may hold several statements; the first that fails
// ends the line. While a bracket is open the next line belongs to it. A script ends at the first failure, everything else goes on. The exit status is that of the first failure; at a
// terminal it is 0.

#include <istream>
#include <string>
#include <string_view>

#include <lanewise/calculator.hpp>

#include "program/command_line.hpp"
#include "program/failure.hpp"
#include "program/interrupt.hpp"

namespace lanewise::inline v0::program {

class Conversation {
 public:
  Conversation(const Request& request, Interrupts& interrupts)
      : request_(request), interrupts_(interrupts) {}

  /// Does what the command line asks for. Throws OutputFailed.
  ExitStatus run();

 private:
  enum class Next { go_on, leave };

  bool define_inputs();
  bool define_input(const std::string& definition);
  void run_expression();
  void write_value(const std::string& text, const std::string& path);
  void run_script();
  void run_pipe();
  void run_terminal();
  std::size_t read_lines(std::istream& in, std::string& text, bool is_terminal);
  Next run_line(std::string_view line);
  Next run_command(std::string_view line);
  void run_statements(std::string_view text);
  void show_stage(std::string_view text, const ShownStage& stage);
  void show(const Answer& answer);
  void show_time(const Answer& answer);
  void show_failure(const Diagnostic& diagnostic, std::string_view quoted = {});
  RunOptions run_options() const { return {.max_threads = request_.max_threads}; }

  const Request& request_;
  Interrupts& interrupts_;
  Calculator calculator_;
  ExitStatus status_ = ExitStatus::done;
  std::string place_;  // "script.lw:3: " while a script runs
};

}  // namespace lanewise::inline v0::program
