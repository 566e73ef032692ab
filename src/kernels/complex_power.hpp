#pragma once
// Powers of complex values: small whole exponents by multiplication, others as e^(w log z). Both in pairs, so that the error of the
// logarithm, which the exponential magnifies |w log z| times, stays below the result's rounding.
//
// The error is within 4 units in the last place of the modulus while |w log z| < 1000, and grows in proportion beyond.

#include "kernels/complex_exponential.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// A float64 as fraction · 2^exponent, with the fraction between √½ and √2; the scale is 2^-exponent.
struct SplitNumber {
  DoubleVector exponent, scale;
};
LANEWISE_INLINE SplitNumber split_number(DoubleVector x) {
  const DoubleTag d;
  const hn::RebindToUnsigned<DoubleTag> bits;
  constexpr uint64_t one = 0x3ff0000000000000, root_of_half = 0x3fe6a09e667f3bcd, two_to_52 = 0x4330000000000000;
  const auto biased = hn::ShiftRight<52>(hn::Add(hn::BitCast(bits, x), hn::Set(bits, one - root_of_half)));
  const auto exponent = hn::Sub(hn::BitCast(d, hn::Or(biased, hn::Set(bits, two_to_52))), number(0x1p52 + 1023));
  return {exponent, hn::BitCast(d, hn::ShiftLeft<52>(hn::Sub(hn::Set(bits, 2046), biased)))};
}

/// 2 artanh t = 2t + ⅔t³ + …, with t = (m−1)/(m+1) below 0.172; the fifth power and those after it need no pair.
LANEWISE_INLINE Pair pair_log_near_1(Pair m) {
  const auto one = number(1);
  const Pair above = two_sum(m.high, one);
  const Pair t = pair_quotient(quick_two_sum(hn::Sub(m.high, one), m.low), quick_two_sum(above.high, hn::Add(above.low, m.low)));
  const Pair square = pair_product(t, t);
  auto rest = number(2.0 / 27);
  for (int divisor = 25; divisor >= 5; divisor -= 2) rest = hn::MulAdd(rest, square.high, number(2.0 / divisor));
  const Pair first = pair_of(0x1.5555555555555p-1, 0x1.5555555555555p-55);
  const Pair inner = quick_two_sum(first.high, hn::Mul(rest, square.high));
  const Pair factor{inner.high, hn::Add(inner.low, first.low)};
  return pair_sum({hn::Add(t.high, t.high), hn::Add(t.low, t.low)}, pair_product(pair_product(square, factor), t));
}

LANEWISE_INLINE Pair pair_log(Pair x) {
  const SplitNumber parts = split_number(x.high);
  const Pair fraction{hn::Mul(x.high, parts.scale), hn::Mul(x.low, parts.scale)};
  const Pair ln_2 = pair_of(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);
  return pair_sum(pair_product(ln_2, parts.exponent), pair_log_near_1(fraction));
}

// atan(i/16), for the index i
alignas(64) constexpr double arctan_high[] = {0,
                                              0x1.ff55bb72cfdeap-5,
                                              0x1.fd5ba9aac2f6ep-4,
                                              0x1.7b97b4bce5b02p-3,
                                              0x1.f5b75f92c80ddp-3,
                                              0x1.362773707ebccp-2,
                                              0x1.6f61941e4def1p-2,
                                              0x1.a64eec3cc23fdp-2,
                                              0x1.dac670561bb4fp-2,
                                              0x1.0657e94db30dp-1,
                                              0x1.1e00babdefeb4p-1,
                                              0x1.345f01cce37bbp-1,
                                              0x1.4978fa3269ee1p-1,
                                              0x1.5d58987169b18p-1,
                                              0x1.700a7c5784634p-1,
                                              0x1.819d0b7158a4dp-1,
                                              0x1.921fb54442d18p-1};
alignas(64) constexpr double arctan_low[] = {0,
                                             -0x1.c934d86d23f1dp-60,
                                             -0x1.cd37686760c17p-59,
                                             0x1.347b0b4f881cap-58,
                                             0x1.8ab6e3cf7afbdp-57,
                                             -0x1.963a544b672d8p-57,
                                             -0x1.c63aae6f6e918p-56,
                                             -0x1.24dec1b50b7ffp-56,
                                             0x1.a2b7f222f65e2p-56,
                                             -0x1.d5b495f6349e6p-56,
                                             -0x1.928df287a668fp-58,
                                             0x1.1021137c71102p-55,
                                             0x1.2419a87f2a458p-56,
                                             0x1.0028e4bc5e7cap-57,
                                             -0x1.8c34d25aadef6p-56,
                                             -0x1.bf76229d3b917p-56,
                                             0x1.1a62633145c07p-55};

