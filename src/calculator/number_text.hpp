#pragma once
// Numbers as Python and NumPy write them. Never depends on the locale.

#include <cstddef>
#include <string>

namespace lanewise::inline v0::calculator {

/// Returns the fewest digits that read back as the same value, laid out as Python's repr: 3.0, 1e-05, inf, nan. A float gets the
/// digits that a float needs.
std::string shortest_text(double value);
std::string shortest_text(float value);

/// Returns as many digits after the point as are needed to read the value back, but at most 8, without trailing zeros: "1.", "-0.25".
std::string positional_text(double value);
std::string positional_text(float value);

/// The same with one digit before the point and an exponent: "1.e-05", "1.2345679e+08".
std::string scientific_text(double value);
std::string scientific_text(float value);

/// Returns the value rounded to exactly `digit_count` digits after the point and an exponent of at least `exponent_digit_count` digits.
std::string scientific_text(double value, int digit_count, std::size_t exponent_digit_count);

}  // namespace lanewise::inline v0::calculator
