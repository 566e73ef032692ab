#pragma once
// Carries out a command line: one expression, a script, a pipe, or what a person types.
//
// A script ends at the first failure, everything else goes on. The exit status is that of the first failure; at a terminal it is 0.

#include "program/command_line.hpp"
#include "program/failure.hpp"
#include "program/interrupt.hpp"
#include "program/workspace.hpp"

namespace lanewise::inline v0::program {

class Conversation {
 public:
  Conversation(const Request& request, Interrupts& interrupts);

  /// Does what the command line asks for. Throws OutputFailed.
  ExitStatus run();

 private:
  bool define_inputs();
  void run_expression();
  void write_value(const std::string& text, const std::string& path);
  void run_pipe();
  void run_terminal();

  const Request& request_;
  Interrupts& interrupts_;
  bool is_terminal_;
  Workspace workspace_;
};

}  // namespace lanewise::inline v0::program
