// By RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF. Independent of the locale, as a terminal in a locale of ASCII sends UTF-8
// all the same.
#include "program/utf8_text.hpp"

#include <cstdint>

namespace lanewise::inline v0::program {
namespace {

constexpr wchar_t replacement = 0xFFFD;

struct Lead {
  std::size_t length_bytes;  // 0: begins nothing
  std::uint32_t bits;
  unsigned least_second, greatest_second;
};

Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0, 0};
  if (byte < 0xC2 || byte > 0xF4) return {0, 0, 0, 0};
  if (byte < 0xE0) return {2, byte & 0x1FU, 0x80, 0xBF};
  if (byte < 0xF0) return {3, byte & 0x0FU, byte == 0xE0 ? 0xA0U : 0x80U, byte == 0xED ? 0x9FU : 0xBFU};
  return {4, byte & 0x07U, byte == 0xF0 ? 0x90U : 0x80U, byte == 0xF4 ? 0x8FU : 0xBFU};
}

}  // namespace

DecodedCharacter decode_utf8(std::string_view text) {
  const Lead lead = lead_of(static_cast<unsigned char>(text.front()));
  if (lead.length_bytes == 0) return {replacement, 1, false};
  std::uint32_t bits = lead.bits;
  for (std::size_t i = 1; i < lead.length_bytes; ++i) {
    if (i == text.size()) return {replacement, i, true};
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < (i == 1 ? lead.least_second : 0x80U) || byte > (i == 1 ? lead.greatest_second : 0xBFU)) return {replacement, i, false};
    bits = bits << 6 | (byte & 0x3FU);
  }
  return {static_cast<wchar_t>(bits), lead.length_bytes, false};
}

std::wstring to_wide(std::string_view text) {
  std::wstring wide;
  while (!text.empty()) {
    const DecodedCharacter decoded = decode_utf8(text);
    wide += decoded.character;
    text.remove_prefix(decoded.length_bytes);
  }
  return wide;
}

std::string to_utf8(std::wstring_view text) {
  std::string bytes;
  const auto add = [&](std::uint32_t byte) { bytes += static_cast<char>(static_cast<unsigned char>(byte)); };
  for (const wchar_t character : text) {
    const auto code = static_cast<std::uint32_t>(character);
    if (code < 0x80) {
      add(code);
    } else if (code < 0x800) {
      add(0xC0 | code >> 6);
      add(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
      add(0xE0 | code >> 12);
      add(0x80 | (code >> 6 & 0x3F));
      add(0x80 | (code & 0x3F));
    } else {
      add(0xF0 | (code >> 18 & 0x07));
      add(0x80 | (code >> 12 & 0x3F));
      add(0x80 | (code >> 6 & 0x3F));
      add(0x80 | (code & 0x3F));
    }
  }
  return bytes;
}

}  // namespace lanewise::inline v0::program
