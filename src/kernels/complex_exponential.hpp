#pragma once
// Exponentials and logarithms of complex values.

#include "kernels/complex_math.hpp"
#include "kernels/power_of_ten.hpp"

namespace lanewise::inline v0::kernels {
namespace {

LANEWISE_INLINE DoubleMask is_finite(DoubleVector x) { return hn::Lt(hn::Abs(x), infinity(DoubleTag())); }

/// modulus · (cos angle + i sin angle); exactly real where the angle is 0.
LANEWISE_INLINE ComplexDouble from_polar(DoubleVector modulus, DoubleVector angle) {
  const auto turn = part_sincos(angle);
  return {hn::Mul(modulus, turn.cosine), hn::Mul(modulus, turn.sine)};
}

constexpr double greatest_pair_angle = 0x1p35;

/// The same, for an angle whose error would show, and which is below that: three terms of the series in its low part are enough.
LANEWISE_INLINE ComplexDouble from_polar(DoubleVector modulus, Pair angle) {
  const auto turn = part_sincos(angle.high);
  const auto versine = hn::Mul(number(0.5), hn::Mul(angle.low, angle.low));
  const auto cosine_change = hn::Add(hn::Mul(turn.sine, angle.low), hn::Mul(turn.cosine, versine));
  const auto sine_change = hn::Sub(hn::Mul(turn.sine, versine), hn::Mul(turn.cosine, angle.low));
  return {hn::Mul(modulus, hn::Sub(turn.cosine, cosine_change)), hn::Mul(modulus, hn::Sub(turn.sine, sine_change))};
}

struct ComplexExponential {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const auto usual = hn::And(is_within(-708, z.re, 709), is_finite(z.im));
    return {from_polar(vector_exp(DoubleTag(), z.re), z.im), hn::Not(usual)};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_cexpl(z); }
};

/// base^z, being base^x (cos(y ln base) + i sin(y ln base)). Of a greater angle, above 2^35, the long double of the rare
/// lanes knows the multiple of 2π that it holds less and less.
template <class Base>
struct ComplexExponentialOfBase {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const Pair angle = pair_product(pair_of(Base::ln, Base::ln_low), z.im);
    const auto usual = hn::And(is_within(Base::least, z.re, Base::greatest), is_within(-1, hn::Abs(angle.high), greatest_pair_angle));
    const ComplexDouble power = from_polar(Base::power(z.re), angle);
    const auto real = hn::Eq(z.im, hn::Zero(DoubleTag()));  // of a zero that pairs do not know the sign of
    return {{power.re, hn::IfThenElse(real, z.im, power.im)}, hn::Not(usual)};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_cexpl(wide_complex(__real__ z * Base::wide_ln, __imag__ z * Base::wide_ln)); }
};

struct BaseTwo {
  static constexpr double least = -1021, greatest = 1023;  // of an exponent whose power is a normal number
  static constexpr double ln = 0x1.62e42fefa39efp-1, ln_low = 0x1.abc9e3b39803fp-56;
  static constexpr long double wide_ln = 0.693147180559945309417232121458176568L;
  static LANEWISE_INLINE DoubleVector power(DoubleVector x) { return part_exp2(x); }
};
using ComplexExponential2 = ComplexExponentialOfBase<BaseTwo>;

struct BaseTen {
  static constexpr double least = -307, greatest = 308;
  static constexpr double ln = 0x1.26bb1bbb55516p+1, ln_low = -2.1707562233822494e-16;
  static constexpr long double wide_ln = 2.302585092994045684017991454684364208L;
  static LANEWISE_INLINE DoubleVector power(DoubleVector x) { return power_of_ten(DoubleTag(), x); }
};
using ComplexExponential10 = ComplexExponentialOfBase<BaseTen>;

/// e^z − 1 = (e^x − 1) cos y − (1 − cos y) + i e^x sin y
struct ComplexExponentialMinus1 {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const auto turn = part_sincos(z.im);
    const auto one = number(1);
    const auto right_of_axis = hn::Gt(turn.cosine, hn::Zero(DoubleTag()));
    const auto small_versine = hn::Div(hn::Mul(turn.sine, turn.sine), hn::Add(one, turn.cosine));
    const auto versine = hn::IfThenElse(right_of_axis, small_versine, hn::Sub(one, turn.cosine));
    const auto re = hn::Sub(hn::Mul(same_near_zero(DoubleTag(), sleef_expm1(z.re), z.re), turn.cosine), versine);
    const auto im = hn::Mul(vector_exp(DoubleTag(), z.re), turn.sine);
    return {{re, im}, hn::Not(hn::And(hn::Lt(z.re, number(709)), is_finite(z.im)))};
  }
  static WideComplex of_lane(WideComplex z) {
    const WideComplex power = __builtin_cexpl(z);
    return wide_complex(__real__ power - 1, __imag__ power);
  }
};

