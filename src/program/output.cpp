#include "program/output.hpp"

#include <cerrno>
#include <cstdio>

namespace lanewise::inline v0::program {

[[noreturn]] static void fail() { throw OutputFailed(errno, std::generic_category(), "cannot write the output"); }

void write_output(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) fail();
}

void flush_output() {
  errno = 0;
  if (std::fflush(stdout) != 0) fail();
}

void write_message(std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fputc('\n', stderr);
}

}  // namespace lanewise::inline v0::program
