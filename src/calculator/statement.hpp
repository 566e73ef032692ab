#pragma once
// The statements of a text: where they stand, what kind each is, which names it binds.
//
// Text goes in, positions come out. Nothing is judged here: whatever is not one of the calculator's own forms is an expression, which the library
// reads; it finds the errors and knows how to report them.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "calculator/text_range.hpp"
#include "calculator/words.hpp"

namespace lanewise::inline v0::calculator {

/// A run of words of a text: [begin, end) of their list.
struct WordRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const noexcept { return begin == end; }
};

/// A text and its words, which are scanned once.
class ScannedText {
 public:
  explicit ScannedText(std::string_view text);

  std::string_view text() const noexcept { return text_; }
  const std::vector<Word>& words() const noexcept { return words_; }
  const Word& word(std::size_t i) const { return words_[i]; }
  std::string_view word_text(std::size_t i) const { return part(text_, words_[i].range); }
  /// Whether word `i` is a sign, bracket or equals sign of that spelling; also where there is no such word.
  bool is(std::size_t i, std::string_view spelling) const {
    return i < words_.size() && words_[i].kind != Word::Kind::string && word_text(i) == spelling;
  }
  /// Returns the word that closes the bracket at word `open`, or the number of words if none does.
  std::size_t closing_bracket(std::size_t open) const { return partners_[open]; }
  /// Whether the bracket at word `i` has one of its kind that opens or closes it.
  bool has_partner(std::size_t i) const { return partners_[i] < words_.size(); }
  /// Whether each bracket of a range has its partner there.
  bool is_balanced(WordRange words) const;
  /// Returns the bytes from the first word to the end of the last; where there is none, the empty place behind the word before.
  TextRange range_of(WordRange words) const {
    if (!words.empty()) return {words_[words.begin].range.begin, words_[words.end - 1].range.end};
    const std::size_t end = words.begin == 0 ? 0 : words_[words.begin - 1].range.end;
    return {end, end};
  }

 private:
  std::string_view text_;
  std::vector<Word> words_;
  std::vector<std::size_t> partners_;  ///< of each bracket
};

struct Statement {
  enum class Kind { expression, assignment, assertion, save } kind = Kind::expression;
  WordRange whole;
  std::vector<std::size_t> targets = {};  ///< of an assignment, the words of the names
  bool is_chain = false;                  ///< `a = b = value`: each name stands for the same value
  std::string_view operation = {};        ///< of `name += value`, the operator
  WordRange value;                        ///< the expression; of `save`, all between its brackets
};

/// Returns the statements of a text: what stands between semicolons and line breaks outside brackets; empty ones are left out.
std::vector<WordRange> split_statements(const ScannedText& text);

/// Tells what a statement is.
Statement read_statement(const ScannedText& text, WordRange statement);

/// Returns what stands between the commas of a list; as in Python, one at the end changes nothing.
std::vector<WordRange> split_list(const ScannedText& text, WordRange list);

/// Returns what a string says: without its quotation marks, each backslash gone and the character behind it kept. Throws SyntaxError E102 where the
/// closing mark is missing, E106 for a zero byte, which no path and no message has.
std::string quoted_text(const ScannedText& text, std::size_t string);

/// Whether a bracket is still open at the end, so that the next line belongs to the same statement.
bool ends_inside_brackets(std::string_view text);

/// Whether the text can be a name.
bool is_name(std::string_view text) noexcept;

}  // namespace lanewise::inline v0::calculator
