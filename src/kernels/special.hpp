#pragma once
// Bodies of the error function, the gamma function and their relatives. How they are computed, and what mending is: vector_math.hpp.

#include "kernels/error_function.hpp"
#include "kernels/vector_math.hpp"

// The C library's lgamma writes the sign of gamma to a variable that all threads share; this one does not.
extern "C" double lgamma_r(double, int*) noexcept;
extern "C" long double lgammal_r(long double, int*) noexcept;

namespace lanewise::inline v0::kernels {
namespace {

/// Without fused multiply-add the library comes to 1 ulp a little below 1 and above -1; the difference from 1 is known better there.
template <class D>
LANEWISE_INLINE hn::Vec<D> library_erf(D d, hn::Vec<D> x) {
  const auto result = sleef_erf(x);
#if HWY_TARGET == HWY_SSE4
  const auto magnitude = hn::Abs(x);
  const auto one = hn::Set(d, 1);
  const auto near_one = is_between<D>(by_type(d, 0.9F, 0.9), magnitude, hn::Add(one, by_type(d, 0x1p-23F, 0x1p-52)));
  if (__builtin_expect(hn::AllFalse(d, near_one), 1)) return result;
  return hn::IfThenElse(near_one, hn::CopySign(hn::Sub(one, sleef_erfc(magnitude)), x), result);
#else
  (void)d;
  return result;
#endif
}

template <class D>
LANEWISE_INLINE hn::Vec<D> vector_erf(D d, hn::Vec<D> x) {
#if HWY_TARGET != HWY_SSE4
  if constexpr (sizeof(hn::TFromD<D>) == 8) return error_function(d, x);
#endif
  return library_erf(d, x);
}

/// Near 0, where the next term of the series is beyond the last place, and where the library loses digits: 2 x / sqrt(pi).
struct erf {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    const auto excess = hn::Set(d, static_cast<hn::TFromD<D>>(0.12837916709551257390));
    const auto near_zero = hn::Lt(hn::Abs(x), by_type(d, 0x1p-14F, 0x1p-28));
    return hn::IfThenElse(near_zero, hn::Add(x, hn::Mul(x, excess)), vector_erf(d, x));
  }
};

/// Loses digits where results become subnormal.
struct erfc {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return mend<Wider_erfc>(d, sleef_erfc(x), is_between<D>(by_type(d, 8, 25.5), x, by_type(d, 10.1F, 27.3)), x);
  }
};

/// Of negative numbers the sign alternates between whole numbers; it is kept where the result underflows to zero. Before that, the library
/// loses all digits near whole numbers.
struct gamma {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    const auto underflows = is_between<D>(by_type(d, -47, -187), x, by_type(d, -30, -160));
    const auto result = mend<Wider_tgamma>(d, sleef_tgamma(x), underflows, x);
    const auto half = hn::Mul(hn::Floor(x), hn::Set(d, static_cast<hn::TFromD<D>>(0.5)));
    const auto is_even = hn::Eq(half, hn::Floor(half));
    const auto one = hn::Set(d, 1);
    const auto sign = hn::IfThenElse(is_even, one, hn::Neg(one));
    return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), hn::CopySign(result, sign), result);
  }
};

struct Wider_lgamma {
  static double of(double x) {
    int sign;
    return lgamma_r(x, &sign);
  }
  static long double of(long double x) {
    int sign;
    return lgammal_r(x, &sign);
  }
};

/// The library's error is small beside 1, not beside the results near the zeros of negative arguments; and it is infinite before the end of
/// the range.
struct lgamma {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    const auto result = sleef_lgamma(x);
    const auto near_zeros = hn::And(hn::Lt(x, hn::Zero(d)), hn::Lt(hn::Abs(result), hn::Set(d, 1)));
    const auto near_end = is_between<D>(by_type(d, 1e36F, 1e305), x, by_type(d, 5e36F, 3e305));
    return mend<Wider_lgamma>(d, result, hn::Or(near_zeros, near_end), x);
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
