#include "program/text_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "program/completion.hpp"

namespace lanewise::inline v0::program {

void require_files(const Workspace& workspace, std::string_view command) {
  if (workspace.may_use_files()) return;
  throw FileError(ErrorCode::file_not_allowed, fmt::format("{} is refused: this text may not use files; start lanewise with --allow-files", command));
}

std::string expanded_path(std::string_view written) {
  if (written.size() >= 2 && (written.front() == '"' || written.front() == '\'') && written.back() == written.front()) {
    written = written.substr(1, written.size() - 2);
  }
  return with_home(written);
}

static bool write_all(const std::string& path, std::string_view text) {
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool is_written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && is_written;
}

// What is there and no regular file, such as a device, is written as it is.
void write_text_file(const std::string& path, std::string_view text) {
  std::error_code ignored;
  const bool is_special = std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored);
  const std::string written = is_special ? path : path + ".part";
  errno = 0;
  if (write_all(written, text) && (is_special || std::rename(written.c_str(), path.c_str()) == 0)) return;
  const int reason = errno;
  if (!is_special) std::remove(written.c_str());
  throw FileError(ErrorCode::unwritable_file, fmt::format("cannot write '{}': {}", path, std::strerror(reason)));
}

}  // namespace lanewise::inline v0::program
