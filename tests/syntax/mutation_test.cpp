// Programs with one mistake in them: whatever token is missing, twice, misspelt or exchanged with its neighbour, the parser either takes
// the text or points at the mistake.
//
// An error is near where it touches the edited tokens or a neighbour of theirs. An edit often leaves a text that is valid, or one whose
// mistake can only be seen later (a bracket that is not closed), so the share of near errors is measured and not every one demanded.

#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "syntax/parse.hpp"
#include "syntax/programs.hpp"

namespace {

using namespace lanewise;

/// A token and the blanks and comments after it, so that all together are the text.
struct Token {
  std::string text;
  std::string gap;
};

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

std::size_t number_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const bool is_sign = (text[length] == '-' || text[length] == '+') && (text[length - 1] | 0x20) == 'e' && text.substr(0, 2) != "0x";
    const bool is_dot = text[length] == '.' && text.substr(0, 2) != "0x" && text.substr(0, length).find('.') == text.npos;
    if (!is_word(text[length]) && !is_sign && !is_dot) break;
    ++length;
  }
  return length;
}

std::size_t token_length(std::string_view text) {
  const bool is_number = (text[0] >= '0' && text[0] <= '9') || (text[0] == '.' && text.size() > 1 && text[1] >= '0' && text[1] <= '9');
  if (is_number) return number_length(text);
  if (text[0] == '\'') return text.find('\'', 1) + 1;
  if (is_word(text[0])) return static_cast<std::size_t>(std::ranges::find_if_not(text, is_word) - text.begin());
  for (const std::string_view operator_ : {"**", "//", "<<", ">>", "<=", ">=", "==", "!="}) {
    if (text.starts_with(operator_)) return 2;
  }
  return 1;
}

std::size_t gap_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && (text[length] == ' ' || text[length] == '#')) {
    length = text[length] == ' ' ? length + 1 : std::min(text.find('\n', length), text.size());
  }
  return length;
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens(1);  // the first is what stands before all tokens
  while (!text.empty()) {
    const std::size_t gap = gap_length(text);
    tokens.back().gap = text.substr(0, gap);
    text.remove_prefix(gap);
    if (text.empty()) break;
    const std::size_t length = token_length(text);
    tokens.push_back({std::string(text.substr(0, length)), ""});
    text.remove_prefix(length);
  }
  return tokens;
}

/// A text with a mistake, and the bytes from the token before the edited ones to the token after them.
struct Mutant {
  std::string kind;
  std::string text;
  std::size_t begin_bytes;
  std::size_t end_bytes;
};

/// Replaces `count` tokens from `first` on.
Mutant replaced(const std::string& kind, std::vector<Token> tokens, std::size_t first, std::size_t count, std::vector<Token> instead) {
  const auto place = tokens.begin() + static_cast<std::ptrdiff_t>(first);
  tokens.insert(tokens.erase(place, place + static_cast<std::ptrdiff_t>(count)), instead.begin(), instead.end());
  Mutant mutant{kind, "", 0, 0};
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i + 1 == first) mutant.begin_bytes = mutant.text.size();
    mutant.text += tokens[i].text;
    if (i <= first + instead.size()) mutant.end_bytes = mutant.text.size();
    mutant.text += tokens[i].gap;
  }
  return mutant;
}

/// Leaves a token out, but for a blank where its neighbours would become one token.
Mutant without(std::vector<Token> tokens, std::size_t index) {
  std::string& gap = tokens[index - 1].gap;
  const bool joins = index > 1 && index + 1 < tokens.size() && is_word(tokens[index - 1].text.back()) && is_word(tokens[index + 1].text[0]);
  gap += gap.empty() && joins ? " " : tokens[index].gap;
  return replaced("deleted", std::move(tokens), index, 1, {});
}

