#pragma once
// From numbers of one type to numbers of another. What does not fit an integer saturates, and nan gives 0; what a float cannot hold is rounded
// once, to nearest. The widths of the lanes must allow the step: conversions to or from 8 bytes need wide lanes.

#include <type_traits>

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Keeps integers within those of type `Narrow`.
template <class Narrow, class D>
LANEWISE_INLINE hn::Vec<D> limit_integer(D d, hn::Vec<D> x) {
  using T = hn::TFromD<D>;
  constexpr bool below = hwy::IsSigned<T>() && (!hwy::IsSigned<Narrow>() || sizeof(Narrow) < sizeof(T));
  constexpr bool above = static_cast<uint64_t>(hwy::LimitsMax<Narrow>()) < static_cast<uint64_t>(hwy::LimitsMax<T>());
  if constexpr (below) x = hn::Max(x, hn::Set(d, static_cast<T>(hwy::LimitsMin<Narrow>())));
  if constexpr (above) x = hn::Min(x, hn::Set(d, static_cast<T>(hwy::LimitsMax<Narrow>())));
  return x;
}

template <class DTo, class D>
LANEWISE_INLINE hn::Vec<DTo> convert_integer(DTo to, D d, hn::Vec<D> x) {
  using To = hn::TFromD<DTo>;
  using From = hn::TFromD<D>;
  const auto limited = limit_integer<To>(d, x);
  if constexpr (sizeof(To) < sizeof(From)) {
    return hn::BitCast(to, hn::TruncateTo(hn::RebindToUnsigned<DTo>(), hn::BitCast(hn::RebindToUnsigned<D>(), limited)));
  } else if constexpr (sizeof(To) > sizeof(From)) {
    // A limited value of another signedness is not negative, so both ways to widen it are right.
    const hn::Rebind<std::conditional_t<hwy::IsSigned<From>(), int64_t, uint64_t>, D> wide;
    return hn::BitCast(to, hn::PromoteTo(wide, limited));
  } else {
    return hn::BitCast(to, limited);
  }
}

/// Rounds once, as it must: float64 keeps 53 bits of an integer, of which the last is set where it is not exact, so that the second
/// rounding to 24 bits sees on which side of a half the integer was.
template <class DTo, class D>
LANEWISE_INLINE hn::Vec<DTo> wide_integer_to_float32(DTo to, D d, hn::Vec<D> x) {
  using T = hn::TFromD<D>;
  const auto exact_limit = hn::Set(d, T{1} << 53);
  const auto low_bits = hn::Set(d, T{0xFFF});
  auto inexact = hn::Gt(x, exact_limit);
  if constexpr (hwy::IsSigned<T>()) inexact = hn::Or(inexact, hn::Lt(x, hn::Neg(exact_limit)));
  const auto is_whole = hn::Eq(hn::And(x, low_bits), hn::Zero(d));
  const auto odd = hn::Or(hn::AndNot(low_bits, x), hn::IfThenZeroElse(is_whole, hn::Set(d, T{0x1000})));
  return hn::DemoteTo(to, hn::ConvertTo(hn::Rebind<double, D>(), hn::IfThenElse(inexact, odd, x)));
}

template <class DTo, class D>
LANEWISE_INLINE hn::Vec<DTo> integer_to_float(DTo to, D d, hn::Vec<D> x) {
  using To = hn::TFromD<DTo>;
  using From = hn::TFromD<D>;
  if constexpr (sizeof(To) == sizeof(From)) {
    return hn::ConvertTo(to, x);
  } else if constexpr (sizeof(To) < sizeof(From)) {
    return wide_integer_to_float32(to, d, x);
  } else if constexpr (hwy::IsSigned<From>()) {
    return hn::PromoteTo(to, x);
  } else {
    return hn::ConvertTo(to, hn::BitCast(hn::Rebind<int64_t, D>(), hn::PromoteTo(hn::Rebind<uint64_t, D>(), x)));
  }
}

/// Where the processor knows signed integers alone, the upper half of the range is moved down before and up again after.
template <class DTo, class D>
LANEWISE_INLINE hn::Vec<DTo> float_to_unsigned(DTo to, D d, hn::Vec<D> x) {
  using From = hn::TFromD<D>;
  const hn::RebindToSigned<DTo> integer;
  const auto lowest = hn::Set(to, hn::TFromD<DTo>{1} << (8 * sizeof(From) - 1));
  const auto middle = hn::Set(d, sizeof(From) == 4 ? static_cast<From>(0x1p31F) : static_cast<From>(0x1p63));
  const auto not_negative = hn::IfThenElseZero(hn::Gt(x, hn::Zero(d)), x);
  const auto is_upper = hn::Ge(not_negative, middle);
  const auto moved = hn::Sub(not_negative, hn::IfThenElseZero(is_upper, middle));
  const auto moved_up = hn::IfThenElseZero(hn::RebindMask(to, is_upper), lowest);
  return hn::Xor(hn::BitCast(to, hn::ConvertTo(integer, moved)), moved_up);
}

template <class DTo, class D>
LANEWISE_INLINE hn::Vec<DTo> float64_to_uint32(DTo to, D d, hn::Vec<D> x) {
  const auto limited = hn::Min(hn::IfThenElseZero(hn::Gt(x, hn::Zero(d)), x), hn::Set(d, 4294967295.0));
  const auto moved = hn::Sub(hn::Trunc(limited), hn::Set(d, 0x1p31));
  return hn::Xor(hn::BitCast(to, hn::DemoteTo(hn::RebindToSigned<DTo>(), moved)), hn::Set(to, 0x80000000U));
}

template <class DTo, class D>
LANEWISE_INLINE hn::Vec<DTo> float_to_integer(DTo to, D d, hn::Vec<D> x) {
  using To = hn::TFromD<DTo>;
  using From = hn::TFromD<D>;
  if constexpr (sizeof(To) > sizeof(From)) {
    const hn::Rebind<double, D> wide;
    return float_to_integer(to, wide, hn::PromoteTo(wide, x));
  } else if constexpr (!hwy::IsSigned<To>() && sizeof(To) < sizeof(From)) {
    return float64_to_uint32(to, d, x);
  } else if constexpr (!hwy::IsSigned<To>()) {
    return float_to_unsigned(to, d, x);
  } else {
    const auto number = hn::IfThenElseZero(hn::Eq(x, x), x);
    if constexpr (sizeof(To) < sizeof(From)) {
      return hn::DemoteTo(to, number);
    } else {
      return hn::ConvertTo(to, number);
    }
  }
}

/// `to` and `d` are the tags of the result and of `x`.
template <class DTo, class D>
LANEWISE_INLINE hn::Vec<DTo> convert_number(DTo to, [[maybe_unused]] D d, hn::Vec<D> x) {
  using To = hn::TFromD<DTo>;
  using From = hn::TFromD<D>;
  if constexpr (hwy::IsSame<From, To>()) {
    return x;
  } else if constexpr (!hwy::IsFloat<From>() && !hwy::IsFloat<To>()) {
    return convert_integer(to, d, x);
  } else if constexpr (!hwy::IsFloat<From>()) {
    return integer_to_float(to, d, x);
  } else if constexpr (!hwy::IsFloat<To>()) {
    return float_to_integer(to, d, x);
  } else if constexpr (sizeof(To) > sizeof(From)) {
    return hn::PromoteTo(to, x);
  } else {
    return hn::DemoteTo(to, x);
  }
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
