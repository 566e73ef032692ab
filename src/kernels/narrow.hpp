#pragma once
// A whole tile of lanes to bytes or 16-bit integers that lie side by side: a tile's stores are then as long as can be, and long enough to go past
// the caches. (A store of 8 bytes cannot, and fetches its line from memory first.)
//
// x86 packs two vectors within each 16 bytes of theirs, so groups of the four vectors alternate; one permutation at the end puts them in order.

#include "kernels/simd.hpp"

#if HWY_ARCH_X86

namespace lanewise::inline v0::kernels {
namespace {

#if HWY_TARGET == HWY_AVX3
#define LANEWISE_OF_WIDTH(name) _mm512_##name
#elif HWY_TARGET == HWY_AVX2
#define LANEWISE_OF_WIDTH(name) _mm256_##name
#else
#define LANEWISE_OF_WIDTH(name) _mm_##name
#endif

/// From groups of 4 bytes in the order group, vector to vector, group.
LANEWISE_INLINE Register order_quarters(Register r) {
#if HWY_TARGET == HWY_AVX3
  return _mm512_permutexvar_epi32(_mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), r);
#elif HWY_TARGET == HWY_AVX2
  return _mm256_permutevar8x32_epi32(r, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
#else
  return r;
#endif
}

/// From groups of 8 bytes of two vectors.
LANEWISE_INLINE Register order_halves(Register r) {
#if HWY_TARGET == HWY_AVX3
  return _mm512_permutexvar_epi64(_mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7), r);
#elif HWY_TARGET == HWY_AVX2
  return _mm256_permute4x64_epi64(r, _MM_SHUFFLE(3, 1, 2, 0));
#else
  return r;
#endif
}

/// Of truth values in lanes of 4 bytes.
LANEWISE_INLINE Register truth_bytes_of_narrow(Register r0, Register r1, Register r2, Register r3) {
  const Register low = LANEWISE_OF_WIDTH(packs_epi32)(r0, r1);
  const Register high = LANEWISE_OF_WIDTH(packs_epi32)(r2, r3);
  const hn::Vec<ByteTag> bytes{order_quarters(LANEWISE_OF_WIDTH(packs_epi16)(low, high))};
  return hn::And(bytes, hn::Set(ByteTag(), 1)).raw;
}

/// Of truth values in lanes of 8 bytes: half a vector.
LANEWISE_INLINE hn::Vec<hn::Half<ByteTag>> truth_bytes_of_wide(Register r0, Register r1, Register r2, Register r3) {
  // Each half of a lane is the truth value too, so packing makes lanes of half their width.
  const Register low = LANEWISE_OF_WIDTH(packs_epi32)(r0, r1);
  const Register high = LANEWISE_OF_WIDTH(packs_epi32)(r2, r3);
  const hn::Vec<ByteTag> words{order_quarters(LANEWISE_OF_WIDTH(packs_epi32)(low, high))};
  const hn::RepartitionToWide<ByteTag> word_tag;
  const hn::Half<ByteTag> d;
  return hn::And(hn::TruncateTo(d, hn::BitCast(word_tag, words)), hn::Set(d, 1));
}

/// Of numbers in lanes of 4 bytes: their low 8 bits.
LANEWISE_INLINE Register low_bytes(Register r0, Register r1, Register r2, Register r3) {
  const hn::Repartition<uint32_t, ByteTag> d;
  const auto low = [d](Register r) __attribute__((always_inline)) { return to_register(d, hn::And(from_register(d, r), hn::Set(d, 0xFF))); };
  const Register words = LANEWISE_OF_WIDTH(packus_epi32)(low(r0), low(r1));
  const Register more = LANEWISE_OF_WIDTH(packus_epi32)(low(r2), low(r3));
  return order_quarters(LANEWISE_OF_WIDTH(packus_epi16)(words, more));
}

/// Of two vectors of numbers in lanes of 4 bytes: their low 16 bits.
LANEWISE_INLINE Register low_words(Register r0, Register r1) {
  const hn::Repartition<uint32_t, ByteTag> d;
  const auto low = [d](Register r) __attribute__((always_inline)) { return to_register(d, hn::And(from_register(d, r), hn::Set(d, 0xFFFF))); };
  return order_halves(LANEWISE_OF_WIDTH(packus_epi32)(low(r0), low(r1)));
}

}  // namespace
}  // namespace lanewise::inline v0::kernels

#endif
