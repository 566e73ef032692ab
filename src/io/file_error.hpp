#pragma once
// How an error names the file that it is about.

#include <string>
#include <string_view>

#include <lanewise/error.hpp>

namespace lanewise::inline v0 {

/// Throws FileError E701 with the system's reason, or with a reason of ours.
[[noreturn]] void refuse_reading(std::string_view path, int error_number);
[[noreturn]] void refuse_reading(std::string_view path, std::string_view reason);
/// Throws FileError E702.
[[noreturn]] void refuse_damaged(std::string_view path, std::string_view reason);
/// Throws FileError E703.
[[noreturn]] void refuse_unsupported(std::string_view path, std::string_view reason);
/// Throws FileError E704.
[[noreturn]] void refuse_writing(std::string_view path, int error_number);
[[noreturn]] void refuse_writing(std::string_view path, std::string_view reason);

/// Returns text from a file as an error can show it: without what is no printable ASCII, and not longer than a line.
std::string shown_text(std::string_view text);

}  // namespace lanewise::inline v0
