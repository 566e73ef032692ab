#include "program/completion.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace lanewise::inline v0::program {
namespace {

bool is_name_part(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// Returns where the string begins that is not closed before the cursor, or npos.
std::size_t open_string(std::string_view text) {
  std::size_t begin = std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (begin != std::string_view::npos) {
      if (c == '\\') {
        ++i;
      } else if (c == text[begin - 1] || c == '\n') {
        begin = std::string_view::npos;
      }
    } else if (c == '"' || c == '\'') {
      begin = i + 1;
    } else if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
    }
  }
  return begin;
}

// True if the text ends within the brackets of a call of load or save.
bool is_in_file_call(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    if (text[i] == ')' || text[i] == ']') ++depth;
    if (text[i] != '(' && text[i] != '[') continue;
    if (depth-- > 0) continue;
    std::size_t begin = i;
    while (begin > 0 && is_name_part(text[begin - 1])) --begin;
    const std::string_view name = text.substr(begin, i - begin);
    return name == "load" || name == "save";
  }
  return false;
}

}  // namespace

std::string common_beginning(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  std::string_view common = words.front();
  for (const std::string& word : words) {
    const auto differs = std::mismatch(common.begin(), common.end(), word.begin(), word.end()).first;
    common = common.substr(0, static_cast<std::size_t>(differs - common.begin()));
  }
  while (!common.empty() && common.size() < words.front().size() && (words.front()[common.size()] & 0xC0) == 0x80) {
    common.remove_suffix(1);  // not within a character
  }
  return std::string(common);
}

Choices complete_file(std::string_view text, std::size_t begin, std::size_t cursor) {
  const std::string_view typed = text.substr(begin, cursor - begin);
  const std::string_view folder = typed.substr(0, typed.rfind('/') + 1);
  const std::string_view name = typed.substr(folder.size());
  Choices found{begin, {}};
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder.empty() ? "." : with_home(folder), error), end; !error && entry != end; entry.increment(error)) {
    const std::string candidate = entry->path().filename().string();
    if (!candidate.starts_with(name) || (candidate.front() == '.' && name.empty())) continue;
    std::error_code ignored;
    found.words.push_back(std::string(folder) + candidate + (entry->is_directory(ignored) ? "/" : ""));
  }
  std::ranges::sort(found.words);
  return found;
}

std::string with_home(std::string_view path) {
  const char* const home = std::getenv("HOME");
  return path.starts_with("~/") && home != nullptr ? home + std::string(path.substr(1)) : std::string(path);
}

std::size_t file_name_begin(std::string_view text, std::size_t cursor) {
  const std::string_view before = text.substr(0, cursor);
  const std::size_t string = open_string(before);
  return string != std::string_view::npos && is_in_file_call(before.substr(0, string - 1)) ? string : std::string_view::npos;
}

}  // namespace lanewise::inline v0::program
