#pragma once
// Runs statements from the command line, a script, a pipe or a terminal, and writes the answers.
//
// Values and JSON go to standard output or to a file, reports and times to standard error. One line may hold several statements; the first that fails
// ends the line. While a bracket is open the next line belongs to it. A script ends at the first failure, everything else goes on. The exit status is that of the first failure; at a
// terminal it is 0.

#include <istream>
#include <string>
#include <string_view>

#include "calculator/session.hpp"
#include "program/command_line.hpp"
#include "program/failure.hpp"
#include "program/interrupt.hpp"

namespace lanewise::inline v0::calculator {

class Conversation {
 public:
  Conversation(const Request& request, Interrupts& interrupts)
      : request_(request), interrupts_(interrupts), session_(request.max_threads) {}

  /// Does what the command line asks for. Throws OutputFailed.
  ExitStatus run();

 private:
  enum class Next { go_on, leave };

  bool define_inputs();
  void define_input(const std::string& definition);
  void run_expression();
  void write_value(const std::string& text, const std::string& path);
  void run_script();
  void run_pipe();
  void run_terminal();
  std::size_t read_lines(std::istream& in, std::string& text, bool is_terminal);
  Next run_line(std::string_view line);
  Next run_command(std::string_view line);
  void run_statement(std::string_view line, TextRange statement);
  void show_stage(std::string_view text, TextRange statement, ExplainStage stage);
  void show(const Answer& answer);
  void show_time(const Answer& answer);
  void show_failure(const std::exception& error, std::string_view quoted = {});

  const Request& request_;
  Interrupts& interrupts_;
  Session session_;
  ExitStatus status_ = ExitStatus::done;
  std::string place_;  // "script.lw:3: " while a script runs
};

}  // namespace lanewise::inline v0::calculator
