#pragma once
// The machinery of folds, for any body: what kernels/fold.hpp promises about the order of combining is kept here.
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

/// Where the elements of one operation come from: a step or some steps without gaps.
struct Source {
  const Bytes* elements;
  size_t position;
  bool advances;  // the position grows from element to element
};

template <class F, bool is_first, class D>
LANEWISE_INLINE void take_vector(D d, Bytes* accumulators, size_t plane, Source source, size_t i) {
  const Bytes* elements = source.elements + i * sizeof(typename F::Element);
  const auto value = F::load(d, elements, source.position + (source.advances ? i : 0), source.advances);
  Bytes* const target = accumulators + i * accumulator_size;
  if constexpr (is_first) {
    F::write(d, target, plane, value);
  } else {
    F::write(d, target, plane, F::combine(d, F::read(d, target, plane), value));
  }
}

/// Folds `count` elements into as many accumulators, or sets these.
template <class F, bool is_first>
LANEWISE_INLINE void take(Bytes* accumulators, size_t plane, Source source, size_t count) {
  constexpr size_t width = lane_count<FullTag<F>>;
  size_t i = 0;
  for (; i + width <= count; i += width) take_vector<F, is_first>(FullTag<F>(), accumulators, plane, source, i);
  for (; i < count; ++i) take_vector<F, is_first>(OneLaneTag<F>(), accumulators, plane, source, i);
}

/// into := combine(left, right), each `count` accumulators; planes are equally far apart in all three.
template <class F>
LANEWISE_INLINE void combine_accumulators(Bytes* into, const Bytes* left, const Bytes* right, size_t plane, size_t count) {
  constexpr size_t width = lane_count<FullTag<F>>;
  const auto step = [&](auto d, size_t i) __attribute__((always_inline)) {
    const size_t at = i * accumulator_size;
    F::write(d, into + at, plane, F::combine(d, F::read(d, left + at, plane), F::read(d, right + at, plane)));
  };
  size_t i = 0;
  for (; i + width <= count; i += width) step(FullTag<F>(), i);
  for (; i < count; ++i) step(OneLaneTag<F>(), i);
}

/// Sums of all elements, side by side as each addition waits for the one before.
constexpr size_t sum_count = 4;
template <class D>
struct Sums {
  hn::Vec<D> v[sum_count];
};

/// Vectors that stay in registers: enough to hide the latency of an addition.
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
  constexpr size_t width = lane_count<FullTag<F>>;
  constexpr size_t vectors = (width >= 8 ? 4 : 8) / F::planes;
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
  constexpr size_t width = lane_count<FullTag<F>>;
  constexpr size_t vectors = width >= 8 ? 4 : 8;
  for (size_t column = 0; column < fold_column_count; column += vectors * width) {
    Group<F, vectors> group;
    group.read(state.levels + column * accumulator_size, 0);
    carry_columns(group, state, state.steps_done / fold_leaf_steps, column);
  }
  empty_leaf<F>(state);
  leave_wide_registers();
}

/// Where leaf number `leaf` is folded: in its level if that is free, so that nothing is moved afterwards.
template <class F>
LANEWISE_INLINE Bytes* level_for(const FoldState& state, size_t leaves_done, size_t level) {
  const size_t partial = plane_bytes<F>(state.lane_count) * F::planes;
  return state.levels + ((leaves_done >> level & 1U) != 0 ? 0 : level + 1) * partial;
}

/// Combines the leaf just done with what its levels hold, as a counter carries.
template <class F>
LANEWISE_INLINE void carry(const FoldState& state, size_t leaves_done) {
  const size_t plane = plane_bytes<F>(state.lane_count);
  for (size_t level = 0; (leaves_done >> level & 1U) != 0; ++level) {
    Bytes* const into = level_for<F>(state, leaves_done, level + 1);
    combine_accumulators<F>(into, state.levels + (level + 1) * plane * F::planes, state.levels, plane, fold_column_count * state.lane_count);
  }
}

/// Folds steps that belong to one turn of the columns, from column `column` on.
template <class F, bool is_first>
LANEWISE_OUTLINE void take_steps(Bytes* leaf, size_t lanes, size_t column, Source source, ptrdiff_t step_bytes, size_t step_count) {
  const size_t plane = plane_bytes<F>(lanes);
  Bytes* accumulators = leaf + column * lanes * accumulator_size;
  if (step_bytes == static_cast<ptrdiff_t>(lanes * sizeof(typename F::Element)) && (!F::has_positions || lanes == 1)) {
    take<F, is_first>(accumulators, plane, {source.elements, source.position, true}, step_count * lanes);
    return;
  }
  for (size_t s = 0; s < step_count; ++s) {
    take<F, is_first>(accumulators, plane, {source.elements, source.position + s, false}, lanes);
    accumulators += lanes * accumulator_size;
    source.elements += step_bytes;
  }
}

