#pragma once

#include <span>

#include "bytecode/program.hpp"
#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// How often an input's value changes.
enum class Rate : unsigned char { call, element };

/// A node whose value the program is given: as input number `index` of the call.
struct Leaf {
  NodeIndex node;
  std::uint32_t index;
  Rate rate;
  bool is_spread = false;  ///< the elements of the array have gaps between them, so only loads read it
};

/// Turns the nodes that `roots` need, down to constants and `leaves`, into a program that stores root i to output i. Every input, reduction,
/// extent and index among them is a leaf.
Program emit(const Graph& graph, std::span<const NodeIndex> roots, std::span<const Leaf> leaves);

}  // namespace lanewise::inline v0
