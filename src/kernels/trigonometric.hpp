#pragma once
// Bodies of trigonometric functions; angles are radians. How they are computed: vector_math.hpp.

#include "kernels/vector_math.hpp"

namespace lanewise::inline v0::kernels {
namespace {

LANEWISE_SLEEF_BODY(sin, sin, u10)
LANEWISE_SLEEF_BODY(cos, cos, u10)
LANEWISE_SLEEF_BODY(tan, tan, u10)
LANEWISE_SLEEF_BODY(arcsin, asin, u10)
LANEWISE_SLEEF_BODY(arccos, acos, u10)
LANEWISE_SLEEF_BODY(arctan, atan, u10)
struct arctan2 {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> y, hn::Vec<D> x) {
    return vector_arctan2(d, y, x);
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
