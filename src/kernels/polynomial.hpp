#pragma once

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Returns the polynomial of every second coefficient, from the highest power down to that at `last`. A recursion, as compilers do not unroll loops
/// of this length.
template <size_t last, class D, size_t count>
LANEWISE_INLINE hn::Vec<D> every_second(D d, hn::Vec<D> square, const double (&coefficients)[count]) {
  const auto coefficient = hn::Set(d, static_cast<hn::TFromD<D>>(coefficients[last]));
  if constexpr (last < 2) {
    return coefficient;
  } else {
    return hn::MulAdd(every_second<last - 2>(d, square, coefficients), square, coefficient);
  }
}

/// Returns the polynomial with these coefficients, from the highest power down, less the lowest and divided by x: even and odd powers apart, two chains of
/// operations that wait for one another half as long as one would.
template <class D, size_t count>
LANEWISE_INLINE hn::Vec<D> higher_terms(D d, hn::Vec<D> x, const double (&coefficients)[count]) {
  static_assert(count > 2);
  const auto square = hn::Mul(x, x);
  return hn::MulAdd(every_second<count - 3>(d, square, coefficients), x, every_second<count - 2>(d, square, coefficients));
}

/// Returns the polynomial. The lowest coefficient, mostly the largest, is added last, so that its rounding is the only one of its size.
template <class D, size_t count>
LANEWISE_INLINE hn::Vec<D> polynomial(D d, hn::Vec<D> x, const double (&coefficients)[count]) {
  return hn::MulAdd(higher_terms(d, x, coefficients), x, hn::Set(d, static_cast<hn::TFromD<D>>(coefficients[count - 1])));
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
