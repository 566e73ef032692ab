#pragma once
// Bodies that bring an int32 back into the range of a narrower integer, as its low bits.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

template <class Narrow>
struct wrap_to {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    if constexpr (hwy::IsSigned<Narrow>()) {
      constexpr int spare_bits = 32 - 8 * static_cast<int>(sizeof(Narrow));
      return hn::ShiftRight<spare_bits>(hn::ShiftLeft<spare_bits>(x));
    } else {
      return hn::And(x, hn::Set(d, static_cast<Narrow>(-1)));
    }
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
