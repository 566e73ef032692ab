#pragma once
// e to the power x of float64 where multiply-add is fused, within 0.8 ulp. Four vectors of it in a row keep the multipliers busy, which
// calls of a library's function, each for itself, do not.
//
// e^x = 2^n e^r with n the whole number nearest to x / ln(2), |r| < 0.3468, and e^r = 1 + r + r^2 P(r), where P is a minimax polynomial (relative
// error 2^-61). What 1 + r loses in rounding is carried along and added last.

#include "kernels/polynomial.hpp"
#include "kernels/rounding.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Returns x 2^n, rounded once. |x| is in [0.5, 2], n whole and in [-1100, 1100].
template <class D>
LANEWISE_INLINE hn::Vec<D> scale_by_power_of_two(D d, hn::Vec<D> x, hn::Vec<D> n) {
#if HWY_TARGET == HWY_AVX3
  (void)d;
  return hn::Vec<D>{_mm512_scalef_pd(x.raw, n.raw)};
#else
  // In two steps, as a power of two may be subnormal or infinite where the result is not.
  const auto half = hn::Round(hn::Mul(n, hn::Set(d, 0.5)));
  return hn::Mul(hn::Mul(x, power_of_two(d, half)), power_of_two(d, hn::Sub(n, half)));
#endif
}

/// x = n ln(2) + r - n ln_2_low, r as it is.
template <class D>
struct ReducedExponent {
  hn::Vec<D> n, r;
};
/// ln(2) in two parts, of which the first has 42 bits: its product with a whole number of a double's exponents, and the difference, are exact.
inline constexpr double ln_2_high = 0x1.62e42fefa38p-1, ln_2_low = 0x1.ef35793c7673p-45;

template <class D>
LANEWISE_INLINE ReducedExponent<D> reduce_exponent(D d, hn::Vec<D> x) {
  const auto shifter = hn::Set(d, 0x1.8p52);  // added to this, a number is rounded to a whole one
  const auto n = hn::Sub(hn::MulAdd(x, hn::Set(d, 0x1.71547652b82fep0), shifter), shifter);
  return {n, hn::NegMulAdd(n, hn::Set(d, ln_2_high), x)};
}

inline constexpr double exponential_coefficients[] = {0x1.1f8704b2671dfp-29, 0x1.af4efda38bec9p-26, 0x1.27e4cfa50d038p-22, 0x1.71de01966466cp-19,
                                                      0x1.a01a01ab9bae3p-16, 0x1.a01a01ac24106p-13, 0x1.6c16c16c156ap-10,  0x1.1111111110049p-7,
                                                      0x1.5555555555557p-5,  0x1.5555555555557p-3,  0x1p-1};

/// P(r)
template <class D>
LANEWISE_INLINE hn::Vec<D> exponential_curve(D d, hn::Vec<D> r) {
  return polynomial(d, r, exponential_coefficients);
}

/// Returns 2^n e^r, given 1 + r as `sum` and what it lost.
template <class D>
LANEWISE_INLINE hn::Vec<D> exponential_of_reduced(D d, hn::Vec<D> n, hn::Vec<D> r, hn::Vec<D> sum, hn::Vec<D> sum_lost) {
  return scale_by_power_of_two(d, hn::Add(sum, hn::MulAdd(hn::Mul(r, r), exponential_curve(d, r), sum_lost)), n);
}

template <class D>
LANEWISE_INLINE hn::Vec<D> natural_exponential(D d, hn::Vec<D> x) {
  // Beyond these the result is 0 or infinite. A nan is x86's second operand, and so returned.
  const auto limited = hn::Min(hn::Set(d, 710), hn::Max(hn::Set(d, -746), x));
  const ReducedExponent<D> reduced = reduce_exponent(d, limited);
  const auto r = hn::NegMulAdd(reduced.n, hn::Set(d, ln_2_low), reduced.r);
  const auto sum = hn::Add(hn::Set(d, 1), r);
  return exponential_of_reduced(d, reduced.n, r, sum, hn::Add(hn::Sub(hn::Set(d, 1), sum), r));
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
