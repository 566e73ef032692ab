#pragma once
// The vector maths library, and what mends its faults. The only file that includes SLEEF.
//
// Taken are its functions of at most 1 ulp, by the instruction set's own name: `finz` where multiply-add is fused, `cinz` where it is not.
// These families are deterministic: a lane's bits depend neither on its neighbours nor on the width of the vector.

#include <sleef.h>

#include "kernels/arctangent.hpp"
#include "kernels/compare.hpp"
#include "kernels/cube_root.hpp"
#include "kernels/hyperbolic_sine.hpp"
#include "kernels/hyperbolic_tangent.hpp"
#include "kernels/positive_power.hpp"
#include "kernels/wide_modes.hpp"

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
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, exp10, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, expm1, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, log, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, log1p, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, cbrt, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, sin, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, cos, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, tan, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, atan, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, sinh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, cosh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, tanh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, asinh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, atanh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, acosh, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, sinpi, u05)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, cospi, u05)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, erf, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, erfc, u15)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, tgamma, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, lgamma, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_TWO, atan2, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_TWO, pow, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_TWO, hypot, u05)

// ---- Mending. A few lanes in a million come out wrong; those are computed again by the C library in the next wider type, whose result
// rounds to within 0.51 ulp.

#define LANEWISE_WIDER_OF_ONE(name)                                         \
  struct Wider_##name {                                                     \
    static double of(double x) { return __builtin_##name(x); }              \
    static long double of(long double x) { return __builtin_##name##l(x); } \
  };
#define LANEWISE_WIDER_OF_TWO(name)                                                           \
  struct Wider_##name {                                                                       \
    static double of(double x, double y) { return __builtin_##name(x, y); }                   \
    static long double of(long double x, long double y) { return __builtin_##name##l(x, y); } \
  };
LANEWISE_WIDER_OF_ONE(exp)
LANEWISE_WIDER_OF_ONE(log1p)
LANEWISE_WIDER_OF_ONE(sinh)
LANEWISE_WIDER_OF_ONE(cosh)
LANEWISE_WIDER_OF_ONE(asinh)
LANEWISE_WIDER_OF_ONE(acosh)
LANEWISE_WIDER_OF_ONE(erfc)
LANEWISE_WIDER_OF_ONE(tgamma)
LANEWISE_WIDER_OF_TWO(pow)
LANEWISE_WIDER_OF_TWO(atan2)
LANEWISE_WIDER_OF_TWO(hypot)

template <class T>
struct WiderType;
template <>
struct WiderType<float> {
  using Type = double;
};
template <>
struct WiderType<double> {
  using Type = long double;
};

/// What `Function::of` computes, out of line.
template <class Function, class D>
LANEWISE_OUTLINE_VALUE Register outlined(Register x) {
  const D d;
  return to_register(d, Function::of(d, from_register(d, x)));
}
template <class Function, class D>
LANEWISE_OUTLINE_VALUE Register outlined(Register x, Register y) {
  const D d;
  return to_register(d, Function::of(d, from_register(d, x), from_register(d, y)));
}

/// Returns `result`, but in the lanes that are `rare` what `Function::of` computes.
template <class Function, class D, class... Operand>
LANEWISE_INLINE hn::Vec<D> unless_rare(D d, hn::Vec<D> result, hn::Mask<D> rare, Operand... operands) {
  if (__builtin_expect(hn::AllFalse(d, rare), 1)) return result;
  return hn::IfThenElse(rare, from_register(d, outlined<Function, D>(to_register(d, operands)...)), result);
}

/// A function of SLEEF for lanes that are rare.
#define LANEWISE_LIBRARY_FUNCTION(Name, function)          \
  struct Name {                                             \
    template <class D>                                      \
    static LANEWISE_INLINE hn::Vec<D> of(D, hn::Vec<D> x) { \
      return function(x);                                   \
    }                                                       \
  };

template <class Wider>
struct LaneByLane {
  template <class D, class... Operand>
  static LANEWISE_INLINE hn::Vec<D> of(D d, Operand... operands) {
    using T = hn::TFromD<D>;
    using Wide = typename WiderType<T>::Type;
    const auto of_lane = [](auto... values) { return static_cast<T>(Wider::of(Wide{values}...)); };
    if constexpr (hwy::IsSame<Wide, double>()) {
      return lane_by_lane(d, of_lane, operands...);
    } else {
      const WideModes modes;
      return lane_by_lane(d, of_lane, operands...);
    }
  }
};

/// Returns `result`, but computed anew in the lanes that are `wrong`.
template <class Wider, class D, class... Operand>
LANEWISE_INLINE hn::Vec<D> mend(D d, hn::Vec<D> result, hn::Mask<D> wrong, Operand... operands) {
  return unless_rare<LaneByLane<Wider>>(d, result, wrong, operands...);
}

/// A number that differs between float32 and float64.
template <class D>
LANEWISE_INLINE hn::Vec<D> by_type(D d, float of_float32, double of_float64) {
  return hn::Set(d, sizeof(hn::TFromD<D>) == 4 ? static_cast<hn::TFromD<D>>(of_float32) : static_cast<hn::TFromD<D>>(of_float64));
}

/// Lanes in an open interval.
template <class D>
LANEWISE_INLINE hn::Mask<D> is_between(hn::Vec<D> low, hn::Vec<D> x, hn::Vec<D> high) {
  return hn::And(hn::Lt(low, x), hn::Lt(x, high));
}

// ---- The functions

/// The body of a row that SLEEF's function of one argument computes as it should.
#define LANEWISE_SLEEF_BODY(row, sleef_name, accuracy)           \
  LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, sleef_name, accuracy) \
  struct row {                                                   \
    template <class D>                                           \
    static LANEWISE_INLINE hn::Vec<D> apply(D, hn::Vec<D> x) {   \
      return sleef_##sleef_name(x);                              \
    }                                                            \
  };

/// The argument itself where the next term of the series, after x, is beyond the last place. The library loses the smallest subnormal
/// numbers.
template <class D>
LANEWISE_INLINE hn::Vec<D> same_near_zero(D d, hn::Vec<D> result, hn::Vec<D> x) {
  return hn::IfThenElse(hn::Lt(hn::Abs(x), by_type(d, 0x1p-26F, 0x1p-56)), x, result);
}
/// Of an odd function.
template <class D>
LANEWISE_INLINE hn::Vec<D> odd_near_zero(D d, hn::Vec<D> result, hn::Vec<D> x) {
  return hn::IfThenElse(hn::Lt(hn::Abs(x), by_type(d, 0x1p-13F, 0x1p-28)), x, result);
}

/// Infinite above 709.7827111, where float64 reaches to 709.7827129.
template <class D>
LANEWISE_INLINE hn::Vec<D> vector_exp(D d, hn::Vec<D> x) {
#if HWY_TARGET != HWY_SSE4
  if constexpr (sizeof(hn::TFromD<D>) == 8) return natural_exponential(d, x);
#endif
  const auto result = sleef_exp(x);
  if constexpr (sizeof(hn::TFromD<D>) == 4) return result;
  return mend<Wider_exp>(d, result, is_between<D>(by_type(d, 88.72F, 709.78), x, by_type(d, 88.73F, 709.79)), x);
}

LANEWISE_LIBRARY_FUNCTION(LibraryLogarithm, sleef_log)

template <class D>
LANEWISE_INLINE hn::Vec<D> vector_log([[maybe_unused]] D d, hn::Vec<D> x) {
#if HWY_TARGET != HWY_SSE4
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    return unless_rare<LibraryLogarithm>(d, natural_logarithm(d, x), hn::Not(is_positive_normal(d, x)), x);
  }
#endif
  return sleef_log(x);
}

