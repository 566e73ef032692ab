#pragma once
// Rewriter: adds nodes to the graph that simplify builds, rules first.
//
// All nodes of the graph are simplified already, so a rule needs to look only at the operation that is about to be added and at the
// operands it has. A rule's own nodes come through here too; as rules only shorten, that goes a few calls deep at most.

#include <array>
#include <optional>
#include <span>

#include "ir/graph.hpp"

namespace lanewise::inline v0 {

class Rewriter;

/// An operation that is about to be added.
struct Candidate {
  OperationId id;
  DType result;
  std::span<const NodeIndex> operands;
};

/// Returns the node that stands for the candidate, or nothing if the rule does not apply.
using Rule = std::optional<NodeIndex> (*)(Rewriter& rewriter, const Candidate& candidate);

class Rewriter {
 public:
  Rewriter(Graph& graph, std::span<const Rule> rules, EvaluateConstant evaluate_constant)
      : graph_(graph), rules_(rules), evaluate_constant_(evaluate_constant) {}

  const Node& node(NodeIndex index) const { return graph_.node(index); }
  /// Returns the value of a constant node, or nothing.
  std::optional<Scalar> constant_value(NodeIndex index) const;

  /// Sets the place in the text that nodes added from now on come from.
  void set_span(SourceSpan span) { span_ = span; }
  NodeIndex constant(Scalar value) { return graph_.add_constant(value, span_); }
  NodeIndex operation(OperationId id, DType result, std::span<const NodeIndex> operands);
  template <class... Operands>
  NodeIndex operation(OperationId id, DType result, Operands... operands) {
    const std::array<NodeIndex, sizeof...(operands)> list = {operands...};
    return operation(id, result, std::span<const NodeIndex>(list));
  }
  Scalar evaluate(OperationId id, DType result, std::span<const Scalar> operands) const { return evaluate_constant_(id, result, operands); }

 private:
  Graph& graph_;
  std::span<const Rule> rules_;
  EvaluateConstant evaluate_constant_;
  SourceSpan span_;
};

}  // namespace lanewise::inline v0
