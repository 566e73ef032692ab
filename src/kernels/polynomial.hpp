#pragma once

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Returns the polynomial with these coefficients, from the highest power down. A recursion, as compilers do not unroll loops of this length.
template <size_t degree, class D, size_t count>
LANEWISE_INLINE hn::Vec<D> polynomial_up_to(D d, hn::Vec<D> x, const double (&coefficients)[count]) {
  const auto coefficient = hn::Set(d, coefficients[degree]);
  if constexpr (degree == 0) {
    return coefficient;
  } else {
    return hn::MulAdd(polynomial_up_to<degree - 1>(d, x, coefficients), x, coefficient);
  }
}
template <class D, size_t count>
LANEWISE_INLINE hn::Vec<D> polynomial(D d, hn::Vec<D> x, const double (&coefficients)[count]) {
  return polynomial_up_to<count - 1>(d, x, coefficients);
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
