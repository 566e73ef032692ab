// The exponents that are no matter for `power`.

#include "ir/power_form.hpp"

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

}  // namespace

PowerForm power_form(Scalar exponent) noexcept {
  switch (exponent.dtype.code) {
    case DType::Code::bool_: return {};
    case DType::Code::int32: return integer_power_form(exponent.as<std::int32_t>());
    case DType::Code::int64: return integer_power_form(exponent.as<std::int64_t>());
    case DType::Code::float32: return float_power_form(static_cast<double>(exponent.as<float>()));
    case DType::Code::float64: return float_power_form(exponent.as<double>());
  }
  return {};
}

}  // namespace lanewise::inline v0
