#pragma once
// Transposition of arrays in memory, for operands whose order is not that of a pass.
//
// A square of at most 8 × 8 elements is transposed in registers: elements change places within blocks of 128 bits, then the blocks as if
// each were one element. In each step vectors a power of two apart exchange halves of what they have.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

constexpr size_t longest_side = 8;

template <size_t count, class Vector, class Lower, class Upper>
LANEWISE_INLINE void exchange(Vector (&vectors)[count], size_t distance, Lower lower, Upper upper) {
  for (size_t v = 0; v < count; ++v) {
    if ((v & distance) != 0) continue;
    const Vector low = lower(vectors[v], vectors[v + distance]);
    vectors[v + distance] = upper(vectors[v], vectors[v + distance]);
    vectors[v] = low;
  }
}

template <class D, size_t side>
LANEWISE_INLINE void transpose_vectors(D d, hn::Vec<D> (&vectors)[side]) {
  constexpr size_t block_lanes = 16 / sizeof(hn::TFromD<D>);
  const auto interleave_lower = [d](auto x, auto y) { return hn::InterleaveLower(d, x, y); };
  const auto interleave_upper = [d](auto x, auto y) { return hn::InterleaveUpper(d, x, y); };
  for (size_t distance = block_lanes / 2; distance > 0; distance /= 2) exchange(vectors, distance, interleave_lower, interleave_upper);
  if constexpr (side == 4 * block_lanes) {
    const auto even_blocks = [](auto x, auto y) { return hn::OddEvenBlocks(hn::SwapAdjacentBlocks(y), x); };
    const auto odd_blocks = [](auto x, auto y) { return hn::OddEvenBlocks(y, hn::SwapAdjacentBlocks(x)); };
    exchange(vectors, block_lanes, even_blocks, odd_blocks);
  }
  if constexpr (side > block_lanes) {
    const auto lower_halves = [d](auto x, auto y) { return hn::ConcatLowerLower(d, y, x); };
    const auto upper_halves = [d](auto x, auto y) { return hn::ConcatUpperUpper(d, y, x); };
    exchange(vectors, side / 2, lower_halves, upper_halves);
  }
}

template <class D>
LANEWISE_INLINE void transpose_square(D d, unsigned char* to, ptrdiff_t to_row, const unsigned char* from, ptrdiff_t from_column) {
  using T = hn::TFromD<D>;
  hn::Vec<D> vectors[hn::MaxLanes(D())];
  for (auto& vector : vectors) {
    vector = hn::LoadU(d, reinterpret_cast<const T*>(from));
    from += from_column;
  }
  transpose_vectors(d, vectors);
  for (const auto& vector : vectors) {
    hn::StoreU(vector, d, reinterpret_cast<T*>(to));
    to += to_row;
  }
}

/// See `Transpose` of the registry. Goes along the columns a cache line at a time, asking for those that come next: they are in as many
/// pages.
template <class T>
void transpose(unsigned char* to, ptrdiff_t to_row, const unsigned char* from, ptrdiff_t from_column, size_t row_count,
               size_t column_count) {
  const hn::CappedTag<T, longest_side> d;
  constexpr size_t side = hn::MaxLanes(hn::CappedTag<T, longest_side>());
  constexpr auto size = static_cast<ptrdiff_t>(sizeof(T));
  for (size_t column = 0; column < column_count; column += longest_side) {
    for (size_t row = 0; row < row_count; row += longest_side) {
      unsigned char* const target = to + static_cast<ptrdiff_t>(row) * to_row + static_cast<ptrdiff_t>(column) * size;
      const unsigned char* const source = from + static_cast<ptrdiff_t>(row) * size + static_cast<ptrdiff_t>(column) * from_column;
      for (size_t c = longest_side; c < 2 * longest_side; ++c) __builtin_prefetch(source + static_cast<ptrdiff_t>(c) * from_column, 0, 3);
      for (size_t c = 0; c < longest_side; c += side) {
        for (size_t r = 0; r < longest_side; r += side) {
          transpose_square(d, target + static_cast<ptrdiff_t>(r) * to_row + static_cast<ptrdiff_t>(c) * size, to_row,
                           source + static_cast<ptrdiff_t>(r) * size + static_cast<ptrdiff_t>(c) * from_column, from_column);
        }
      }
    }
  }
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
