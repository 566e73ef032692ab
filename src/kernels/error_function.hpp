#pragma once
// The error function of float64 where multiply-add is fused, within 0.9 ulp.
//
// Below 3/4 it is 2/sqrt(pi) x + x^3 P(x^2). From there on it is 1 - e^g with g = ln(erfc(x)), a polynomial in x - 1; from 6 on it is 1. P and g
// are minimax polynomials: the error of P is 2^-57.5 of the result, that of g makes 2^-56.8. What the leading terms lose in rounding is carried along.

#include "kernels/natural_exponential.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// For |x| up to 0.8.
template <class D>
LANEWISE_INLINE hn::Vec<D> error_function_near_zero(D d, hn::Vec<D> x) {
  constexpr double curve[] = {0x1.7972be7b5ed56p-27, -0x1.53486a2827282p-23, 0x1.b897eb4ef8762p-20, -0x1.f4bbcdbb7584fp-17, 0x1.f9a22c5aa6d55p-14,
                              -0x1.c02dad0597b4fp-11, 0x1.565bccef8f1c6p-8, -0x1.b82ce311eb93ep-6,  0x1.ce2f21a041311p-4, -0x1.812746b0379d1p-2};
  const auto slope = hn::Set(d, 0x1.20dd750429b6dp0);
  const auto line = hn::Mul(x, slope);
  const auto line_lost = hn::MulAdd(x, hn::Set(d, 0x1.1ae3a914fed8p-56), hn::MulSub(x, slope, line));
  const auto square = hn::Mul(x, x);
  return hn::Add(line, hn::MulAdd(hn::Mul(square, x), polynomial(d, square, curve), line_lost));
}

/// For x in [0.75, 6].
template <class D>
LANEWISE_INLINE hn::Vec<D> error_function_far_from_zero(D d, hn::Vec<D> x) {
  constexpr double curve[] = {0x1.01279aa4ab6f4p-39,  -0x1.999bc215dbc8ap-35, 0x1.2d3058c9e0f92p-31, -0x1.0f0ffc9d4a27dp-28, 0x1.4a3addd0462bep-26,
                              -0x1.133f82376975cp-24, 0x1.05ac0eb73a4eap-23,  0x1.cb632f56f6e55p-24, -0x1.0f3611b7b82afp-19, 0x1.415f4c9cc0529p-17,
                              -0x1.c75951ff1f0dfp-16, 0x1.b8bdf7700c505p-16,  0x1.f1b4bbea24a52p-13, -0x1.033f6987bb8bcp-9,  0x1.48c9d40bb317fp-7,
                              -0x1.5477f09cae386p-5,  -0x1.afabc11a28ec9p-1,  -0x1.51c9b0006c23bp1};
  const auto beyond_one = hn::Sub(x, hn::Set(d, 1));
  const auto first = hn::Set(d, -0x1.d97fbf27aa2a1p0);
  const auto step = hn::Mul(beyond_one, polynomial(d, beyond_one, curve));
  const auto g = hn::Add(first, step);
  const auto g_lost = hn::Add(hn::Add(hn::Sub(first, g), step), hn::Set(d, -0x1.59e47061842bfp-55));
  const ReducedExponent<D> reduced = reduce_exponent(d, g);
  const auto r = hn::Add(reduced.r, hn::NegMulAdd(reduced.n, hn::Set(d, ln_2_low), g_lost));
  const auto growth = hn::MulAdd(hn::Mul(r, r), exponential_curve(d, r), r);  // e^r - 1
  const auto power = power_of_two(d, reduced.n);
  return hn::NegMulAdd(power, growth, hn::Sub(hn::Set(d, 1), power));
}

template <class D>
LANEWISE_INLINE hn::Vec<D> error_function(D d, hn::Vec<D> x) {
  const auto magnitude = hn::Min(hn::Set(d, 6), hn::Abs(x));  // a nan is x86's second operand, and so returned
  const auto is_near_zero = hn::Lt(magnitude, hn::Set(d, 0.75));
  if (hn::AllTrue(d, is_near_zero)) return error_function_near_zero(d, x);
  const auto far = hn::CopySign(error_function_far_from_zero(d, magnitude), x);
  if (hn::AllFalse(d, is_near_zero)) return far;
  return hn::IfThenElse(is_near_zero, error_function_near_zero(d, x), far);
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
