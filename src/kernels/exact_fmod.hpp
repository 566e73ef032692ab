#pragma once
// C's fmod, to which all divisions of floats with remainder come back. SLEEF's is wrong for large quotients.

#include "kernels/compare.hpp"

namespace lanewise::inline v0::kernels {
namespace {

inline double fmod_lane(double x, double y) { return __builtin_fmod(x, y); }
inline float fmod_lane(float x, float y) { return __builtin_fmodf(x, y); }

template <class D>
LANEWISE_OUTLINE_VALUE Register fmod_lanes(Register x, Register y) {
  using T = hn::TFromD<D>;
  const D d;
  return to_register(d, lane_by_lane(
                            d, [](T a, T b) { return fmod_lane(a, b); }, from_register(d, x), from_register(d, y)));
}

/// C's fmod, exact for all magnitudes. Where the quotient fits the mantissa, its rounding can only be too high, by less than one; so it is
/// truncated to the right whole number or one above, and the remainder is in both cases a float that a fused multiply-add gives exactly.
/// Other lanes, and all where multiply-add is not fused, go to the C library.
template <class D>
LANEWISE_INLINE hn::Vec<D> exact_fmod(D d, hn::Vec<D> x, hn::Vec<D> y) {
#if HWY_TARGET == HWY_SSE4
  return from_register(d, fmod_lanes<D>(to_register(d, x), to_register(d, y)));
#else
  using T = hn::TFromD<D>;
  const auto zero = hn::Zero(d);
  const auto dividend = hn::Abs(x);
  const auto divisor = hn::Abs(y);
  const auto quotient = hn::Trunc(hn::Div(dividend, divisor));
  const auto rest = hn::NegMulAdd(quotient, divisor, dividend);
  const auto raised = hn::IfThenElse(hn::Lt(rest, zero), hn::Add(rest, divisor), rest);
  const auto result = hn::CopySign(hn::IfThenElse(hn::Lt(dividend, divisor), dividend, raised), x);
  const auto has_result = hn::And(hn::Lt(dividend, infinity(d)), hn::Gt(divisor, zero));
  const auto is_hard = hn::And(has_result, hn::Ge(quotient, hn::Set(d, hwy::MantissaEnd<T>())));
  const auto checked = hn::IfThenElse(has_result, result, hn::Set(d, static_cast<T>(__builtin_nan(""))));
  if (__builtin_expect(hn::AllFalse(d, is_hard), 1)) return checked;
  const auto by_lane = from_register(d, fmod_lanes<D>(to_register(d, x), to_register(d, y)));
  return hn::IfThenElse(is_hard, by_lane, checked);
#endif
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
