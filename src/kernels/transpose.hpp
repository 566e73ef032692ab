#pragma once
// Transposition of arrays in memory, for operands whose order is not that of a pass.
//
// A square of at most 8 × 8 elements is transposed in registers: elements change places within blocks of 128 bits, then the blocks as if
// each were one element. In each step vectors a power of two apart exchange halves of what they have.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

constexpr size_t longest_side = 8;

template <size_t index>
struct Index {
  LANEWISE_INLINE constexpr operator size_t() const { return index; }  // NOLINT: it stands for the number
};

/// Calls `visit` with each index below `count` as a constant. Compilers leave loops over a few vectors as they are, and so the vectors in memory.
template <size_t count, size_t index = 0, class Visit>
LANEWISE_INLINE void for_each_index(const Visit& visit) {
  if constexpr (index < count) {
    visit(Index<index>());
    for_each_index<count, index + 1>(visit);
  }
}

template <size_t distance, size_t count, class Vector, class Lower, class Upper>
LANEWISE_INLINE void exchange(Vector (&vectors)[count], Lower lower, Upper upper) {
  for_each_index<count>([&](auto v) __attribute__((always_inline)) {
    if constexpr ((v & distance) == 0) {
      const Vector low = lower(vectors[v], vectors[v + distance]);
      vectors[v + distance] = upper(vectors[v], vectors[v + distance]);
      vectors[v] = low;
    }
  });
}

template <class D, size_t side>
LANEWISE_INLINE void transpose_vectors(D d, hn::Vec<D> (&vectors)[side]) {
  constexpr size_t block_lanes = 16 / sizeof(hn::TFromD<D>);
  const auto interleave_lower = [d](auto x, auto y) { return hn::InterleaveLower(d, x, y); };
  const auto interleave_upper = [d](auto x, auto y) { return hn::InterleaveUpper(d, x, y); };
  if constexpr (block_lanes == 4) exchange<2>(vectors, interleave_lower, interleave_upper);
  exchange<1>(vectors, interleave_lower, interleave_upper);
  if constexpr (side == 4 * block_lanes) {
    const auto even_blocks = [](auto x, auto y) { return hn::OddEvenBlocks(hn::SwapAdjacentBlocks(y), x); };
    const auto odd_blocks = [](auto x, auto y) { return hn::OddEvenBlocks(y, hn::SwapAdjacentBlocks(x)); };
    exchange<block_lanes>(vectors, even_blocks, odd_blocks);
  }
  if constexpr (side > block_lanes) {
    const auto lower_halves = [d](auto x, auto y) { return hn::ConcatLowerLower(d, y, x); };
    const auto upper_halves = [d](auto x, auto y) { return hn::ConcatUpperUpper(d, y, x); };
    exchange<side / 2>(vectors, lower_halves, upper_halves);
  }
}

template <class D>
LANEWISE_INLINE void transpose_square(D d, unsigned char* to, ptrdiff_t to_row, const unsigned char* from, ptrdiff_t from_column) {
  using T = hn::TFromD<D>;
  constexpr size_t side = hn::MaxLanes(D());
  hn::Vec<D> vectors[side];
  for_each_index<side>([&](auto v) __attribute__((always_inline)) {
    vectors[v] = hn::LoadU(d, reinterpret_cast<const T*>(from + static_cast<ptrdiff_t>(v) * from_column));
  });
  transpose_vectors(d, vectors);
  for_each_index<side>([&](auto v) __attribute__((always_inline)) {
    hn::StoreU(vectors[v], d, reinterpret_cast<T*>(to + static_cast<ptrdiff_t>(v) * to_row));
  });
}

/// Squares on in the order in which they are transposed: with float64 16 lines, about as many as a core has requests in flight for.
constexpr size_t asked_squares_ahead = 2;

/// See `Transpose` of the registry. Goes along the columns a cache line at a time, asking for those that come later in this order.
template <class T>
void transpose(unsigned char* to, ptrdiff_t to_row, const unsigned char* from, ptrdiff_t from_column, size_t row_count,
               size_t column_count) {
  if (row_count == 0) return;
  const hn::CappedTag<T, longest_side> d;
  constexpr size_t side = hn::MaxLanes(hn::CappedTag<T, longest_side>());
  constexpr auto size = static_cast<ptrdiff_t>(sizeof(T));
  const auto address_of = [=](size_t row, size_t column) __attribute__((always_inline)) {
    return from + static_cast<ptrdiff_t>(row) * size + static_cast<ptrdiff_t>(column) * from_column;
  };
  const size_t squares_in_column = row_count / longest_side;
  size_t later_row = asked_squares_ahead % squares_in_column * longest_side;
  size_t later_column = asked_squares_ahead / squares_in_column * longest_side;
  for (size_t column = 0; column < column_count; column += longest_side) {
    for (size_t row = 0; row < row_count; row += longest_side) {
      const unsigned char* const later = address_of(later_row, later_column);
      for_each_index<longest_side>([&](auto c) __attribute__((always_inline)) {
        __builtin_prefetch(later + static_cast<ptrdiff_t>(c) * from_column, 0, 3);
      });
      later_row += longest_side;
      if (later_row == row_count) later_row = 0, later_column += longest_side;
      unsigned char* const target = to + static_cast<ptrdiff_t>(row) * to_row + static_cast<ptrdiff_t>(column) * size;
      const unsigned char* const source = address_of(row, column);
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
