#pragma once
// Quotient, sign and square root of complex values.

#include "kernels/complex_math.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Each part is rounded once: quotients of Gaussian integers and quotients by real numbers are exact where they can be.
struct ComplexQuotient {
  static LANEWISE_INLINE Attempt of(ComplexDouble x, ComplexDouble y) {
    const Pair re = sum_of_products(x.re, y.re, x.im, y.im);
    const Pair im = sum_of_products(x.im, y.re, x.re, hn::Neg(y.im));
    const Pair divisor = squared_modulus(y.re, y.im);
    const auto size = hn::Max(hn::Abs(x.re), hn::Abs(x.im));
    const auto usual = hn::And(hn::Or(is_within(0x1p-400, size, 0x1p480), is_zero(x)), is_within(0x1p-900, divisor.high, 0x1p900));
    return {{rounded_quotient(re, divisor), rounded_quotient(im, divisor)}, hn::Not(usual)};
  }
  /// As C's Annex G: of a zero divisor infinity, of an infinite one zero.
  static WideComplex of_lane(WideComplex x, WideComplex y) { return x / y; }

 private:
  static LANEWISE_INLINE DoubleVector rounded_quotient(Pair x, Pair y) {
    const Pair quotient = pair_quotient(x, y);
    const auto exact = hn::Eq(quotient.low, hn::Zero(DoubleTag()));
    return hn::IfThenElse(exact, quotient.high, hn::Add(quotient.high, quotient.low));
  }
};

/// z/|z|, and 0 for 0, as in NumPy.
struct ComplexSign {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const auto square = hn::Add(hn::Mul(z.re, z.re), hn::Mul(z.im, z.im));
    const auto modulus = hn::Sqrt(square);
    const auto zero = is_zero(z);
    const auto sign_of = [&](DoubleVector part) { return hn::IfThenZeroElse(zero, hn::Div(part, modulus)); };
    return {{sign_of(z.re), sign_of(z.im)}, hn::Not(hn::Or(is_usual_square(square), zero))};
  }
  static WideComplex of_lane(WideComplex z) {
    const long double re = __real__ z;
    const long double im = __imag__ z;
    const bool infinite_re = __builtin_isinf(re);
    const bool infinite_im = __builtin_isinf(im);
    if (infinite_re && infinite_im) return wide_complex(__builtin_nanl(""), __builtin_nanl(""));
    if (infinite_re) return wide_complex(__builtin_copysignl(1, re), 0);
    if (infinite_im) return wide_complex(0, __builtin_copysignl(1, im));
    const long double modulus = __builtin_hypotl(re, im);
    return wide_complex(re / modulus, im / modulus);
  }
};

/// The root whose real part is not negative. Kahan 1987: the larger part by the half of |z| + |x|, the other by division.
struct ComplexSquareRoot {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const DoubleTag d;
    const auto square = hn::Add(hn::Mul(z.re, z.re), hn::Mul(z.im, z.im));
    const auto zero = is_zero(z);
    const auto half_sum = hn::Mul(number(0.5), hn::Add(hn::Sqrt(square), hn::Abs(z.re)));
    const auto larger = hn::Sqrt(half_sum);
    const auto smaller = hn::IfThenElse(zero, z.im, hn::Div(z.im, hn::Add(larger, larger)));
    const auto negative = hn::Lt(z.re, hn::Zero(d));
    const ComplexDouble root =
        choose(negative, ComplexDouble{hn::Abs(smaller), hn::CopySign(larger, z.im)}, ComplexDouble{larger, smaller});
    return {root, hn::Not(hn::Or(is_usual_square(square), zero))};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_csqrtl(z); }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
