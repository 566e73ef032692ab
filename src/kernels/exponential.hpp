#pragma once
// Bodies of exponentials and logarithms. How they are computed: vector_math.hpp.

#include "kernels/vector_math.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct exp {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_exp(d, x);
  }
};
struct expm1 {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_expm1(d, x);
  }
};
struct log {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_log(d, x);
  }
};
struct log2 {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_log2(d, x);
  }
};
struct log10 {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_log10(d, x);
  }
};
struct log1p {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_log1p(d, x);
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
