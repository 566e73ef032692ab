// All answers are read off the words of the text (words.hpp).
#include "calculator/statement.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <lanewise/error.hpp>

namespace lanewise::inline v0::calculator {
namespace {

using Kind = Word::Kind;

// Longer ones before their prefixes.
constexpr std::array<std::string_view, 12> operators_that_assign = {"**", "//", "<<", ">>", "+", "-", "*", "/", "%", "&", "|", "^"};

std::string_view operator_before_equals(std::string_view text) {
  for (const std::string_view spelling : operators_that_assign) {
    if (text.starts_with(spelling) && text.substr(spelling.size()).starts_with("=") && !text.substr(spelling.size()).starts_with("==")) return spelling;
  }
  return {};
}

// `name, name = values`: the word of the equals sign, or nothing.
std::size_t find_equals(const ScannedText& text, WordRange statement) {
  for (std::size_t i = statement.begin; i + 1 < statement.end; i += 2) {
    if (text.word(i).kind != Kind::name) return statement.end;
    if (text.word(i + 1).kind == Kind::equals) return i + 1;
    if (!text.is(i + 1, ",")) return statement.end;
    if (i + 2 < statement.end && text.word(i + 2).kind == Kind::equals) return i + 2;  // `a, = values`
  }
  return statement.end;
}

// `name = name = value`, of which the first name is read.
void read_chain(const ScannedText& text, Statement& statement) {
  WordRange& value = statement.value;
  while (value.end - value.begin >= 2 && text.word(value.begin).kind == Kind::name && text.word(value.begin + 1).kind == Kind::equals) {
    statement.is_chain = true;
    statement.targets.push_back(value.begin);
    value.begin += 2;
  }
}

// `name += value`. Its operator and equals sign are two or three words.
bool read_operation(const ScannedText& text, Statement& statement) {
  const std::size_t name = statement.whole.begin;
  if (statement.whole.end - name < 3 || text.word(name).kind != Kind::name) return false;
  const std::size_t begin = text.word(name + 1).range.begin;
  statement.operation = operator_before_equals(text.text().substr(begin));
  if (statement.operation.empty()) return false;
  const std::size_t value_begin = begin + statement.operation.size() + 1;
  std::size_t first = name + 1;
  while (first < statement.whole.end && text.word(first).range.begin < value_begin) ++first;
  statement.kind = Statement::Kind::assignment;
  statement.targets = {name};
  statement.value = {first, statement.whole.end};
  return true;
}

bool is_call_of(std::string_view name, const ScannedText& text, WordRange statement) {
  return statement.end - statement.begin >= 3 && text.is(statement.begin, name) && text.is(statement.begin + 1, "(") &&
         text.closing_bracket(statement.begin + 1) + 1 == statement.end;
}

}  // namespace

ScannedText::ScannedText(std::string_view text) : text_(text), words_(words_of(text, {0, text.size()})), partners_(words_.size(), words_.size()) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (words_[i].kind == Kind::open) open.push_back(i);
    if (words_[i].kind != Kind::close || open.empty()) continue;
    const std::size_t opening = open.back();
    open.pop_back();
    if (is(opening, "(") != is(i, ")")) continue;
    partners_[i] = opening;
    partners_[opening] = i;
  }
}

bool ScannedText::is_balanced(WordRange words) const {
  for (std::size_t i = words.begin; i < words.end; ++i) {
    const bool is_bracket = words_[i].kind == Kind::open || words_[i].kind == Kind::close;
    if (is_bracket && (partners_[i] < words.begin || partners_[i] >= words.end)) return false;
  }
  return true;
}

std::vector<WordRange> split_statements(const ScannedText& text) {
  std::vector<WordRange> statements;
  bool is_open = false;  // the last statement goes on
  for (std::size_t i = 0; i < text.words().size(); ++i) {
    const Word& word = text.word(i);
    if (word.kind == Kind::line_break || (word.depth == 0 && text.is(i, ";"))) {
      is_open = false;
    } else if (is_open) {
      statements.back().end = i + 1;
    } else {
      statements.push_back({i, i + 1});
      is_open = true;
    }
  }
  return statements;
}

Statement read_statement(const ScannedText& text, WordRange whole) {
  Statement statement{.whole = whole, .value = whole};
  if (const std::size_t equals = find_equals(text, whole); equals != whole.end) {
    statement.kind = Statement::Kind::assignment;
    for (std::size_t i = whole.begin; i < equals; i += 2) statement.targets.push_back(i);
    statement.value = {equals + 1, whole.end};
    if (statement.targets.size() == 1) read_chain(text, statement);
  } else if (text.is(whole.begin, "assert")) {
    statement.kind = Statement::Kind::assertion;
    statement.value = {whole.begin + 1, whole.end};
  } else if (is_call_of("save", text, whole)) {
    statement.kind = Statement::Kind::save;
    statement.value = {whole.begin + 2, whole.end - 1};
  } else {
    read_operation(text, statement);
  }
  return statement;
}

std::vector<WordRange> split_list(const ScannedText& text, WordRange list) {
  std::vector<WordRange> members;
  if (list.empty()) return members;
  const std::size_t depth = text.word(list.begin).depth;
  std::size_t begin = list.begin;
  for (std::size_t i = list.begin; i < list.end; ++i) {
    if (text.word(i).depth != depth || !text.is(i, ",")) continue;
    members.push_back({begin, i});
    begin = i + 1;
  }
  if (begin < list.end) members.push_back({begin, list.end});
  return members;
}

std::string quoted_text(const ScannedText& text, std::size_t string) {
  const std::string_view word = text.word_text(string);
  const SourceSpan place{text.word(string).range.begin, word.size()};
  if (!is_closed(word)) throw SyntaxError(ErrorCode::unexpected_end, fmt::format("this text has no closing {}", word.front()), place);
  if (word.find('\0') != std::string_view::npos) throw SyntaxError(ErrorCode::unknown_character, "a text has no zero byte", place);
  std::string result;
  for (std::size_t i = 1; i + 1 < word.size(); ++i) {
    if (word[i] == '\\') ++i;
    result += word[i];
  }
  return result;
}

bool ends_inside_brackets(std::string_view text) {
  const std::vector<Word> words = words_of(text, {0, text.size()});
  return !words.empty() && words.back().depth + (words.back().kind == Kind::open) > 0;
}

bool is_name(std::string_view text) noexcept {
  const std::vector<Word> words = words_of(text, {0, text.size()});
  return words.size() == 1 && words[0].kind == Kind::name && words[0].range == TextRange{0, text.size()};
}

}  // namespace lanewise::inline v0::calculator
