#pragma once
// Values as text for people, as NumPy 2 prints them by default.
//
// NumPy's defaults are 8 digits after the point, lines of 75 characters, and more than 1000 elements shortened to the first and last
// three of each axis. Followed is NumPy 2.3 and later; earlier ones keep float32 up to 1e8 without exponent, not up to 1e6.

#include <span>
#include <string>

#include <lanewise/calculator.hpp>

#include "calculator/shown_elements.hpp"

namespace lanewise::inline v0::calculator {

/// Writes a scalar or an array of any rank; `full`: never shortened. No line break at the end.
void print(const ArrayView& array, bool full, const TextSink& sink);
std::string printed(const ArrayView& array, bool full = false);

/// Writes several values as Python writes a tuple, `(1, 2.5)` or `(3,)`; where one of them is an array, each has a line of its own.
void print_tuple(std::span<const ArrayView> values, bool full, const TextSink& sink);

}  // namespace lanewise::inline v0::calculator
