#include "program/screen_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <vector>

#include <fmt/format.h>
#include <sys/ioctl.h>

#include "program/utf8_text.hpp"

namespace lanewise::inline v0::program {
namespace {

constexpr std::size_t gap = 2;  // between columns

std::size_t width_of(wchar_t character) {
  if (character < 0x20 || character == 0x7F) return 2;
  const int width = wcwidth(character);
  return width < 0 ? 7 : static_cast<std::size_t>(width);  // as \U+1234
}

}  // namespace

ScreenPlace place_after(std::wstring_view text, ScreenPlace begin, std::size_t column_count) {
  ScreenPlace place = begin;
  const auto to_next_row = [&place] { place = {place.row + 1, 0}; };
  for (const wchar_t character : text) {
    if (character == L'\n') {
      to_next_row();
      continue;
    }
    const std::size_t width = character == L'\t' ? 8 - place.column % 8 : width_of(character);
    if (place.column + width > column_count) to_next_row();
    place.column += width;
    if (place.column >= column_count) to_next_row();
  }
  return place;
}

std::size_t width_of(std::wstring_view text) {
  std::size_t width = 0;
  for (const wchar_t character : text) width += width_of(character);
  return width;
}

std::string in_columns(std::span<const std::string> words, std::size_t column_count) {
  std::size_t widest = 0;
  std::vector<std::size_t> widths;
  for (const std::string& word : words) widest = std::max(widest, widths.emplace_back(width_of(to_wide(word))));
  const std::size_t columns = std::max<std::size_t>(1, (column_count + gap - 1) / (widest + gap));
  const std::size_t rows = (words.size() + columns - 1) / columns;
  std::string text;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = row; i < words.size(); i += rows) {
      text += words[i];
      if (i + rows < words.size()) text.append(widest + gap - widths[i], ' ');
    }
    text += '\n';
  }
  return text;
}

std::string in_rows_and_columns(std::span<const std::string> words, std::size_t row_count, std::size_t column_count) {
  const auto rows_of = [](std::string_view text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); };
  std::size_t shown = std::min(words.size(), row_count * (column_count + gap) / (1 + gap));  // the shortest word has one column
  std::string text = in_columns(words.first(shown), column_count);
  while (shown > 1 && rows_of(text) + (shown < words.size() ? 1 : 0) > row_count) text = in_columns(words.first(--shown), column_count);
  return shown < words.size() ? text + fmt::format("and {} more\n", words.size() - shown) : text;
}

// Where the rest of a line goes.
static std::size_t hanging_indent(std::string_view line, std::size_t column_count) {
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  std::size_t indent = begin;
  for (std::size_t gap_begin = begin; (gap_begin = line.find("  ", gap_begin)) != std::string_view::npos;) {
    gap_begin = std::min(line.find_first_not_of(' ', gap_begin), line.size());
    if (gap_begin <= column_count / 2 + 4) indent = gap_begin;
  }
  return indent > begin || begin == 0 ? indent : begin + 2;
}

std::string wrapped(std::string_view text, std::size_t column_count) {
  std::string result;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t indent = hanging_indent(line, column_count);
    std::size_t begin = 0;  // of the row, in columns
    while (begin + width_of(to_wide(line)) > column_count) {
      std::size_t end = line.find(' ', line.find_first_not_of(' '));
      if (end == std::string_view::npos) break;  // a word that is wider than the screen
      for (std::size_t next = end; next != std::string_view::npos && begin + width_of(to_wide(line.substr(0, next))) <= column_count;) {
        end = next;
        next = line.find(' ', next + 1);
      }
      result.append(line.substr(0, end)).append(1, '\n').append(indent, ' ');
      line.remove_prefix(std::min(line.find_first_not_of(' ', end), line.size()));
      begin = indent;
    }
    result.append(line).append(1, '\n');
  }
  return result;
}

bool is_plain_terminal() {
  const char* const terminal = std::getenv("TERM");
  return terminal == nullptr || *terminal == '\0' || std::strcmp(terminal, "dumb") == 0;
}

ScreenSize screen_size(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return {24, 80};
  return {size.ws_row, size.ws_col};
}

}  // namespace lanewise::inline v0::program
