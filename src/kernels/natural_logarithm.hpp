#pragma once
// The natural logarithm of float64 where multiply-add is fused, within 0.8 ulp.
//
// log(2^e m) = e ln(2) + log(1 + f) with m in [sqrt(1/2), sqrt(2)) and f = m - 1. With s = f / (2 + f),
// log(1 + f) = 2 atanh(s) = 2 s + s^3 Q(s^2), where Q is a minimax polynomial (relative error 2^-57.6), and 2 s = f - f^2/2 + s f^2/2, of which
// the first two summands lose nothing.

#include "kernels/natural_exponential.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// By their bits, of which those of positive normal numbers are a range.
template <class D>
LANEWISE_INLINE hn::Mask<D> is_positive_normal(D d, hn::Vec<D> x) {
  const hn::RebindToUnsigned<D> integer;
  constexpr uint64_t least = 0x0010000000000000, infinite = 0x7FF0000000000000;
  const auto from_least = hn::Sub(hn::BitCast(integer, x), hn::Set(integer, least));
  return hn::RebindMask(d, hn::Gt(hn::Set(integer, infinite - least), from_least));
}

/// x = 2^e (1 + f), 1 + f in [sqrt(1/2), sqrt(2)).
template <class D>
struct ReducedLogarithm {
  hn::Vec<D> e, f;
};

/// Of positive normal numbers.
template <class D>
LANEWISE_INLINE ReducedLogarithm<D> reduce_logarithm(D d, hn::Vec<D> x) {
  const hn::RebindToUnsigned<D> integer;
  constexpr uint64_t root_half_bits = 0x3FE6A09E667F3BCD, one_bits = 0x3FF0000000000000, exponent_bits = 0xFFF0000000000000;
  const auto bits = hn::BitCast(integer, x);
  const auto biased = hn::Add(bits, hn::Set(integer, one_bits - root_half_bits));  // its exponent is that of 2^e
  // In the low bits of 2^52, a whole number is a fraction that subtracting lays bare.
  const auto exponent = hn::Or(hn::ShiftRight<52>(biased), hn::BitCast(integer, hn::Set(d, 0x1p52)));
  const auto e = hn::Sub(hn::BitCast(d, exponent), hn::Set(d, 0x1p52 + 1023));
  const auto m = hn::Sub(hn::Add(bits, hn::Set(integer, one_bits)), hn::And(biased, hn::Set(integer, exponent_bits)));
  return {e, hn::Sub(hn::BitCast(d, m), hn::Set(d, 1))};
}

/// Of positive normal numbers.
template <class D>
LANEWISE_INLINE hn::Vec<D> natural_logarithm(D d, hn::Vec<D> x) {
  constexpr double tail[] = {0x1.2b5cae03578e4p-3, 0x1.39fe025e7ba95p-3, 0x1.7462b78a4d05p-3, 0x1.c71c62dbbd737p-3,
                             0x1.2492492df79dfp-2, 0x1.99999999952d7p-2, 0x1.5555555555558p-1};
  const auto [e, f] = reduce_logarithm(d, x);
  const auto whole = hn::Mul(e, hn::Set(d, ln_2_high));
  const auto sum = hn::Add(whole, f);
  const auto sum_lost = hn::MulAdd(e, hn::Set(d, ln_2_low), hn::Sub(f, hn::Sub(sum, whole)));
  const auto s = hn::Div(f, hn::Add(f, hn::Set(d, 2)));
  const auto half_f = hn::Mul(f, hn::Set(d, 0.5));
  const auto z = hn::Mul(s, s);
  const auto curve = hn::MulAdd(s, hn::MulAdd(z, polynomial(d, z, tail), hn::Mul(half_f, f)), sum_lost);
  return hn::Add(sum, hn::NegMulAdd(half_f, f, curve));
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
