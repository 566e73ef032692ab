#pragma once
// Bodies of hyperbolic functions. How they are computed: vector_math.hpp, complex_trigonometric.hpp, complex_inverse.hpp.

#include "kernels/complex_inverse.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct sinh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_sinh(d, x);
  }
  LANEWISE_COMPLEX_BODY(ComplexHyperbolicSine)
};
struct cosh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_cosh(d, x);
  }
  LANEWISE_COMPLEX_BODY(ComplexHyperbolicCosine)
};
struct tanh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_tanh(d, x);
  }
  LANEWISE_COMPLEX_BODY(ComplexHyperbolicTangent)
};
struct arcsinh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_arcsinh(d, x);
  }
  LANEWISE_COMPLEX_BODY(ComplexAreaHyperbolicSine)
};
struct arccosh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_arccosh(d, x);
  }
  LANEWISE_COMPLEX_BODY(ComplexAreaHyperbolicCosine)
};
struct arctanh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return odd_near_zero(d, sleef_atanh(x), x);
  }
  LANEWISE_COMPLEX_BODY(ComplexAreaHyperbolicTangent)
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
