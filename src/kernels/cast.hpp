#pragma once
// Bodies of casts. What does not fit an integer saturates, and nan gives 0; integers round to the nearest float.

#include "kernels/arithmetic.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// From the lanes of a truth value to 1 or 0 as a number.
template <class To>
struct truth_to_number {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> truth) {
    const auto bits = hn::And(truth, hn::Set(d, 1));
    if constexpr (sizeof(To) < sizeof(hn::TFromD<D>)) {
      const hn::RebindToUnsigned<D> wide;
      const hn::Rebind<uint32_t, D> narrow;
      const auto ones = hn::BitCast(hn::RebindToSigned<decltype(narrow)>(), hn::TruncateTo(narrow, hn::BitCast(wide, bits)));
      return convert(hn::Rebind<To, D>(), ones);
    } else {
      return convert(hn::Rebind<To, D>(), bits);
    }
  }

 private:
  template <class DTo, class V>
  static LANEWISE_INLINE auto convert(DTo to, V ones) {
    if constexpr (is_float_tag<DTo>) {
      return hn::And(hn::BitCast(to, hn::Neg(ones)), hn::Set(to, 1));
    } else {
      return hn::BitCast(to, ones);
    }
  }
};

/// Rounds once, as it must: float64 keeps 53 bits of an integer, of which the last is set where it is not exact, so that the second
/// rounding to 24 bits sees on which side of a half the integer was.
template <class DTo, class D>
LANEWISE_INLINE hn::Vec<DTo> int64_to_float32(DTo to, D d, hn::Vec<D> x) {
  const auto exact_limit = hn::Set(d, int64_t{1} << 53);
  const auto low_bits = hn::Set(d, 0xFFF);
  const auto inexact = hn::Or(hn::Gt(x, exact_limit), hn::Lt(x, hn::Neg(exact_limit)));
  const auto low = hn::And(x, low_bits);
  const auto sticky = hn::IfThenElseZero(hn::Gt(low, hn::Zero(d)), hn::Set(d, 0x1000));
  const auto odd = hn::Or(hn::AndNot(low_bits, x), sticky);
  return hn::DemoteTo(to, hn::ConvertTo(hn::Rebind<double, D>(), hn::IfThenElse(inexact, odd, x)));
}

template <class To>
struct cast_number {
  static constexpr size_t result_bytes = sizeof(To);
  using truth = truth_to_number<To>;

  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    using From = hn::TFromD<D>;
    const hn::Rebind<To, D> to;
    if constexpr (hwy::IsSame<From, To>()) {
      return x;
    } else if constexpr (hwy::IsFloat<From>() && !hwy::IsFloat<To>()) {
      return float_to_integer(to, d, hn::IfThenElseZero(hn::Eq(x, x), x));
    } else if constexpr (hwy::IsSame<From, int64_t>() && hwy::IsSame<To, float>()) {
      return int64_to_float32(to, d, x);
    } else if constexpr (sizeof(To) > sizeof(From)) {
      return hn::PromoteTo(to, x);
    } else if constexpr (sizeof(To) < sizeof(From)) {
      return narrow(to, d, x);
    } else {
      return hn::ConvertTo(to, x);
    }
  }

 private:
  template <class DTo, class D>
  static LANEWISE_INLINE auto float_to_integer(DTo to, D, hn::Vec<D> x) {
    if constexpr (sizeof(To) > sizeof(hn::TFromD<D>)) {
      return hn::ConvertTo(to, hn::PromoteTo(hn::Rebind<double, D>(), x));
    } else if constexpr (sizeof(To) < sizeof(hn::TFromD<D>)) {
      return hn::DemoteTo(to, x);
    } else {
      return hn::ConvertTo(to, x);
    }
  }

  template <class DTo, class D>
  static LANEWISE_INLINE auto narrow(DTo to, [[maybe_unused]] D d, hn::Vec<D> x) {
    if constexpr (is_float_tag<D>) {
      return hn::DemoteTo(to, x);
    } else {
      const auto limited = hn::Min(hn::Max(x, hn::Set(d, INT32_MIN)), hn::Set(d, INT32_MAX));
      const hn::RebindToUnsigned<DTo> unsigned_to;
      return hn::BitCast(to, hn::TruncateTo(unsigned_to, hn::BitCast(hn::RebindToUnsigned<D>(), limited)));
    }
  }
};

using cast_int32 = cast_number<int32_t>;
using cast_int64 = cast_number<int64_t>;
using cast_float32 = cast_number<float>;
using cast_float64 = cast_number<double>;

struct cast_bool {
  using truth = positive;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return hn::Not(hn::Eq(x, hn::Zero(d)));
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
