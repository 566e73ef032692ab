#include "exec/shape.hpp"

#include <algorithm>

#include <lanewise/error.hpp>

namespace lanewise::inline v0 {
namespace {

std::size_t from_back(std::span<const std::size_t> shape, std::size_t back) { return back <= shape.size() ? shape[shape.size() - back] : 1; }

[[noreturn]] void refuse_axis(int axis, std::size_t rank, const char* why, SourceSpan span) {
  throw ShapeError(ErrorCode::axis_out_of_range,
                   "axis " + std::to_string(axis) + why + std::to_string(rank) + (rank == 1 ? " dimension" : " dimensions"), span);
}

}  // namespace

std::size_t broadcast_into(Shape& joint, std::span<const std::size_t> shape) noexcept {
  Shape result;
  result.resize(std::max(shape.size(), joint.values().size()));
  for (std::size_t back = 1; back <= result.values().size(); ++back) {
    const std::size_t left = from_back(joint.values(), back);
    const std::size_t right = from_back(shape, back);
    if (left != right && left != 1 && right != 1) return back;
    result[result.values().size() - back] = left == 1 ? right : left;
  }
  joint = result;
  return 0;
}

std::size_t element_count_of(std::span<const std::size_t> shape) {
  if (std::ranges::find(shape, 0U) != shape.end()) return 0;
  std::size_t count = 1;
  for (const std::size_t extent : shape) {
    if (__builtin_mul_overflow(count, extent, &count)) {
      throw ShapeError(ErrorCode::shape_overflow, "the extents of shape " + shape_text(shape) + " multiply to more elements than can be counted");
    }
  }
  return count;
}

std::uint32_t resolve_axes(Axes axes, std::size_t rank, SourceSpan span) {
  if (axes.all) return static_cast<std::uint32_t>((std::uint64_t{1} << rank) - 1);
  std::uint32_t result = 0;
  for (std::size_t k = 0; k < maximum_rank; ++k) {
    for (const bool is_from_back : {false, true}) {
      if (((is_from_back ? axes.from_back : axes.from_front) >> k & 1U) == 0) continue;
      const int written = is_from_back ? -1 - static_cast<int>(k) : static_cast<int>(k);
      if (k >= rank) refuse_axis(written, rank, " is out of range for a value of ", span);
      const std::uint32_t bit = 1U << (is_from_back ? rank - 1 - k : k);
      if ((result & bit) != 0) refuse_axis(written, rank, " is named twice for a value of ", span);
      result |= bit;
    }
  }
  return result;
}

Shape reduced_shape(std::span<const std::size_t> shape, std::uint32_t reduced, bool keepdims) noexcept {
  Shape result;
  result.resize(shape.size());
  std::size_t rank = 0;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const bool is_reduced = (reduced >> axis & 1U) != 0;
    if (!is_reduced || keepdims) result[rank++] = is_reduced ? 1 : shape[axis];
  }
  result.resize(rank);
  return result;
}

std::size_t extent_along(std::span<const std::size_t> shape, std::uint32_t axes) {
  return element_count_of(reduced_shape(shape, ~axes, false).values());
}

std::string shape_text(std::span<const std::size_t> shape) {
  std::string text = "(";
  for (std::size_t axis = 0; axis < shape.size(); ++axis) text += (axis > 0 ? ", " : "") + std::to_string(shape[axis]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

}  // namespace lanewise::inline v0
