#pragma once
// Bodies of hyperbolic functions. How they are computed: vector_math.hpp.

#include "kernels/vector_math.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct sinh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_sinh(d, x);
  }
};
struct cosh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_cosh(d, x);
  }
};
struct tanh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return odd_near_zero(d, sleef_tanh(x), x);
  }
};
struct arcsinh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_arcsinh(d, x);
  }
};
struct arccosh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_arccosh(d, x);
  }
};
struct arctanh {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return odd_near_zero(d, sleef_atanh(x), x);
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
