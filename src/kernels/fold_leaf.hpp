#pragma once
// Whole leaves of a fold (kernels/fold.hpp), their columns in registers.
//
// A fold `F` joins a body and a dtype:
//   Element, Accumulator          types in memory; an accumulator is 8 bytes, one in each plane
//   planes, has_positions
//   Value<D>                      one vector of each plane
//   load(d, address, position)    elements to a value; `position` is that of the first, `advances` whether it grows with the lanes
//   combine(d, x, y)              x being the earlier
//   read, write                   accumulators in memory, plane after plane
//   is_short                      load and combine are one instruction each
//   is_summed_by_programs         whether the instruction `sum_last` does what load and combine do
//   has_quick                     whether there is `quick(d, x, y)`, which is combine unless an element is nan or the result is Body::doubtful

#include <stddef.h>

#include "kernels/fold.hpp"
#include "kernels/prefetch.hpp"
#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

using Bytes = unsigned char;

constexpr size_t accumulator_size = 8;

template <class F>
using FullTag = hn::ScalableTag<typename F::Accumulator>;
template <class F>
using OneLaneTag = hn::CappedTag<typename F::Accumulator, 1>;

template <class F>
LANEWISE_INLINE size_t plane_bytes(size_t lane_count) {
  return fold_column_count * lane_count * accumulator_size;
}

/// Sums of all elements, side by side as each addition waits for the one before.
constexpr size_t sum_count = 4;
template <class D>
struct Sums {
  hn::Vec<D> v[sum_count];
};

/// Vectors that stay in registers: enough to hide the latency of an addition.
template <class F>
constexpr size_t group_vectors = (lane_count<FullTag<F>> >= 8 ? 4 : 8) / F::planes;

template <class F, size_t count>
struct Group {
  using D = FullTag<F>;
  static constexpr size_t width = lane_count<D>;
  typename F::template Value<D> head;
  Group<F, count - 1> rest;

  LANEWISE_INLINE void load(const Bytes* elements, size_t position) {
    head = F::load(D(), elements, position, true);
    rest.load(elements + width * sizeof(typename F::Element), position + width);
  }
  LANEWISE_INLINE void take(const Bytes* elements, size_t position) {
    head = F::combine(D(), head, F::load(D(), elements, position, true));
    rest.take(elements + width * sizeof(typename F::Element), position + width);
  }
  LANEWISE_INLINE void add_to(Sums<D>& sums) const {
    sums.v[count % sum_count] = hn::Add(sums.v[count % sum_count], head.v);
    rest.add_to(sums);
  }
  LANEWISE_INLINE void take_quickly(const Bytes* elements, Sums<D>& sums) {
    const auto value = F::load(D(), elements, 0, true);
    head = F::quick(D(), head, value);
    sums.v[count % sum_count] = hn::Add(sums.v[count % sum_count], value.v);
    rest.take_quickly(elements + width * sizeof(typename F::Element), sums);
  }
  /// Returns where `mask` is true or a value has the bits that F::quick is not sure of.
  LANEWISE_INLINE hn::Mask<D> with_doubts(hn::Mask<D> mask) const {
    const hn::RebindToUnsigned<D> bits;
    const auto is_doubtful = hn::Eq(hn::BitCast(bits, head.v), hn::BitCast(bits, hn::Set(D(), F::Body::doubtful)));
    return rest.with_doubts(hn::Or(mask, hn::RebindMask(D(), is_doubtful)));
  }
  LANEWISE_INLINE void read(const Bytes* accumulators, size_t plane) {
    head = F::read(D(), accumulators, plane);
    rest.read(accumulators + width * accumulator_size, plane);
  }
  /// Takes accumulators of earlier steps.
  LANEWISE_INLINE void take_earlier(const Bytes* accumulators, size_t plane) {
    head = F::combine(D(), F::read(D(), accumulators, plane), head);
    rest.take_earlier(accumulators + width * accumulator_size, plane);
  }
  LANEWISE_INLINE void write(Bytes* accumulators, size_t plane) const {
    F::write(D(), accumulators, plane, head);
    rest.write(accumulators + width * accumulator_size, plane);
  }
};
template <class F>
struct Group<F, 0> {
  LANEWISE_INLINE void load(const Bytes*, size_t) {}
  LANEWISE_INLINE void take(const Bytes*, size_t) {}
  LANEWISE_INLINE void add_to(Sums<FullTag<F>>&) const {}
  LANEWISE_INLINE void take_quickly(const Bytes*, Sums<FullTag<F>>&) {}
  LANEWISE_INLINE hn::Mask<FullTag<F>> with_doubts(hn::Mask<FullTag<F>> mask) const { return mask; }
  LANEWISE_INLINE void read(const Bytes*, size_t) {}
  LANEWISE_INLINE void take_earlier(const Bytes*, size_t) {}
  LANEWISE_INLINE void write(Bytes*, size_t) const {}
};

