#include "program/history_file.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lanewise::inline v0::program {
namespace {

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

std::string as_line(std::string_view entry) {
  std::string line;
  for (const char c : entry) {
    if (c == '\n') {
      line += "\\n";
    } else if (c == '\\') {
      line += "\\\\";
    } else {
      line += c;
    }
  }
  return line + '\n';
}

std::string as_entry(std::string_view line) {
  std::string entry;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\' || i + 1 == line.size()) {
      entry += line[i];
    } else {
      entry += line[++i] == 'n' ? '\n' : line[i];
    }
  }
  return entry;
}

// A history that is a device or a pipe, /dev/null say, is none.
bool is_regular(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

// One write, so that entries of two sessions do not mix. A pipe in place of the file must not be waited for.
bool write_to(const std::string& path, int flags, std::string_view text) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC | flags, owner_only);
  if (descriptor < 0) return false;
  const bool is_written = is_regular(descriptor) && write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(descriptor);
  return is_written;
}

}  // namespace

std::vector<std::string> HistoryFile::read() const {
  std::error_code ignored;
  if (path_.empty() || !std::filesystem::is_regular_file(path_, ignored)) return {};
  std::vector<std::string> entries;
  std::ifstream file(path_);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) entries.push_back(as_entry(line));
  }
  if (entries.size() > most_entries_) {
    entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(most_entries_));
    write_all(entries);
  }
  return entries;
}

void HistoryFile::append(std::string_view entry) const {
  if (path_.empty()) return;
  if (write_to(path_, O_APPEND, as_line(entry))) return;
  std::error_code ignored;
  const std::filesystem::path folder = std::filesystem::path(path_).parent_path();
  if (folder.empty() || std::filesystem::exists(folder, ignored)) return;
  std::filesystem::create_directories(folder, ignored);
  write_to(path_, O_APPEND, as_line(entry));
}

void HistoryFile::write_all(const std::vector<std::string>& entries) const {
  std::string text;
  for (const std::string& entry : entries) text += as_line(entry);
  const std::string part = path_ + ".part";
  if (!write_to(part, O_TRUNC, text) || std::rename(part.c_str(), path_.c_str()) != 0) std::remove(part.c_str());
}

std::string usual_history_path() {
  const char* const state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && *state == '/') return std::string(state) + "/lanewise/history";  // a relative path is to be ignored (XDG)
  const char* const home = std::getenv("HOME");
  return home != nullptr && *home != '\0' ? std::string(home) + "/.local/state/lanewise/history" : "";
}

}  // namespace lanewise::inline v0::program
