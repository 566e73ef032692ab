#pragma once
// Bodies of division with remainder, powers and roots.

#include "kernels/complex_arithmetic.hpp"
#include "kernels/complex_power.hpp"
#include "kernels/constant_divisor.hpp"
#include "kernels/convert.hpp"
#include "kernels/exact_fmod.hpp"
#include "kernels/vector_math.hpp"

namespace lanewise::inline v0::kernels {
namespace {

// ---- Integer division: by zero gives 0, and the lowest value divided by -1 wraps.

template <Toward toward>
struct IntegerQuotient {
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    using T = hn::TFromD<D>;
    if constexpr (sizeof(T) == 8) {
      return lane_by_lane(d, divide_lane<T>, x, y);
    } else if constexpr (is_unsigned_tag<D>) {
      return hn::IfThenZeroElse(hn::Eq(y, hn::Zero(d)), through_float64(d, x, y));
    } else {
      const auto minus_one = hn::Eq(y, hn::Set(d, -1));
      const auto quotient = hn::IfThenElse(minus_one, hn::Neg(x), through_float64(d, x, y));
      return hn::IfThenZeroElse(hn::Eq(y, hn::Zero(d)), quotient);
    }
  }

 private:
  template <class T>
  static T divide_lane(T x, T y) {
    if (y == 0) return 0;
    if constexpr (hwy::IsSigned<T>()) {
      if (y == -1) return static_cast<T>(-static_cast<uint64_t>(x));
      const T quotient = x / y;
      const bool too_high = toward == Toward::minus_infinity && (x < 0) != (y < 0) && quotient * y != x;
      return too_high ? quotient - 1 : quotient;
    } else {
      return x / y;
    }
  }

  /// Exact for 32 bits: a quotient that is not whole differs from the next whole number by more than its rounding.
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> through_float64(D d, hn::Vec<D> x, hn::Vec<D> y) {
    if constexpr (is_half<D>) {
      const hn::Rebind<double, D> wide;
      const auto quotient = hn::Div(convert_number(wide, d, x), convert_number(wide, d, y));
      return convert_number(d, wide, toward == Toward::zero ? hn::Trunc(quotient) : hn::Floor(quotient));
    } else {
      const hn::Half<D> half;
      const auto low = through_float64(half, hn::LowerHalf(half, x), hn::LowerHalf(half, y));
      const auto high = through_float64(half, hn::UpperHalf(half, x), hn::UpperHalf(half, y));
      return hn::Combine(d, high, low);
    }
  }
};

template <Toward toward, class D>
LANEWISE_INLINE hn::Vec<D> integer_remainder(D d, hn::Vec<D> x, hn::Vec<D> y) {
  const auto quotient = IntegerQuotient<toward>::apply(d, x, y);
  return hn::IfThenZeroElse(hn::Eq(y, hn::Zero(d)), hn::Sub(x, hn::Mul(quotient, y)));
}

/// Stein's algorithm: differences and shifts alone. The result is not negative, but for the lowest value, which wraps.
template <class T>
T common_divisor(T x, T y) {
  const auto magnitude = [](T value) {
    const auto bits = static_cast<uint64_t>(value);
    return hwy::IsSigned<T>() && value < T{0} ? 0 - bits : bits;
  };
  uint64_t a = magnitude(x);
  uint64_t b = magnitude(y);
  if (a == 0 || b == 0) return static_cast<T>(a | b);
  const int shared_twos = __builtin_ctzll(a | b);
  a >>= __builtin_ctzll(a);
  do {
    b >>= __builtin_ctzll(b);
    const uint64_t smaller = a < b ? a : b;
    b = a < b ? b - a : a - b;
    a = smaller;
  } while (b != 0);
  return static_cast<T>(a << shared_twos);
}

struct gcd {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    return lane_by_lane(d, common_divisor<hn::TFromD<D>>, x, y);
  }
};

// ---- Float division with remainder, after NumPy's definition (numpy/_core/src/npymath, npy_divmod).

template <class D>
struct FloorDivision {
  hn::Vec<D> quotient, remainder;
};

