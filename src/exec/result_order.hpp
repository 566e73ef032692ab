#pragma once

#include <span>

#include <lanewise/options.hpp>

#include "exec/shape.hpp"

namespace lanewise::inline v0 {

/// Returns the axes of a fresh result from the one along which its elements are to be farthest apart to the nearest. `inputs` are those of
/// the call; to Order::keep those matter that broadcast to the shape.
PerDimension<std::size_t> order_of_result(Order order, std::span<const std::size_t> shape, std::span<const ArrayView* const> inputs);

}  // namespace lanewise::inline v0
