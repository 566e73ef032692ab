#pragma once
// Numbers as NumPy writes them. Never depends on the locale. Of a float16 or float32 the digits are those that the type needs.

#include <complex>
#include <cstddef>
#include <string>

#include <lanewise/element.hpp>

namespace lanewise::inline v0::calculator {

/// Returns the fewest digits that read back as the same value, laid out as NumPy prints a scalar: 3.0, 1e-05, inf, nan. Of float64 that is
/// also Python's repr; narrower types have an exponent from 10 to the power of their reliable digits on: 1e+03 in float16, 1e+06 in
/// float32.
std::string shortest_text(double value);
std::string shortest_text(float value);
std::string shortest_text(Float16 value);
/// Returns (1+2j), or 2j where the real part is 0.
std::string shortest_text(std::complex<double> value);
std::string shortest_text(std::complex<float> value);

/// Returns as many digits after the point as are needed to read the value back, but at most 8, without trailing zeros: "1.", "-0.25".
std::string positional_text(double value);
std::string positional_text(float value);
std::string positional_text(Float16 value);

/// The same with one digit before the point and an exponent: "1.e-05", "1.2345679e+08".
std::string scientific_text(double value);
std::string scientific_text(float value);
std::string scientific_text(Float16 value);

/// Returns the value rounded to exactly `digit_count` digits after the point and an exponent of at least `exponent_digit_count` digits.
std::string scientific_text(double value, int digit_count, std::size_t exponent_digit_count);

}  // namespace lanewise::inline v0::calculator
