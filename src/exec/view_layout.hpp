#pragma once

#include <cstddef>
#include <span>

#include "exec/shape.hpp"
#include "ir/subscript.hpp"

namespace lanewise::inline v0 {

/// Where the elements of a view lie.
struct ViewLayout {
  std::ptrdiff_t offset_bytes;  ///< from the first element of the array to that of the view
  Shape shape;
  PerDimension<std::ptrdiff_t> strides_bytes;
};

/// Returns the view through a subscript of an array that is part of a whole: one that broadcasts to the shape `whole`, whose axes the
/// subscript is about. The array keeps extent 1 where it repeats, and has the axes that it lacks with extent 1.
/// Throws ShapeError E309 at the entry for a position out of range, and for more entries than axes; LimitError E405.
ViewLayout layout_of_view(const Subscript& subscript, std::span<const std::size_t> whole, std::span<const std::size_t> shape,
                          std::span<const std::ptrdiff_t> strides_bytes);

/// Returns the shape alone.
Shape shape_of_view(const Subscript& subscript, std::span<const std::size_t> whole, std::span<const std::size_t> shape);

}  // namespace lanewise::inline v0
