#pragma once
// Bodies of trigonometric functions; angles are radians. How they are computed: vector_math.hpp, sine_cosine.hpp,
// complex_trigonometric.hpp, complex_inverse.hpp.

#include "kernels/complex_inverse.hpp"
#include "kernels/sine_cosine.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct sin {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_sine_cosine(d, x).sine;
  }
  LANEWISE_COMPLEX_BODY(ComplexSine)
};
struct cos {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_sine_cosine(d, x).cosine;
  }
  LANEWISE_COMPLEX_BODY(ComplexCosine)
};
struct tan {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_tan(d, x);
  }
  LANEWISE_COMPLEX_BODY(ComplexTangent)
};
LANEWISE_SLEEF_AND_COMPLEX_BODY(arcsin, asin, u10, ComplexArcsine)
LANEWISE_SLEEF_AND_COMPLEX_BODY(arccos, acos, u10, ComplexArccosine)
struct arctan {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_arctan(d, x);
  }
  LANEWISE_COMPLEX_BODY(ComplexArctangent)
};

/// The angle in half turns, without whole turns: exact, in [-1, 1].
template <class D>
LANEWISE_INLINE hn::Vec<D> without_whole_turns(D d, hn::Vec<D> x) {
  const auto turns = hn::Round(hn::Mul(x, hn::Set(d, static_cast<hn::TFromD<D>>(0.5))));
  return hn::Sub(x, hn::Add(turns, turns));
}
struct Wider_small_sinpi {
  static double of(double x) { return x * 3.14159265358979323846; }
  static long double of(long double x) { return x * 3.14159265358979323846264338327950288L; }
};
/// A zero has the sign of the argument. Digits are lost where results become subnormal.
struct sinpi {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    const auto angle = without_whole_turns(d, x);
    const auto result = hn::IfThenElse(hn::Eq(angle, hn::Trunc(angle)), hn::CopySign(hn::Zero(d), x), sleef_sinpi(angle));
    return mend<Wider_small_sinpi>(d, result, is_small(d, result), angle);
  }
};
/// No zero is negative.
struct cospi {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return hn::Add(sleef_cospi(without_whole_turns(d, x)), hn::Zero(d));
  }
};

struct arctan2 {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> y, hn::Vec<D> x) {
    return vector_arctan2(d, y, x);
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
