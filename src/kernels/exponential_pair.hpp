#pragma once
// e to the power x of float64 as a pair, where multiply-add is fused: what the hyperbolic functions are made of.

#include "kernels/natural_exponential.hpp"
#include "kernels/pair_arithmetic.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// 2^n e^r, given what reduce_exponent returned and `power`, which is 2^n or stands in its place. e^r - 1 is r + r^2 / 2, which a pair holds, and terms that
/// are a sixth of those at most, so what these lose counts little.
LANEWISE_INLINE Pair exponential_pair(const ReducedExponent<DoubleTag>& reduced, DoubleVector power) {
  const DoubleTag d;
  const auto r = hn::NegMulAdd(reduced.n, number(ln_2_low), reduced.r);
  const auto r_lost = hn::NegMulAdd(reduced.n, number(ln_2_low), hn::Sub(reduced.r, r));
  const auto square = hn::Mul(r, r);
  const auto square_lost = hn::MulSub(r, r, square);
  const Pair two_terms = quick_two_sum(r, hn::Mul(number(0.5), square));
  const auto lost = hn::MulAdd(number(0.5), square_lost, hn::Add(r_lost, two_terms.low));
  const Pair rest = quick_two_sum(two_terms.high, hn::MulAdd(hn::Mul(square, r), higher_terms(d, r, exponential_coefficients), lost));
  const Pair sum = quick_two_sum(power, hn::Mul(power, rest.high));
  return {sum.high, hn::MulAdd(power, rest.low, sum.low)};
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
