// Tries the rules on each operation before it is added.

#include "ir/rewriter.hpp"

namespace lanewise::inline v0 {

std::optional<Scalar> Rewriter::constant_value(NodeIndex index) const {
  const Node& candidate = graph_.node(index);
  if (candidate.kind != Node::Kind::constant) return {};
  return candidate.value;
}

NodeIndex Rewriter::operation(OperationId id, DType result, std::span<const NodeIndex> operands) {
  for (const Rule rule : rules_) {
    if (const auto replacement = rule(*this, {id, result, operands})) return *replacement;
  }
  return graph_.add_operation(id, result, operands, span_);
}

}  // namespace lanewise::inline v0