/// Returns how many steps it folded: a whole leaf, or what is left of a turn. The last of a leaf carry.
template <class F>
LANEWISE_INLINE size_t fold_some(const FoldState& state, size_t done, const Bytes* x, ptrdiff_t step_bytes, size_t step_count) {
  const size_t in_leaf = done % fold_leaf_steps;
  const size_t lanes = state.lane_count;
  const bool follow = step_bytes == static_cast<ptrdiff_t>(lanes * sizeof(typename F::Element)) && (!F::has_positions || lanes == 1);
  if (follow && in_leaf == 0 && step_count >= fold_leaf_steps) {
    fold_leaf<F>(state, done / fold_leaf_steps, x);
    return fold_leaf_steps;
  }
  Bytes* const leaf = level_for<F>(state, done / fold_leaf_steps, 0);
  const size_t column = in_leaf % fold_column_count;
  const size_t rest = fold_column_count - column;
  const size_t taken = step_count < rest ? step_count : rest;
  const Source source{x, state.first_position + done, false};
  if (in_leaf < fold_column_count) {
    take_steps<F, true>(leaf, lanes, column, source, step_bytes, taken);
  } else {
    take_steps<F, false>(leaf, lanes, column, source, step_bytes, taken);
  }
  if (in_leaf + taken == fold_leaf_steps) carry<F>(state, done / fold_leaf_steps);
  return taken;
}

template <class F>
void fold(const FoldState& state, const void* elements, ptrdiff_t step_bytes, size_t step_count) {
  const auto* x = static_cast<const Bytes*>(elements);
  for (size_t done = state.steps_done; step_count > 0;) {
    const size_t taken = fold_some<F>(state, done, x, step_bytes, step_count);
    done += taken;
    step_count -= taken;
    x += static_cast<ptrdiff_t>(taken) * step_bytes;
  }
  leave_wide_registers();
}

template <class F>
Bytes* close(const FoldState& state) {
  const size_t leaves = state.steps_done / fold_leaf_steps;
  const size_t rest = state.steps_done % fold_leaf_steps;
  const size_t plane = plane_bytes<F>(state.lane_count);
  Bytes* partial = rest == 0 ? nullptr : level_for<F>(state, leaves, 0);
  size_t columns = rest < fold_column_count ? rest : fold_column_count;
  for (size_t level = 0; leaves >> level != 0; ++level) {
    if ((leaves >> level & 1U) == 0) continue;
    Bytes* const earlier = state.levels + (level + 1) * plane * F::planes;
    if (partial != nullptr) combine_accumulators<F>(earlier, earlier, partial, plane, columns * state.lane_count);
    partial = earlier;
    columns = fold_column_count;
  }
  leave_wide_registers();
  return partial;
}

template <class F>
void combine(void* into, const void* from, size_t lanes, size_t column_count) {
  auto* const earlier = static_cast<Bytes*>(into);
  combine_accumulators<F>(earlier, earlier, static_cast<const Bytes*>(from), plane_bytes<F>(lanes), column_count * lanes);
  leave_wide_registers();
}

template <class F>
void finish(void* partial, size_t lanes, size_t column_count, void* results) {
  auto* const accumulators = static_cast<Bytes*>(partial);
  const size_t plane = plane_bytes<F>(lanes);
  for (size_t half = fold_column_count / 2; half > 0; half /= 2) {
    if (column_count <= half) continue;
    combine_accumulators<F>(accumulators, accumulators, accumulators + half * lanes * accumulator_size, plane, (column_count - half) * lanes);
    column_count = half;
  }
  for (size_t lane = 0; lane < lanes; ++lane) F::store_result(results, lane, accumulators + lane * accumulator_size, plane);
  leave_wide_registers();
}

template <class F, size_t lanes_per_element>
void fill_empty(void* results, size_t count) {
  for (size_t lane = 0; lane < count * lanes_per_element; ++lane) F::store_empty(results, lane);
}

template <class F, size_t lanes_per_element>
constexpr Folder folder_of() {
  Folder folder{F::planes * accumulator_size, lanes_per_element, F::result_bytes * lanes_per_element, fold<F>, nullptr, nullptr, close<F>, combine<F>,
                finish<F>, fill_empty<F, lanes_per_element>};
  if constexpr (F::is_summed_by_programs && lanes_per_element == 1) folder.take_leaf = take_leaf<F>, folder.empty_leaf = empty_leaf<F>;
  return folder;
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
