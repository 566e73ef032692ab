#pragma once
// Shapes of values: broadcasting, and what a reduction leaves of a shape. No arrays yet.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <lanewise/array.hpp>

#include "ir/graph.hpp"

namespace lanewise::inline v0 {

using Shape = PerDimension<std::size_t>;

/// Widens `joint` so that `shape` broadcasts to it too. Returns 0, or the axis along which they disagree, counted from the back from 1; then
/// `joint` is unchanged.
std::size_t broadcast_into(Shape& joint, std::span<const std::size_t> shape) noexcept;

/// Returns the number of elements. Throws ShapeError E304 if it does not fit.
std::size_t element_count_of(std::span<const std::size_t> shape);

/// Returns the axes that a reduction of `rank` dimensions runs along, bit k for axis k.
/// Throws ShapeError E306 at `span` if one is out of range or named twice.
std::uint32_t resolve_axes(Axes axes, std::size_t rank, SourceSpan span);

/// Returns what a reduction along `reduced` (bits) leaves of a shape.
Shape reduced_shape(std::span<const std::size_t> shape, std::uint32_t reduced, bool keepdims) noexcept;

/// Returns the extents along `axes` multiplied.
std::size_t extent_along(std::span<const std::size_t> shape, std::uint32_t axes);

/// Returns "(3, 4)", "(3,)" or "()".
std::string shape_text(std::span<const std::size_t> shape);

}  // namespace lanewise::inline v0
