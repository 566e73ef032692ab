// Turns a Graph into a Program: which values are computed once a call, and which for each element. How a part's nodes become
// instructions is emit_part's matter.

#include "bytecode/emit.hpp"

#include <algorithm>
#include <cassert>

#include "bytecode/emit_part.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

std::vector<Rate> node_rates(const Graph& graph, const std::vector<Rate>& input_rates) {
  std::vector<Rate> rates;
  rates.reserve(graph.nodes().size());
  for (const Node& node : graph.nodes()) {
    Rate rate = node.kind == Node::Kind::input ? input_rates[node.input_index] : Rate::call;
    for (const NodeIndex operand : node.operand_list()) rate = std::max(rate, rates[operand]);
    rates.push_back(rate);
  }
  return rates;
}

std::size_t widest_lane_bytes(const Graph& graph) {
  const bool wide = std::ranges::any_of(graph.nodes(), [](const Node& node) { return node.dtype.size_bytes() == wide_lane_bytes; });
  return wide ? wide_lane_bytes : narrow_lane_bytes;
}

/// Fills in constants and slots, and gathers the roots of the `once` part.
class LeafPlacer {
 public:
  LeafPlacer(const Graph& graph, const std::vector<Rate>& input_rates)
      : graph_(graph), input_rates_(input_rates), places_(graph.nodes().size()) {}

  /// Places inputs and constants.
  void place_leaves(Program& program) {
    for (NodeIndex n = 0; n < graph_.nodes().size(); ++n) {
      const Node& node = graph_.node(n);
      if (node.kind == Node::Kind::constant) {
        places_[n] = {Source::constant, static_cast<std::uint32_t>(program.constants.size())};
        program.constants.push_back(node.value);
      } else if (node.kind == Node::Kind::input && input_rates_[node.input_index] == Rate::call) {
        places_[n] = {Source::slot, static_cast<std::uint32_t>(program.slots.size())};
        program.slots.push_back({node.dtype, true, node.input_index});
      } else if (node.kind == Node::Kind::input) {
        places_[n] = {Source::input, node.input_index};
      }
    }
  }

  /// Gives a slot to each operation that changes once a call and is wanted by one that changes with the element.
  std::vector<NodeIndex> place_call_values(Program& program) {
    const std::vector<Rate> rates = node_rates(graph_, input_rates_);
    std::vector<NodeIndex> roots;
    for (NodeIndex n = 0; n < graph_.nodes().size(); ++n) {
      if (rates[n] == Rate::call) continue;
      for (const NodeIndex operand : graph_.node(n).operand_list()) {
        if (rates[operand] != Rate::call || places_[operand].source != Source::none) continue;
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
  const std::vector<Rate>& input_rates_;
  std::vector<Operand> places_;
};

}  // namespace

Program emit(const Graph& graph, const std::vector<Rate>& input_rates) {
  Program program{.lane_bytes = widest_lane_bytes(graph)};
  program.input_is_used.resize(graph.schema().entries().size());
  for (const Node& node : graph.nodes()) {
    if (node.kind == Node::Kind::input) program.input_is_used[node.input_index] = true;
  }
  for (const NodeIndex output : graph.outputs()) program.output_dtypes.push_back(graph.node(output).dtype);

  LeafPlacer placer(graph, input_rates);
  placer.place_leaves(program);
  const std::vector<Operand> once_leaves = placer.places();
  const std::size_t input_slot_count = program.slots.size();
  const std::vector<NodeIndex> call_roots = placer.place_call_values(program);
  if (!call_roots.empty()) program.once = emit_part(graph, once_leaves, call_roots, input_slot_count);
  program.each = emit_part(graph, placer.places(), graph.outputs(), 0);
  assert(verify(program).empty());
  return program;
}

}  // namespace lanewise::inline v0
