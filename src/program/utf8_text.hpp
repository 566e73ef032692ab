#pragma once
// UTF-8 to the wide characters in which a terminal is spoken to, and back.

#include <cstddef>
#include <string>
#include <string_view>

namespace lanewise::inline v0::program {

struct DecodedCharacter {
  wchar_t character;         ///< U+FFFD for a byte that begins no valid sequence
  std::size_t length_bytes;  ///< at least 1
  bool is_cut_short;         ///< the text ends within a sequence that is valid as far as it goes
};

/// Decodes the character at the beginning of `text`, which is not empty.
DecodedCharacter decode_utf8(std::string_view text);

std::wstring to_wide(std::string_view text);
std::string to_utf8(std::wstring_view text);

}  // namespace lanewise::inline v0::program
