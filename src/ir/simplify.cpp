// Rewrites a graph by rules until none applies.
//
// One pass forward: each node that an output needs is added to a fresh graph, its operands already simplified, through a Rewriter that
// tries the rules first. As a rule looks only at operands, none applies to the result any more. What rules left without a user (the 2 of
// x**2) is dropped by a second copy. Linear in the nodes; order stays topological.
// Looked for here, found elsewhere: the rules (rules_exact.cpp), how they are tried (rewriter.cpp).

#include "ir/simplify.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "ir/rules_exact.hpp"

namespace lanewise::inline v0 {

namespace {

std::vector<bool> needed_nodes(const Graph& graph) {
  std::vector<bool> needed(graph.nodes().size());
  for (const NodeIndex output : graph.outputs()) needed[output] = true;
  for (std::size_t index = needed.size(); index-- != 0;) {
    if (!needed[index]) continue;
    for (const NodeIndex operand : graph.nodes()[index].operand_list()) needed[operand] = true;
  }
  return needed;
}

/// Adds the views that needed nodes are inputs of, and the views that these are made from; returns the inputs' positions in `target`.
std::vector<std::uint32_t> copy_needed_views(const Graph& source, Graph& target, const std::vector<bool>& needed) {
  const std::size_t given_count = source.schema().entries().size();
  std::vector<bool> is_needed(source.inputs().size());
  for (std::size_t index = 0; index < needed.size(); ++index) {
    const Node& node = source.nodes()[index];
    if (needed[index] && node.kind == Node::Kind::input) is_needed[node.input_index] = true;
  }
  for (std::size_t input = is_needed.size(); input-- > given_count;) {
    if (!is_needed[input]) continue;
    for (const std::uint32_t part : source.wholes()[source.views()[input - given_count].whole]) is_needed[part] = true;
  }
  std::vector<std::uint32_t> moved(is_needed.size());
  for (std::uint32_t input = 0; input < moved.size(); ++input) moved[input] = input;
  for (std::size_t input = given_count; input < moved.size(); ++input) {
    if (!is_needed[input]) continue;
    const InputView& view = source.views()[input - given_count];
    std::vector<std::uint32_t> whole;
    for (const std::uint32_t part : source.wholes()[view.whole]) whole.push_back(moved[part]);
    const std::uint32_t subscript = target.add_subscript(source.subscripts()[view.subscript]);
    moved[input] = target.add_input_view({moved[view.input], subscript, target.add_whole(whole)}, source.inputs()[input].name);
  }
  return moved;
}

/// Adds a node whose operands stand in `target` already.
NodeIndex add_moved(const Graph& source, Graph& target, const Node& node, std::span<const NodeIndex> operands,
                    std::span<const std::uint32_t> inputs) {
  if (node.kind == Node::Kind::input) return target.add_input(inputs[node.input_index], node.dtype, node.span);
  if (node.kind != Node::Kind::view) return target.add_copy(source, node, operands);
  return target.add_view(operands[0], operands[1], target.add_subscript(source.subscripts()[node.subscript]), node.span);
}

/// Adds every needed node of `source` to `target`, operations by `add_operation(node, operands)`, and the outputs.
template <class AddOperation>
void copy_needed(const Graph& source, Graph& target, const AddOperation& add_operation) {
  const std::vector<bool> needed = needed_nodes(source);
  const std::vector<std::uint32_t> inputs = copy_needed_views(source, target, needed);
  std::vector<NodeIndex> moved(needed.size());
  for (std::size_t index = 0; index < needed.size(); ++index) {
    if (!needed[index]) continue;
    const Node& node = source.nodes()[index];
    std::array<NodeIndex, maximum_argument_count> operands{};
    std::ranges::transform(node.operand_list(), operands.begin(), [&](NodeIndex operand) { return moved[operand]; });
    const std::span<const NodeIndex> moved_operands = std::span<const NodeIndex>(operands).first(node.operand_count);
    moved[index] = node.kind == Node::Kind::operation ? add_operation(node, moved_operands) : add_moved(source, target, node, moved_operands, inputs);
  }
  std::vector<NodeIndex> outputs;
  for (const NodeIndex output : source.outputs()) outputs.push_back(moved[output]);
  target.set_outputs(std::move(outputs));
}

}  // namespace

Graph simplify(const Graph& graph, EvaluateConstant evaluate_constant) {
  Graph rewritten(graph.schema());
  Rewriter rewriter(rewritten, exact_rules(), evaluate_constant);
  copy_needed(graph, rewritten, [&](const Node& node, std::span<const NodeIndex> operands) {
    rewriter.set_span(node.span);
    return rewriter.operation(node.operation, node.dtype, operands);
  });
  Graph result(graph.schema());
  copy_needed(rewritten, result, [&](const Node& node, std::span<const NodeIndex> operands) {
    return result.add_copy(rewritten, node, operands);
  });
  return result;
}

}  // namespace lanewise::inline v0
