// Splits lines by looking at single characters only: brackets, semicolons, commas, comments and runs of letters and digits.
// <cctype> is not used, as its answers depend on the locale.
#include "calculator/statement.hpp"

#include <algorithm>

namespace lanewise::inline v0::calculator {

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

static TextRange trimmed(std::string_view text, TextRange range) {
  while (range.begin < range.end && is_blank(text[range.begin])) ++range.begin;
  while (range.end > range.begin && is_blank(text[range.end - 1])) --range.end;
  return range;
}

static std::size_t skip_blanks(std::string_view text, std::size_t position, std::size_t end) {
  while (position < end && is_blank(text[position])) ++position;
  return position;
}

static std::size_t skip_name(std::string_view text, std::size_t position, std::size_t end) {
  while (position < end && is_name_part(text[position])) ++position;
  return position;
}

static std::size_t skip_comment(std::string_view text, std::size_t position, std::size_t end) {
  return std::min(end, text.find('\n', position));
}

std::vector<TextRange> split_statements(std::string_view line) {
  std::vector<TextRange> statements;
  const auto keep = [&](std::size_t begin, std::size_t end) {
    const TextRange statement = trimmed(line, {begin, end});
    if (statement.begin < statement.end) statements.push_back(statement);
  };
  std::size_t begin = 0;
  std::size_t position = 0;
  for (; position < line.size(); ++position) {
    if (line[position] == '#') {
      const std::size_t comment_end = skip_comment(line, position, line.size());
      if (comment_end == line.size()) break;
      position = comment_end;
    }
    if (line[position] != ';') continue;
    keep(begin, position);
    begin = position + 1;
  }
  keep(begin, position);
  return statements;
}

bool ends_inside_brackets(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t position = 0; position < text.size(); ++position) {
    const char c = text[position];
    if (c == '#') position = skip_comment(text, position, text.size());
    if (c == '(' || c == '[') ++depth;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return depth > 0;
}

std::optional<Assignment> find_assignment(std::string_view text, TextRange statement) {
  const std::size_t begin = skip_blanks(text, statement.begin, statement.end);
  if (begin == statement.end || !is_name_start(text[begin])) return {};
  const std::size_t name_end = skip_name(text, begin, statement.end);
  const std::size_t sign = skip_blanks(text, name_end, statement.end);
  if (sign == statement.end || text[sign] != '=') return {};
  if (sign + 1 < statement.end && text[sign + 1] == '=') return {};
  return Assignment{{begin, name_end}, trimmed(text, {sign + 1, statement.end})};
}

std::optional<Call> find_call(std::string_view text, TextRange whole) {
  whole = trimmed(text, whole);
  if (whole.begin == whole.end || !is_name_start(text[whole.begin])) return {};
  Call call{{whole.begin, skip_name(text, whole.begin, whole.end)}, {}};
  std::size_t position = skip_blanks(text, call.name.end, whole.end);
  if (position == whole.end || text[position] != '(') return {};
  std::size_t argument_begin = position + 1;
  int depth = 0;
  for (; position < whole.end; ++position) {
    const char c = text[position];
    if (c == '#') position = skip_comment(text, position, whole.end) - 1;
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (depth == 0) break;
    if (c != ',' || depth != 1) continue;
    call.arguments.push_back(trimmed(text, {argument_begin, position}));
    argument_begin = position + 1;
  }
  if (position + 1 != whole.end) return {};
  const TextRange last = trimmed(text, {argument_begin, position});
  if (last.begin < last.end) call.arguments.push_back(last);  // as in Python, `f()` has no argument and `f(1,)` has one
  return call;
}

std::set<std::string_view> mentioned_names(std::string_view text) {
  std::set<std::string_view> names;
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t begin = position;
    if (text[begin] == '#') {
      position = skip_comment(text, begin, text.size());
    } else if (is_digit(text[begin])) {  // a number with its letters: 0x1F, 1e5
      while (position < text.size() && (is_name_part(text[position]) || text[position] == '.')) ++position;
    } else if (is_name_start(text[begin])) {
      position = skip_name(text, begin, text.size());
      const std::string_view name = text.substr(begin, position - begin);
      const std::size_t next = skip_blanks(text, position, text.size());
      const bool is_function = next < text.size() && text[next] == '(';
      if (!is_function) names.insert(name);
    } else {
      ++position;
    }
  }
  return names;
}

std::string blank_before(std::string_view text, TextRange range) {
  std::string result(range.begin, ' ');
  result += part(text, range);
  return result;
}

}  // namespace lanewise::inline v0::calculator
