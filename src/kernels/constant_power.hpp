#pragma once
// Powers by a constant exponent of a whole or half: by repeated squaring, within 0.51 units in the last place.
//
// float32 is computed in float64. In float64 each product carries what rounding took from it along ("Accurate floating-point product",
// Graillat, 2008). That holds while nothing near the ends of the range is met; the few lanes beyond are left to `vector_power`.

#include "kernels/power_of_ten.hpp"
#include "kernels/vector_math.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// The square root as C's pow has it: 0 of -0, and infinity of minus infinity.
template <class D>
LANEWISE_INLINE hn::Vec<D> root_for_power(D d, hn::Vec<D> x) {
  const auto lowest = hn::Neg(infinity(d));
  return hn::Add(hn::Sqrt(hn::IfThenElse(hn::Eq(x, lowest), infinity(d), x)), hn::Zero(d));
}

/// |exponent| = whole + half / 2
struct ConstantExponent {
  unsigned whole;
  bool half;
  bool negative;

  static ConstantExponent of(double exponent) {
    const double magnitude = exponent < 0 ? -exponent : exponent;
    const auto whole = static_cast<unsigned>(magnitude);
    return {whole, magnitude != static_cast<double>(whole), exponent < 0};
  }
  unsigned second_bit() const { return whole < 2 ? 0 : 1U << (30 - __builtin_clz(whole)); }
};

/// Every step rounds; for float32, whose results float64 holds with 29 bits to spare.
template <class D>
LANEWISE_INLINE hn::Vec<D> rounded_power(D d, hn::Vec<D> x, ConstantExponent exponent) {
  const auto base = exponent.half ? hn::Abs(x) : x;
  auto power = exponent.whole == 0 ? hn::Set(d, 1) : base;
  for (unsigned bit = exponent.second_bit(); bit != 0; bit >>= 1) {
    power = hn::Mul(power, power);
    if ((exponent.whole & bit) != 0) power = hn::Mul(power, base);
  }
  if (exponent.half) power = hn::Mul(power, root_for_power(d, x));
  return exponent.negative ? hn::Div(hn::Set(d, 1), power) : power;
}

/// A value and what rounding took from it.
template <class D>
struct CarriedPower {
  hn::Vec<D> value, lost;

  LANEWISE_INLINE void multiply(D d, hn::Vec<D> factor, hn::Vec<D> lost_of_factor) {
    const auto product = hn::Mul(value, factor);
    const auto lost_of_rounding = lost_of_product(d, value, factor, product);
    lost = hn::MulAdd(lost, factor, hn::MulAdd(value, lost_of_factor, lost_of_rounding));
    value = product;
  }
};

/// Lanes around which neither products nor what rounding takes from them leave the range.
template <class D>
LANEWISE_INLINE hn::Mask<D> is_far_from_limits(D d, hn::Vec<D> x) {
  const auto magnitude = hn::Abs(x);
  return hn::And(hn::Ge(magnitude, hn::Set(d, 0x1p-960)), hn::Le(magnitude, hn::Set(d, 0x1p960)));
}

template <class D>
LANEWISE_INLINE hn::Vec<D> carried_power(D d, hn::Vec<D> x, hn::Vec<D> y, ConstantExponent exponent) {
  const auto zero = hn::Zero(d);
  const auto one = hn::Set(d, 1);
  CarriedPower<D> power{exponent.whole == 0 ? one : x, zero};
  for (unsigned bit = exponent.second_bit(); bit != 0; bit >>= 1) {
    power.multiply(d, power.value, power.lost);
    if ((exponent.whole & bit) != 0) power.multiply(d, x, zero);
  }
  if (exponent.half) {
    const auto root = hn::Sqrt(x);
    const auto square = hn::Mul(root, root);
    const auto missing = hn::Sub(hn::Sub(x, square), lost_of_product(d, root, root, square));
    power.multiply(d, root, hn::Div(missing, hn::Add(root, root)));
  }
  auto is_usual = is_far_from_limits(d, power.value);
  if (exponent.half) is_usual = hn::And(is_usual, is_far_from_limits(d, x));
  auto result = hn::Add(power.value, power.lost);
  if (exponent.negative) {
    const auto quotient = hn::Div(one, power.value);
    const auto product = hn::Mul(quotient, power.value);
    const auto missing = hn::Sub(hn::Sub(one, product), lost_of_product(d, quotient, power.value, product));
    result = hn::MulAdd(quotient, hn::Sub(missing, hn::Mul(quotient, power.lost)), quotient);
  }
  if (__builtin_expect(hn::AllTrue(d, is_usual), 1)) return result;
  return hn::IfThenElse(is_usual, result, vector_power(d, x, y));
}

/// All lanes of `y` are one whole or half number.
struct constant_power {
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    const auto exponent = ConstantExponent::of(static_cast<double>(hn::GetLane(y)));
    if constexpr (sizeof(hn::TFromD<D>) == 8) {
      return carried_power(d, x, y, exponent);
    } else {
      return through_float64(d, x, exponent);
    }
  }

 private:
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> through_float64(D d, hn::Vec<D> x, ConstantExponent exponent) {
    if constexpr (is_half<D>) {
      const hn::Rebind<double, D> wide;
      return hn::DemoteTo(d, rounded_power(wide, hn::PromoteTo(wide, x), exponent));
    } else {
      const hn::Half<D> half;
      const auto low = through_float64(half, hn::LowerHalf(half, x), exponent);
      const auto high = through_float64(half, hn::UpperHalf(half, x), exponent);
      return hn::Combine(d, high, low);
    }
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