/// How far ahead of a fold lines are asked for, in bytes. Asking further ahead as well slows folds in cache; with AVX2, where less is in flight, a
/// fold in memory takes 5 to 20 % longer at twice this distance.
inline constexpr size_t fold_distance_bytes = vector_bytes == 32 ? 512 : 1024;

/// With AVX2 the processor's own prefetching was faster alone (on AMD's), where a core has many elements of a fold in flight.
template <class F>
constexpr bool asks_ahead = vector_bytes != 32 || !F::is_short;

template <class F>
LANEWISE_INLINE void prefetch_ahead(const Bytes* elements, size_t byte_count) {
  if constexpr (asks_ahead<F>) {
    for (size_t line = 0; line < byte_count; line += cache_line_bytes) __builtin_prefetch(elements + line + fold_distance_bytes, 0, 3);
  }
}

/// The elements of a leaf that belong to the columns of a group. From each of its steps to the next it is `turn` elements.
template <class F, size_t vectors>
LANEWISE_INLINE void take_columns(Group<F, vectors>& group, const Bytes* x, size_t position, size_t turn) {
  constexpr size_t vector_elements = vectors * lane_count<FullTag<F>>;
  group.load(x, position);
  for (size_t k = 1; k < fold_leaf_steps / fold_column_count; ++k) {
    x += turn * sizeof(typename F::Element);
    prefetch_ahead<F>(x, vector_elements * sizeof(typename F::Element));
    group.take(x, position + k * turn);
  }
}

/// The same by F::quick. Returns false if that will not do: a sum with nan is nan. It is as well with infinities of both signs, which does no harm.
template <class F, size_t vectors>
LANEWISE_INLINE bool take_columns_quickly(Group<F, vectors>& group, const Bytes* x, size_t turn) {
  constexpr FullTag<F> d;
  constexpr size_t vector_elements = vectors * lane_count<FullTag<F>>;
  Sums<FullTag<F>> sums{hn::Zero(d), hn::Zero(d), hn::Zero(d), hn::Zero(d)};
  group.load(x, 0);
  group.add_to(sums);
  for (size_t k = 1; k < fold_leaf_steps / fold_column_count; ++k) {
    x += turn * sizeof(typename F::Element);
    prefetch_ahead<F>(x, vector_elements * sizeof(typename F::Element));
    group.take_quickly(x, sums);
  }
  const auto sum = hn::Add(hn::Add(sums.v[0], sums.v[1]), hn::Add(sums.v[2], sums.v[3]));
  return hn::AllFalse(d, group.with_doubts(hn::IsNaN(sum)));
}

/// Writes columns of a leaf to the first free level, with what the levels below it hold, as a counter carries.
template <class F, size_t vectors>
LANEWISE_INLINE void carry_columns(Group<F, vectors>& group, const FoldState& state, size_t leaves_done, size_t column) {
  const size_t plane = plane_bytes<F>(state.lane_count);
  Bytes* level = state.levels + plane * F::planes + column * accumulator_size;
  for (size_t rest = leaves_done; (rest & 1U) != 0; rest >>= 1U, level += plane * F::planes) group.take_earlier(level, plane);
  group.write(level, plane);
}

/// A whole leaf without gaps, and at once with it what the levels below the first free one hold, as a counter carries.
template <class F>
LANEWISE_INLINE void fold_leaf(const FoldState& state, size_t leaves_done, const Bytes* elements) {
  constexpr size_t vectors = group_vectors<F>;
  constexpr size_t width = lane_count<FullTag<F>>;
  const size_t turn = fold_column_count * state.lane_count;
  const size_t position = state.first_position + leaves_done * fold_leaf_steps;
  for (size_t column = 0; column < turn; column += vectors * width) {
    Group<F, vectors> group;
    const Bytes* x = elements + column * sizeof(typename F::Element);
    bool is_taken = false;
    if constexpr (F::has_quick) is_taken = take_columns_quickly(group, x, turn);
    if (!is_taken) take_columns(group, x, position + column, turn);
    carry_columns(group, state, leaves_done, column);
  }
}

template <class F>
void empty_leaf(const FoldState& state) {
  constexpr FullTag<F> d;
  Bytes* const leaf = state.levels;
#pragma GCC unroll 16
  for (size_t column = 0; column < fold_column_count; column += lane_count<FullTag<F>>) {
    F::write(d, leaf + column * accumulator_size, 0, {hn::Set(d, F::Body::neutral)});
  }
}

/// Takes the leaf in work, which is whole, and empties it.
template <class F>
void take_leaf(const FoldState& state) {
  constexpr size_t vectors = group_vectors<F>;
  for (size_t column = 0; column < fold_column_count; column += vectors * lane_count<FullTag<F>>) {
    Group<F, vectors> group;
    group.read(state.levels + column * accumulator_size, 0);
    carry_columns(group, state, state.steps_done / fold_leaf_steps, column);
  }
  empty_leaf<F>(state);
  leave_wide_registers();
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
