#pragma once
// The SIMD library, and how values of a program lie in its vectors. The only file that includes Highway.
//
// All values of a program have the same number of lanes, each 4 or 8 bytes wide. A number as wide as a lane fills a vector; a 4-byte number
// in 8-byte lanes fills the low half, so that arrays in memory stay contiguous; the upper half is then undefined. A truth value travels as
// a signed integer as wide as the lane, all ones or zero.
//
// Highway runs in static mode: one translation unit is compiled for one CPU target with that target's flags, as clang decides from the
// flags of the unit how vectors are passed. Everything here has internal linkage: a function compiled for one target must never be linked
// for another.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define HWY_COMPILE_ONLY_STATIC
#include <hwy/highway.h>

#if HWY_ARCH_X86
#if defined(__AVX512F__)
static_assert(HWY_TARGET == HWY_AVX3, "the flags of x86-64-v4 must select AVX-512");
#elif defined(__AVX2__)
static_assert(HWY_TARGET == HWY_AVX2, "the flags of x86-64-v3 must select AVX2");
#else
static_assert(HWY_TARGET == HWY_SSE4, "the flags of x86-64-v2 must select SSE 4");
#endif
#else
static_assert(HWY_TARGET == HWY_NEON, "expected the vectors of AArch64");
#endif

#define LANEWISE_INLINE inline __attribute__((always_inline))
#define LANEWISE_OUTLINE __attribute__((noinline))
// Of values alone: where nobody looks at the result there is no call.
#define LANEWISE_OUTLINE_VALUE __attribute__((noinline, const))

