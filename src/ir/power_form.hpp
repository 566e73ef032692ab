#pragma once
// How x ** n is computed when n is a constant: as products, a reciprocal or a square root. The language defines these exponents by
// them (so that -0.0 ** 0.5 is -0.0); every other exponent is left to the kernel of `power`.
//
// Shared by the folding of literals and by the rewriting of graphs, so that 1.1**3 and x**3 agree.

#include <bit>
#include <cstdint>

#include "ops/scalar.hpp"

namespace lanewise::inline v0 {

struct PowerForm {
  enum class Kind : std::uint8_t { general, product, reciprocal, square_root } kind = Kind::general;
  unsigned factor_count = 0;  ///< of a product; at least 1
};

/// Returns the form of a power with this constant exponent, of the base's dtype.
PowerForm power_form(Scalar exponent) noexcept;

/// Returns whether a power of floats with this constant exponent is computed by multiplications and a root: wholes and halves up to 64.
bool can_multiply_power(Scalar exponent) noexcept;

/// Multiplies `factor_count` times `base` by repeated squaring from the highest bit: x*x, (x*x)*x, (x*x)*(x*x), …
template <class Value, class Multiply>
Value product(Value base, unsigned factor_count, const Multiply& multiply) {
  Value result = base;
  for (unsigned bit = std::bit_floor(factor_count) >> 1; bit != 0; bit >>= 1) {
    result = multiply(result, result);
    if (factor_count & bit) result = multiply(result, base);
  }
  return result;
}

}  // namespace lanewise::inline v0