template <class D>
LANEWISE_INLINE FloorDivision<D> divide_to_floor(D d, hn::Vec<D> x, hn::Vec<D> y) {
  const auto zero = hn::Zero(d);
  const auto one = hn::Set(d, 1);
  const auto truncated = exact_fmod(d, x, y);
  const auto has_remainder = hn::Not(hn::Eq(truncated, zero));
  const auto differ_in_sign = hn::And(has_remainder, hn::Xor(hn::Lt(y, zero), hn::Lt(truncated, zero)));
  const auto whole = hn::Div(hn::Sub(x, truncated), y);
  const auto lowered = hn::Sub(whole, hn::IfThenElseZero(differ_in_sign, one));
  const auto floored = hn::Floor(lowered);
  const auto snapped =
      hn::IfThenElse(hn::Gt(hn::Sub(lowered, floored), hn::Set(d, static_cast<hn::TFromD<D>>(0.5))), hn::Add(floored, one), floored);
  const auto by_zero = hn::Eq(y, zero);
  const auto true_quotient = hn::Div(x, y);
  const auto quotient = hn::IfThenElse(hn::Eq(lowered, zero), hn::CopySign(zero, true_quotient), snapped);
  const auto moved = hn::IfThenElse(differ_in_sign, hn::Add(truncated, y), truncated);
  const auto remainder = hn::IfThenElse(has_remainder, moved, hn::CopySign(zero, y));
  return {hn::IfThenElse(by_zero, true_quotient, quotient), hn::IfThenElse(by_zero, truncated, remainder)};
}

struct floor_divide {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    if constexpr (is_float_tag<D>) {
      return divide_to_floor(d, x, y).quotient;
    } else {
      return IntegerQuotient<Toward::minus_infinity>::apply(d, x, y);
    }
  }
  template <class D, class T>
  static LANEWISE_INLINE auto apply_constant(D d, hn::Vec<D> x, ConstantDivisor<T> y) {
    return y.template quotient<Toward::minus_infinity>(d, x);
  }
};

struct remainder {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    if constexpr (is_float_tag<D>) {
      return divide_to_floor(d, x, y).remainder;
    } else {
      return integer_remainder<Toward::minus_infinity>(d, x, y);
    }
  }
  template <class D, class T>
  static LANEWISE_INLINE auto apply_constant(D d, hn::Vec<D> x, ConstantDivisor<T> y) {
    return y.template remainder<Toward::minus_infinity>(d, x);
  }
};

struct fmod {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    if constexpr (is_float_tag<D>) {
      return exact_fmod(d, x, y);
    } else {
      return integer_remainder<Toward::zero>(d, x, y);
    }
  }
  template <class D, class T>
  static LANEWISE_INLINE auto apply_constant(D d, hn::Vec<D> x, ConstantDivisor<T> y) {
    return y.template remainder<Toward::zero>(d, x);
  }
};

// ---- Powers and roots

/// Integers by squaring, wrapping.
template <class D>
LANEWISE_INLINE hn::Vec<D> whole_power(D d, hn::Vec<D> base, hn::Vec<D> exponent) {
  const auto zero = hn::Zero(d);
  const auto one = hn::Set(d, 1);
  auto result = one;
  auto square = base;
  auto rest = exponent;
  while (!hn::AllTrue(d, hn::Eq(rest, zero))) {
    result = hn::IfThenElse(hn::Eq(hn::And(rest, one), one), hn::Mul(result, square), result);
    square = hn::Mul(square, square);
    rest = hn::ShiftRight<1>(rest);
  }
  return result;
}

/// Below an exponent of 0 the true value truncated, and 0 for a base of 0.
template <class D>
LANEWISE_INLINE hn::Vec<D> integer_power(D d, hn::Vec<D> base, hn::Vec<D> exponent) {
  if constexpr (is_unsigned_tag<D>) {
    return whole_power(d, base, exponent);
  } else {
    const auto one = hn::Set(d, 1);
    const auto negative_exponent = hn::Lt(exponent, hn::Zero(d));
    const auto result = whole_power(d, base, hn::IfThenZeroElse(negative_exponent, exponent));
    const auto is_odd = hn::Eq(hn::And(exponent, one), one);
    const auto of_minus_one = hn::IfThenElse(hn::And(is_odd, hn::Eq(base, hn::Neg(one))), base, one);
    const auto reciprocal = hn::IfThenElseZero(hn::Eq(hn::Abs(base), one), of_minus_one);
    return hn::IfThenElse(negative_exponent, reciprocal, result);
  }
}

struct power {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    if constexpr (is_float_tag<D>) {
      return vector_power(d, x, y);
    } else {
      return integer_power(d, x, y);
    }
  }
  LANEWISE_COMPLEX_BODY_OF_TWO(ComplexPower)
};

struct sqrt {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x) {
    return hn::Sqrt(x);
  }
  static constexpr bool long_for_complex = true;
  LANEWISE_COMPLEX_BODY(ComplexSquareRoot)
};

struct cbrt {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return vector_cbrt(d, x);
  }
};

struct hypot {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    return vector_hypot(d, x, y);
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
