#pragma once
// Bodies of exponentials and logarithms. How they are computed: vector_math.hpp, power_of_ten.hpp, complex_exponential.hpp.

#include "kernels/complex_exponential.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct exp {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_exp(d, x);
  }
  LANEWISE_COMPLEX_BODY(ComplexExponential)
};
LANEWISE_SLEEF_AND_COMPLEX_BODY(exp2, exp2, u10, ComplexExponential2)
struct exp10 {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    if constexpr (sizeof(hn::TFromD<D>) == 8) {
      return power_of_ten(d, x);
    } else {
      return sleef_exp10(x);
    }
  }
  LANEWISE_COMPLEX_BODY(ComplexExponential10)
};
struct expm1 {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return same_near_zero(d, sleef_expm1(x), x);
  }
  LANEWISE_COMPLEX_BODY(ComplexExponentialMinus1)
};
struct log {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_log(d, x);
  }
  LANEWISE_COMPLEX_BODY(ComplexLogarithm)
};
LANEWISE_SLEEF_AND_COMPLEX_BODY(log2, log2, u10, ComplexLogarithm2)
LANEWISE_SLEEF_AND_COMPLEX_BODY(log10, log10, u10, ComplexLogarithm10)
struct log1p {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_log1p(d, x);
  }
  LANEWISE_COMPLEX_BODY(ComplexLogarithmOf1Plus)
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
