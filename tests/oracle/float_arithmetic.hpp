#pragma once
// Floats and complex values. Sources: for float `//` and `%` the algorithm NumPy documents as divmod; C's Annex F for zeros.
//
// Assumes the default rounding mode and no contraction.

#include <algorithm>
#include <array>

#include "oracle/arithmetic.hpp"

namespace lanewise::inline v0::oracle {

// NumPy's divmod: the remainder is exact, the quotient follows from it and is snapped to the nearest whole number.
template <class Float>
std::array<Float, 2> divide_with_remainder(Float dividend, Float divisor) {
  Float remainder = std::fmod(dividend, divisor);
  if (divisor == 0) return {dividend / divisor, remainder};
  Float quotient = (dividend - remainder) / divisor;
  if (remainder != 0) {
    if ((divisor < 0) != (remainder < 0)) {
      remainder += divisor;
      quotient -= 1;
    }
  } else {
    remainder = std::copysign(Float{0}, divisor);
  }
  if (quotient == 0) return {std::copysign(Float{0}, dividend / divisor), remainder};
  Float whole = std::floor(quotient);
  if (quotient - whole > Float{0.5}) whole += 1;
  return {whole, remainder};
}

// -0 is less than 0.
template <class Float>
bool is_before(Float left, Float right) {
  return left == right ? std::signbit(left) && !std::signbit(right) : left < right;
}

template <class Float>
Float extreme(Exact operation, Float left, Float right) {
  const bool nan_wins = operation == Exact::minimum || operation == Exact::maximum;
  if (std::isnan(left)) return nan_wins ? left : right;
  if (std::isnan(right)) return nan_wins ? right : left;
  const bool wants_less = operation == Exact::minimum || operation == Exact::fmin;
  return is_before(left, right) == wants_less ? left : right;
}

template <class Float>
Float sign_of(Float value) {
  if (std::isnan(value)) return value;
  return static_cast<Float>((value > 0) - (value < 0));
}

// Rounds once: the C library's takes an int.
template <class Float>
Float scaled(Float value, Float exponent) {
  return std::ldexp(value, static_cast<int>(std::clamp(exponent, Float{-5000}, Float{5000})));
}

template <class Float>
Value of_floats(Exact operation, Float left, Float right, Float third) {
  switch (operation) {
    case Exact::add: return Value{left + right};
    case Exact::subtract: return Value{left - right};
    case Exact::multiply: return Value{left * right};
    case Exact::divide: return Value{left / right};
    case Exact::floor_divide: return Value{divide_with_remainder(left, right)[0]};
    case Exact::remainder: return Value{divide_with_remainder(left, right)[1]};
    case Exact::fmod: return Value{std::fmod(left, right)};
    case Exact::fma: return Value{std::fma(left, right, third)};
    case Exact::negative: return Value{-left};
    case Exact::absolute: return Value{std::fabs(left)};
    case Exact::sign: return Value{sign_of(left)};
    case Exact::reciprocal: return Value{1 / left};
    case Exact::minimum:
    case Exact::maximum:
    case Exact::fmin:
    case Exact::fmax: return Value{extreme(operation, left, right)};
    case Exact::floor: return Value{std::floor(left)};
    case Exact::ceil: return Value{std::ceil(left)};
    case Exact::trunc: return Value{std::trunc(left)};
    case Exact::round: return Value{std::nearbyint(left)};
    case Exact::copysign: return Value{std::copysign(left, right), !std::isnan(right) || std::isnan(left)};
    case Exact::nextafter: return Value{std::nextafter(left, right)};
    case Exact::ldexp: return Value{scaled(left, right)};
    case Exact::isnan: return Value{std::isnan(left)};
    case Exact::isinf: return Value{std::isinf(left)};
    case Exact::isfinite: return Value{std::isfinite(left)};
    case Exact::signbit: return Value{std::signbit(left), !std::isnan(left)};
    case Exact::sqrt: return Value{std::sqrt(left)};
    case Exact::imaginary: return Value{Float{0}};
    case Exact::complex: return Value{std::complex<Float>(left, right)};
    default: return Value{left};  // positive
  }
}

template <class Float>
std::complex<Float> product_of(std::complex<Float> left, std::complex<Float> right) {
  return {left.real() * right.real() - left.imag() * right.imag(), left.real() * right.imag() + left.imag() * right.real()};
}

// Part by part, and the product by the school's formula, infinities or not.
template <class Float>
std::optional<Value> of_complex(Exact operation, std::complex<Float> left, std::complex<Float> right) {
  const Float re = left.real(), im = left.imag();
  switch (operation) {
    case Exact::add: return Value{std::complex<Float>(re + right.real(), im + right.imag())};
    case Exact::subtract: return Value{std::complex<Float>(re - right.real(), im - right.imag())};
    case Exact::multiply: return Value{product_of(left, right)};
    case Exact::positive: return Value{left};
    case Exact::negative: return Value{std::complex<Float>(-re, -im)};
    case Exact::conjugate: return Value{std::complex<Float>(re, -im)};
    case Exact::round: return Value{std::complex<Float>(std::nearbyint(re), std::nearbyint(im))};
    case Exact::real: return Value{re};
    case Exact::imaginary: return Value{im};
    case Exact::equal: return Value{re == right.real() && im == right.imag()};
    case Exact::not_equal: return Value{re != right.real() || im != right.imag()};
    case Exact::isnan: return Value{std::isnan(re) || std::isnan(im)};
    case Exact::isinf: return Value{std::isinf(re) || std::isinf(im)};
    case Exact::isfinite: return Value{std::isfinite(re) && std::isfinite(im)};
    default: return std::nullopt;
  }
}

}  // namespace lanewise::inline v0::oracle
