#pragma once
// Bodies of casts, to each dtype as it travels: convert.hpp has how numbers are converted.

#include "kernels/arithmetic.hpp"
#include "kernels/convert.hpp"
#include "kernels/half_float.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// From the lanes of a truth value to 1 or 0 as a number.
template <class To>
struct truth_to_number {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> truth) {
    const hn::Rebind<To, D> to;
    const auto bits = hn::And(truth, hn::Set(d, 1));
    if constexpr (hwy::IsFloat<To>() && sizeof(To) == sizeof(hn::TFromD<D>)) {
      return hn::And(hn::BitCast(to, truth), hn::Set(to, 1));
    } else if constexpr (hwy::IsFloat<To>()) {
      const hn::Rebind<int32_t, D> narrow;
      return hn::And(hn::BitCast(to, hn::Neg(convert_number(narrow, d, bits))), hn::Set(to, 1));
    } else {
      return convert_number(to, d, bits);
    }
  }
};

template <class To>
struct cast_number {
  static constexpr size_t result_bytes = sizeof(To);
  using truth = truth_to_number<To>;

  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return convert_number(hn::Rebind<To, D>(), d, x);
  }
};

struct cast_int32 : cast_number<int32_t> {};
struct cast_int64 : cast_number<int64_t> {};
struct cast_uint32 : cast_number<uint32_t> {};
struct cast_uint64 : cast_number<uint64_t> {};
struct cast_float32 : cast_number<float> {};
struct cast_float64 : cast_number<double> {};

/// Integers of 8 and 16 bits travel as int32.
template <class Narrow>
struct cast_narrow {
  using truth = truth_to_number<int32_t>;

  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    using T = hn::TFromD<D>;
    const hn::Rebind<int32_t, D> to;
    if constexpr (is_float_tag<D>) {
      const auto number = hn::IfThenElseZero(hn::Eq(x, x), x);
      const auto lowest = hn::Set(d, static_cast<T>(hwy::LimitsMin<Narrow>()));
      const auto highest = hn::Set(d, static_cast<T>(hwy::LimitsMax<Narrow>()));
      return convert_number(to, d, hn::Min(hn::Max(number, lowest), highest));
    } else {
      return convert_number(to, d, limit_integer<Narrow>(d, x));
    }
  }
};

struct cast_int8 : cast_narrow<int8_t> {};
struct cast_int16 : cast_narrow<int16_t> {};
struct cast_uint8 : cast_narrow<uint8_t> {};
struct cast_uint16 : cast_narrow<uint16_t> {};

/// A value of float16 as float32, rounded once.
struct cast_float16 {
  using truth = truth_to_number<float>;

  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    const hn::Rebind<float, D> to;
    if constexpr (hwy::IsSame<hn::TFromD<D>, float>()) {
      return round_to_half(to, x);
    } else if constexpr (is_float_tag<D>) {
      return round_to_half(to, hn::DemoteTo(to, odd_where_inexact(d, x)));
    } else {
      return round_to_half(to, convert_number(to, hn::Rebind<int32_t, D>(), within_a_step_of_infinity(d, x)));
    }
  }

 private:
  /// Cuts a float64 to 24 bits, the last of which is set where others were lost: the rounding that follows sees on which side of a half it was.
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> odd_where_inexact(D d, hn::Vec<D> x) {
    const hn::RebindToUnsigned<D> bits;
    const auto lost = hn::Set(bits, (uint64_t{1} << 29) - 1);
    const auto exact = hn::Eq(hn::And(hn::BitCast(bits, x), lost), hn::Zero(bits));
    const auto last = hn::IfThenZeroElse(exact, hn::Set(bits, uint64_t{1} << 29));
    return hn::BitCast(d, hn::Or(hn::AndNot(lost, hn::BitCast(bits, x)), last));
  }

  /// Integers beyond 2**16 are infinite in float16 and those up to it exact in float32.
  template <class D>
  static LANEWISE_INLINE auto within_a_step_of_infinity(D d, hn::Vec<D> x) {
    const auto limit = hn::Set(d, hn::TFromD<D>{1} << 16);
    const hn::Rebind<int32_t, D> to;
    if constexpr (is_unsigned_tag<D>) {
      return convert_number(to, d, hn::Min(x, limit));
    } else {
      return convert_number(to, d, hn::Min(hn::Max(x, hn::Neg(limit)), limit));
    }
  }
};

template <class Part>
struct truth_to_complex {
  template <class D>
  static LANEWISE_INLINE Complex<hn::Rebind<Part, D>> apply(D d, hn::Vec<D> truth) {
    return {truth_to_number<Part>::apply(d, truth), hn::Zero(hn::Rebind<Part, D>())};
  }
};

template <class Part>
struct cast_complex {
  static constexpr size_t result_bytes = sizeof(Part);
  using truth = truth_to_complex<Part>;

  template <class D>
  static LANEWISE_INLINE Complex<hn::Rebind<Part, D>> apply(D d, hn::Vec<D> x) {
    const hn::Rebind<Part, D> to;
    return {convert_number(to, d, x), hn::Zero(to)};
  }
  template <class D>
  static LANEWISE_INLINE Complex<hn::Rebind<Part, D>> apply(D d, Complex<D> z) {
    const hn::Rebind<Part, D> to;
    return {convert_number(to, d, z.re), convert_number(to, d, z.im)};
  }
};

struct cast_complex64 : cast_complex<float> {};
struct cast_complex128 : cast_complex<double> {};

struct cast_bool {
  using truth = positive;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return hn::Not(hn::Eq(x, hn::Zero(d)));
  }
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Complex<D> z) {
    return hn::Or(apply(d, z.re), apply(d, z.im));
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
