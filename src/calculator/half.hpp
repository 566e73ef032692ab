#pragma once
// Half-precision numbers as doubles, which hold them all.

#include <cmath>
#include <limits>

#include <lanewise/element.hpp>

namespace lanewise::inline v0::calculator {

/// Returns the value of a half: a sign, 5 bits of exponent biased by 15, 10 bits of mantissa.
inline double as_double(Float16 half) noexcept {
  const int exponent = (half.bits >> 10) & 0x1F;
  const int mantissa = half.bits & 0x3FF;
  double magnitude = std::ldexp(exponent == 0 ? mantissa : mantissa + 0x400, (exponent == 0 ? 1 : exponent) - 25);
  if (exponent == 0x1F) {
    magnitude = mantissa == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  }
  return half.bits & 0x8000 ? -magnitude : magnitude;
}
inline double as_double(float value) noexcept { return static_cast<double>(value); }
inline double as_double(double value) noexcept { return value; }

}  // namespace lanewise::inline v0::calculator
