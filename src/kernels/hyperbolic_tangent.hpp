#pragma once
// The hyperbolic tangent of float64 where multiply-add is fused, within 0.8 ulp: (e^(2x) - 1) / (e^(2x) + 1), numerator and denominator as pairs.

#include "kernels/exponential_pair.hpp"

namespace lanewise::inline v0::kernels {
namespace {

LANEWISE_INLINE DoubleVector hyperbolic_tangent(DoubleVector x) {
  // Beyond 20 the result is 1. A nan is x86's second operand, and so returned.
  const DoubleTag d;
  const auto limited = hn::Min(number(20), hn::Abs(x));
  const ReducedExponent<DoubleTag> reduced = reduce_exponent(d, hn::Add(limited, limited));
  const Pair power = exponential_pair(reduced, power_of_two(d, reduced.n));
  Pair numerator = quick_two_sum(power.high, number(-1));
  Pair denominator = quick_two_sum(power.high, number(1));
  numerator.low = hn::Add(numerator.low, power.low);
  denominator.low = hn::Add(denominator.low, power.low);
  return hn::CopySign(rounded_quotient(numerator, denominator), x);
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
