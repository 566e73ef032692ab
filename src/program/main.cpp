// The program `lanewise`: reads the command line, has it carried out, and turns what happened into an exit status.
#include <cerrno>
#include <csignal>
#include <exception>
#include <string>
#include <variant>
#include <vector>

#include "program/command_line.hpp"
#include "program/conversation.hpp"
#include "program/interrupt.hpp"
#include "program/output.hpp"

namespace calculator = lanewise::calculator;
using calculator::ExitStatus;

static ExitStatus say(const calculator::Notice& notice) {
  if (notice.status == ExitStatus::done) {
    calculator::write_output(notice.text);
    if (!notice.text.ends_with('\n')) calculator::write_output("\n");
    calculator::flush_output();
  } else {
    calculator::write_message(notice.text);
  }
  return notice.status;
}

static ExitStatus carry_out(const std::vector<std::string>& words) {
  const auto parsed = calculator::parse_command_line(words);
  if (const auto* notice = std::get_if<calculator::Notice>(&parsed)) return say(*notice);
  calculator::Interrupts interrupts;
  return calculator::Conversation(std::get<calculator::Request>(parsed), interrupts).run();
}

int main(int argument_count, char** arguments) {
  std::signal(SIGXFSZ, SIG_IGN);  // so that a file beyond the user's limit is an error, with its message
  try {
    return static_cast<int>(carry_out({arguments + 1, arguments + argument_count}));
  } catch (const calculator::OutputFailed& error) {
    if (error.code().value() == EPIPE) return static_cast<int>(ExitStatus::done);  // the reader has seen enough
    calculator::write_message(std::string("lanewise: ") + error.what());
    return static_cast<int>(ExitStatus::file_failed);
  } catch (const std::exception& error) {  // threads or memory that the system does not give
    calculator::write_message(std::string("lanewise: ") + error.what());
    return static_cast<int>(ExitStatus::limit_hit);
  }
}