// ---- Logarithms: log |z| + i arg z

/// log of a pair, to one rounding: the derivative takes care of the low part. Exact cancellation near 1 is in the pair.
template <class Logarithm>
LANEWISE_INLINE DoubleVector half_log(Logarithm logarithm, double slope, Pair square) {
  const auto correction = hn::Mul(number(slope), hn::Div(square.low, square.high));
  return hn::Mul(number(0.5), hn::Add(logarithm(square.high), correction));
}

LANEWISE_INLINE DoubleVector argument(ComplexDouble z) { return vector_arctan2(DoubleTag(), z.im, z.re); }

LANEWISE_INLINE DoubleVector natural_log(DoubleVector x) { return part_log(x); }

struct ComplexLogarithm {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const Pair square = squared_modulus(z.re, z.im);
    return {{half_log(natural_log, 1, square), argument(z)}, hn::Not(is_usual_square(square.high))};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_clogl(z); }
};

inline constexpr double log2_e = 0x1.71547652b82fep0;
inline constexpr double log10_e = 0x1.bcb7b1526e50ep-2;

/// Logarithms of another base, `slope` being that of e.
template <class Logarithm>
LANEWISE_INLINE Attempt logarithm_of_base(Logarithm logarithm, double slope, ComplexDouble z) {
  const Pair square = squared_modulus(z.re, z.im);
  return {{half_log(logarithm, slope, square), hn::Mul(number(slope), argument(z))}, hn::Not(is_usual_square(square.high))};
}

inline WideComplex wide_logarithm_of_base(long double slope, WideComplex z) {
  const WideComplex natural = __builtin_clogl(z);
  return wide_complex(slope * __real__ natural, slope * __imag__ natural);
}

struct ComplexLogarithm2 {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const auto logarithm = [](DoubleVector x) __attribute__((always_inline)) { return part_log2(x); };
    return logarithm_of_base(logarithm, log2_e, z);
  }
  static WideComplex of_lane(WideComplex z) { return wide_logarithm_of_base(1.442695040888963407359924681001892137L, z); }
};

struct ComplexLogarithm10 {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const auto logarithm = [](DoubleVector x) __attribute__((always_inline)) { return part_log10(x); };
    return logarithm_of_base(logarithm, log10_e, z);
  }
  static WideComplex of_lane(WideComplex z) { return wide_logarithm_of_base(0.434294481903251827651128918916605082L, z); }
};

/// log |1+z| is half the log1p of 2x + x² + y², in pairs, as these may cancel; near −1 it is the log of (1+x)² + y², 1+x being exact there.
struct ComplexLogarithmOf1Plus {
  static LANEWISE_INLINE Attempt of(ComplexDouble z) {
    const DoubleTag d;
    const auto one = number(1);
    const auto shifted = hn::Add(one, z.re);
    const Pair square = squared_modulus(z.re, z.im);
    const Pair excess = pair_sum(square, {hn::Add(z.re, z.re), hn::Zero(d)});
    const auto correction = hn::Div(excess.low, hn::Add(one, excess.high));
    auto re = hn::Mul(number(0.5), hn::Add(vector_log1p(d, excess.high), correction));
    const auto near_pole = hn::Lt(excess.high, number(-0.875));
    if (!hn::AllFalse(d, near_pole)) re = hn::IfThenElse(near_pole, half_log(natural_log, 1, squared_modulus(shifted, z.im)), re);
    const auto pole = hn::And(near_pole, hn::Lt(hn::Max(hn::Abs(shifted), hn::Abs(z.im)), number(0x1p-480)));
    const auto usual = hn::Lt(square.high, number(greatest_square));
    return {{re, argument({shifted, z.im})}, hn::Or(pole, hn::Not(usual))};
  }
  static WideComplex of_lane(WideComplex z) { return __builtin_clogl(wide_complex(1 + __real__ z, __imag__ z)); }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
