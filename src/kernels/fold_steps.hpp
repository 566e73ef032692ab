#pragma once
// The machinery of folds, for any fold `F` (kernels/fold_leaf.hpp says what that is): here and there is kept what kernels/fold.hpp promises about the
// order of combining.

#include "kernels/fold_leaf.hpp"

namespace lanewise::inline v0::kernels {
namespace {

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
