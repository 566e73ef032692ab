#pragma once
// Bodies of comparisons and of questions about floats: masks come out. Nan is unordered: only `not_equal` holds for it.

#include "kernels/logic.hpp"

namespace lanewise::inline v0::kernels {
namespace {

// Of truth values, false is less than true.
struct truth_less {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::AndNot(x, y);
  }
};
struct truth_less_equal {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Or(hn::Not(x), y);
  }
};
struct truth_equal {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Not(hn::Xor(x, y));
  }
};

struct less {
  using truth = truth_less;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Lt(x, y);
  }
};

struct less_equal {
  using truth = truth_less_equal;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    if constexpr (is_float_tag<D>) {
      return hn::Le(x, y);
    } else {
      return hn::Not(hn::Lt(y, x));
    }
  }
};

/// The body that does the same with its operands exchanged.
template <class Body>
struct Exchanged {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x, hn::Vec<D> y) {
    return Body::apply(d, y, x);
  }
};
struct greater : Exchanged<less> {
  using truth = Exchanged<truth_less>;
};
struct greater_equal : Exchanged<less_equal> {
  using truth = Exchanged<truth_less_equal>;
};

struct equal {
  using truth = truth_equal;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Eq(x, y);
  }
  template <class D>
  static LANEWISE_INLINE auto apply(D, Complex<D> x, Complex<D> y) {
    return hn::And(hn::Eq(x.re, y.re), hn::Eq(x.im, y.im));
  }
};

// Highway's Ne is false for nan on x86.
struct not_equal {
  using truth = bitwise_xor;
  static constexpr bool ignores_sign = true;
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Not(hn::Eq(x, y));
  }
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Complex<D> x, Complex<D> y) {
    return hn::Not(equal::apply(d, x, y));
  }
};

template <class D>
LANEWISE_INLINE hn::Vec<D> infinity(D d) {
  return hn::Set(d, static_cast<hn::TFromD<D>>(__builtin_inf()));
}

struct isnan {
  template <class D>
  static LANEWISE_INLINE auto apply(D, hn::Vec<D> x) {
    return hn::Not(hn::Eq(x, x));
  }
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Complex<D> z) {
    return hn::Or(apply(d, z.re), apply(d, z.im));
  }
};
struct isinf {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return hn::Eq(hn::Abs(x), infinity(d));
  }
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Complex<D> z) {
    return hn::Or(apply(d, z.re), apply(d, z.im));
  }
};
struct isfinite {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    return hn::Lt(hn::Abs(x), infinity(d));
  }
  template <class D>
  static LANEWISE_INLINE auto apply(D d, Complex<D> z) {
    return hn::And(apply(d, z.re), apply(d, z.im));
  }
};
struct signbit {
  template <class D>
  static LANEWISE_INLINE auto apply(D d, hn::Vec<D> x) {
    const hn::RebindToSigned<D> bits;
    return hn::RebindMask(d, hn::Lt(hn::BitCast(bits, x), hn::Zero(bits)));
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
