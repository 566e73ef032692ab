#pragma once
// Completion files for shells, made of the table of options.

#include <string>
#include <string_view>

namespace lanewise::inline v0::program {

/// Returns the file for bash, zsh or fish. Precondition: `shell` is one of these.
std::string shell_completion(std::string_view shell);

}  // namespace lanewise::inline v0::program
