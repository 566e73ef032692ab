#pragma once
// Values as text for people, as NumPy 2 prints them by default.
//
// NumPy's defaults are 8 digits after the point, lines of 75 characters, and more than 1000 elements shortened to the first and last
// three of each axis. Followed is NumPy 2.3 and later; earlier ones keep float32 up to 1e8 without exponent, not up to 1e6.

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "calculator/shown_elements.hpp"
#include "calculator/value.hpp"

namespace lanewise::inline v0::calculator {

/// Takes text piece by piece: an array printed in full may be longer than memory holds twice.
using TextSink = std::function<void(std::string_view)>;

/// Writes a scalar or an array of any rank; `full`: never shortened. No line break at the end.
void print(const Array& array, bool full, const TextSink& sink);
std::string printed(const Array& array, bool full = false);

/// Writes several values as Python writes a tuple, `(1, 2.5)` or `(3,)`; where one of them is an array, each has a line of its own.
void print_tuple(std::span<const SharedValue> values, bool full, const TextSink& sink);

}  // namespace lanewise::inline v0::calculator
