// Pushes subscripts down to the arrays that a value is computed from.
//
// An elementwise value has the shape that its arrays broadcast to, and an element of it depends on one element of each. So the value seen
// through a subscript is the same expression of views: each array seen through the subscript along the axes that it has, and repeated along
// the others as before. How many axes there are is known when arrays are bound; so a view remembers what it was part of (its whole), and
// exec/view_layout.cpp does the rest. Values of one element stay as they are.
//
// Linear: each node is copied once for each subscript and set of arrays, however often that is asked for.

#include "ir/slicer.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace lanewise::inline v0 {

using Kind = Node::Kind;

Slicer::Leaves Slicer::leaves_of(NodeIndex value) {
  while (leaves_.size() <= value) leaves_.push_back(find_leaves(static_cast<NodeIndex>(leaves_.size())));
  return leaves_[value];
}

Slicer::Leaves Slicer::find_leaves(NodeIndex n) {
  const Node& node = graph_.node(n);
  switch (node.kind) {
    case Kind::constant:
    case Kind::extent: return {};
    case Kind::index: return {0, true};
    case Kind::view: return {sets_.intern({n})};
    case Kind::input: return {graph_.inputs()[node.input_index].weak ? 0 : sets_.intern({n})};
    case Kind::reduction: return {node.axes.all && !node.axes.keepdims ? 0 : sets_.intern({n})};
    case Kind::operation:
    case Kind::call: break;
  }
  Leaves leaves;
  for (const NodeIndex operand : node.operand_list()) {
    leaves.set = sets_.unite(leaves.set, leaves_[operand].set);
    leaves.has_index |= leaves_[operand].has_index;
  }
  return leaves;
}

bool Slicer::is_leaf(NodeIndex n) const {
  const Kind kind = graph_.node(n).kind;
  return kind != Kind::operation && kind != Kind::call;
}

/// Returns the nodes to move that have not been moved yet, operands first.
std::vector<NodeIndex> Slicer::reach(NodeIndex value, const Moved& moved) const {
  std::vector<NodeIndex> reached;
  Moved seen;
  const auto visit = [&](NodeIndex n) {
    if (leaves_[n].set != 0 && !moved.contains(n) && seen.emplace(n, n).second) reached.push_back(n);
  };
  visit(value);
  for (std::size_t i = 0; i < reached.size(); ++i) {
    if (is_leaf(reached[i])) continue;
    for (const NodeIndex operand : graph_.node(reached[i]).operand_list()) visit(operand);
  }
  std::ranges::sort(reached);
  return reached;
}

NodeIndex Slicer::apply(NodeIndex value, const Subscript& subscript, std::string_view written) {
  const std::uint32_t set = leaves_of(value).set;
  const NodeIndex whole = set_list_[set].size() == 1 ? set_list_[set][0] : whole_of_set_.emplace(set, value).first->second;
  const Application application{graph_.add_subscript(subscript), set, whole, written};
  Moved& moved = moved_[{application.subscript, set}];
  for (const NodeIndex n : reach(value, moved)) moved[n] = is_leaf(n) ? view_of(n, application) : copy_of(n, moved);
  return moved.at(value);
}

NodeIndex Slicer::view_of(NodeIndex leaf, const Application& application) {
  const SourceSpan span = graph_.node(leaf).span;
  const std::vector<std::uint32_t>& leaves = set_list_[application.set];
  const auto is_input = [&](NodeIndex n) { return graph_.node(n).kind == Kind::input; };
  if (!std::ranges::all_of(leaves, is_input)) return graph_.add_view(leaf, application.whole, application.subscript, span);
  std::vector<std::uint32_t> inputs;
  for (const NodeIndex n : leaves) inputs.push_back(graph_.node(n).input_index);
  std::ranges::sort(inputs);
  const std::uint32_t input = graph_.node(leaf).input_index;
  const std::string part = inputs.size() == 1 ? "" : " in " + std::string(application.written);
  std::string name = graph_.inputs()[input].name + part + to_text(graph_.subscripts()[application.subscript]);
  const std::uint32_t view = graph_.add_input_view({input, application.subscript, graph_.add_whole(inputs)}, std::move(name));
  return graph_.add_input(view, graph_.node(leaf).dtype, span);
}

NodeIndex Slicer::copy_of(NodeIndex n, const Moved& moved) {
  const Node node = graph_.node(n);
  std::array<NodeIndex, maximum_argument_count> operands{};
  for (std::size_t i = 0; i < node.operand_count; ++i) {
    const auto found = moved.find(node.operands[i]);
    operands[i] = found == moved.end() ? node.operands[i] : found->second;
  }
  return graph_.add_copy(graph_, node, std::span(operands).first(node.operand_count));
}

}  // namespace lanewise::inline v0
