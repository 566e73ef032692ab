// The exponents that are no matter for `power`.

#include "ir/power_form.hpp"

#include <cmath>

namespace lanewise::inline v0 {

namespace {

// Products of integers wrap, so they are exact at any length; 64 factors take at most 11 multiplications, fewer than the kernel's loop.
constexpr std::int64_t largest_integer_product = 64;
// Each multiplication of floats adds up to half a unit in the last place; the table of the language stops at x**4.
constexpr double largest_float_product = 4;

PowerForm integer_power_form(std::int64_t exponent) {
  if (exponent < 1 || exponent > largest_integer_product) return {};
  return {PowerForm::Kind::product, static_cast<unsigned>(exponent)};
}

PowerForm float_power_form(double exponent) {
  if (exponent == -1) return {PowerForm::Kind::reciprocal, 0};
  if (exponent == 0.5) return {PowerForm::Kind::square_root, 0};
  for (double count = 1; count <= largest_float_product; ++count) {
    if (exponent == count) return {PowerForm::Kind::product, static_cast<unsigned>(count)};
  }
  return {};
}

template <class Part>
PowerForm complex_power_form(std::complex<Part> exponent) {
  if (exponent.imag() != 0) return {};
  return float_power_form(static_cast<double>(exponent.real()));
}

}  // namespace

PowerForm power_form(Scalar exponent) noexcept {
  const DType dtype = exponent.dtype;
  if (dtype == DType::uint64 && exponent.bits > std::uint64_t{largest_integer_product}) return {};
  if (dtype.is_integer()) return integer_power_form(integer_value(exponent));
  if (dtype.is_floating()) return float_power_form(real_value(exponent));
  if (dtype == DType::complex64) return complex_power_form(exponent.as<std::complex<float>>());
  if (dtype == DType::complex128) return complex_power_form(exponent.as<std::complex<double>>());
  return {};
}

bool can_multiply_power(Scalar exponent) noexcept {
  constexpr double largest_exponent = 64;
  const double twice = 2 * real_value(exponent);
  return std::abs(twice) <= 2 * largest_exponent && std::fmod(twice, 1) == 0;  // raises no flag
}

}  // namespace lanewise::inline v0
