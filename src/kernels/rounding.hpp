#pragma once
// Bodies that round floats to whole numbers and that handle their sign, exponent and neighbours. The sign of zero is kept.

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

/// 2^n for whole n for which that is a normal number.
template <class D>
LANEWISE_INLINE hn::Vec<D> power_of_two(D d, hn::Vec<D> n) {
  using T = hn::TFromD<D>;
  // Added to 2^52 (2^23), a whole number stands in the low bits of the sum.
  const hn::RebindToSigned<D> integer;
  const auto biased = hn::Add(n, hn::Set(d, sizeof(T) == 4 ? static_cast<T>(0x1p23 + 127) : static_cast<T>(0x1p52 + 1023)));
  return hn::BitCast(d, hn::ShiftLeft < sizeof(T) == 4 ? 23 : 52 > (hn::BitCast(integer, biased)));
}

/// x 2^n for whole n of any size, rounded once. Where 2^n is not a normal number there are up to two steps before the last. One that makes
/// smaller leaves at least as many halvings as a float has digits: what it makes subnormal, the next makes zero.
struct ldexp {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> n) {
    using T = hn::TFromD<D>;
    const auto largest = hn::Set(d, sizeof(T) == 4 ? static_cast<T>(127) : static_cast<T>(1023));
    const auto smallest = hn::Set(d, sizeof(T) == 4 ? static_cast<T>(-126) : static_cast<T>(-1022));
    const auto step_down = hn::Set(d, sizeof(T) == 4 ? static_cast<T>(-126 + 24) : static_cast<T>(-1022 + 53));
    const auto rest_after_step = [&](hn::Vec<D> rest) __attribute__((always_inline)) {
      const auto step = hn::IfThenElseZero(hn::Gt(rest, largest), largest);
      const auto limited = hn::IfThenElse(hn::Lt(rest, smallest), step_down, step);
      x = hn::Mul(x, power_of_two(d, limited));
      return hn::Sub(rest, limited);
    };
    const auto rest = rest_after_step(rest_after_step(hn::Round(n)));
    const auto result = hn::Mul(x, power_of_two(d, hn::Min(hn::Max(rest, smallest), largest)));
    return hn::IfThenElse(hn::Eq(n, n), result, n);
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
