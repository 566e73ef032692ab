#pragma once
// Sine and cosine, alone and both of one angle, with the same bits either way, and the tangent.
//
// Where multiply-add is fused they are computed here, both from one reduction; else by the library. x = q pi/2 + r with q the whole number
// nearest to x / (pi/2) and |r| < 0.786; pi/2 is in parts, whose products with q are subtracted one after another (Cody and Waite, "Software
// manual for the elementary functions", 1980), the first exactly. sin(r) = r + r^3 S(r^2) and cos(r) = 1 - r^2/2 + r^4 C(r^2), S and C being
// minimax polynomials; q chooses one of them, and its sign.
//
// The tangent is the quotient of sine and cosine as pairs of numbers. float64, within 0.8 ulp: what r loses in rounding is carried along. float32, within 0.51 ulp, goes through float64: no float32 below 2^30 is
// so near to a multiple of pi/2 that r would lose anything that float32 sees.

#include "kernels/polynomial.hpp"
#include "kernels/tile.hpp"
#include "kernels/vector_math.hpp"

namespace lanewise::inline v0::kernels {
namespace {

template <class Vector>
struct SineAndCosine {
  Vector sine, cosine;
};

/// Of float64: x - q pi/2. Angles above are left to the library.
inline constexpr double largest_reduced_angle = 1e9;
inline constexpr double half_pi_high = 0x1.921fb54442d18p0, half_pi_middle = 0x1.1a62633145c07p-54, half_pi_low = -0x1.f1976b7ed8fbcp-110;

template <class D>
struct Quotient {
  hn::Vec<D> q;
  hn::VFromD<hn::RebindToSigned<D>> quarter_turns;  ///< the low bits are those of q
};

template <class D>
LANEWISE_INLINE Quotient<D> count_quarter_turns(D d, hn::Vec<D> x) {
  const auto shifter = hn::Set(d, 0x1.8p52);  // added to this, a number is rounded to a whole one
  const auto shifted = hn::MulAdd(x, hn::Set(d, 0x1.45f306dc9c883p-1), shifter);
  return {hn::Sub(shifted, shifter), hn::BitCast(hn::RebindToSigned<D>(), shifted)};
}

/// From sine and cosine of r to those of r + q pi/2.
template <class D>
LANEWISE_INLINE SineAndCosine<hn::Vec<D>> turn(D d, hn::VFromD<hn::RebindToSigned<D>> quarter_turns, hn::Vec<D> sine, hn::Vec<D> cosine) {
  const hn::RebindToSigned<D> whole;
  const auto one = hn::Set(whole, 1);
  const auto odd = hn::RebindMask(d, hn::TestBit(quarter_turns, one));
  const auto second_bit_as_sign = [&](auto turns) __attribute__((always_inline)) {
    return hn::And(hn::BitCast(d, hn::ShiftLeft<62>(turns)), hn::Set(d, -0.0));
  };
  return {hn::Xor(hn::IfThenElse(odd, cosine, sine), second_bit_as_sign(quarter_turns)),
          hn::Xor(hn::IfThenElse(odd, sine, cosine), second_bit_as_sign(hn::Add(quarter_turns, one)))};
}

/// Of float64: sine and cosine of r, each as a sum that is yet to be rounded, with the lanes where that is not to be had: large angles, and those whose
/// r is so small that it loses more than it carries.
template <class D>
struct UsualAngle {
  hn::VFromD<hn::RebindToSigned<D>> quarter_turns;  // not a Quotient: a struct in a struct would go through memory
  hn::Vec<D> r, sine_rest;
  hn::Vec<D> parabola, cosine_rest;
  hn::Mask<D> rare;
};

template <class D>
LANEWISE_INLINE UsualAngle<D> reduce_angle(D d, hn::Vec<D> x) {
  constexpr double sine_curve[] = {0x1.5d8fa3765d455p-33,  -0x1.ae5e59f7155e6p-26, 0x1.71de356714d58p-19,
                                   -0x1.a01a019bfd1bdp-13, 0x1.111111110f7cap-7,   -0x1.5555555555548p-3};
  constexpr double cosine_curve[] = {-0x1.8fa465f5db196p-37, 0x1.1ee9d7529243fp-29,  -0x1.27e4f7ea377c9p-22,
                                     0x1.a01a019c8390ap-16,  -0x1.6c16c16c14f8ap-10, 0x1.555555555554bp-5};
  const Quotient<D> quotient = count_quarter_turns(d, x);
  const auto near = hn::NegMulAdd(quotient.q, hn::Set(d, half_pi_high), x);  // exact: a multiple of 2^-53, or x itself
  const auto r = hn::NegMulAdd(quotient.q, hn::Set(d, half_pi_middle), near);
  // The difference is exact where `near` is at least twice the product with the middle part.
  const auto lost = hn::NegMulAdd(quotient.q, hn::Set(d, half_pi_middle), hn::Sub(near, r));
  const auto low = hn::NegMulAdd(quotient.q, hn::Set(d, half_pi_low), lost);
  const auto is_near_multiple = hn::Lt(hn::Abs(near), hn::Mul(hn::Abs(quotient.q), hn::Set(d, 0x1p-52)));

  const auto square = hn::Mul(r, r);
  const auto half_r = hn::Mul(r, hn::Set(d, 0.5));
  const auto one = hn::Set(d, 1);
  const auto parabola = hn::NegMulAdd(r, half_r, one);
  const auto sine_rest = hn::MulAdd(hn::Mul(r, square), polynomial(d, square, sine_curve), hn::Mul(low, parabola));
  const auto parabola_lost = hn::NegMulAdd(r, half_r, hn::Sub(one, parabola));
  const auto cosine_rest =
      hn::MulAdd(hn::Mul(square, square), polynomial(d, square, cosine_curve), hn::NegMulAdd(r, low, parabola_lost));
  const auto rare = hn::Or(is_near_multiple, hn::Gt(hn::Abs(x), hn::Set(d, largest_reduced_angle)));
  return {quotient.quarter_turns, r, sine_rest, parabola, cosine_rest, rare};
}

/// Of float64 that was float32, to the precision of float32; |x| is below the largest reduced angle.
template <class D>
LANEWISE_INLINE SineAndCosine<hn::Vec<D>> turn_of_widened(D d, hn::Vec<D> x) {
  constexpr double sine_curve[] = {0x1.6cd1b0cba6c26p-19, -0x1.a00f7e15bfed7p-13, 0x1.111108690d22bp-7, -0x1.5555554c6ffd2p-3};
  constexpr double cosine_curve[] = {0x1.99eb49ba54133p-16, -0x1.6c0c328c8a6abp-10, 0x1.55554a0f92b8fp-5};
  const Quotient<D> quotient = count_quarter_turns(d, x);
  const auto near = hn::NegMulAdd(quotient.q, hn::Set(d, half_pi_high), x);
  const auto r = hn::NegMulAdd(quotient.q, hn::Set(d, half_pi_middle), near);
  const auto square = hn::Mul(r, r);
  const auto parabola = hn::NegMulAdd(square, hn::Set(d, 0.5), hn::Set(d, 1));
  const auto sine = hn::CopySign(hn::MulAdd(hn::Mul(r, square), polynomial(d, square, sine_curve), r), r);  // -0 stays
  const auto cosine = hn::MulAdd(hn::Mul(square, square), polynomial(d, square, cosine_curve), parabola);
  return turn(d, quotient.quarter_turns, sine, cosine);
}

/// Of float32, by halves of a vector.
template <class D>
LANEWISE_INLINE SineAndCosine<hn::Vec<D>> turn_of_float32(D d, hn::Vec<D> x) {
  if constexpr (is_half<D>) {
    const hn::Rebind<double, D> wide;
    const auto both = turn_of_widened(wide, hn::PromoteTo(wide, x));
    return {hn::DemoteTo(d, both.sine), hn::DemoteTo(d, both.cosine)};
  } else {
    const hn::Half<D> half;
    const auto low = turn_of_float32(half, hn::LowerHalf(half, x));
    const auto high = turn_of_float32(half, hn::UpperHalf(half, x));
    return {hn::Combine(d, high.sine, low.sine), hn::Combine(d, high.cosine, low.cosine)};
  }
}

LANEWISE_LIBRARY_FUNCTION(LibrarySine, sleef_sin)
LANEWISE_LIBRARY_FUNCTION(LibraryCosine, sleef_cos)
LANEWISE_LIBRARY_FUNCTION(LibraryTangent, sleef_tan)

/// What is not used of the result is not computed.
template <class D>
LANEWISE_INLINE SineAndCosine<hn::Vec<D>> vector_sine_cosine([[maybe_unused]] D d, hn::Vec<D> x) {
#if HWY_TARGET == HWY_SSE4
  return {sleef_sin(x), sleef_cos(x)};
#else
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    const UsualAngle<D> angle = reduce_angle(d, x);
    const auto sine = hn::CopySign(hn::Add(angle.r, angle.sine_rest), angle.r);  // -0 stays
    const auto both = turn(d, angle.quarter_turns, sine, hn::Add(angle.parabola, angle.cosine_rest));
    return {unless_rare<LibrarySine>(d, both.sine, angle.rare, x), unless_rare<LibraryCosine>(d, both.cosine, angle.rare, x)};
  } else {
    const auto both = turn_of_float32(d, x);
    const auto rare = hn::Gt(hn::Abs(x), hn::Set(d, static_cast<float>(largest_reduced_angle)));
    return {unless_rare<LibrarySine>(d, both.sine, rare, x), unless_rare<LibraryCosine>(d, both.cosine, rare, x)};
  }
#endif
}

#if HWY_TARGET != HWY_SSE4
/// A quarter of a turn further the tangent is -1 / tan(r).
LANEWISE_INLINE DoubleVector tangent_of_reduced(const UsualAngle<DoubleTag>& angle) {
  const DoubleTag d;
  const hn::RebindToSigned<DoubleTag> whole;
  const auto odd = hn::RebindMask(d, hn::TestBit(angle.quarter_turns, hn::Set(whole, 1)));
  const Pair sine = quick_two_sum(angle.r, angle.sine_rest);
  const Pair cosine = quick_two_sum(angle.parabola, angle.cosine_rest);
  const auto quotient = rounded_quotient(choose(odd, cosine, sine), choose(odd, sine, cosine));
  return hn::Xor(hn::CopySign(quotient, angle.r), hn::IfThenElseZero(odd, number(-0.0)));
}

/// Of float32, by halves of a vector.
template <class D>
LANEWISE_INLINE hn::Vec<D> tangent_of_float32(D d, hn::Vec<D> x) {
  if constexpr (is_half<D>) {
    const hn::Rebind<double, D> wide;
    const auto both = turn_of_widened(wide, hn::PromoteTo(wide, x));
    return hn::DemoteTo(d, hn::Div(both.sine, both.cosine));
  } else {
    const hn::Half<D> half;
    return hn::Combine(d, tangent_of_float32(half, hn::UpperHalf(half, x)), tangent_of_float32(half, hn::LowerHalf(half, x)));
  }
}
#endif

template <class D>
LANEWISE_INLINE hn::Vec<D> vector_tan(D d, hn::Vec<D> x) {
#if HWY_TARGET == HWY_SSE4
  return odd_near_zero(d, sleef_tan(x), x);
#else
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    const UsualAngle<D> angle = reduce_angle(d, x);
    return unless_rare<LibraryTangent>(d, tangent_of_reduced(angle), angle.rare, x);
  } else {
    const auto rare = hn::Gt(hn::Abs(x), hn::Set(d, static_cast<float>(largest_reduced_angle)));
    return unless_rare<LibraryTangent>(d, tangent_of_float32(d, x), rare, x);
  }
#endif
}