/// atan(y/x) for 0 ≤ y ≤ x: that of the nearest sixteenth c, and the series of t = (y−cx)/(x+cy), which is below 1/31.
LANEWISE_INLINE Pair pair_arctan(DoubleVector y, DoubleVector x) {
  const DoubleTag d;
  const hn::RebindToSigned<DoubleTag> bits;
  const auto slope = hn::Div(y, x);
  const auto bounded = hn::IfThenElse(hn::Lt(slope, number(1)), slope, number(1));
  const auto rounded = hn::Add(hn::Mul(bounded, number(16)), number(0x1p52));
  const auto index = hn::And(hn::BitCast(bits, rounded), hn::Set(bits, 31));
  const auto c = hn::Mul(hn::Sub(rounded, number(0x1p52)), number(1.0 / 16));
  const Pair left = two_product(c, x);
  const Pair right = two_product(c, y);
  const Pair difference = two_sum(y, hn::Neg(left.high));
  const Pair sum = two_sum(x, right.high);
  const Pair t = pair_quotient(quick_two_sum(difference.high, hn::Sub(difference.low, left.low)),
                               quick_two_sum(sum.high, hn::Add(sum.low, right.low)));
  const auto square = hn::Mul(t.high, t.high);
  auto rest = number(1.0 / 13);
  for (int divisor = 11; divisor >= 3; divisor -= 2) rest = hn::MulAdd(rest, hn::Neg(square), number(1.0 / divisor));
  const auto cube = hn::Mul(hn::Neg(square), hn::Mul(t.high, rest));
  const Pair of_c{hn::GatherIndex(d, arctan_high, index), hn::GatherIndex(d, arctan_low, index)};
  return pair_sum(of_c, quick_two_sum(t.high, hn::Add(t.low, cube)));
}

LANEWISE_INLINE Pair pair_argument(ComplexDouble z) {
  const DoubleTag d;
  const auto x = hn::Abs(z.re);
  const auto y = hn::Abs(z.im);
  const auto steep = hn::Gt(y, x);
  const Pair flat = pair_arctan(hn::Min(x, y), hn::Max(x, y));
  const Pair half_pi = pair_of(0x1.921fb54442d18p0, 0x1.1a62633145c07p-54);
  const Pair pi = pair_of(0x1.921fb54442d18p1, 0x1.1a62633145c07p-53);
  const Pair first_quadrant = choose(steep, pair_sum(half_pi, pair_negative(flat)), flat);
  const auto left = hn::Lt(z.re, hn::Zero(d));
  const Pair upper = choose(left, pair_sum(pi, pair_negative(first_quadrant)), first_quadrant);
  const auto sign = hn::CopySign(number(1), z.im);
  return {hn::Mul(upper.high, sign), hn::Mul(upper.low, sign)};
}

struct PairComplex {
  Pair re, im;
};

LANEWISE_INLINE PairComplex pair_complex_product(const PairComplex& x, const PairComplex& y) {
  return {pair_sum(pair_product(x.re, y.re), pair_negative(pair_product(x.im, y.im))),
          pair_sum(pair_product(x.re, y.im), pair_product(x.im, y.re))};
}

/// After NumPy: z⁰ = 1, and 0 to a power is 0 where the real part of the exponent is positive, else nan.
struct ComplexPower {
  static LANEWISE_INLINE Attempt of(ComplexDouble z, ComplexDouble w) {
    const DoubleTag d;
    const Pair square = squared_modulus(z.re, z.im);
    const auto usual = is_usual_square(square.high);
    const auto small = hn::And(usual, is_small_whole(w, square.high));
    if (hn::AllTrue(d, small)) return {by_multiplication(z, w.re), hn::Not(usual)};
    Attempt attempt = by_logarithm(z, w, square);
    attempt.rare = hn::Or(attempt.rare, hn::Not(usual));
    if (hn::AllFalse(d, small)) return attempt;
    const ComplexDouble products = by_multiplication(z, hn::IfThenElseZero(small, w.re));
    return {choose(small, products, attempt.value), hn::AndNot(small, attempt.rare)};
  }

