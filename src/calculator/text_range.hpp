#pragma once
// A part of a text, by its position.

#include <cstddef>
#include <string_view>

namespace lanewise::inline v0::calculator {

/// The bytes [begin, end) of a text.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend constexpr bool operator==(TextRange, TextRange) noexcept = default;
};

inline std::string_view part(std::string_view text, TextRange range) { return text.substr(range.begin, range.end - range.begin); }

}  // namespace lanewise::inline v0::calculator