/// Infinite near the end of the range.
template <class D>
LANEWISE_INLINE hn::Vec<D> vector_log1p(D d, hn::Vec<D> x) {
  return same_near_zero(d, mend<Wider_log1p>(d, sleef_log1p(x), is_between<D>(by_type(d, 1e37F, 1e306), x, infinity(d)), x), x);
}

/// Infinite where the exponential is but half of it is not.
template <class D>
LANEWISE_INLINE hn::Mask<D> is_half_exponential_in_range(D d, hn::Vec<D> x) {
  return is_between<D>(by_type(d, 88.5F, 709), hn::Abs(x), by_type(d, 89.5F, 711));
}
template <class D>
LANEWISE_INLINE hn::Vec<D> vector_sinh(D d, hn::Vec<D> x) {
#if HWY_TARGET != HWY_SSE4
  if constexpr (sizeof(hn::TFromD<D>) == 8) return hyperbolic_sine(x);
#endif
  return odd_near_zero(d, mend<Wider_sinh>(d, sleef_sinh(x), is_half_exponential_in_range(d, x), x), x);
}
template <class D>
LANEWISE_INLINE hn::Vec<D> vector_tanh(D d, hn::Vec<D> x) {
#if HWY_TARGET != HWY_SSE4
  if constexpr (sizeof(hn::TFromD<D>) == 8) return hyperbolic_tangent(x);
#endif
  return odd_near_zero(d, sleef_tanh(x), x);
}

