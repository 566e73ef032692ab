#pragma once
// Trigonometric and hyperbolic functions of complex values. Those of iz are those of z with the parts exchanged.

#include "kernels/complex_exponential.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// The hyperbolic sine where it is finite.
LANEWISE_INLINE DoubleVector finite_sinh(DoubleVector x) { return odd_near_zero(DoubleTag(), sleef_sinh(x), x); }

LANEWISE_INLINE ComplexDouble exchange(ComplexDouble z) { return {z.im, z.re}; }
LANEWISE_INLINE Attempt exchange(Attempt attempt) { return {exchange(attempt.value), attempt.rare}; }

/// Where hyperbolic functions of the real part are finite.
LANEWISE_INLINE DoubleMask has_finite_hyperbolics(ComplexDouble z) { return hn::And(hn::Lt(hn::Abs(z.re), number(709)), is_finite(z.im)); }

struct ComplexHyperbolicSine {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const auto turn = part_sincos(z.im);
    return {{hn::Mul(finite_sinh(z.re), turn.cosine), hn::Mul(sleef_cosh(z.re), turn.sine)}, hn::Not(has_finite_hyperbolics(z))};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_csinhl(z); }
};

struct ComplexHyperbolicCosine {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const auto turn = part_sincos(z.im);
    return {{hn::Mul(sleef_cosh(z.re), turn.cosine), hn::Mul(finite_sinh(z.re), turn.sine)}, hn::Not(has_finite_hyperbolics(z))};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_ccoshl(z); }
};

/// (sinh x cosh x + i sin y cos y) / (sinh² x + cos² y); for large x the real part is ±1.
struct ComplexHyperbolicTangent {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const DoubleTag d;
    const auto size = hn::Abs(z.re);
    const auto large = hn::Gt(size, number(22));
    const auto turn = part_sincos(z.im);
    const auto sine = finite_sinh(hn::Min(size, number(700)));
    const auto near_sine = hn::IfThenElse(large, number(1), sine);
    const auto square = hn::Mul(near_sine, near_sine);
    const auto divisor = squared_modulus(near_sine, turn.cosine).high;
    const auto near_re = hn::Div(hn::Mul(near_sine, hn::Sqrt(hn::Add(number(1), square))), divisor);
    const auto turns = hn::Mul(turn.sine, turn.cosine);
    const auto im = hn::Div(turns, hn::IfThenElse(large, sine, divisor));
    const auto re = hn::CopySign(hn::IfThenElse(large, number(1), near_re), z.re);
    return {{re, hn::IfThenElse(large, hn::Div(im, sine), im)}, hn::Not(hn::And(hn::Lt(size, infinity(d)), is_finite(z.im)))};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_ctanhl(z); }
};

/// −i sinh(iz)
struct ComplexSine {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) { return exchange(ComplexHyperbolicSine::of(exchange(z))); }
  static WideComplex of_lane(WideComplex z) { return __builtin_csinl(z); }
};

/// cosh(iz), iz being (−y, x)
struct ComplexCosine {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) { return ComplexHyperbolicCosine::of({hn::Neg(z.im), z.re}); }
  static WideComplex of_lane(WideComplex z) { return __builtin_ccosl(z); }
};

/// −i tanh(iz)
struct ComplexTangent {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) { return exchange(ComplexHyperbolicTangent::of(exchange(z))); }
  static WideComplex of_lane(WideComplex z) { return __builtin_ctanl(z); }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
