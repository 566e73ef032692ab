#pragma once
// The value of a graph for one element: each node by the scalar machine, in the dtype it says.

#include <span>
#include <vector>

#include "ir/graph.hpp"

namespace lanewise::inline v0::testing_ir {

/// Returns the values of the outputs. `inputs` are by position in the schema; of a weak one any dtype, as it is converted to its node's.
/// Throws std::logic_error for operations that the scalar machine does not know, and for reductions.
std::vector<Scalar> evaluate_graph(const Graph& graph, std::span<const Scalar> inputs);

}  // namespace lanewise::inline v0::testing_ir
