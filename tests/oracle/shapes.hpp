#pragma once
// Broadcasting and axes, by lists of extents.

#include <cstddef>
#include <optional>
#include <vector>

#include "oracle/node.hpp"

namespace lanewise::inline v0::oracle {

using Shape = std::vector<std::size_t>;
using Position = std::vector<std::size_t>;

std::size_t count_elements(const Shape& shape);

/// Throws Refusal E301.
Shape broadcast(const Shape& left, const Shape& right);

/// Returns the position of an element in C order.
Position position_of(std::size_t index, const Shape& shape);

/// Returns the C-order index of the element of an array of `shape` that stands at a position of an array it broadcasts to.
std::size_t index_at(const Position& position, const Shape& shape);

/// Returns for each axis whether it is one of `axes`. Throws Refusal E306.
std::vector<bool> chosen_axes(const Axes& axes, std::size_t rank);

/// Returns the extents of the axes that are chosen, or of the others.
Shape extents(const Shape& shape, const std::vector<bool>& chosen, bool of_chosen);

/// Which places along an axis of the whole an index selects, and which axis of the part they are, if they stay one.
struct PartAxis {
  std::vector<std::size_t> places;
  std::optional<std::size_t> part_axis;
};
struct PartLayout {
  Shape shape;
  std::vector<PartAxis> axes;  ///< of the whole
};
/// Throws Refusal E309.
PartLayout part_layout(const std::vector<Entry>& entries, const Shape& whole);

}  // namespace lanewise::inline v0::oracle
