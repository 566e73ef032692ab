#pragma once
// 10 to the power x of float64, within 0.6 ulp (subnormal results within 0.9); the vector maths library's function exceeds 1 ulp.
//
// 10^x = 2^n e^t with n the whole number nearest to x log2(10), and t = (x - n log10(2)) ln(10), |t| < 0.35. What t and 1 + t + t^2 P(t)
// lose in rounding is carried along as a second, smaller number, and added last.

#include "kernels/rounding.hpp"
#include "kernels/vector_math.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Returns what rounding took from `product`, which is x * y rounded.
template <class D>
LANEWISE_INLINE hn::Vec<D> lost_of_product(D d, hn::Vec<D> x, hn::Vec<D> y, hn::Vec<D> product) {
#if HWY_TARGET == HWY_SSE4
  // Without fused multiply-add: by halves of 26 bits, whose products are exact (Dekker).
  const auto splitter = hn::Set(d, 0x1p27 + 1);
  const auto x_scaled = hn::Mul(x, splitter);
  const auto y_scaled = hn::Mul(y, splitter);
  const auto x_high = hn::Sub(x_scaled, hn::Sub(x_scaled, x));
  const auto y_high = hn::Sub(y_scaled, hn::Sub(y_scaled, y));
  const auto x_low = hn::Sub(x, x_high);
  const auto y_low = hn::Sub(y, y_high);
  const auto high_parts = hn::Sub(hn::Mul(x_high, y_high), product);
  const auto mixed_parts = hn::Add(hn::Add(high_parts, hn::Mul(x_high, y_low)), hn::Mul(x_low, y_high));
  return hn::Add(mixed_parts, hn::Mul(x_low, y_low));
#else
  (void)d;
  return hn::MulSub(x, y, product);
#endif
}

/// (e^t - 1 - t) / t^2 for |t| < 0.35: the Taylor series.
template <class D>
LANEWISE_INLINE hn::Vec<D> exponential_tail(D d, hn::Vec<D> t) {
  constexpr double coefficients[] = {1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
                                     1.0 / 720,       1.0 / 120,      1.0 / 24,      1.0 / 6,      1.0 / 2};
  auto sum = hn::Set(d, 1.0 / 6227020800);
  for (const double coefficient : coefficients) sum = hn::MulAdd(sum, t, hn::Set(d, coefficient));
  return sum;
}

template <class D>
LANEWISE_INLINE hn::Vec<D> power_of_ten(D d, hn::Vec<D> x) {
  const auto one = hn::Set(d, 1);
  // Beyond these the result is 0 or infinite.
  const auto limited = hn::Min(hn::Max(x, hn::Set(d, -330)), hn::Set(d, 310));
  const auto n = hn::Round(hn::Mul(limited, hn::Set(d, 3.321928094887362)));
  // log10(2) in two parts, of which the first has 42 bits: its product with n, and the difference, are exact.
  const auto x_reduced = hn::Sub(limited, hn::Mul(n, hn::Set(d, 0x1.34413509f7800p-2)));
  const auto n_low = hn::Mul(n, hn::Set(d, 0x1.fef311f12b358p-46));
  const auto r = hn::Sub(x_reduced, n_low);
  const auto r_lost = hn::Sub(hn::Sub(x_reduced, r), n_low);
  const auto ln_10 = hn::Set(d, 0x1.26bb1bbb55516p+1);
  const auto t = hn::Mul(r, ln_10);
  const auto t_lost = hn::MulAdd(r_lost, ln_10, hn::MulAdd(r, hn::Set(d, -2.1707562233822494e-16), lost_of_product(d, r, ln_10, t)));
  const auto tail = hn::MulAdd(hn::Mul(t, t), exponential_tail(d, t), t_lost);
  const auto sum = hn::Add(t, tail);
  const auto sum_lost = hn::Add(hn::Sub(t, sum), tail);
  const auto mantissa = hn::Add(one, sum);
  const auto mantissa_lost = hn::Add(hn::Add(hn::Sub(one, mantissa), sum), sum_lost);
  // In two steps, as a power of two may be subnormal or infinite where the result is not.
  const auto half_n = hn::Round(hn::Mul(n, hn::Set(d, 0.5)));
  const auto scaled = hn::Mul(hn::Add(mantissa, mantissa_lost), power_of_two(d, half_n));
  const auto result = hn::Mul(scaled, power_of_two(d, hn::Sub(n, half_n)));
  return hn::IfThenElse(hn::Eq(x, x), result, x);
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