namespace lanewise::inline v0::kernels {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using ByteTag = hn::ScalableTag<uint8_t>;

/// One vector of bytes, as the calling conventions pass it: in a register of its own.
using Register = decltype(hn::Vec<ByteTag>::raw);
inline constexpr size_t vector_bytes = sizeof(Register);

template <size_t bytes>
using SignedOf = hwy::SignedFromSize<bytes>;

/// The type of a value of dtype `T` while it travels in lanes of `lane_bytes`.
template <class T, size_t lane_bytes>
struct TravellingType {
  using Type = T;
};
template <size_t lane_bytes>
struct TravellingType<bool, lane_bytes> {
  using Type = SignedOf<lane_bytes>;
};
/// The element type of complex values with parts of a type.
template <class Part>
struct ComplexOf {};
template <class Part, size_t lane_bytes>
struct TravellingType<ComplexOf<Part>, lane_bytes> {
  using Type = Part;
};
template <class T, size_t lane_bytes>
using Travelling = typename TravellingType<T, lane_bytes>::Type;

/// The tag of a vector of `T`; of complex values that of their parts.
template <class T, size_t lane_bytes>
using TagOf = hn::Rebind<Travelling<T, lane_bytes>, hn::ScalableTag<SignedOf<lane_bytes>>>;

/// How many elements a vector holds.
template <class D>
inline constexpr size_t lane_count = D::kPrivateN;

template <class D>
inline constexpr bool is_float_tag = hwy::IsFloat<hn::TFromD<D>>();
template <class D>
inline constexpr bool is_unsigned_tag = !hwy::IsSigned<hn::TFromD<D>>();

/// A vector of complex values: their real and their imaginary parts, `D` being the tag of the parts.
template <class D>
struct Complex {
  hn::Vec<D> re, im;
};

/// Whether vectors of `D` fill only the low half of a register.
template <class D>
inline constexpr bool is_half = lane_count<D> * sizeof(hn::TFromD<D>) < vector_bytes;

LANEWISE_INLINE Register to_register(hn::Vec<ByteTag> v) { return v.raw; }
LANEWISE_INLINE Register to_register(hn::Vec<hn::Half<ByteTag>> v) {
#if HWY_TARGET == HWY_AVX3
  return _mm512_castsi256_si512(v.raw);
#elif HWY_TARGET == HWY_AVX2
  return _mm256_castsi128_si256(v.raw);
#elif HWY_ARCH_X86
  return v.raw;
#else
  return vcombine_u8(v.raw, v.raw);
#endif
}

template <class D>
LANEWISE_INLINE Register to_register(D, hn::Vec<D> v) {
  return to_register(hn::BitCast(hn::Repartition<uint8_t, D>(), v));
}

template <class D>
LANEWISE_INLINE hn::Vec<D> from_register(D d, Register r) {
  const hn::Vec<ByteTag> bytes{r};
  if constexpr (is_half<D>) {
    return hn::BitCast(d, hn::LowerHalf(hn::Half<ByteTag>(), bytes));
  } else {
    return hn::BitCast(d, bytes);
  }
}

/// From the outcome of a comparison to a travelling truth value, and back.
template <size_t lane_bytes, class D>
LANEWISE_INLINE Register truth_to_register(D d, hn::Mask<D> mask) {
  const hn::RebindToSigned<D> signed_tag;
  const auto lanes = hn::BitCast(signed_tag, hn::VecFromMask(d, mask));
  if constexpr (is_half<D>) {
    const TagOf<bool, lane_bytes> wide;
    return to_register(wide, hn::PromoteTo(wide, lanes));
  } else {
    return to_register(signed_tag, lanes);
  }
}

template <class D>
LANEWISE_INLINE hn::Mask<D> truth_from_register(D d, Register r) {
  const hn::RebindToSigned<D> signed_tag;
  if constexpr (is_half<D>) {
    const hn::RebindToUnsigned<D> narrow;
    const hn::Rebind<uint64_t, D> wide;
    return hn::RebindMask(d, hn::MaskFromVec(hn::BitCast(signed_tag, hn::TruncateTo(narrow, from_register(wide, r)))));
  } else {
    return hn::RebindMask(d, hn::MaskFromVec(from_register(signed_tag, r)));
  }
}

/// Lets code compiled for SSE run at full speed again: it waits for the upper halves of the registers as long as they are in use.
LANEWISE_INLINE void leave_wide_registers() {
#if defined(__AVX__)
  _mm256_zeroupper();
#endif
}

/// Returns `x` where it is less than `y`, else `y`: so `y` where either is nan, and of two zeros `y`.
template <class D>
LANEWISE_INLINE hn::Vec<D> less_or_second(D, hn::Vec<D> x, hn::Vec<D> y) {
#if HWY_ARCH_X86
  return hn::Min(x, y);
#else
  return hn::IfThenElse(hn::Lt(x, y), x, y);
#endif
}

/// Leaves `r` undefined without the compiler's knowledge, so that it neither zeroes nor warns.
LANEWISE_INLINE void leave_undefined(Register& r) {
#if HWY_ARCH_X86
  asm volatile("" : "=v"(r));
#else
  asm volatile("" : "=w"(r));
#endif
}

/// Calls `function` for the operands of each lane: for what the vector instructions cannot do exactly.
template <class D, class Function>
LANEWISE_INLINE hn::Vec<D> lane_by_lane(D d, Function function, hn::Vec<D> x) {
  alignas(vector_bytes) hn::TFromD<D> xs[lane_count<D>];
  hn::Store(x, d, xs);
  for (size_t i = 0; i < lane_count<D>; ++i) xs[i] = function(xs[i]);
  return hn::Load(d, xs);
}
template <class D, class Function>
LANEWISE_INLINE hn::Vec<D> lane_by_lane(D d, Function function, hn::Vec<D> x, hn::Vec<D> y) {
  alignas(vector_bytes) hn::TFromD<D> xs[lane_count<D>];
  alignas(vector_bytes) hn::TFromD<D> ys[lane_count<D>];
  hn::Store(x, d, xs);
  hn::Store(y, d, ys);
  for (size_t i = 0; i < lane_count<D>; ++i) xs[i] = function(xs[i], ys[i]);
  return hn::Load(d, xs);
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