template <class D>
LANEWISE_INLINE hn::Vec<D> vector_cosh(D d, hn::Vec<D> x) {
#if HWY_TARGET != HWY_SSE4
  if constexpr (sizeof(hn::TFromD<D>) == 8) return hyperbolic_cosine(x);
#endif
  return mend<Wider_cosh>(d, sleef_cosh(x), is_half_exponential_in_range(d, x), x);
}

/// Infinite where the square of the argument is.
template <class D>
LANEWISE_INLINE hn::Mask<D> has_infinite_square(D d, hn::Vec<D> x) {
  return is_between<D>(by_type(d, 1e18F, 1e150), hn::Abs(x), infinity(d));
}
template <class D>
LANEWISE_INLINE hn::Vec<D> vector_arcsinh(D d, hn::Vec<D> x) {
  return odd_near_zero(d, mend<Wider_asinh>(d, sleef_asinh(x), has_infinite_square(d, x), x), x);
}
template <class D>
LANEWISE_INLINE hn::Vec<D> vector_arccosh(D d, hn::Vec<D> x) {
  return mend<Wider_acosh>(d, sleef_acosh(x), has_infinite_square(d, x), x);
}

/// Lanes whose result is so small that the errors of products, floats of their own, are lost. With fused multiply-add only results that are
/// nearly subnormal are.
template <class D>
LANEWISE_INLINE hn::Mask<D> is_small(D d, hn::Vec<D> result) {
#if HWY_TARGET == HWY_SSE4
  const auto limit = by_type(d, 1e-30F, 1e-290);
#else
  const auto limit = by_type(d, 1e-37F, 1e-306);
#endif
  return is_between<D>(hn::Zero(d), hn::Abs(result), limit);
}

/// Without fused multiply-add the library exceeds 1 ulp where both sides are nearly equal; there the plane is turned by an eighth.
template <class D>
LANEWISE_INLINE hn::Vec<D> angle_of_sides(D d, hn::Vec<D> y, hn::Vec<D> x) {
#if HWY_TARGET == HWY_SSE4
  const auto height = hn::Abs(y);
  const auto sum = hn::Add(height, x);
  const auto is_similar = is_between<D>(hn::Mul(x, by_type(d, 0.9F, 0.9)), height, hn::Mul(x, by_type(d, 1.1F, 1.1)));
  const auto near_diagonal = hn::And(is_similar, hn::Lt(sum, infinity(d)));
  const auto angle = sleef_atan2(hn::IfThenElse(near_diagonal, hn::Sub(height, x), y), hn::IfThenElse(near_diagonal, sum, x));
  // An eighth of a turn in two parts.
  const auto turned =
      hn::Add(by_type(d, 0x1.921fb6p-1F, 0x1.921fb54442d18p-1), hn::Add(angle, by_type(d, -0x1.777a5cp-26F, 0x1.1a62633145c07p-55)));
  return hn::IfThenElse(near_diagonal, hn::CopySign(turned, y), angle);
#else
  (void)d;
  return sleef_atan2(y, x);
#endif
}

