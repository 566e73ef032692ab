#pragma once
// float16 from and to float32. Where the processor has no instruction for it, by arithmetic on bits: Highway's own replacement truncates,
// and knows neither infinity nor nan.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

#if HWY_TARGET == HWY_SSE4

/// Returns the bits of float16s as the float32s of the same value. `d` is the tag of float32. The exponent of 5 bits moves up to 8 by a
/// multiplication, which also makes subnormals normal; infinities and nans keep an exponent of all ones.
template <class D>
LANEWISE_INLINE hn::Vec<D> float_of_half(D d, hn::Vec<hn::Rebind<uint16_t, D>> half) {
  const hn::RebindToSigned<D> integer;
  const auto bits = hn::BitCast(integer, hn::PromoteTo(hn::RebindToUnsigned<D>(), half));
  const auto sign = hn::ShiftLeft<16>(hn::And(bits, hn::Set(integer, 0x8000)));
  const auto magnitude = hn::ShiftLeft<13>(hn::And(bits, hn::Set(integer, 0x7FFF)));
  const auto scaled = hn::BitCast(integer, hn::Mul(hn::BitCast(d, magnitude), hn::Set(d, 0x1p112F)));
  const auto is_finite = hn::Lt(magnitude, hn::Set(integer, 0x7C00 << 13));
  const auto value = hn::IfThenElse(is_finite, scaled, hn::Or(magnitude, hn::Set(integer, 0x7F800000)));
  return hn::BitCast(d, hn::Or(sign, value));
}

/// Returns the bits of the nearest float16s, ties to even, above its range infinity.
template <class D>
LANEWISE_INLINE hn::Vec<hn::Rebind<uint16_t, D>> half_of_float(D d, hn::Vec<D> x) {
  const hn::RebindToSigned<D> integer;
  const hn::RebindToUnsigned<D> lanes;
  const auto magnitude = hn::Abs(x);
  const auto bits = hn::BitCast(integer, magnitude);
  // Normal: the lowest bit kept decides ties; a carry moves on into the exponent.
  const auto lowest_kept = hn::And(hn::ShiftRight<13>(bits), hn::Set(integer, 1));
  const auto rounded = hn::ShiftRight<13>(hn::Add(hn::Add(bits, hn::Set(integer, 0xFFF)), lowest_kept));
  const auto normal = hn::Min(hn::Sub(rounded, hn::Set(integer, 112 << 10)), hn::Set(integer, 0x7C00));
  // Subnormal: in floats from 0.5 to 1 the last place is that of the smallest float16.
  const auto half = hn::Set(d, 0.5F);
  const auto subnormal = hn::Sub(hn::BitCast(integer, hn::Add(magnitude, half)), hn::BitCast(integer, half));
  const auto is_subnormal = hn::Lt(bits, hn::Set(integer, 113 << 23));
  const auto is_nan = hn::Gt(bits, hn::Set(integer, 0x7F800000));
  const auto value = hn::IfThenElse(is_nan, hn::Set(integer, 0x7E00), hn::IfThenElse(is_subnormal, subnormal, normal));
  const auto sign = hn::ShiftLeft<15>(hn::ShiftRight<31>(hn::BitCast(lanes, x)));
  return hn::TruncateTo(hn::Rebind<uint16_t, D>(), hn::Or(sign, hn::BitCast(lanes, value)));
}

#else

template <class D>
LANEWISE_INLINE hn::Vec<D> float_of_half(D d, hn::Vec<hn::Rebind<uint16_t, D>> half) {
  return hn::PromoteTo(d, hn::BitCast(hn::Rebind<hwy::float16_t, D>(), half));
}

template <class D>
LANEWISE_INLINE hn::Vec<hn::Rebind<uint16_t, D>> half_of_float(D, hn::Vec<D> x) {
  return hn::BitCast(hn::Rebind<uint16_t, D>(), hn::DemoteTo(hn::Rebind<hwy::float16_t, D>(), x));
}

#endif

/// Returns the float32s that are the nearest values of float16.
template <class D>
LANEWISE_INLINE hn::Vec<D> round_to_half(D d, hn::Vec<D> x) {
  return float_of_half(d, half_of_float(d, x));
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
