#pragma once
// Inverse trigonometric and hyperbolic functions of complex values, after Kahan 1987, "Branch cuts for complex elementary functions".
//
// The cuts are C's: a zero has a sign, which says on which side of the cut it lies.

#include "kernels/complex_arithmetic.hpp"
#include "kernels/complex_trigonometric.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// √(1−z) and √(1+z).
struct RootsAroundZ {
  Attempt below, above;
};
LANEWISE_INLINE RootsAroundZ roots_around(ComplexDouble z) {
  const auto one = number(1);
  return {ComplexSquareRoot::of({hn::Sub(one, z.re), hn::Neg(z.im)}), ComplexSquareRoot::of({hn::Add(one, z.re), z.im})};
}

/// The imaginary part of conj(x)·y. It is never the difference of nearly equal terms here, as the parts of the roots differ in sign.
LANEWISE_INLINE DoubleVector crossed(ComplexDouble x, ComplexDouble y) { return hn::Sub(hn::Mul(x.re, y.im), hn::Mul(x.im, y.re)); }

LANEWISE_INLINE DoubleMask is_rare(const RootsAroundZ& roots) { return hn::Or(roots.below.rare, roots.above.rare); }

struct ComplexArcsine {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const DoubleTag d;
    const RootsAroundZ roots = roots_around(z);
    const ComplexDouble p = roots.below.value;
    const ComplexDouble q = roots.above.value;
    const auto product = hn::Sub(hn::Mul(p.re, q.re), hn::Mul(p.im, q.im));
    return {{vector_arctan2(d, z.re, product), vector_arcsinh(d, crossed(p, q))}, is_rare(roots)};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_casinl(z); }
};

struct ComplexArccosine {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const DoubleTag d;
    const RootsAroundZ roots = roots_around(z);
    const auto half_re = vector_arctan2(d, roots.below.value.re, roots.above.value.re);
    return {{hn::Add(half_re, half_re), vector_arcsinh(d, crossed(roots.above.value, roots.below.value))}, is_rare(roots)};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_cacosl(z); }
};

/// ±i arccos z, the sign being that of y.
struct ComplexAreaHyperbolicCosine {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const Attempt cosine = ComplexArccosine::of(z);
    return {{hn::Abs(cosine.value.im), hn::CopySign(cosine.value.re, z.im)}, cosine.rare};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_cacoshl(z); }
};

/// −i arcsin(iz)
struct ComplexAreaHyperbolicSine {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) { return exchange(ComplexArcsine::of(exchange(z))); }
  static WideComplex of_lane(WideComplex z) { return __builtin_casinhl(z); }
};

/// log1p(4x / ((1−x)² + y²)) / 4 + i arg((1−x)(1+x) − y² + 2iy) / 2, for x ≥ 0.
struct ComplexAreaHyperbolicTangent {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const DoubleTag d;
    const auto one = number(1);
    const auto size = hn::Abs(z.re);
    const auto below = hn::Sub(one, size);
    const auto square = hn::Mul(z.im, z.im);
    const auto divisor = hn::Add(hn::Mul(below, below), square);
    const auto ratio = hn::Div(hn::Mul(number(4), size), divisor);
    const auto re = hn::Mul(number(0.25), vector_log1p(d, ratio));
    const auto cosine = hn::Sub(hn::Mul(below, hn::Add(one, size)), square);
    const auto im = hn::Mul(number(0.5), vector_arctan2(d, hn::Add(z.im, z.im), cosine));
    return {{hn::CopySign(re, z.re), im}, hn::Not(is_usual_square(divisor))};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_catanhl(z); }
};

/// −i arctanh(iz)
struct ComplexArctangent {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) { return exchange(ComplexAreaHyperbolicTangent::of(exchange(z))); }
  static WideComplex of_lane(WideComplex z) { return __builtin_catanl(z); }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
