#pragma once

#include <vector>

#include "bytecode/program.hpp"
#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// How often an input's value changes.
enum class Rate : unsigned char { call, element };

/// Turns a graph into a program for inputs of the given rates, one a schema entry.
Program emit(const Graph& graph, const std::vector<Rate>& input_rates);

}  // namespace lanewise::inline v0