struct LibraryAngle {
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> of(D d, hn::Vec<D> y, hn::Vec<D> x) {
    const auto result = angle_of_sides(d, y, x);
    return mend<Wider_atan2>(d, result, is_small(d, result), y, x);
  }
};

template <class D>
LANEWISE_INLINE hn::Vec<D> vector_arctan2(D d, hn::Vec<D> y, hn::Vec<D> x) {
#if HWY_TARGET == HWY_SSE4
  return LibraryAngle::of(d, y, x);
#else
  const AngleOfPoint<D> angle = angle_of_point(d, y, x);
  return unless_rare<LibraryAngle>(d, angle.value, hn::Not(angle.is_computed), y, x);
#endif
}

template <class D>
LANEWISE_INLINE hn::Vec<D> vector_arctan(D d, hn::Vec<D> x) {
#if HWY_TARGET == HWY_SSE4
  return odd_near_zero(d, angle_of_sides(d, x, hn::Set(d, 1)), x);
#else
  return arctangent(d, x);
#endif
}

LANEWISE_LIBRARY_FUNCTION(LibraryCubeRoot, sleef_cbrt)

template <class D>
LANEWISE_INLINE hn::Vec<D> vector_cbrt([[maybe_unused]] D d, hn::Vec<D> x) {
#if HWY_TARGET == HWY_SSE4
  return sleef_cbrt(x);
#else
  const CubeRoot<D> root = cube_root(d, x);
  return unless_rare<LibraryCubeRoot>(d, root.value, hn::Not(root.is_computed), x);
#endif
}

/// Lanes where the error of the logarithm, largest below 0.75 and 1.5, is multiplied by so large an exponent that it exceeds 1 ulp.
template <class D>
LANEWISE_INLINE hn::Mask<D> magnifies_error(D d, hn::Vec<D> x, hn::Vec<D> y) {
  const auto base = hn::Abs(x);
  const auto below_three_quarters = is_between<D>(hn::Set(d, 0.69), base, hn::Set(d, 0.7501));
  const auto below_three_halves = is_between<D>(hn::Set(d, 1.38), base, hn::Set(d, 1.5001));
  return hn::And(hn::Gt(hn::Abs(y), hn::Set(d, 1200)), hn::Or(below_three_quarters, below_three_halves));
}

/// Infinite a little before the end of the range. Where a slightly smaller power is infinite too, it is not that.
struct AnyPower {
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> of(D d, hn::Vec<D> x, hn::Vec<D> y) {
    auto result = sleef_pow(x, y);
    const auto infinite = infinity(d);
    if constexpr (sizeof(hn::TFromD<D>) == 8) {
      const auto is_number = is_between<D>(hn::Zero(d), hn::Abs(result), infinite);
      result = mend<Wider_pow>(d, result, hn::And(is_number, magnifies_error(d, x, y)), x, y);
    }
    const auto finite_operands = hn::Lt(hn::Max(hn::Abs(x), hn::Abs(y)), infinite);
    const auto overflow = hn::And(hn::Eq(hn::Abs(result), infinite), finite_operands);
    if (__builtin_expect(hn::AllFalse(d, overflow), 1)) return result;
    const auto smaller = sleef_pow(hn::Abs(x), hn::Mul(y, by_type(d, 0.999F, 0.999999)));
    return mend<Wider_pow>(d, result, hn::And(overflow, hn::Lt(smaller, infinite)), x, y);
  }
};

template <class D>
LANEWISE_INLINE hn::Vec<D> vector_power(D d, hn::Vec<D> x, hn::Vec<D> y) {
#if HWY_TARGET != HWY_SSE4
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    const PositivePower power = positive_power(x, y);
    return unless_rare<AnyPower>(d, power.value, hn::Not(power.is_computed), x, y);
  }
#endif
  return AnyPower::of(d, x, y);
}

template <class D>
LANEWISE_INLINE hn::Vec<D> vector_hypot(D d, hn::Vec<D> x, hn::Vec<D> y) {
  const auto result = sleef_hypot(x, y);
  return mend<Wider_hypot>(d, result, is_small(d, result), x, y);
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