/// d := sine of a, the other accumulator its cosine
template <class T, size_t lane_bytes, InstructionForm form>
void sine_cosine(LANEWISE_PARAMETERS) {
  const TagOf<T, lane_bytes> d;
  const auto of = [d](Register x) __attribute__((always_inline)) { return vector_sine_cosine(d, from_register(d, x)); };
  const auto registers = [d](hn::Vec<TagOf<T, lane_bytes>> x) __attribute__((always_inline)) { return to_register(d, x); };
  constexpr bool all = form.left == OperandKind::a;  // else the first vector
  const auto r0 = of(a0);
  const auto r1 = all ? of(a1) : r0;
  const auto r2 = all ? of(a2) : r0;
  const auto r3 = all ? of(a3) : r0;
  const Tile sine{registers(r0.sine), registers(r1.sine), registers(r2.sine), registers(r3.sine)};
  const Tile cosine{registers(r0.cosine), registers(r1.cosine), registers(r2.cosine), registers(r3.cosine)};
  constexpr bool sine_first = form.destination == OperandKind::a || form.destination == OperandKind::first_of_a;
  const Tile& a = sine_first ? sine : cosine;
  const Tile& b = sine_first ? cosine : sine;
  LANEWISE_NEXT(a.v0, a.v1, a.v2, a.v3, b.v0, b.v1, b.v2, b.v3)
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