/// What is written by mistake, or in another language, for a token.
std::vector<std::string> misspellings(const std::string& token) {
  static const std::map<std::string, std::vector<std::string>> all = {
      {"+", {"++", "+=", "$"}},
      {"-", {"--", "\u2212", "-="}},
      {"*", {"\u00D7", "***", "*="}},
      {"/", {"\u00F7", "///", "\\"}},
      {"//", {"///", "\\\\", "div"}},
      {"%", {"%%", "mod"}},
      {"**", {"***", "* *", "^^"}},
      {"<<", {"<<<", "< <"}},
      {">>", {">>>", "> >"}},
      {"&", {"&&"}},
      {"|", {"||"}},
      {"^", {"^^"}},
      {"~", {"!"}},
      {"<", {"\u2039", "<>"}},
      {"<=", {"=<", "\u2264", "< ="}},
      {">", {"->", "=>"}},
      {">=", {"=>", "> ="}},
      {"==", {"=", "===", "= ="}},
      {"!=", {"<>", "!==", "! ="}},
      {"and", {"&&", "AND", "nad"}},
      {"or", {"||", "OR", "ro"}},
      {"not", {"!", "NOT", "nto"}},
      {"if", {"?", "fi", "when"}},
      {"else", {":", "elif", "esle"}},
      {"(", {"[", "{", ")", "<"}},
      {")", {"]", "}", "(", "0"}},
      {",", {".", ";", "\uFF0C"}},
      {"=", {":=", "==", "=>"}},
      {".", {",", "->", ".."}},
      {";", {":", ";;"}},
  };
  const auto row = all.find(token);
  return row == all.end() ? std::vector<std::string>() : row->second;
}

std::vector<Mutant> mutants_of(std::string_view program) {
  const std::vector<Token> tokens = tokens_of(program);
  std::vector<Mutant> mutants;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    mutants.push_back(without(tokens, i));
    mutants.push_back(replaced("doubled", tokens, i, 1, {{tokens[i].text, " "}, tokens[i]}));
    if (i + 1 < tokens.size()) {
      const Token first{tokens[i + 1].text, tokens[i].gap}, second{tokens[i].text, tokens[i + 1].gap};
      mutants.push_back(replaced("swapped", tokens, i, 2, {first, second}));
    }
    for (const std::string& text : misspellings(tokens[i].text)) {
      mutants.push_back(replaced("misspelt", tokens, i, 1, {{text, tokens[i].gap}}));
    }
  }
  return mutants;
}

struct Count {
  int texts = 0;
  int errors = 0;
  int near = 0;  ///< errors near the mistake
  int wide = 0;  ///< those of them that show more than 12 bytes of text

  Count& operator+=(const Count& other) {
    return *this = {texts + other.texts, errors + other.errors, near + other.near, wide + other.wide};
  }
};

Count counted(const Mutant& mutant) {
  constexpr std::size_t widest_bytes = 12;
  try {
    parse(mutant.text);
    return {.texts = 1};
  } catch (const Error& error) {
    const SourceSpan span = error.span();
    const std::size_t end = span.offset_bytes + span.length_bytes;
    EXPECT_LE(end, mutant.text.size()) << mutant.text;
    const bool is_near = span.offset_bytes <= mutant.end_bytes && end >= mutant.begin_bytes;
    return {1, 1, is_near ? 1 : 0, is_near && span.length_bytes > widest_bytes ? 1 : 0};
  }
}

void print(const std::string& kind, const Count& count) {
  const double percent = 100.0 / count.errors;
  std::cout << kind << ": " << count.texts << " texts, " << count.errors << " errors, " << percent * count.near << " % near the mistake ("
            << percent * count.wide << " % by more than 12 bytes of text)\n";
}

TEST(Mutation, TokensAreTheWholeText) {
  EXPECT_GE(std::size(programs), 60u);
  for (const std::string_view program : programs) {
    std::string text;
    for (const Token& token : tokens_of(program)) text += token.text + token.gap;
    EXPECT_EQ(text, program);
    EXPECT_NO_THROW(parse(program)) << program;
  }
}

TEST(Mutation, ErrorsPointAtTheMistake) {
  std::map<std::string, Count> counts;
  Count all;
  for (const std::string_view program : programs) {
    for (const Mutant& mutant : mutants_of(program)) counts[mutant.kind] += counted(mutant);
  }
  for (const auto& [kind, count] : counts) {
    print(kind, count);
    all += count;
  }
  print("all", all);
  EXPECT_GE(all.near, 0.95 * all.errors);
  EXPECT_LE(all.wide, 0.05 * all.errors);
}

}  // namespace
