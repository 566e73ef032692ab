// Subscripts: `u[1:-1, 0]`. Their entries must be constants; what they say is pushed down to arrays by the Slicer. Whether an axis or a
// position exists is checked when arrays are bound.

#include <limits>

#include "ir/bind_errors.hpp"
#include "ir/binder.hpp"

namespace lanewise::inline v0 {

namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min(), highest = std::numeric_limits<std::int64_t>::max();

/// Returns a constant's value, or the nearest int64: no array has as many elements.
std::optional<std::int64_t> whole_number(const BoundValue& value) {
  if (const auto* wide = std::get_if<WideInteger>(&value.content)) return wide->is_negative() ? lowest : highest;
  const auto* constant = std::get_if<Scalar>(&value.content);
  if (constant == nullptr || !constant->dtype.is_integer()) return {};
  if (constant->dtype == DType::uint64 && constant->bits >> 63 != 0) return highest;
  return integer_value(*constant);
}

bool is_new_axis(const BoundValue& value) {
  const auto* entry = std::get_if<SubscriptEntry>(&value.content);
  return entry != nullptr && entry->kind == SubscriptEntry::Kind::new_axis;
}

}  // namespace

BoundValue Binder::slice(const Scope& scope, const SyntaxNode& node, std::uint32_t syntax_index, std::span<const BoundValue> parts) {
  SubscriptEntry entry{.kind = SubscriptEntry::Kind::slice, .span = node.extent};
  auto part = parts.begin();
  for (unsigned bit = 0; bit < 3; ++bit) {
    if ((node.integer >> bit & 1U) == 0) continue;
    const BoundValue& given = *part++;
    if (is_new_axis(given)) continue;  // as in Python, where u[None:2] is u[:2]
    const auto number = whole_number(given);
    if (!number) throw wrong_subscript_entry(scope.tree, given);
    if (bit == 2 && *number == 0) throw zero_step(scope.tree, given);
    if (bit == 2) {
      entry.step = std::max(*number, -highest);
    } else {
      (bit == 0 ? entry.start : entry.stop) = number;
    }
  }
  return {entry, DType::int64, true, syntax_index};
}

Subscript Binder::subscript_of(const Scope& scope, std::span<const BoundValue> entries) const {
  Subscript subscript;
  bool has_ellipsis = false;
  for (const BoundValue& value : entries) {
    const SourceSpan span = scope.tree.nodes[value.syntax_index].extent;
    if (const auto* entry = std::get_if<SubscriptEntry>(&value.content)) {
      const bool is_ellipsis = entry->kind == SubscriptEntry::Kind::ellipsis;
      if (is_ellipsis && has_ellipsis) throw second_ellipsis(span);
      has_ellipsis |= is_ellipsis;
      subscript.push_back(*entry);
      subscript.back().span = span;
    } else if (const auto position = whole_number(value)) {
      subscript.push_back({.kind = SubscriptEntry::Kind::position, .start = position, .span = span});
    } else {
      throw wrong_subscript_entry(scope.tree, value);
    }
  }
  return subscript;
}

BoundValue Binder::subscript(const Scope& scope, std::uint32_t syntax_index, std::span<const BoundValue> children) {
  const BoundValue& value = children[0];
  const Subscript entries = subscript_of(scope, children.subspan(1));
  const auto* node = std::get_if<NodeIndex>(&value.content);
  if (node == nullptr || value.weak || !(slicer_.has_axes(*node) || slicer_.counts_positions(*node))) throw no_axes(scope.tree, value);
  if (slicer_.counts_positions(*node)) throw subscript_of_positions(scope.tree, value);
  const std::string_view written = scope.tree.text(scope.tree.nodes[value.syntax_index].extent);
  const NodeIndex result = slicer_.apply(*node, entries, written);
  if (graph_.inputs().size() > limits_.input_count || graph_.subscripts().size() > limits_.input_count) {
    throw LimitError(ErrorCode::too_many_inputs, "more than " + std::to_string(limits_.input_count) + " inputs and slices of them",
                     scope.tree.nodes[syntax_index].extent);
  }
  return {result, value.dtype, false, syntax_index};
}

}  // namespace lanewise::inline v0
