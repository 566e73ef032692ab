#pragma once
// The words of a line, as far as the calculator needs to tell them apart. Blanks and comments are between words.

#include <cstddef>
#include <string_view>
#include <vector>

#include "calculator/text_range.hpp"

namespace lanewise::inline v0::calculator {

struct Word {
  enum class Kind {
    name,
    number,      ///< with its letters: 0x1F, 1e5, 2j
    string,      ///< with its quotation marks; up to the end of the line where the closing one is missing
    open,        ///< ( or [
    close,       ///< ) or ]
    line_break,  ///< outside brackets; inside it is a blank
    equals,      ///< = alone
    sign,        ///< any other single character, or ==
  } kind;
  TextRange range;
  std::size_t depth;  ///< open brackets around it; around a bracket, those outside it
};

/// Whether a string has its closing quotation mark.
bool is_closed(std::string_view string) noexcept;

/// Returns the words of a part of `text`.
std::vector<Word> words_of(std::string_view text, TextRange range);

}  // namespace lanewise::inline v0::calculator
