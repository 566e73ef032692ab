#pragma once
// Bodies that make complex values and take them apart.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct real {
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> apply(D, Complex<D> z) {
    return z.re;
  }
};

/// Of a real operand zero.
struct imaginary {
  using truth = imaginary;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> apply(D d, hn::Vec<D>) {
    return hn::Zero(d);
  }
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> apply(D, Complex<D> z) {
    return z.im;
  }
};

struct conjugate {
  template <class D>
  static LANEWISE_INLINE Complex<D> apply(D, Complex<D> z) {
    return {z.re, hn::Neg(z.im)};
  }
};

struct complex {
  template <class D>
  static LANEWISE_INLINE Complex<D> apply(D, hn::Vec<D> re, hn::Vec<D> im) {
    return {re, im};
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
