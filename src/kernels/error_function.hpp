#pragma once
// The error function of float64 where multiply-add is fused, within 0.85 ulp.
//
// Below 0.7 it is 2/sqrt(pi) x + x^3 P(x^2). From there on it is 1 - e^g with g = ln(erfc(x)), a polynomial in x - 1; from 6 on it is 1. P and g
// are minimax polynomials: the error of P is 2^-57.5 of the result, that of g makes 2^-56.2. What the leading terms lose in rounding is carried along.

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
  return hn::Add(line, hn::MulAdd(hn::Mul(square, polynomial(d, square, curve)), x, line_lost));
}

/// For x in [0.7, 6].
template <class D>
LANEWISE_INLINE hn::Vec<D> error_function_far_from_zero(D d, hn::Vec<D> x) {
  constexpr double curve[] = {0x1.1f089add4a9aap-39, -0x1.bfcad1f61a4e3p-35, 0x1.42c01695abb2fp-31, -0x1.1d3baf7456885p-28, 0x1.563c423d7fac5p-26,
                              -0x1.1a18adf5c349p-24, 0x1.0afdb782421bdp-23, 0x1.c05aa5fbe92aep-24, -0x1.0efd30a3814c6p-19, 0x1.415aec8369bddp-17,
                              -0x1.c7599b649e5dfp-16, 0x1.b8be675dbcb34p-16, 0x1.f1b4b94abb806p-13, -0x1.033f69920c42ep-9, 0x1.48c9d40c88936p-7,
                              -0x1.5477f09cabb5p-5, -0x1.afabc11a28fe9p-1};
  const auto beyond_one = hn::Sub(x, hn::Set(d, 1));
  const auto first = hn::Set(d, -0x1.d97fbf27aa2a1p0);
  const auto second = hn::Set(d, -0x1.51c9b0006c23cp1);
  const auto bend = hn::Mul(beyond_one, polynomial(d, beyond_one, curve));
  const auto slope = hn::Add(second, bend);
  const auto slope_lost = hn::Add(hn::Sub(second, slope), bend);
  const auto step = hn::Mul(beyond_one, slope);
  const auto step_lost = hn::MulAdd(beyond_one, slope_lost, hn::MulSub(beyond_one, slope, step));
  const auto g = hn::Add(first, step);
  const auto g_lost = hn::Add(hn::Add(hn::Sub(first, g), step), hn::Add(step_lost, hn::Set(d, 0x1.1e0fe40f8987fp-54)));
  const ReducedExponent<D> reduced = reduce_exponent(d, g);
  const auto r = hn::Add(reduced.r, hn::NegMulAdd(reduced.n, hn::Set(d, ln_2_low), g_lost));
  const auto growth = hn::MulAdd(hn::Mul(r, r), exponential_curve(d, r), r);  // e^r - 1
  const auto power = power_of_two(d, reduced.n);
  return hn::NegMulAdd(power, growth, hn::Sub(hn::Set(d, 1), power));
}

template <class D>
LANEWISE_INLINE hn::Vec<D> error_function(D d, hn::Vec<D> x) {
  const auto magnitude = hn::Min(hn::Set(d, 6), hn::Abs(x));  // a nan is x86's second operand, and so returned
  const auto is_near_zero = hn::Lt(magnitude, hn::Set(d, 0.7));
  if (hn::AllTrue(d, is_near_zero)) return error_function_near_zero(d, x);
  const auto far = hn::CopySign(error_function_far_from_zero(d, magnitude), x);
  if (hn::AllFalse(d, is_near_zero)) return far;
  return hn::IfThenElse(is_near_zero, error_function_near_zero(d, x), far);
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
