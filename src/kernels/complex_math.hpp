#pragma once
// What complex functions are made of: where they are computed, their real parts, and lanes left to the C library.
//
// All complex functions are computed on float64 parts, those of float32 too: there every square fits, and one rounding at the end is within
// the bound. A function is a struct with
//   static Attempt of(ComplexDouble z)               the values of one vector, and the lanes where they are not to be used
//   static WideComplex of_lane(WideComplex)  one of those lanes: infinities, nans, and magnitudes whose squares leave the range
// The C library's functions of long double have Annex G's special values, and their errors vanish when rounded to float64.

#include "kernels/pair_arithmetic.hpp"
#include "kernels/sine_cosine.hpp"
#include "kernels/wide_modes.hpp"

namespace lanewise::inline v0::kernels {
namespace {

using DoubleMask = hn::Mask<DoubleTag>;
using ComplexDouble = Complex<DoubleTag>;
__extension__ typedef _Complex long double WideComplex;

struct Attempt {
  ComplexDouble value;
  DoubleMask rare;
};

template <class Mask, class D>
LANEWISE_INLINE Complex<D> choose(Mask mask, Complex<D> yes, Complex<D> no) {
  return {hn::IfThenElse(mask, yes.re, no.re), hn::IfThenElse(mask, yes.im, no.im)};
}

LANEWISE_INLINE DoubleMask is_zero(ComplexDouble z) { return hn::Eq(hn::Or(hn::Abs(z.re), hn::Abs(z.im)), hn::Zero(DoubleTag())); }

/// False where `x` is nan.
LANEWISE_INLINE DoubleMask is_within(double low, DoubleVector x, double high) {
  return hn::And(hn::Gt(x, number(low)), hn::Lt(x, number(high)));
}

/// Squares between these are neither subnormal nor infinite, and neither are products and sums of a few of them.
inline constexpr double least_square = 0x1p-960;
inline constexpr double greatest_square = 0x1p960;
LANEWISE_INLINE DoubleMask is_usual_square(DoubleVector square) { return is_within(least_square, square, greatest_square); }

// ---- Parts of complex functions, from SLEEF, beside those of vector_math.hpp

#define LANEWISE_PART_OF_ONE(name, Vector, function) \
  LANEWISE_INLINE Vector part_##name(Vector x) { return Vector{function(x.raw)}; }
#define LANEWISE_SLEEF_HALF_LANEWISE_PART_OF_ONE(name)
#define LANEWISE_PART_SINCOS(name, Vector, function)            \
  LANEWISE_INLINE SineAndCosine<Vector> part_##name(Vector x) { \
    const auto both = function(x.raw);                          \
    return {Vector{both.x}, Vector{both.y}};                    \
  }
#define LANEWISE_SLEEF_HALF_LANEWISE_PART_SINCOS(name)

LANEWISE_SLEEF_FUNCTION(LANEWISE_PART_SINCOS, sincos, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_PART_OF_ONE, log, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_PART_OF_ONE, log2, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_PART_OF_ONE, log10, u10)
LANEWISE_SLEEF_FUNCTION(LANEWISE_PART_OF_ONE, exp2, u10)

// ---- From a function to a body

struct ComplexRegisters {
  Register re, im;
};
LANEWISE_INLINE ComplexRegisters to_registers(ComplexDouble z) { return {to_register(DoubleTag(), z.re), to_register(DoubleTag(), z.im)}; }
LANEWISE_INLINE ComplexDouble from_registers(Register re, Register im) {
  return {from_register(DoubleTag(), re), from_register(DoubleTag(), im)};
}

LANEWISE_INLINE WideComplex wide_complex(long double re, long double im) {
  WideComplex z;
  __real__ z = re;
  __imag__ z = im;
  return z;
}

/// The lanes of a vector, in memory.
struct StoredLanes {
  alignas(vector_bytes) double re[lane_count<DoubleTag>];
  alignas(vector_bytes) double im[lane_count<DoubleTag>];
};
LANEWISE_INLINE StoredLanes to_lanes(ComplexDouble z) {
  StoredLanes lanes;
  hn::Store(z.re, DoubleTag(), lanes.re);
  hn::Store(z.im, DoubleTag(), lanes.im);
  return lanes;
}

/// An element of one lane. The C library hands the sign of a nan part on to zeros, and processors differ in that sign.
LANEWISE_INLINE WideComplex lane_of(const StoredLanes& lanes, size_t i) {
  const auto without_sign_of_nan = [](double x) { return x == x ? x : __builtin_nan(""); };
  return wide_complex(without_sign_of_nan(lanes.re[i]), without_sign_of_nan(lanes.im[i]));
}

/// Computes the rare lanes one after the other.
template <class Function, class... Operand>
LANEWISE_INLINE ComplexDouble mend_lanes(Attempt attempt, const Operand&... operands) {
  const DoubleTag d;
  StoredLanes result = to_lanes(attempt.value);
  const StoredLanes kept = to_lanes({hn::IfThenZeroElse(attempt.rare, number(1)), hn::Zero(d)});
  const WideModes modes;
  for (size_t i = 0; i < lane_count<DoubleTag>; ++i) {
    if (kept.re[i] != 0) continue;
    const WideComplex value = Function::of_lane(lane_of(operands, i)...);
    result.re[i] = static_cast<double>(__real__ value);
    result.im[i] = static_cast<double>(__imag__ value);
  }
  return {hn::Load(d, result.re), hn::Load(d, result.im)};
}

template <class Function, class... Operand>
LANEWISE_INLINE ComplexRegisters attempt_and_mend(Operand... operands) {
  const Attempt attempt = Function::of(operands...);
  if (__builtin_expect(hn::AllFalse(DoubleTag(), attempt.rare), 1)) return to_registers(attempt.value);
  return to_registers(mend_lanes<Function>(attempt, to_lanes(operands)...));
}

// One copy of each function a target. The operands are handed over as registers: structs around a vector would go through memory.
template <class Function>
LANEWISE_OUTLINE_VALUE ComplexRegisters call_function(Register re, Register im) {
  return attempt_and_mend<Function>(from_registers(re, im));
}
template <class Function>
LANEWISE_OUTLINE_VALUE ComplexRegisters call_function(Register x_re, Register x_im, Register y_re, Register y_im) {
  return attempt_and_mend<Function>(from_registers(x_re, x_im), from_registers(y_re, y_im));
}

template <class Function, class... Operand>
LANEWISE_INLINE ComplexDouble call_with_parts(Operand... operands) {
  if constexpr (sizeof...(Operand) == 1) {
    const auto call = [](ComplexDouble z) __attribute__((always_inline)) {
      const auto [re, im] = to_registers(z);
      return call_function<Function>(re, im);
    };
    const ComplexRegisters result = call(operands...);
    return from_registers(result.re, result.im);
  } else {
    const auto call = [](ComplexDouble x, ComplexDouble y) __attribute__((always_inline)) {
      const auto [x_re, x_im] = to_registers(x);
      const auto [y_re, y_im] = to_registers(y);
      return call_function<Function>(x_re, x_im, y_re, y_im);
    };
    const ComplexRegisters result = call(operands...);
    return from_registers(result.re, result.im);
  }
}

template <class D>
LANEWISE_INLINE ComplexDouble widen(Complex<D> z) {
  return {hn::PromoteTo(DoubleTag(), z.re), hn::PromoteTo(DoubleTag(), z.im)};
}
template <class D>
LANEWISE_INLINE Complex<hn::Half<D>> lower_half(Complex<D> z) {
  const hn::Half<D> half;
  return {hn::LowerHalf(half, z.re), hn::LowerHalf(half, z.im)};
}
template <class D>
LANEWISE_INLINE Complex<hn::Half<D>> upper_half(Complex<D> z) {
  const hn::Half<D> half;
  return {hn::UpperHalf(half, z.re), hn::UpperHalf(half, z.im)};
}

/// A function of one or two operands, for parts of either type.
template <class Function, class D, class... Operand>
LANEWISE_INLINE Complex<D> apply_complex(D d, Operand... operands) {
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    return call_with_parts<Function>(operands...);
  } else if constexpr (is_half<D>) {
    const ComplexDouble result = call_with_parts<Function>(widen<D>(operands)...);
    return {hn::DemoteTo(d, result.re), hn::DemoteTo(d, result.im)};
  } else {
    const hn::Half<D> half;
    const auto low = apply_complex<Function>(half, lower_half<D>(operands)...);
    const auto high = apply_complex<Function>(half, upper_half<D>(operands)...);
    return {hn::Combine(d, high.re, low.re), hn::Combine(d, high.im, low.im)};
  }
}

/// The overloads for complex values in the body of a row.
#define LANEWISE_COMPLEX_BODY(Function)                        \
  template <class D>                                           \
  static LANEWISE_INLINE Complex<D> apply(D d, Complex<D> z) { \
    return apply_complex<Function>(d, z);                      \
  }

#define LANEWISE_COMPLEX_BODY_OF_TWO(Function)                               \
  template <class D>                                                         \
  static LANEWISE_INLINE Complex<D> apply(D d, Complex<D> z, Complex<D> w) { \
    return apply_complex<Function>(d, z, w);                                 \
  }

/// The body of a row whose real function is SLEEF's.
#define LANEWISE_SLEEF_AND_COMPLEX_BODY(row, sleef_name, accuracy, Function) \
  LANEWISE_SLEEF_FUNCTION(LANEWISE_OF_ONE, sleef_name, accuracy)             \
  struct row {                                                               \
    template <class D>                                                       \
    static LANEWISE_INLINE hn::Vec<D> apply(D, hn::Vec<D> x) {               \
      return sleef_##sleef_name(x);                                          \
    }                                                                        \
    LANEWISE_COMPLEX_BODY(Function)                                          \
  };

}  // namespace
}  // namespace lanewise::inline v0::kernels
