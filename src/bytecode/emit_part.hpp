#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "bytecode/program.hpp"
#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// Emits the nodes that `roots` need, down to the leaves. `leaves[n]` is the operand that stands for node n, or `none` where n is to be
/// computed; where `is_spread[n]`, nothing but loads may read it. Root i is stored to output `first_output + i`.
ProgramPart emit_part(const Graph& graph, std::vector<Operand> leaves, std::vector<bool> is_spread, std::span<const NodeIndex> roots,
                      std::size_t first_output);

}  // namespace lanewise::inline v0
