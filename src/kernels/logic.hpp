#pragma once
// Bodies of logic and of bits. Truth values are integer lanes of all ones or zero, so both share their instructions.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct bitwise_or {
  using truth = bitwise_or;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Or(x, y);
  }
};

struct bitwise_xor {
  using truth = bitwise_xor;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Xor(x, y);
  }
};

struct bitwise_and {
  using truth = bitwise_and;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::And(x, y);
  }
};

struct invert {
  using truth = invert;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x) {
    return hn::Not(x);
  }
};

struct logical_or {
  using truth = bitwise_or;
};
struct logical_and {
  using truth = bitwise_and;
};
struct logical_not {
  using truth = invert;
};

/// Shift counts outside the width give 0, as if every bit had left; hardware differs in what it makes of them, so they never reach it.
template <class D>
LANEWISE_INLINE hn::Mask<D> is_shift_count(D d, hn::Vec<D> count) {
  constexpr auto bits = static_cast<hn::TFromD<D>>(8 * sizeof(hn::TFromD<D>));
  return hn::Eq(hn::AndNot(hn::Set(d, bits - 1), count), hn::Zero(d));
}

// Shifted by operators, as hn::Shl and hn::Shr are plain functions, which compilers may call.

struct left_shift {
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> count) {
    const auto valid = is_shift_count(d, count);
    return hn::IfThenElseZero(valid, x << hn::IfThenElseZero(valid, count));
  }
};

struct right_shift {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> count) {
    const auto valid = is_shift_count(d, count);
    if constexpr (is_unsigned_tag<D>) {
      return hn::IfThenElseZero(valid, x >> hn::IfThenElseZero(valid, count));
    } else {
      constexpr auto bits = static_cast<hn::TFromD<D>>(8 * sizeof(hn::TFromD<D>));
      return x >> hn::IfThenElse(valid, count, hn::Set(d, bits - 1));
    }
  }
};

/// How many bits of the absolute value are set. The result is a uint8, which travels as int32.
struct popcount {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    const hn::RebindToUnsigned<D> bits;
    const hn::Rebind<int32_t, D> result;
    const auto count = hn::PopulationCount(magnitude(bits, d, x));
    if constexpr (sizeof(hn::TFromD<D>) == 8) {
      return hn::BitCast(result, hn::TruncateTo(hn::Rebind<uint32_t, D>(), count));
    } else {
      return hn::BitCast(result, count);
    }
  }

 private:
  template <class DBits, class D>
  static LANEWISE_INLINE hn::Vec<DBits> magnitude(DBits bits, D, hn::Vec<D> x) {
    if constexpr (is_unsigned_tag<D>) {
      return x;
    } else {
      return hn::BitCast(bits, hn::Abs(x));
    }
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
