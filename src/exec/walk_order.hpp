#pragma once

#include <cstdint>
#include <span>

#include "exec/strided.hpp"

namespace lanewise::inline v0 {

/// How a pass goes through its domain.
struct WalkOrder {
  AxisList rows;
  AxisList columns;
  bool steps_are_rows = false;
  bool has_transposed = false;  ///< some operand's nearest elements are in the next row rather than in the next column
};

/// What the order is chosen by. Strides are along the axes of the domain, of operands that lie in memory.
struct WalkQuestion {
  std::span<const std::size_t> domain;
  std::span<const AxisStrides> operands;
  std::span<const AxisStrides> outputs;
  bool reduces;
  std::uint32_t reduced;   ///< where it reduces; bit k: axis k
  bool keeps_positions;    ///< reductions count the steps in C order
};

/// Chooses the order in which memory is read best. Reduced axes become the one group, kept axes, in C order, the other; an order without
/// reduced axes goes along the outputs.
WalkOrder choose_walk_order(const WalkQuestion& question);

}  // namespace lanewise::inline v0
