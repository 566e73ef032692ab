#pragma once

#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// Returns a graph of the same value, bit for bit, on which no rule applies any more and constants are folded; nodes that no
/// output needs are gone.
Graph simplify(const Graph& graph, EvaluateConstant evaluate_constant);

}  // namespace lanewise::inline v0
