#pragma once
// The hyperbolic sine and cosine of float64 where multiply-add is fused, within 0.8 ulp: of E = e^|x| as a pair
//   cosh x = (E + 1/E) / 2,   sinh |x| = ((E - 1) + (E - 1)/E) / 2,
// the second without cancellation, as E - 1 is exact to the last bits of a pair.

#include "kernels/exponential_pair.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// e^|x| / 2 = value · half_scale. Beyond 2^60 `value` keeps that size, beside which 1/E does not count; so nothing overflows but the result.
struct ScaledExponential {
  Pair value;
  DoubleVector half_scale;
};

LANEWISE_INLINE ScaledExponential scaled_exponential(DoubleVector x) {
  const DoubleTag d;
  // Beyond 711 the results are infinite. A nan is x86's second operand, and so returned.
  const ReducedExponent<DoubleTag> reduced = reduce_exponent(d, hn::Min(number(711), hn::Abs(x)));
  const auto exponent = hn::Min(reduced.n, number(60));
  return {exponential_pair(reduced, power_of_two(d, exponent)), power_of_two(d, hn::Sub(hn::Sub(reduced.n, exponent), number(1)))};
}

/// (x + y) · scale, where |x| ≥ |y|
LANEWISE_INLINE DoubleVector scaled_sum(Pair x, Pair y, DoubleVector scale) {
  const Pair sum = quick_two_sum(x.high, y.high);
  return hn::Mul(hn::Add(sum.high, hn::Add(sum.low, hn::Add(x.low, y.low))), scale);
}

LANEWISE_INLINE DoubleVector hyperbolic_sine(DoubleVector x) {
  const ScaledExponential power = scaled_exponential(x);
  const Pair first = quick_two_sum(power.value.high, number(-1));
  const Pair less_1 = quick_two_sum(first.high, hn::Add(first.low, power.value.low));
  const Pair quotient = fused_quotient(less_1, power.value);
  return hn::CopySign(scaled_sum(less_1, quotient, power.half_scale), x);
}

LANEWISE_INLINE DoubleVector hyperbolic_cosine(DoubleVector x) {
  const ScaledExponential power = scaled_exponential(x);
  const Pair inverse = fused_quotient(pair_of(1, 0), power.value);
  return scaled_sum(power.value, inverse, power.half_scale);
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
