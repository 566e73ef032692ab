#include "oracle/shapes.hpp"

#include <algorithm>
#include <string>

namespace lanewise::inline v0::oracle {

std::size_t count_elements(const Shape& shape) {
  std::size_t count = 1;
  for (const std::size_t extent : shape) count *= extent;
  return count;
}

Shape broadcast(const Shape& left, const Shape& right) {
  if (left.size() < right.size()) return broadcast(right, left);
  Shape joint = left;
  const std::size_t offset = left.size() - right.size();
  for (std::size_t axis = 0; axis < right.size(); ++axis) {
    std::size_t& extent = joint[offset + axis];
    if (extent != right[axis] && extent != 1 && right[axis] != 1) throw Refusal(ErrorCode::shape_mismatch, "shapes");
    if (extent == 1) extent = right[axis];
  }
  return joint;
}

Position position_of(std::size_t index, const Shape& shape) {
  Position position(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0; index /= shape[axis]) position[axis] = index % shape[axis];
  return position;
}

std::size_t index_at(const Position& position, const Shape& shape) {
  std::size_t index = 0;
  const std::size_t offset = position.size() - shape.size();
  for (std::size_t axis = 0; axis < shape.size(); ++axis) index = index * shape[axis] + (shape[axis] == 1 ? 0 : position[offset + axis]);
  return index;
}

std::vector<bool> chosen_axes(const Axes& axes, std::size_t rank) {
  std::vector<bool> chosen(rank, axes.all);
  const auto signed_rank = static_cast<std::int64_t>(rank);
  for (const std::int64_t written : axes.list) {
    const std::int64_t axis = written < 0 ? written + signed_rank : written;
    if (axis < 0 || axis >= signed_rank) throw Refusal(ErrorCode::axis_out_of_range, "axis " + std::to_string(written));
    if (chosen[static_cast<std::size_t>(axis)]) throw Refusal(ErrorCode::axis_out_of_range, "axis repeated");
    chosen[static_cast<std::size_t>(axis)] = true;
  }
  return chosen;
}

Shape extents(const Shape& shape, const std::vector<bool>& chosen, bool of_chosen) {
  Shape result;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (chosen[axis] == of_chosen) result.push_back(shape[axis]);
  }
  return result;
}

}  // namespace lanewise::inline v0::oracle
