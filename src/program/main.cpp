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
#include "program/manual_page.hpp"
#include "program/output.hpp"
#include "program/shell_completion.hpp"
#include "program/stages.hpp"

namespace program = lanewise::program;
using program::ExitStatus;

static ExitStatus say(const program::Notice& notice) {
  if (notice.status == ExitStatus::done) {
    program::write_output(notice.text);
    if (!notice.text.ends_with('\n')) program::write_output("\n");
    program::flush_output();
  } else {
    program::write_message(notice.text);
  }
  return notice.status;
}

static ExitStatus carry_out(const std::vector<std::string>& words) {
  const auto parsed = program::parse_command_line(words);
  if (const auto* notice = std::get_if<program::Notice>(&parsed)) return say(*notice);
  const auto& request = std::get<program::Request>(parsed);
  if (request.print_version) return say({ExitStatus::done, "lanewise " LANEWISE_VERSION " (" + program::cpu_target() + ")"});
  if (request.print_manual) return say({ExitStatus::done, program::manual_page(LANEWISE_VERSION)});
  if (!request.printed_completion.empty()) return say({ExitStatus::done, program::shell_completion(request.printed_completion)});
  program::Interrupts interrupts;
  return program::Conversation(request, interrupts).run();
}

int main(int argument_count, char** arguments) {
  std::signal(SIGXFSZ, SIG_IGN);  // so that a file beyond the user's limit is an error, with its message
  try {
    return static_cast<int>(carry_out({arguments + 1, arguments + argument_count}));
  } catch (const program::OutputFailed& error) {
    if (error.code().value() == EPIPE) return static_cast<int>(ExitStatus::done);  // the reader has seen enough
    program::write_message(std::string("lanewise: ") + error.what());
    return static_cast<int>(ExitStatus::file_failed);
  } catch (const std::exception& error) {  // threads or memory that the system does not give
    program::write_message(std::string("lanewise: ") + error.what());
    return static_cast<int>(ExitStatus::limit_hit);
  }
}
