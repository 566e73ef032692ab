#include "io/file_error.hpp"

#include <system_error>

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t longest_shown_bytes = 40;

// Unlike strerror, a category's message may be asked for by several threads at once.
std::string system_reason(int error_number) { return std::generic_category().message(error_number); }

[[noreturn]] void refuse(ErrorCode code, std::string_view what, std::string_view path, std::string_view reason) {
  throw FileError(code, std::string(what) + " '" + std::string(path) + "': " + std::string(reason));
}

}  // namespace

void refuse_reading(std::string_view path, int error_number) { refuse_reading(path, system_reason(error_number)); }

void refuse_reading(std::string_view path, std::string_view reason) { refuse(ErrorCode::unreadable_file, "cannot read", path, reason); }

void refuse_damaged(std::string_view path, std::string_view reason) { refuse(ErrorCode::damaged_file, "cannot use", path, reason); }

void refuse_unsupported(std::string_view path, std::string_view reason) { refuse(ErrorCode::unsupported_file, "cannot use", path, reason); }

void refuse_writing(std::string_view path, int error_number) { refuse_writing(path, system_reason(error_number)); }

void refuse_writing(std::string_view path, std::string_view reason) { refuse(ErrorCode::unwritable_file, "cannot write", path, reason); }

std::string shown_text(std::string_view text) {
  std::string shown(text.substr(0, longest_shown_bytes));
  for (char& c : shown) {
    if (c < ' ' || c > '~') c = '?';
  }
  return text.size() > longest_shown_bytes ? shown + "..." : shown;
}

}  // namespace lanewise::inline v0
