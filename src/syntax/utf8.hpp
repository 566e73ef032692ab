#pragma once
// One character of UTF-8 at a time, for text that may be anything: what is malformed is one byte long and marked.

#include <cstddef>
#include <string_view>

namespace lanewise::inline v0 {

struct Utf8Character {
  char32_t value;            ///< the byte itself where `is_valid` is false
  std::size_t length_bytes;  ///< 1 to 4
  bool is_valid;
};

/// Decodes the character that `text` begins with; `text` is not empty. Overlong forms and surrogates are malformed.
constexpr Utf8Character decode_utf8(std::string_view text) {
  const auto byte = [text](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {first, 1, false};
  char32_t value = first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {first, 1, false};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < smallest[length] || value > 0x10FFFF || is_surrogate) return {first, 1, false};
  return {value, length, true};
}

/// Returns whether a byte is in the middle of a character.
constexpr bool is_utf8_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

/// Returns whether printing the character shows nothing, moves the cursor or reorders what follows.
constexpr bool is_invisible(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value <= 0xA0) || value == 0xAD || value == 0x1680 || (value >= 0x2000 && value <= 0x200F) ||
         (value >= 0x2028 && value <= 0x202F) || (value >= 0x205F && value <= 0x206F) || value == 0x3000 || value == 0xFEFF ||
         (value >= 0xE0000 && value <= 0xE0FFF);
}

}  // namespace lanewise::inline v0
