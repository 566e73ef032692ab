#pragma once
// Folding bodies: how two values of a reduction become one. How elements are brought to them: kernels/fold_steps.hpp.
//
// A body is a struct named as the row, with
//   static combine(d, x, y)   on vectors of accumulators, x being the earlier elements
//   of_nothing                what no elements give, where the row allows that
//   is_short                  declared if combine is one instruction, and folds were measured to be faster where nothing is asked for
//   neutral                   declared if the instruction `sum_last` is combine for float64: gives of it and an element the element, signed zeros too
//   quick(d, x, y)            if there is one, the same for fewer instructions, unless an element is nan or the result is
//   doubtful                  the zero that the other one wins against
//   result(value)             if there is one, changes the accumulator that is left at the end
// Accumulators are float64, int64 or uint64: every dtype that is folded fits one of them exactly. Complex sums are sums of their parts.
// A body of positions compares: `wins(d, y, x)` is where y is chosen over an earlier x.

#include "kernels/arithmetic.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct sum {
  static constexpr bool is_short = true;
  static constexpr double neutral = -0.0;
  static constexpr int of_nothing = 0;
  /// As if the sum had begun with 0: no sum is -0.
  template <class Accumulator>
  static LANEWISE_INLINE Accumulator result(Accumulator value) {
    return value + Accumulator{0};
  }
  template <class D>
  static LANEWISE_INLINE auto combine(D d, hn::Vec<D> x, hn::Vec<D> y) {
    return add::apply(d, x, y);
  }
};

struct product {
  static constexpr int of_nothing = 1;
  template <class D>
  static LANEWISE_INLINE auto combine(D d, hn::Vec<D> x, hn::Vec<D> y) {
    return multiply::apply(d, x, y);
  }
};

struct smallest {
  static constexpr double doubtful = 0.0;
  template <class D>
  static LANEWISE_INLINE auto combine(D d, hn::Vec<D> x, hn::Vec<D> y) {
    return minimum::apply(d, x, y);
  }
  template <class D>
  static LANEWISE_INLINE auto quick(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Min(x, y);
  }
};

struct largest {
  static constexpr double doubtful = -0.0;
  template <class D>
  static LANEWISE_INLINE auto combine(D d, hn::Vec<D> x, hn::Vec<D> y) {
    return maximum::apply(d, x, y);
  }
  template <class D>
  static LANEWISE_INLINE auto quick(D, hn::Vec<D> x, hn::Vec<D> y) {
    return hn::Max(x, y);
  }
};

// Of truth values, as 0 or 1.
struct any : largest {
  static constexpr int of_nothing = 0;
};
struct all : smallest {
  static constexpr int of_nothing = 1;
};

/// The other body, with nan losing against any number.
template <class Body>
struct WithoutNan {
  template <class D>
  static LANEWISE_INLINE auto combine(D d, hn::Vec<D> x, hn::Vec<D> y) {
    if constexpr (is_float_tag<D>) {
      return hn::IfThenElse(hn::Eq(x, x), hn::IfThenElse(hn::Eq(y, y), Body::combine(d, x, y), x), y);
    } else {
      return Body::combine(d, x, y);
    }
  }
};
struct nanmin : WithoutNan<smallest> {};
struct nanmax : WithoutNan<largest> {};

/// Where `y` is nan and `x` is not.
template <class D>
LANEWISE_INLINE hn::Mask<D> only_first_is_nan(D, hn::Vec<D> y, hn::Vec<D> x) {
  return hn::And(hn::Not(hn::Eq(y, y)), hn::Eq(x, x));
}

struct argmin {
  template <class D>
  static LANEWISE_INLINE hn::Mask<D> wins(D d, hn::Vec<D> y, hn::Vec<D> x) {
    if constexpr (is_float_tag<D>) {
      return hn::Or(hn::Lt(y, x), only_first_is_nan(d, y, x));
    } else {
      return hn::Lt(y, x);
    }
  }
};

struct argmax {
  template <class D>
  static LANEWISE_INLINE hn::Mask<D> wins(D d, hn::Vec<D> y, hn::Vec<D> x) {
    if constexpr (is_float_tag<D>) {
      return hn::Or(hn::Lt(x, y), only_first_is_nan(d, y, x));
    } else {
      return hn::Lt(x, y);
    }
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
