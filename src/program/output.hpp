#pragma once
// Standard output, with every write checked: a full disk must not look like success.

#include <string_view>
#include <system_error>

namespace lanewise::inline v0::program {

/// Thrown when standard output takes no more; the code tells a closed pipe (EPIPE) from a full disk.
struct OutputFailed : std::system_error {
  using std::system_error::system_error;
};

void write_output(std::string_view text);
void flush_output();
/// Messages are not checked: there is nowhere left to report to.
void write_message(std::string_view line);

}  // namespace lanewise::inline v0::program
