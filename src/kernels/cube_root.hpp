#pragma once
// The cube root where multiply-add is fused, within 0.51 ulp, without a division.
//
// A line through the bits of x, which stand for its logarithm, gives y near the inverse root: e = 1 - x y^3 is in [-0.02, 0.17]. Then
// y (1 - e)^(-1/3), by a minimax polynomial of e, has about half the digits. One step of Newton's method on the root x y^2, its cube with
// what that loses in rounding, gives the others.

#include "kernels/polynomial.hpp"
#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Of positive normal numbers.
template <class D>
LANEWISE_INLINE hn::Vec<D> guess_inverse_cube_root(D d, hn::Vec<D> x) {
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    // Of the upper 32 bits, as a whole number in the low bits of 2^52.
    const hn::RebindToUnsigned<D> integer;
    const auto upper = hn::ShiftRight<32>(hn::BitCast(integer, x));
    const auto number = hn::BitCast(d, hn::Or(upper, hn::BitCast(integer, hn::Set(d, 0x1p52))));
    const auto line = hn::NegMulAdd(number, hn::Set(d, 0x1p0 / 3), hn::Set(d, 6004800933307700.0));
    return hn::BitCast(d, hn::ShiftLeft<32>(hn::BitCast(integer, line)));
  } else {
    const hn::RebindToSigned<D> integer;
    const auto number = hn::ConvertTo(d, hn::BitCast(integer, x));
    return hn::BitCast(d, hn::ConvertTo(integer, hn::NegMulAdd(number, hn::Set(d, 1.0F / 3), hn::Set(d, 1419548207.8F))));
  }
}

/// (1 - e)^(-1/3) = 1 + e P(e)
template <class D>
LANEWISE_INLINE hn::Vec<D> inverse_cube_root_curve(D d, hn::Vec<D> e) {
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    constexpr double curve[] = {0x1.6c2ef2643c47fp-3, 0x1.c8c4ea834f9b1p-4, 0x1.294480268321cp-3,
                                0x1.61e782728bb48p-3, 0x1.c71c63632fae2p-3, 0x1.5555564511708p-2};
    return polynomial(d, e, curve);
  } else {
    constexpr double curve[] = {0x1.d033917442b14p-3, 0x1.bca405283c169p-3, 0x1.5575a0904e8c9p-2};
    return polynomial(d, e, curve);
  }
}

/// Returns the lanes that are computed; the others hold anything.
template <class D>
struct CubeRoot {
  hn::Vec<D> value;
  hn::Mask<D> is_computed;
};

/// Computes where the argument is finite, and so large that what its products lose is no subnormal number.
template <class D>
LANEWISE_INLINE CubeRoot<D> cube_root(D d, hn::Vec<D> x) {
  using T = hn::TFromD<D>;
  constexpr bool is_double = sizeof(T) == 8;
  const auto magnitude = hn::Abs(x);
  const auto guess = guess_inverse_cube_root(d, magnitude);
  const auto e = hn::NegMulAdd(hn::Mul(magnitude, guess), hn::Mul(guess, guess), hn::Set(d, 1));
  const auto inverse = hn::MulAdd(hn::Mul(guess, e), inverse_cube_root_curve(d, e), guess);
  const auto inverse_square = hn::Mul(inverse, inverse);
  const auto root = hn::Mul(magnitude, inverse_square);
  const auto square = hn::Mul(root, root);
  const auto square_lost = hn::MulSub(root, root, square);
  const auto missing = hn::NegMulAdd(root, square_lost, hn::NegMulAdd(root, square, magnitude));
  const auto value = hn::MulAdd(missing, hn::Mul(inverse_square, hn::Set(d, static_cast<T>(0x1p0 / 3))), root);
  const auto least = hn::Set(d, static_cast<T>(is_double ? 0x1p-900 : 0x1p-80));
  const auto largest = hn::Set(d, static_cast<T>(is_double ? 0x1.fffffffffffffp1023 : 0x1.fffffep127));
  return {hn::CopySign(value, x), hn::And(hn::Ge(magnitude, least), hn::Le(magnitude, largest))};
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
