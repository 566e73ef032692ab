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

/// Adds every needed node of `source` to `target`, operations by `add_operation(node, operands)`, and the outputs.
template <class AddOperation>
void copy_needed(const Graph& source, Graph& target, const AddOperation& add_operation) {
  const std::vector<bool> needed = needed_nodes(source);
  std::vector<NodeIndex> moved(needed.size());
  for (std::size_t index = 0; index < needed.size(); ++index) {
    if (!needed[index]) continue;
    const Node& node = source.nodes()[index];
    std::array<NodeIndex, maximum_argument_count> operands{};
    std::ranges::transform(node.operand_list(), operands.begin(), [&](NodeIndex operand) { return moved[operand]; });
    const std::span<const NodeIndex> moved_operands = std::span<const NodeIndex>(operands).first(node.operand_count);
    moved[index] = node.kind == Node::Kind::operation ? add_operation(node, moved_operands) : target.add_copy(source, node, moved_operands);
  }
  std::vector<NodeIndex> outputs;
  for (const NodeIndex output : source.outputs()) outputs.push_back(moved[output]);
  target.set_outputs(std::move(outputs));
}

}  // namespace

Graph simplify(const Graph& graph, EvaluateConstant evaluate_constant) {
  Graph rewritten = graph.without_nodes();
  Rewriter rewriter(rewritten, exact_rules(), evaluate_constant);
  copy_needed(graph, rewritten, [&](const Node& node, std::span<const NodeIndex> operands) {
    rewriter.set_span(node.span);
    return rewriter.operation(node.operation, node.dtype, operands);
  });
  Graph result = graph.without_nodes();
  copy_needed(rewritten, result, [&](const Node& node, std::span<const NodeIndex> operands) {
    return result.add_copy(rewritten, node, operands);
  });
  return result;
}

}  // namespace lanewise::inline v0
