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

namespace {

// Walks from start to stop as Python's slice.indices says, place by place.
std::vector<std::size_t> places_of(const Entry& slice, std::int64_t extent) {
  const std::int64_t step = slice.step.value_or(1);
  const std::int64_t before = step < 0 ? -1 : 0, after = step < 0 ? extent - 1 : extent;
  const auto bound = [&](std::optional<std::int64_t> written, std::int64_t missing) {
    if (!written) return missing;
    const std::int64_t place = *written < 0 ? *written + extent : *written;
    return place < before ? before : place > after ? after : place;
  };
  const std::int64_t stop = bound(slice.stop, step < 0 ? -1 : extent);
  std::vector<std::size_t> places;
  for (std::int64_t place = bound(slice.start, step < 0 ? after : 0); step < 0 ? place > stop : place < stop; place += step) {
    places.push_back(static_cast<std::size_t>(place));
  }
  return places;
}

}  // namespace

PartLayout part_layout(const std::vector<Entry>& entries, const Shape& whole) {
  std::size_t taken = 0;
  bool has_ellipsis = false;
  for (const Entry& entry : entries) {
    taken += entry.kind == Entry::Kind::position || entry.kind == Entry::Kind::slice;
    has_ellipsis |= entry.kind == Entry::Kind::ellipsis;
  }
  if (taken > whole.size()) throw Refusal(ErrorCode::index_out_of_range, "too many indices");
  std::vector<Entry> all;
  for (const Entry& entry : entries) {
    if (entry.kind != Entry::Kind::ellipsis) all.push_back(entry);
    if (entry.kind == Entry::Kind::ellipsis) all.insert(all.end(), whole.size() - taken, {Entry::Kind::slice});
  }
  if (!has_ellipsis) all.insert(all.end(), whole.size() - taken, {Entry::Kind::slice});
  PartLayout layout;
  for (const Entry& entry : all) {
    if (entry.kind == Entry::Kind::new_axis) {
      layout.shape.push_back(1);
      continue;
    }
    const auto extent = static_cast<std::int64_t>(whole[layout.axes.size()]);
    if (entry.kind == Entry::Kind::slice) {
      layout.axes.push_back({places_of(entry, extent), layout.shape.size()});
      layout.shape.push_back(layout.axes.back().places.size());
      continue;
    }
    const std::int64_t place = *entry.start < 0 ? *entry.start + extent : *entry.start;
    if (place < 0 || place >= extent) throw Refusal(ErrorCode::index_out_of_range, "index");
    layout.axes.push_back({{static_cast<std::size_t>(place)}, std::nullopt});
  }
  return layout;
}

}  // namespace lanewise::inline v0::oracle
