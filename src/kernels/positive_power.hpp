#pragma once
// x to the power y of float64, positive x, where multiply-add is fused, within 0.7 ulp: e to the power y log(x), with log(x) as a pair of numbers,
// within 2^-64 of itself.
//
// The logarithm is that of natural_logarithm.hpp with s, s^3 and its coefficient 2/3 as pairs.

#include "kernels/natural_logarithm.hpp"
#include "kernels/pair_arithmetic.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// f / (2 + f)
LANEWISE_INLINE Pair half_angle(DoubleVector f) {
  const Pair denominator = quick_two_sum(number(2), f);
  const auto inverse = hn::Div(number(1), denominator.high);
  const auto quotient = hn::Mul(f, inverse);
  const auto rest = hn::NegMulAdd(quotient, denominator.low, hn::NegMulAdd(quotient, denominator.high, f));
  return {quotient, hn::Mul(rest, inverse)};
}

/// x y, not normalised.
LANEWISE_INLINE Pair loose_product(Pair x, Pair y) {
  const Pair product = two_product(x.high, y.high);
  return {product.high, hn::MulAdd(x.high, y.low, hn::MulAdd(x.low, y.high, product.low))};
}

/// Of positive normal numbers.
LANEWISE_INLINE Pair logarithm_pair(DoubleVector x) {
  constexpr double tail[] = {0x1.da997bdffd4b7p-4, 0x1.e01a99f3c1c2ap-4, 0x1.11154b6c52d53p-3, 0x1.3b13a9e71b543p-3,
                             0x1.745d173ca0679p-3, 0x1.c71c71c74cc65p-3, 0x1.24924924922fdp-2, 0x1.999999999999ap-2};
  const DoubleTag d;
  const auto [e, f] = reduce_logarithm(d, x);
  const Pair s = half_angle(f);
  const Pair z = loose_product(s, s);
  const auto curve = polynomial(d, z.high, tail);
  Pair coefficient = quick_two_sum(number(0x1.5555555555555p-1), hn::MulAdd(z.high, curve, hn::Mul(z.low, curve)));
  coefficient.low = hn::Add(coefficient.low, number(0x1.5555555555555p-55));
  const Pair cubic = loose_product(loose_product(s, z), coefficient);
  const Pair linear = quick_two_sum(hn::Mul(e, number(ln_2_high)), hn::Add(s.high, s.high));
  const Pair sum = quick_two_sum(linear.high, cubic.high);
  const auto low = hn::MulAdd(e, number(ln_2_low), hn::MulAdd(number(2), s.low, cubic.low));
  return {sum.high, hn::Add(hn::Add(sum.low, linear.low), low)};
}

/// Returns the lanes that are computed; the others hold anything.
struct PositivePower {
  DoubleVector value;
  hn::Mask<DoubleTag> is_computed;
};

/// Computes where the result is a normal number, and y log(x) no more than 700.
LANEWISE_INLINE PositivePower positive_power(DoubleVector x, DoubleVector y) {
  const DoubleTag d;
  const Pair logarithm = logarithm_pair(x);
  const Pair product = two_product(logarithm.high, y);
  const ReducedExponent<DoubleTag> reduced = reduce_exponent(d, product.high);
  const auto small = hn::MulAdd(logarithm.low, y, hn::NegMulAdd(reduced.n, number(ln_2_low), product.low));
  const Pair r = quick_two_sum(reduced.r, small);
  const Pair sum = quick_two_sum(number(1), r.high);
  const auto value = exponential_of_reduced(d, reduced.n, r.high, sum.high, hn::MulAdd(r.low, sum.high, sum.low));
  return {value, hn::And(is_positive_normal(d, x), hn::Le(hn::Abs(product.high), number(700)))};
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
