#pragma once
// The hyperbolic tangent of float64 where multiply-add is fused, within 0.9 ulp: (e^(2x) - 1) / (e^(2x) + 1), numerator and denominator as pairs.

#include "kernels/natural_exponential.hpp"
#include "kernels/pair_arithmetic.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// e^x for x in [0, 40].
LANEWISE_INLINE Pair exponential_pair(DoubleVector x) {
  const DoubleTag d;
  const ReducedExponent<DoubleTag> reduced = reduce_exponent(d, x);
  const auto r = hn::NegMulAdd(reduced.n, number(ln_2_low), reduced.r);
  const auto r_lost = hn::NegMulAdd(reduced.n, number(ln_2_low), hn::Sub(reduced.r, r));
  const Pair rest = quick_two_sum(r, hn::MulAdd(hn::Mul(r, r), exponential_curve(d, r), r_lost));  // e^r - 1
  const auto power = power_of_two(d, reduced.n);
  const Pair sum = quick_two_sum(power, hn::Mul(power, rest.high));
  return {sum.high, hn::MulAdd(power, rest.low, sum.low)};
}

LANEWISE_INLINE DoubleVector hyperbolic_tangent(DoubleVector x) {
  // Beyond 20 the result is 1. A nan is x86's second operand, and so returned.
  const auto limited = hn::Min(number(20), hn::Abs(x));
  const Pair power = exponential_pair(hn::Add(limited, limited));
  Pair numerator = quick_two_sum(power.high, number(-1));
  Pair denominator = quick_two_sum(power.high, number(1));
  numerator.low = hn::Add(numerator.low, power.low);
  denominator.low = hn::Add(denominator.low, power.low);
  return hn::CopySign(rounded_quotient(numerator, denominator), x);
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
