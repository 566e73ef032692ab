// All answers are read off the words of the text (words.hpp).
#include "calculator/statement.hpp"

#include "calculator/words.hpp"

namespace lanewise::inline v0::calculator {

using Kind = Word::Kind;

static bool is_sign(std::string_view text, const Word& word, char sign) {
  return word.kind == Kind::sign && text[word.range.begin] == sign;
}

std::vector<TextRange> split_statements(std::string_view line) {
  std::vector<TextRange> statements;
  bool is_open = false;  // the last statement goes on
  for (const Word& word : words_of(line, {0, line.size()})) {
    if (word.kind == Kind::line_break || (word.depth == 0 && is_sign(line, word, ';'))) {
      is_open = false;
    } else if (is_open) {
      statements.back().end = word.range.end;
    } else {
      statements.push_back(word.range);
      is_open = true;
    }
  }
  return statements;
}

bool ends_inside_brackets(std::string_view text) {
  const std::vector<Word> words = words_of(text, {0, text.size()});
  return !words.empty() && words.back().depth + (words.back().kind == Kind::open) > 0;
}

std::optional<Assignment> find_assignment(std::string_view text, TextRange statement) {
  const std::vector<Word> words = words_of(text, statement);
  if (words.size() < 2 || words[0].kind != Kind::name || words[1].kind != Kind::equals) return {};
  const TextRange nothing{statement.end, statement.end};
  return Assignment{words[0].range, words.size() == 2 ? nothing : TextRange{words[2].range.begin, words.back().range.end}};
}

std::optional<Call> find_call(std::string_view text, TextRange whole) {
  const std::vector<Word> words = words_of(text, whole);
  if (words.size() < 3 || words[0].kind != Kind::name || text[words[1].range.begin] != '(' || words.back().kind != Kind::close) return {};
  Call call{words[0].range, {}};
  TextRange argument{words[1].range.end, words[1].range.end};
  bool is_empty = true;
  for (std::size_t i = 2; i + 1 < words.size(); ++i) {
    if (words[i].depth == 0) return {};  // the bracket was closed before the end
    if (words[i].depth == 1 && is_sign(text, words[i], ',')) {
      call.arguments.push_back(argument);
      is_empty = true;
      argument = {words[i].range.end, words[i].range.end};
    } else {
      argument = {is_empty ? words[i].range.begin : argument.begin, words[i].range.end};
      is_empty = false;
    }
  }
  if (!is_empty) call.arguments.push_back(argument);  // as in Python, `f()` has no argument and `f(1,)` has one
  return call;
}

std::set<std::string_view> mentioned_names(std::string_view text) {
  std::set<std::string_view> names;
  const std::vector<Word> words = words_of(text, {0, text.size()});
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].kind != Kind::name) continue;
    const bool is_attribute = i > 0 && is_sign(text, words[i - 1], '.');
    const bool is_function = i + 1 < words.size() && text[words[i + 1].range.begin] == '(';
    const bool is_argument = i + 1 < words.size() && words[i].depth > 0 && words[i + 1].kind == Kind::equals;
    if (!is_attribute && !is_function && !is_argument) names.insert(part(text, words[i].range));
  }
  return names;
}

std::string blank_before(std::string_view text, TextRange range) {
  std::string result(range.begin, ' ');
  result += part(text, range);
  return result;
}

}  // namespace lanewise::inline v0::calculator
