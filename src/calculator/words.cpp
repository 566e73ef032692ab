// <cctype> is not used, as its answers depend on the locale.
#include "calculator/words.hpp"

#include <algorithm>

namespace lanewise::inline v0::calculator {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

class Scanner {
 public:
  Scanner(std::string_view text, TextRange range) : text_(text.substr(0, range.end)), position_(range.begin) {}

  std::vector<Word> words() {
    while (position_ < text_.size()) {
      const char c = text_[position_];
      if (c == '#') {
        position_ = std::min(text_.find('\n', position_), text_.size());
      } else if (is_blank(c) || (c == '\n' && depth_ > 0)) {
        ++position_;
      } else {
        scan_word(c);
      }
    }
    return std::move(words_);
  }

 private:
  char at(std::size_t position) const { return position < text_.size() ? text_[position] : '\0'; }

  void scan_word(char c) {
    using Kind = Word::Kind;
    if (is_name_start(c)) return keep_while(Kind::name, is_name_part);
    if (is_digit(c) || (c == '.' && is_digit(at(position_ + 1)))) {
      return keep_while(Kind::number, [](char x) { return is_name_part(x) || x == '.'; });
    }
    if (c == '\'' || c == '"') return keep(Kind::string, string_end(c));
    if (c == '(' || c == '[') {
      keep(Kind::open, position_ + 1);
      ++depth_;
    } else if (c == ')' || c == ']') {
      if (depth_ > 0) --depth_;
      keep(Kind::close, position_ + 1);
    } else if (c == '=' || c == '<' || c == '>' || c == '!') {
      const bool is_comparison = at(position_ + 1) == '=';
      keep(c == '=' && !is_comparison ? Kind::equals : Kind::sign, position_ + (is_comparison ? 2 : 1));
    } else {
      keep(c == '\n' ? Kind::line_break : Kind::sign, position_ + 1);
    }
  }

  std::size_t string_end(char quote) const {
    std::size_t end = position_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    if (at(end) == quote) ++end;
    return std::min(end, text_.size());
  }

  template <class Belongs>
  void keep_while(Word::Kind kind, Belongs belongs) {
    std::size_t end = position_ + 1;
    while (end < text_.size() && belongs(text_[end])) ++end;
    keep(kind, end);
  }

  void keep(Word::Kind kind, std::size_t end) {
    words_.push_back({kind, {position_, end}, depth_});
    position_ = end;
  }

  std::string_view text_;
  std::size_t position_;
  std::size_t depth_ = 0;
  std::vector<Word> words_;
};

}  // namespace

// A backslash and what follows it are no mark.
bool is_closed(std::string_view string) noexcept {
  std::size_t end = 1;
  while (end < string.size() && string[end] != string.front()) end += string[end] == '\\' ? 2 : 1;
  return end + 1 == string.size();
}

std::vector<Word> words_of(std::string_view text, TextRange range) { return Scanner(text, range).words(); }

}  // namespace lanewise::inline v0::calculator
