#pragma once
// Bodies of arithmetic. Integers wrap; `+` and `*` of truth values are `or` and `and`.

#include "kernels/complex_arithmetic.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct add {
  using truth = bitwise_or;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Add(x, y);
  }
  template <class D>
  static LANEWISE_INLINE Complex<D> apply(D, Complex<D> x, Complex<D> y) {
    return {hn::Add(x.re, y.re), hn::Add(x.im, y.im)};
  }
};

struct subtract {
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Sub(x, y);
  }
  template <class D>
  static LANEWISE_INLINE Complex<D> apply(D, Complex<D> x, Complex<D> y) {
    return {hn::Sub(x.re, y.re), hn::Sub(x.im, y.im)};
  }
};

struct multiply {
  using truth = bitwise_and;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Mul(x, y);
  }
  /// As NumPy's, by the school's formula: products of infinities may be nan.
  template <class D>
  static LANEWISE_INLINE Complex<D> apply(D, Complex<D> x, Complex<D> y) {
    return {hn::Sub(hn::Mul(x.re, y.re), hn::Mul(x.im, y.im)), hn::Add(hn::Mul(x.re, y.im), hn::Mul(x.im, y.re))};
  }
};

struct divide {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Div(x, y);
  }
  static constexpr bool long_for_complex = true;
  LANEWISE_COMPLEX_BODY_OF_TWO(ComplexQuotient)
};

struct positive {
  using truth = positive;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x) {
    return x;
  }
  template <class D>
  static LANEWISE_INLINE Complex<D> apply(D, Complex<D> z) {
    return z;
  }
};

struct negative {
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x) {
    return hn::Neg(x);
  }
  template <class D>
  static LANEWISE_INLINE Complex<D> apply(D, Complex<D> z) {
    return {hn::Neg(z.re), hn::Neg(z.im)};
  }
};

struct absolute {
  using truth = positive;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x) {
    if constexpr (is_unsigned_tag<D>) {
      return x;
    } else {
      return hn::Abs(x);
    }
  }
  static constexpr bool long_for_complex = true;
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> apply(D d, Complex<D> z) {
    return vector_hypot(d, z.re, z.im);
  }
};

/// -1, 0 or 1; of either zero +0, of nan nan.
struct sign {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    [[maybe_unused]] const auto zero = hn::Zero(d);
    const auto one = hn::Set(d, 1);
    if constexpr (is_float_tag<D>) {
      const auto unit = hn::CopySign(one, x);
      return hn::IfThenElse(hn::Eq(x, x), hn::IfThenElse(hn::Eq(x, zero), zero, unit), x);
    } else if constexpr (is_unsigned_tag<D>) {
      return hn::Min(x, one);
    } else {
      return hn::IfThenElse(hn::Gt(x, zero), one, hn::IfThenElse(hn::Lt(x, zero), hn::Neg(one), zero));
    }
  }
  static constexpr bool long_for_complex = true;
  LANEWISE_COMPLEX_BODY(ComplexSign)
};

// Nan wins, and -0 is less than +0, so that the order of the operands never matters. Of the two ways round, `less_or_second` gives the same
// unless the operands are zeros of two signs (then the union of their bits is -0) or one is nan (then a union with its bits is nan).
struct minimum {
  using truth = bitwise_and;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    if constexpr (is_float_tag<D>) {
      return hn::Or(less_or_second(d, x, y), less_or_second(d, y, x));
    } else {
      return hn::Min(x, y);
    }
  }
};

struct maximum {
  using truth = bitwise_or;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    if constexpr (is_float_tag<D>) {
      return hn::Neg(minimum::apply(d, hn::Neg(x), hn::Neg(y)));
    } else {
      return hn::Max(x, y);
    }
  }
};

/// `Body` where both operands are numbers, else the one that is.
template <class Body>
struct NanLoses {
  using truth = typename Body::truth;
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    const auto result = Body::apply(d, x, y);
    if constexpr (is_float_tag<D>) {
      return hn::IfThenElse(hn::Eq(x, x), hn::IfThenElse(hn::Eq(y, y), result, x), y);
    } else {
      return result;
    }
  }
};
struct fmin : NanLoses<minimum> {};
struct fmax : NanLoses<maximum> {};

/// Of integers toward zero: 0 but for 1 and -1; of 0 too.
struct reciprocal {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    const auto one = hn::Set(d, 1);
    if constexpr (is_float_tag<D>) {
      return hn::Div(one, x);
    } else if constexpr (is_unsigned_tag<D>) {
      return hn::IfThenElseZero(hn::Eq(x, one), x);
    } else {
      return hn::IfThenElseZero(hn::Eq(hn::Abs(x), one), x);
    }
  }
  template <class D>
  static LANEWISE_INLINE Complex<D> apply(D d, Complex<D> z) {
    const Complex<D> one{hn::Set(d, 1), hn::Zero(d)};
    return apply_complex<ComplexQuotient>(d, one, z);
  }
};

#if HWY_TARGET == HWY_SSE4
inline float fma_lane(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
inline double fma_lane(double x, double y, double z) { return __builtin_fma(x, y, z); }

/// The processor has no such instruction; the C library rounds once nevertheless.
template <class D>
LANEWISE_OUTLINE_VALUE Register fma_lanes(Register x, Register y, Register z) {
  alignas(vector_bytes) hn::TFromD<D> xs[lane_count<D>], ys[lane_count<D>], zs[lane_count<D>];
  const D d;
  hn::Store(from_register(d, x), d, xs);
  hn::Store(from_register(d, y), d, ys);
  hn::Store(from_register(d, z), d, zs);
  for (size_t i = 0; i < lane_count<D>; ++i) xs[i] = fma_lane(xs[i], ys[i], zs[i]);
  return to_register(d, hn::Load(d, xs));
}
#endif

/// x y + z, rounded once.
struct fma {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Register x, hn::Vec<D> y, hn::Vec<D> z) {
#if HWY_TARGET == HWY_SSE4
    return from_register(d, fma_lanes<D>(x, to_register(d, y), to_register(d, z)));
#else
    return hn::MulAdd(from_register(d, x), y, z);
#endif
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