  static WideComplex of_lane(WideComplex z, WideComplex w) {
    const long double exponent = __real__ w;
    if (exponent == 0 && __imag__ w == 0) return wide_complex(1, 0);
    if (__real__ z == 0 && __imag__ z == 0) return exponent > 0 ? wide_complex(0, 0) : wide_complex(__builtin_nanl(""), __builtin_nanl(""));
    const bool is_whole = __imag__ w == 0 && __builtin_fabsl(exponent) <= 64 && __builtin_truncl(exponent) == exponent;
    if (is_whole && !(__builtin_isfinite(__real__ z) && __builtin_isfinite(__imag__ z))) return of_infinite(z, static_cast<int>(exponent));
    return __builtin_cpowl(z, w);
  }

 private:
  /// Whole exponents that need few products, none of which leaves the range.
  static LANEWISE_INLINE DoubleMask is_small_whole(ComplexDouble w, DoubleVector square) {
    const auto count = hn::Abs(w.re);
    const auto whole = hn::And(hn::Eq(w.im, hn::Zero(DoubleTag())), hn::Eq(hn::Round(count), count));
    const auto doublings = hn::Mul(count, hn::Add(hn::Abs(split_number(square).exponent), number(2)));
    return hn::And(whole, hn::And(hn::Le(count, number(64)), hn::Lt(doublings, number(900))));
  }

  static LANEWISE_INLINE ComplexDouble by_multiplication(ComplexDouble z, DoubleVector exponent) {
    const DoubleTag d;
    const auto zero = hn::Zero(d);
    auto count = hn::Abs(exponent);
    PairComplex factor{{z.re, zero}, {z.im, zero}};
    PairComplex result{{number(1), zero}, {zero, zero}};
    while (true) {
      const auto half = hn::Floor(hn::Mul(count, number(0.5)));
      const auto odd = hn::Not(hn::Eq(hn::Add(half, half), count));
      const PairComplex product = pair_complex_product(result, factor);
      result = {choose(odd, product.re, result.re), choose(odd, product.im, result.im)};
      count = half;
      if (hn::AllTrue(d, hn::Eq(count, zero))) break;
      factor = pair_complex_product(factor, factor);
    }
    const auto negative = hn::Lt(exponent, zero);
    const ComplexDouble power{result.re.high, result.im.high};
    if (hn::AllFalse(d, negative)) return power;
    return choose(negative, reciprocal_of(result), power);
  }

  static LANEWISE_INLINE ComplexDouble reciprocal_of(const PairComplex& z) {
    const Pair divisor = pair_sum(pair_product(z.re, z.re), pair_product(z.im, z.im));
    const Pair re = pair_quotient(z.re, divisor);
    const Pair im = pair_quotient(pair_negative(z.im), divisor);
    return {hn::Add(re.high, re.low), hn::Add(im.high, im.low)};
  }

  static LANEWISE_INLINE Attempt by_logarithm(ComplexDouble z, ComplexDouble w, Pair square) {
    const DoubleTag d;
    const Pair log_of_square = pair_log(square);
    const Pair log_modulus{hn::Mul(log_of_square.high, number(0.5)), hn::Mul(log_of_square.low, number(0.5))};
    const Pair argument_of_z = pair_argument(z);
    const Pair growth = pair_sum(pair_product(log_modulus, w.re), pair_product(argument_of_z, hn::Neg(w.im)));
    const Pair angle = pair_sum(pair_product(log_modulus, w.im), pair_product(argument_of_z, w.re));
    const auto modulus = vector_exp(d, growth.high);
    const auto usual = hn::And(hn::Lt(hn::Abs(growth.high), number(708)), hn::Lt(hn::Abs(angle.high), number(greatest_pair_angle)));
    return {from_polar(hn::MulAdd(modulus, growth.low, modulus), angle), hn::Not(usual)};
  }

  static WideComplex of_infinite(WideComplex z, int exponent) {
    WideComplex result = z;
    for (int i = 1; i < __builtin_abs(exponent); ++i) result = result * z;
    return exponent < 0 ? wide_complex(1, 0) / result : result;
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
