#pragma once
// Bodies of instructions of three operands, the first of which stands in the destination.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// x where the truth value in the destination is true, else y.
struct where {
  using truth = where;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Register condition, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::IfThenElse(truth_from_register(d, condition), x, y);
  }
};

// Both roundings are kept, so that fusing the steps of a program changes no bit.
struct add_product {
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Register sum, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Add(from_register(d, sum), hn::Mul(x, y));
  }
};
struct subtract_product {
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Register sum, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Sub(from_register(d, sum), hn::Mul(x, y));
  }
};
struct subtract_from_product {
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Register subtrahend, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Sub(hn::Mul(x, y), from_register(d, subtrahend));
  }
};

struct multiply_sum {
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Register factor, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Mul(from_register(d, factor), hn::Add(x, y));
  }
};
struct multiply_difference {
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Register factor, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Mul(from_register(d, factor), hn::Sub(x, y));
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
