#pragma once
// Values as text for people: a scalar as Python prints it, an array as NumPy 2 prints it by default.
//
// NumPy's defaults are 8 digits after the point, lines of 75 characters, and more than 1000 elements shortened to the first and last
// three. Followed is NumPy 2.3 and later; earlier ones keep float32 up to 1e8 without exponent, not up to 1e6.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "calculator/value.hpp"

namespace lanewise::inline v0::calculator {

/// Takes text piece by piece: an array printed in full may be longer than memory holds twice.
using TextSink = std::function<void(std::string_view)>;

inline constexpr std::size_t shortened_above = 1'000;  ///< elements
inline constexpr std::size_t edge_length = 3;          ///< elements shown at either end of a shortened array

inline bool is_shortened(std::size_t element_count, bool full) { return !full && element_count > shortened_above; }

/// Writes an array of at most one dimension; `full`: never shortened. No line break at the end.
void print(const Array& array, bool full, const TextSink& sink);
std::string printed(const Array& array, bool full = false);

}  // namespace lanewise::inline v0::calculator
