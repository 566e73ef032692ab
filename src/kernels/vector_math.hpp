#pragma once
// The vector maths library, and what mends its faults. The only file that includes SLEEF.
//
// Taken are its functions of at most 1 ulp, by the instruction set's own name: `finz` where multiply-add is fused, `cinz` where it is not.
// These families are deterministic: a lane's bits depend neither on its neighbours nor on the width of the vector.

#include <sleef.h>

#include "kernels/compare.hpp"

namespace lanewise::inline v0::kernels {
namespace {

// Declares sleef_<name> for every vector that programs use on this target.
#if HWY_TARGET == HWY_AVX3
#define LANEWISE_SLEEF_FUNCTION(DECLARE, name, accuracy)                       \
  DECLARE(name, hn::Vec512<double>, Sleef_finz_##name##d8_##accuracy##avx512f) \
  DECLARE(name, hn::Vec512<float>, Sleef_finz_##name##f16_##accuracy##avx512f) \
  DECLARE(name, hn::Vec256<float>, Sleef_finz_##name##f8_##accuracy##avx2)
#elif HWY_TARGET == HWY_AVX2
#define LANEWISE_SLEEF_FUNCTION(DECLARE, name, accuracy)                    \
  DECLARE(name, hn::Vec256<double>, Sleef_finz_##name##d4_##accuracy##avx2) \
  DECLARE(name, hn::Vec256<float>, Sleef_finz_##name##f8_##accuracy##avx2)  \
  DECLARE(name, hn::Vec128<float>, Sleef_finz_##name##f4_##accuracy##avx2128)
#elif HWY_ARCH_X86
#define LANEWISE_SLEEF_FUNCTION(DECLARE, name, accuracy)                    \
  DECLARE(name, hn::Vec128<double>, Sleef_cinz_##name##d2_##accuracy##sse4) \
  DECLARE(name, hn::Vec128<float>, Sleef_cinz_##name##f4_##accuracy##sse4)  \
  DECLARE(name, hn::Vec64<float>, Sleef_cinz_##name##f4_##accuracy##sse4)
#else
#define LANEWISE_SLEEF_FUNCTION(DECLARE, name, accuracy)                       \
  DECLARE(name, hn::Vec128<double>, Sleef_finz_##name##d2_##accuracy##advsimd) \
  DECLARE(name, hn::Vec128<float>, Sleef_finz_##name##f4_##accuracy##advsimd)  \
  LANEWISE_SLEEF_HALF_##DECLARE(name)
#endif

#define LANEWISE_OF_ONE(name, Vector, function) \
  LANEWISE_INLINE Vector sleef_##name(Vector x) { return Vector{function(x.raw)}; }
#define LANEWISE_OF_TWO(name, Vector, function) \
  LANEWISE_INLINE Vector sleef_##name(Vector x, Vector y) { return Vector{function(x.raw, y.raw)}; }

// On AArch64 half a vector is a type of its own.
#define LANEWISE_SLEEF_HALF_LANEWISE_OF_ONE(name)                                \
  LANEWISE_INLINE hn::Vec64<float> sleef_##name(hn::Vec64<float> x) {            \
    return hn::LowerHalf(sleef_##name(hn::Combine(hn::Full128<float>(), x, x))); \
  }
#define LANEWISE_SLEEF_HALF_LANEWISE_OF_TWO(name)                                                                         \
  LANEWISE_INLINE hn::Vec64<float> sleef_##name(hn::Vec64<float> x, hn::Vec64<float> y) {                                 \
    return hn::LowerHalf(sleef_##name(hn::Combine(hn::Full128<float>(), x, x), hn::Combine(hn::Full128<float>(), y, y))); \
  }

LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, exp, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, expm1, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, log, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, log2, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, log10, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, log1p, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, sin, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, cos, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, tan, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, asin, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, acos, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, atan, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, sinh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, cosh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, tanh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, asinh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, acosh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, atanh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_TWO, atan2, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_TWO, pow, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_TWO, hypot, u05)

#define LANEWISE_AS_IT_IS(name, sleef_name)                   \
  template <class D>                                          \
  LANEWISE_INLINE hn::Vec<D> vector_##name(D, hn::Vec<D> x) { \
    return sleef_##sleef_name(x);                             \
  }
LANEWISE_AS_IT_IS(exp, exp)
LANEWISE_AS_IT_IS(expm1, expm1)
LANEWISE_AS_IT_IS(log, log)
LANEWISE_AS_IT_IS(log2, log2)
LANEWISE_AS_IT_IS(log10, log10)
LANEWISE_AS_IT_IS(log1p, log1p)
LANEWISE_AS_IT_IS(sin, sin)
LANEWISE_AS_IT_IS(cos, cos)
LANEWISE_AS_IT_IS(tan, tan)
LANEWISE_AS_IT_IS(arcsin, asin)
LANEWISE_AS_IT_IS(arccos, acos)
LANEWISE_AS_IT_IS(arctan, atan)
LANEWISE_AS_IT_IS(sinh, sinh)
LANEWISE_AS_IT_IS(cosh, cosh)
LANEWISE_AS_IT_IS(tanh, tanh)
LANEWISE_AS_IT_IS(arcsinh, asinh)
LANEWISE_AS_IT_IS(arccosh, acosh)
LANEWISE_AS_IT_IS(arctanh, atanh)

template <class D>
LANEWISE_INLINE hn::Vec<D> vector_arctan2(D, hn::Vec<D> y, hn::Vec<D> x) {
  return sleef_atan2(y, x);
}
template <class D>
LANEWISE_INLINE hn::Vec<D> vector_power(D, hn::Vec<D> x, hn::Vec<D> y) {
  return sleef_pow(x, y);
}
template <class D>
LANEWISE_INLINE hn::Vec<D> vector_hypot(D, hn::Vec<D> x, hn::Vec<D> y) {
  return sleef_hypot(x, y);
}

inline double fmod_lane(double x, double y) { return __builtin_fmod(x, y); }
inline float fmod_lane(float x, float y) { return __builtin_fmodf(x, y); }

template <class D>
LANEWISE_OUTLINE Register fmod_lanes(Register x, Register y) {
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
