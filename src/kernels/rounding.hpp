#pragma once
// Bodies that round floats to whole numbers and that handle their sign and neighbours. The sign of zero is kept.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct floor {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x) {
    return hn::Floor(x);
  }
};
struct ceil {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x) {
    return hn::Ceil(x);
  }
};
struct trunc {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x) {
    return hn::Trunc(x);
  }
};
/// Halves go to the even neighbour.
struct round {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x) {
    return hn::Round(x);
  }
  template <class D>
  static LANEWISE_INLINE Complex<D> apply(D, Complex<D> z) {
    return {hn::Round(z.re), hn::Round(z.im)};
  }
};

struct copysign {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> magnitude, hn::Vec<D> sign) {
    return hn::CopySign(magnitude, sign);
  }
};

/// The next float from x toward y, as C's: floats of one sign are ordered as the integers of their bits.
struct nextafter {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    const hn::RebindToSigned<D> integer;
    const auto one = hn::Set(integer, 1);
    const auto bits = hn::BitCast(integer, x);
    const auto same_sign = hn::Ge(hn::CopySign(hn::Set(d, 1), hn::Xor(x, y)), hn::Zero(d));
    const auto away_from_zero = hn::And(hn::Lt(hn::Abs(x), hn::Abs(y)), same_sign);
    const auto step = hn::IfThenElse(hn::RebindMask(integer, away_from_zero), one, hn::Neg(one));
    const auto moved = hn::BitCast(d, hn::Add(bits, step));
    const auto smallest = hn::CopySign(hn::BitCast(d, one), y);
    const auto result = hn::IfThenElse(hn::Eq(x, hn::Zero(d)), smallest, moved);
    const auto ordered = hn::And(hn::Eq(x, x), hn::Eq(y, y));
    return hn::IfThenElse(ordered, hn::IfThenElse(hn::Eq(x, y), y, result), hn::Add(x, y));
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
