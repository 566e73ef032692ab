#pragma once
// The arcus tangent of a number and of a point where multiply-add is fused, within 0.65 ulp.
//
// The angle of the shorter to the longer side of a right triangle is in [0, pi/4]; from pi/8 on it is pi/4 less that of the difference of the sides
// to their sum. With s the ratio of these it is s + s^3 P(s^2), P being a minimax polynomial (relative error 2^-59.4; of float32 2^-30.4). What
// sum, difference and ratio lose in rounding is carried along. Where the triangle is steep the angle is taken from pi/2, and left of the ordinate
// from pi.

#include "kernels/polynomial.hpp"
#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// P(z)
template <class D>
LANEWISE_INLINE hn::Vec<D> arctangent_curve(D d, hn::Vec<D> z) {
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    constexpr double curve[] = {-0x1.256ae1c819cccp-6, 0x1.37d5d6ce4a661p-5, -0x1.9cd2cc3bca9b5p-5, 0x1.df0f4dc533861p-5,
                                -0x1.10ebb86a779eap-4, 0x1.3b11191f75b4cp-4, -0x1.745cf8dcacc2cp-4, 0x1.c71c70e613401p-4,
                                -0x1.24924922ad6edp-3, 0x1.999999999586dp-3, -0x1.555555555553dp-2};
    return polynomial(d, z, curve);
  } else {
    constexpr double curve[] = {-0x1.f2f74cp-5, 0x1.b227aep-4, -0x1.23b9d6p-3, 0x1.9991e4p-3, -0x1.55554ap-2};
    return polynomial(d, z, curve);
  }
}

/// A right triangle, whose sides are not negative, and where its angle begins to count.
template <class D>
struct Triangle {
  hn::Vec<D> shorter, longer;
  hn::Vec<D> base;       ///< in units of pi/4: 0, 2 or 4
  hn::Vec<D> direction;  ///< -0 where the angle is taken from the base, 0 where it is added
};

template <class D>
LANEWISE_INLINE hn::Vec<D> angle_of(D d, const Triangle<D>& triangle) {
  using T = hn::TFromD<D>;
  constexpr bool is_double = sizeof(T) == 8;
  const auto one = hn::Set(d, 1);
  const auto is_wide = hn::Gt(triangle.shorter, hn::Mul(triangle.longer, hn::Set(d, static_cast<T>(0x1.a827999fcef32p-2))));
  const auto difference = hn::Sub(triangle.shorter, triangle.longer);
  const auto difference_lost = hn::Sub(triangle.shorter, hn::Add(triangle.longer, difference));
  const auto sum = hn::Add(triangle.shorter, triangle.longer);
  const auto sum_lost = hn::Sub(triangle.shorter, hn::Sub(sum, triangle.longer));
  const auto numerator = hn::IfThenElse(is_wide, difference, triangle.shorter);
  const auto denominator = hn::IfThenElse(is_wide, sum, triangle.longer);

  const auto inverse = hn::Div(one, denominator);
  const auto ratio = hn::Mul(numerator, inverse);
  const auto lost = hn::IfThenElseZero(is_wide, hn::NegMulAdd(ratio, sum_lost, difference_lost));
  const auto ratio_lost = hn::Mul(hn::Add(hn::NegMulAdd(ratio, denominator, numerator), lost), inverse);
  const auto square = hn::Mul(ratio, ratio);
  const auto slope = hn::Sub(one, square);  // of the angle by the ratio, within 0.03
  const auto rest = hn::MulAdd(hn::Mul(square, ratio), arctangent_curve(d, square), hn::Mul(ratio_lost, slope));

  // The first part of pi/4 is so short that multiples up to 4 are exact.
  constexpr double eighth_high = is_double ? 0x1.921fb54442d18p-1 : 0x1.921fbp-1, eighth_low = is_double ? 0x1.1a62633145c07p-55 : 0x1.5110b4p-23;
  const auto eighths = hn::Add(triangle.base, hn::IfThenElseZero(is_wide, hn::Or(one, triangle.direction)));
  const auto base = hn::Mul(eighths, hn::Set(d, static_cast<T>(eighth_high)));
  const auto step = hn::Xor(ratio, triangle.direction);
  const auto angle = hn::Add(base, step);
  const auto angle_lost = hn::Add(hn::Sub(base, angle), step);
  const auto low = hn::MulAdd(eighths, hn::Set(d, static_cast<T>(eighth_low)), hn::Xor(rest, triangle.direction));
  return hn::Add(angle, hn::Add(angle_lost, low));
}

template <class D>
LANEWISE_INLINE hn::Vec<D> arctangent(D d, hn::Vec<D> x) {
  using T = hn::TFromD<D>;
  const auto one = hn::Set(d, 1);
  // Beyond this, the result is pi/2. A nan is x86's second operand, and so returned.
  const auto slope = hn::Min(hn::Set(d, static_cast<T>(sizeof(T) == 8 ? 0x1p100 : 0x1p60)), hn::Abs(x));
  const auto is_steep = hn::Gt(slope, one);
  const Triangle<D> triangle{hn::Min(one, slope), hn::Max(one, slope), hn::IfThenElseZero(is_steep, hn::Set(d, 2)),
                             hn::IfThenElseZero(is_steep, hn::Set(d, static_cast<T>(-0.0)))};
  return hn::CopySign(angle_of(d, triangle), x);
}

/// Returns the lanes that are computed; the others hold anything.
template <class D>
struct AngleOfPoint {
  hn::Vec<D> value;
  hn::Mask<D> is_computed;
};

/// Computes where neither side is so long or so short that its products leave the range.
template <class D>
LANEWISE_INLINE AngleOfPoint<D> angle_of_point(D d, hn::Vec<D> y, hn::Vec<D> x) {
  using T = hn::TFromD<D>;
  constexpr bool is_double = sizeof(T) == 8;
  const auto shortest = hn::Set(d, static_cast<T>(is_double ? 0x1p-500 : 0x1p-60));
  const auto longest = hn::Set(d, static_cast<T>(is_double ? 0x1p500 : 0x1p60));
  const auto height = hn::Abs(y);
  const auto width = hn::Abs(x);
  const auto is_steep = hn::Gt(height, width);
  const auto is_left = hn::Lt(x, hn::Zero(d));
  const auto minus_zero = hn::Set(d, static_cast<T>(-0.0));
  const auto base = hn::IfThenElse(is_steep, hn::Set(d, 2), hn::IfThenElseZero(is_left, hn::Set(d, 4)));
  const auto direction = hn::Xor(hn::IfThenElseZero(is_steep, minus_zero), hn::IfThenElseZero(is_left, minus_zero));
  const Triangle<D> triangle{hn::Min(height, width), hn::Max(height, width), base, direction};
  const auto is_long = hn::And(hn::Ge(triangle.longer, shortest), hn::Le(hn::Add(height, width), longest));  // not of a nan
  const auto is_flat_or_long = hn::Or(hn::Eq(triangle.shorter, hn::Zero(d)), hn::Ge(triangle.shorter, shortest));
  return {hn::CopySign(angle_of(d, triangle), y), hn::And(is_long, is_flat_or_long)};
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
