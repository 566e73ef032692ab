#pragma once
// Pairs: a number as the unevaluated sum of two float64, some 106 bits long, in each lane. After Dekker 1971.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

using DoubleTag = hn::ScalableTag<double>;
using DoubleVector = hn::Vec<DoubleTag>;

LANEWISE_INLINE DoubleVector number(double x) { return hn::Set(DoubleTag(), x); }

struct Pair {
  DoubleVector high, low;
};

LANEWISE_INLINE Pair pair_of(double high, double low) { return {number(high), number(low)}; }

LANEWISE_INLINE Pair two_sum(DoubleVector x, DoubleVector y) {
  const auto sum = hn::Add(x, y);
  const auto of_y = hn::Sub(sum, x);
  return {sum, hn::Add(hn::Sub(x, hn::Sub(sum, of_y)), hn::Sub(y, of_y))};
}

/// For |x| ≥ |y|, or x = 0.
LANEWISE_INLINE Pair quick_two_sum(DoubleVector x, DoubleVector y) {
  const auto sum = hn::Add(x, y);
  return {sum, hn::Sub(y, hn::Sub(sum, x))};
}

#if HWY_TARGET == HWY_SSE4
/// The upper 26 bits, and the rest; for |x| < 2^996.
LANEWISE_INLINE Pair split(DoubleVector x) {
  const auto scaled = hn::Mul(x, number(0x1p27 + 1));
  const auto high = hn::Sub(scaled, hn::Sub(scaled, x));
  return {high, hn::Sub(x, high)};
}
LANEWISE_INLINE Pair two_product(DoubleVector x, DoubleVector y) {
  const auto product = hn::Mul(x, y);
  const Pair a = split(x);
  const Pair b = split(y);
  const auto upper = hn::Add(hn::Add(hn::Sub(hn::Mul(a.high, b.high), product), hn::Mul(a.high, b.low)), hn::Mul(a.low, b.high));
  return {product, hn::Add(upper, hn::Mul(a.low, b.low))};
}
#else
LANEWISE_INLINE Pair two_product(DoubleVector x, DoubleVector y) {
  const auto product = hn::Mul(x, y);
  return {product, hn::MulSub(x, y, product)};
}
#endif

LANEWISE_INLINE Pair pair_negative(Pair x) { return {hn::Neg(x.high), hn::Neg(x.low)}; }

template <class Mask>
LANEWISE_INLINE Pair choose(Mask mask, Pair yes, Pair no) {
  return {hn::IfThenElse(mask, yes.high, no.high), hn::IfThenElse(mask, yes.low, no.low)};
}

LANEWISE_INLINE Pair pair_sum(Pair x, Pair y) {
  const Pair high = two_sum(x.high, y.high);
  const Pair low = two_sum(x.low, y.low);
  const Pair sum = quick_two_sum(high.high, hn::Add(high.low, low.high));
  return quick_two_sum(sum.high, hn::Add(sum.low, low.low));
}

LANEWISE_INLINE Pair pair_product(Pair x, DoubleVector y) {
  const Pair product = two_product(x.high, y);
  return quick_two_sum(product.high, hn::Add(product.low, hn::Mul(x.low, y)));
}

LANEWISE_INLINE Pair pair_product(Pair x, Pair y) {
  const Pair product = two_product(x.high, y.high);
  const auto crossed = hn::Add(hn::Mul(x.high, y.low), hn::Mul(x.low, y.high));
  return quick_two_sum(product.high, hn::Add(product.low, crossed));
}

/// The rounded quotient, and what it lacks.
LANEWISE_INLINE Pair pair_quotient(Pair x, Pair y) {
  const auto quotient = hn::Div(x.high, y.high);
  const Pair product = two_product(quotient, y.high);
  const auto rest = hn::Add(hn::Sub(hn::Sub(x.high, product.high), product.low), hn::Sub(x.low, hn::Mul(quotient, y.low)));
  return {quotient, hn::Div(rest, y.high)};
}

/// The same by one division, where multiply-add is fused.
LANEWISE_INLINE Pair fused_quotient(Pair x, Pair y) {
  const auto inverse = hn::Div(number(1), y.high);
  const auto quotient = hn::Mul(x.high, inverse);
  const auto missing = hn::Add(hn::NegMulAdd(quotient, y.high, x.high), hn::NegMulAdd(quotient, y.low, x.low));
  return {quotient, hn::Mul(missing, inverse)};
}

/// The quotient within 0.51 ulp, by one division, where multiply-add is fused.
LANEWISE_INLINE DoubleVector rounded_quotient(Pair x, Pair y) {
  const auto inverse = hn::Div(number(1), y.high);
  const auto quotient = hn::Mul(x.high, inverse);
  const auto low = hn::NegMulAdd(quotient, y.low, x.low);
  const auto missing = hn::Add(hn::NegMulAdd(quotient, y.high, x.high), low);
  return hn::MulAdd(missing, inverse, quotient);
}

/// a·b + c·d; the high part is the plain sum of the rounded products, so that a zero has its sign.
LANEWISE_INLINE Pair sum_of_products(DoubleVector a, DoubleVector b, DoubleVector c, DoubleVector d) {
  const Pair left = two_product(a, b);
  const Pair right = two_product(c, d);
  const Pair sum = two_sum(left.high, right.high);
  return {sum.high, hn::Add(sum.low, hn::Add(left.low, right.low))};
}

/// x·x + y·y
LANEWISE_INLINE Pair squared_modulus(DoubleVector x, DoubleVector y) {
  const Pair sum = sum_of_products(x, x, y, y);
  return quick_two_sum(sum.high, sum.low);
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
