#pragma once

#include <span>

#include <lanewise/array.hpp>

#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// Forms the arrays of the graph's views. `inputs` has a place for each input of the graph; those of the schema are given, the others are
/// filled with addresses in `views`, which has room for `graph.views()` and is not initialised.
/// Throws ShapeError E301, E309, LimitError E405.
void form_views(const Graph& graph, std::span<const ArrayView*> inputs, ArrayView* views);

}  // namespace lanewise::inline v0
