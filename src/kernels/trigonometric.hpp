#pragma once
// Bodies of trigonometric functions; angles are radians. How they are computed: vector_math.hpp.

#include "kernels/vector_math.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct sin {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_sin(d, x);
  }
};
struct cos {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_cos(d, x);
  }
};
struct tan {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_tan(d, x);
  }
};
struct arcsin {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_arcsin(d, x);
  }
};
struct arccos {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_arccos(d, x);
  }
};
struct arctan {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_arctan(d, x);
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
