// Turns a Graph into a Program: which values are computed once a call, and which for each element. How a part's nodes become
// instructions is emit_part's matter.

#include "bytecode/emit.hpp"

#include <algorithm>
#include <cassert>

#include "bytecode/emit_part.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

/// What the program needs of the graph, and how often each node's value changes.
class Needed {
 public:
  Needed(const Graph& graph, std::span<const NodeIndex> roots, std::span<const Leaf> leaves)
      : graph_(graph), needed_(graph.nodes().size()), rates_(needed_.size(), Rate::call) {
    std::vector<bool> is_leaf(needed_.size());
    for (const Leaf& leaf : leaves) {
      is_leaf[leaf.node] = true;
      rates_[leaf.node] = leaf.rate;
    }
    for (const NodeIndex root : roots) needed_[root] = true;
    for (std::size_t n = needed_.size(); n-- > 0;) {
      if (!needed_[n] || is_leaf[n]) continue;
      for (const NodeIndex operand : graph.nodes()[n].operand_list()) needed_[operand] = true;
    }
    for (std::size_t n = 0; n < needed_.size(); ++n) {
      if (!needed_[n] || is_leaf[n]) continue;
      for (const NodeIndex operand : graph.nodes()[n].operand_list()) rates_[n] = std::max(rates_[n], rates_[operand]);
    }
  }

  bool operator[](NodeIndex n) const { return needed_[n]; }
  Rate rate(NodeIndex n) const { return rates_[n]; }
  std::size_t lane_bytes() const {
    std::size_t widest = narrow_lane_bytes;
    for (NodeIndex n = 0; n < needed_.size(); ++n) {
      if (needed_[n]) widest = std::max(widest, lane_bytes_of(graph_.node(n).dtype));
    }
    return widest;
  }

 private:
  const Graph& graph_;
  std::vector<bool> needed_;
  std::vector<Rate> rates_;
};

/// Fills in constants and slots, and gathers the roots of the `once` part.
class LeafPlacer {
 public:
  LeafPlacer(const Graph& graph, const Needed& needed) : graph_(graph), needed_(needed), places_(graph.nodes().size()) {}

  /// Places leaves and constants.
  void place_leaves(std::span<const Leaf> leaves, Program& program) {
    for (const Leaf& leaf : leaves) {
      if (!needed_[leaf.node]) continue;
      if (leaf.rate == Rate::call) {
        places_[leaf.node] = {Source::slot, static_cast<std::uint32_t>(program.slots.size())};
        program.slots.push_back({graph_.node(leaf.node).dtype, true, leaf.index});
      } else {
        places_[leaf.node] = {Source::input, leaf.index};
      }
      program.input_is_used.resize(std::max<std::size_t>(program.input_is_used.size(), leaf.index + std::size_t{1}));
      program.input_is_used[leaf.index] = true;
    }
    for (NodeIndex n = 0; n < graph_.nodes().size(); ++n) {
      if (!needed_[n] || graph_.node(n).kind != Node::Kind::constant) continue;
      places_[n] = {Source::constant, static_cast<std::uint32_t>(program.constants.size())};
      program.constants.push_back(graph_.node(n).value);
    }
  }

  /// Gives a slot to each operation that changes once a call and is wanted by one that changes with the element.
  std::vector<NodeIndex> place_call_values(Program& program) {
    std::vector<NodeIndex> roots;
    for (NodeIndex n = 0; n < graph_.nodes().size(); ++n) {
      if (!needed_[n] || needed_.rate(n) == Rate::call || places_[n].source != Source::none) continue;
      for (const NodeIndex operand : graph_.node(n).operand_list()) {
        if (needed_.rate(operand) != Rate::call || places_[operand].source != Source::none) continue;
        places_[operand] = {Source::slot, static_cast<std::uint32_t>(program.slots.size())};
        program.slots.push_back({graph_.node(operand).dtype, false, 0});
        roots.push_back(operand);
      }
    }
    return roots;
  }

  const std::vector<Operand>& places() const { return places_; }

 private:
  const Graph& graph_;
  const Needed& needed_;
  std::vector<Operand> places_;
};

}  // namespace

Program emit(const Graph& graph, std::span<const NodeIndex> roots, std::span<const Leaf> leaves) {
  const Needed needed(graph, roots, leaves);
  Program program{.lane_bytes = needed.lane_bytes()};
  for (const NodeIndex root : roots) program.output_dtypes.push_back(graph.node(root).dtype);
  program.functions.assign(graph.functions().begin(), graph.functions().end());

  LeafPlacer placer(graph, needed);
  placer.place_leaves(leaves, program);
  const std::vector<Operand> once_leaves = placer.places();
  const std::size_t input_slot_count = program.slots.size();
  const std::vector<NodeIndex> call_roots = placer.place_call_values(program);
  std::vector<bool> is_spread(graph.nodes().size());
  for (const Leaf& leaf : leaves) is_spread[leaf.node] = leaf.is_spread;
  if (!call_roots.empty()) program.once = emit_part(graph, once_leaves, is_spread, call_roots, input_slot_count);
  program.each = emit_part(graph, placer.places(), std::move(is_spread), roots, 0);
  assert(verify(program).empty());
  return program;
}

}  // namespace lanewise::inline v0
