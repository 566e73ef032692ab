// In which order a pass goes through its domain.
//
// The bits of a reduction depend on the order of its steps, so that order is chosen by the layout of the arrays alone.

#include "exec/walk_order.hpp"

#include <algorithm>
#include <cstdlib>

namespace lanewise::inline v0 {
namespace {

/// Rows with fewer steps are folded side by side rather than one after another: a fold of its own costs about as much as so many elements.
constexpr std::size_t shortest_row = 64;

void append(AxisList& list, std::size_t axis) {
  list.resize(list.values().size() + 1);
  list[list.values().size() - 1] = static_cast<std::uint8_t>(axis);
}

AxisList long_axes(const WalkQuestion& question, std::uint32_t wanted) {
  AxisList list;
  for (std::size_t axis = 0; axis < question.domain.size(); ++axis) {
    if (question.domain[axis] != 1 && (wanted >> axis & 1U) != 0) append(list, axis);
  }
  return list;
}

std::size_t place_count(const WalkQuestion& question, const AxisList& axes) {
  std::size_t count = 1;
  for (const std::uint8_t axis : axes.values()) count *= question.domain[axis];
  return count;
}

/// The axis along which an operand's elements are nearest to each other, or the rank where it is one element.
std::size_t nearest_axis(const WalkQuestion& question, AxisStrides strides) {
  std::size_t nearest = question.domain.size();
  for (std::size_t axis = 0; axis < question.domain.size(); ++axis) {
    if (question.domain[axis] == 1 || strides[axis] == 0) continue;
    if (nearest == question.domain.size() || std::abs(strides[axis]) <= std::abs(strides[nearest])) nearest = axis;
  }
  return nearest;
}

void sort_by_stride(AxisList& axes, AxisStrides strides) {
  const auto farther = [&](std::uint8_t l, std::uint8_t r) { return std::abs(strides[l]) > std::abs(strides[r]); };
  std::uint8_t* first = &axes[0];
  for (std::size_t i = 1; i < axes.values().size(); ++i) {  // stable, and short
    for (std::size_t k = i; k > 0 && farther(first[k], first[k - 1]); --k) std::swap(first[k], first[k - 1]);
  }
}

/// The operand that moves along most axes.
const AxisStrides* find_leader(const WalkQuestion& question) {
  const AxisStrides* leader = nullptr;
  std::ptrdiff_t most = 0;
  for (const AxisStrides& strides : question.operands) {
    const auto moving = static_cast<std::ptrdiff_t>(strides.size()) - std::ranges::count(strides, 0);
    if (moving <= most) continue;
    leader = &strides;
    most = moving;
  }
  return leader;
}

/// True if going on from the end of `inner` is a step of `axis`, for all arrays.
bool continues(const WalkQuestion& question, std::size_t axis, std::size_t inner) {
  const auto follows = [&](AxisStrides strides) {
    return strides[axis] == strides[inner] * static_cast<std::ptrdiff_t>(question.domain[inner]);
  };
  return std::ranges::all_of(question.operands, follows) && std::ranges::all_of(question.outputs, follows);
}

/// Moves the axis that transposed operands read fastest to the end of the rows.
void prefer_transposed(const WalkQuestion& question, WalkOrder& order) {
  for (AxisStrides strides : question.operands) {
    const std::size_t nearest = nearest_axis(question, strides);
    const auto found = std::ranges::find(order.rows.values(), nearest);
    if (found == order.rows.values().end() || strides[order.columns.values().back()] == 0) continue;
    std::uint8_t* first = &order.rows[0];
    const auto place = found - order.rows.values().begin();
    std::rotate(first + place, first + place + 1, first + order.rows.values().size());
    order.has_transposed = true;
    return;
  }
}

WalkOrder elementwise_order(const WalkQuestion& question) {
  WalkOrder order;
  AxisList axes = long_axes(question, ~0U);
  if (axes.values().empty()) return order;
  if (!question.outputs.empty()) sort_by_stride(axes, question.outputs[0]);
  std::size_t first_column = axes.values().size() - 1;
  while (first_column > 0 && continues(question, axes.values()[first_column - 1], axes.values()[first_column])) --first_column;
  order.rows.assign(axes.values().first(first_column));
  order.columns.assign(axes.values().subspan(first_column));
  prefer_transposed(question, order);
  return order;
}

}  // namespace

WalkOrder choose_walk_order(const WalkQuestion& question) {
  if (!question.reduces) return elementwise_order(question);
  const AxisList kept = long_axes(question, ~question.reduced);
  AxisList reduced = long_axes(question, question.reduced);
  const AxisStrides* leader = find_leader(question);
  if (leader != nullptr && !question.keeps_positions) sort_by_stride(reduced, *leader);
  int votes = 0;
  for (AxisStrides strides : question.operands) {
    const std::size_t nearest = nearest_axis(question, strides);
    if (nearest < question.domain.size()) votes += (question.reduced >> nearest & 1U) != 0 ? -1 : 1;
  }
  const bool folds_rows = !kept.values().empty() && (votes > 0 || place_count(question, reduced) < shortest_row);
  WalkOrder order;
  order.rows = folds_rows ? reduced : kept;
  order.columns = folds_rows ? kept : reduced;
  order.steps_are_rows = folds_rows;
  return order;
}

}  // namespace lanewise::inline v0
