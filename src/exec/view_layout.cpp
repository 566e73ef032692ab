// NumPy's basic indexing. Slices are cut to the array as Python cuts them (PySlice_AdjustIndices); an axis that a subscript does not mention
// stays whole.

#include "exec/view_layout.hpp"

#include <algorithm>
#include <string>

#include <lanewise/error.hpp>

namespace lanewise::inline v0 {
namespace {

using Kind = SubscriptEntry::Kind;

bool takes_axis(const SubscriptEntry& entry) { return entry.kind == Kind::position || entry.kind == Kind::slice; }

std::string counted(std::size_t count, const char* one, const char* many) { return std::to_string(count) + " " + (count == 1 ? one : many); }

struct CutSlice {
  std::int64_t first;
  std::int64_t length;
};

CutSlice cut(const SubscriptEntry& slice, std::int64_t extent) {
  const bool goes_back = slice.step < 0;
  const std::int64_t lowest = goes_back ? -1 : 0, highest = goes_back ? extent - 1 : extent;
  const auto within = [&](std::int64_t written) { return std::clamp(written < 0 ? written + extent : written, lowest, highest); };
  const std::int64_t first = slice.start ? within(*slice.start) : goes_back ? highest : lowest;
  const std::int64_t end = slice.stop ? within(*slice.stop) : goes_back ? lowest : highest;
  const std::int64_t distance = goes_back ? first - end : end - first;
  return {first, distance <= 0 ? 0 : (distance - 1) / std::abs(slice.step) + 1};
}

class Viewer {
 public:
  Viewer(std::span<const std::size_t> whole, std::span<const std::size_t> shape, std::span<const std::ptrdiff_t> strides_bytes)
      : whole_(whole), shape_(shape), strides_bytes_(strides_bytes) {}

  ViewLayout view(const Subscript& subscript) {
    const std::size_t taken = check_axis_count(subscript);
    std::size_t skipped = whole_.size() - taken;  // by the ellipsis, or after the last entry
    for (const SubscriptEntry& entry : subscript) {
      switch (entry.kind) {
        case Kind::position: take_position(entry); break;
        case Kind::slice: take_slice(entry); break;
        case Kind::new_axis: append(1, 0); break;
        case Kind::ellipsis:
          for (; skipped > 0; --skipped) take_slice({Kind::slice});
      }
    }
    for (; skipped > 0; --skipped) take_slice({Kind::slice});
    const bool is_empty = std::ranges::find(shape_, 0U) != shape_.end() || std::ranges::find(view_.shape.values(), 0U) != view_.shape.values().end();
    if (is_empty) view_.offset_bytes = 0;  // there may be no memory to move in
    return view_;
  }

 private:
  std::size_t check_axis_count(const Subscript& subscript) const {
    const auto taken = static_cast<std::size_t>(std::ranges::count_if(subscript, takes_axis));
    const auto removed = static_cast<std::size_t>(std::ranges::count(subscript, Kind::position, &SubscriptEntry::kind));
    const auto added = static_cast<std::size_t>(std::ranges::count(subscript, Kind::new_axis, &SubscriptEntry::kind));
    if (taken > whole_.size()) refuse_entry(subscript, taken);
    if (whole_.size() - removed + added > maximum_rank) {
      throw LimitError(ErrorCode::too_many_dimensions, "a view of " + std::to_string(whole_.size() - removed + added) +
                                                           " dimensions; the most is " + std::to_string(maximum_rank), subscript[0].span);
    }
    return taken;
  }

  [[noreturn]] void refuse_entry(const Subscript& subscript, std::size_t taken) const {
    std::size_t rest = whole_.size() + 1;
    const auto first = std::ranges::find_if(subscript, [&](const SubscriptEntry& entry) { return takes_axis(entry) && --rest == 0; });
    throw ShapeError(ErrorCode::index_out_of_range,
                     counted(taken, "index", "indices") + " for a value of " + counted(whole_.size(), "dimension", "dimensions") + ", of shape " +
                         shape_text(whole_), first->span);
  }

  std::int64_t extent() const { return static_cast<std::int64_t>(whole_[axis_]); }
  /// Whether the array has the axis and does not repeat along it.
  bool moves() const { return axis_ + shape_.size() >= whole_.size() && shape_[own_axis()] == whole_[axis_]; }
  std::size_t own_axis() const { return axis_ + shape_.size() - whole_.size(); }

  void append(std::size_t extent, std::ptrdiff_t stride_bytes) {
    const std::size_t rank = view_.shape.values().size();
    view_.shape.resize(rank + 1);
    view_.strides_bytes.resize(rank + 1);
    view_.shape[rank] = extent;
    view_.strides_bytes[rank] = stride_bytes;
  }

  void take_position(const SubscriptEntry& entry) {
    const std::int64_t written = *entry.start, position = written < 0 ? written + extent() : written;
    if (position < 0 || position >= extent()) {
      throw ShapeError(ErrorCode::index_out_of_range,
                       "index " + std::to_string(written) + " is out of range for axis " + std::to_string(axis_) + ", which has " +
                           counted(whole_[axis_], "element", "elements"), entry.span);
    }
    if (moves()) view_.offset_bytes += position * strides_bytes_[own_axis()];
    ++axis_;
  }

  void take_slice(const SubscriptEntry& entry) {
    if (!moves()) {
      append(1, 0);
    } else {
      const CutSlice slice = cut(entry, extent());
      const std::ptrdiff_t stride = strides_bytes_[own_axis()];
      if (slice.length > 0) view_.offset_bytes += slice.first * stride;
      append(static_cast<std::size_t>(slice.length), slice.length > 1 ? stride * entry.step : stride);  // a step beyond the end may overflow
    }
    ++axis_;
  }

  std::span<const std::size_t> whole_;
  std::span<const std::size_t> shape_;
  std::span<const std::ptrdiff_t> strides_bytes_;
  std::size_t axis_ = 0;  ///< of the whole, the next
  ViewLayout view_{0, {}, {}};
};

}  // namespace

ViewLayout layout_of_view(const Subscript& subscript, std::span<const std::size_t> whole, std::span<const std::size_t> shape,
                          std::span<const std::ptrdiff_t> strides_bytes) {
  return Viewer(whole, shape, strides_bytes).view(subscript);
}

Shape shape_of_view(const Subscript& subscript, std::span<const std::size_t> whole, std::span<const std::size_t> shape) {
  PerDimension<std::ptrdiff_t> strides;
  strides.resize(shape.size());
  for (std::size_t axis = 0; axis < shape.size(); ++axis) strides[axis] = 0;
  return layout_of_view(subscript, whole, shape, strides.values()).shape;
}

}  // namespace lanewise::inline v0
