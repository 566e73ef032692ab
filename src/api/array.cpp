// Layouts that are checked when they are made, and memory for results.

#include <lanewise/array.hpp>

#include <algorithm>
#include <limits>
#include <string>

#include <lanewise/error.hpp>

#include "api/memory_pool.hpp"

namespace lanewise::inline v0 {
namespace {

void check_rank(std::size_t rank) {
  if (rank <= maximum_rank) return;
  throw LimitError(ErrorCode::too_many_dimensions,
                   "an array of " + std::to_string(rank) + " dimensions; the most is " + std::to_string(maximum_rank));
}

/// The product of the extents, for which the bytes must be countable too.
std::size_t checked_size(std::span<const std::size_t> shape, DType dtype) {
  std::size_t size = 1;
  bool overflow = false;
  for (const std::size_t extent : shape) overflow |= __builtin_mul_overflow(size, extent, &size);
  for (const std::size_t extent : shape) {
    if (extent == 0) return 0;
  }
  if (overflow || size > std::numeric_limits<std::ptrdiff_t>::max() / dtype.size_bytes()) {
    throw ShapeError(ErrorCode::shape_overflow, "the extents of the shape multiply to more bytes than memory can have");
  }
  return size;
}

/// The strides of an array without gaps. Precondition: the shape was checked.
PerDimension<std::ptrdiff_t> dense_strides(DType dtype, std::span<const std::size_t> shape, std::span<const std::size_t> axes) {
  const bool is_empty = std::ranges::find(shape, 0U) != shape.end();  // then extents may multiply to anything
  std::uint32_t seen = 0;
  PerDimension<std::ptrdiff_t> strides;
  strides.resize(shape.size());
  auto stride = static_cast<std::ptrdiff_t>(dtype.size_bytes());
  const auto refuse = [&] {
    throw ShapeError(ErrorCode::axis_out_of_range,
                     "the order of axes must have each of the " + std::to_string(shape.size()) + " axes once");
  };
  if (axes.size() != shape.size()) refuse();
  for (std::size_t k = axes.size(); k-- > 0;) {
    if (axes[k] >= shape.size() || (seen >> axes[k] & 1U) != 0) refuse();
    seen |= std::uint32_t{1} << axes[k];
    strides[axes[k]] = stride;
    if (!is_empty) stride *= static_cast<std::ptrdiff_t>(shape[axes[k]]);
  }
  return strides;
}

}  // namespace

ArrayLayout::ArrayLayout(DType dtype, std::span<const std::size_t> shape) : dtype_(dtype) {
  check_rank(shape.size());
  size_ = checked_size(shape, dtype);
  shape_.assign(shape);
  strides_bytes_.resize(shape.size());
  auto stride = static_cast<std::ptrdiff_t>(dtype.size_bytes());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    strides_bytes_[axis] = stride;
    if (size_ != 0) stride *= static_cast<std::ptrdiff_t>(shape[axis]);
  }
}

ArrayLayout::ArrayLayout(DType dtype, std::span<const std::size_t> shape, std::span<const std::ptrdiff_t> strides_bytes)
    : ArrayLayout(dtype, shape) {
  if (strides_bytes.size() != shape.size()) {
    throw ShapeError(ErrorCode::shape_mismatch,
                     std::to_string(strides_bytes.size()) + " strides for " + std::to_string(shape.size()) + " dimensions");
  }
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const bool one_place = shape[axis] <= 1 || size_ == 0;  // the stride of an axis of one element is never stepped
    contiguous_ &= one_place || strides_bytes[axis] == strides_bytes_[axis];
  }
  strides_bytes_.assign(strides_bytes);
}

void Array::Release::operator()(std::byte* memory) const noexcept { give_back_memory(memory, size_bytes); }

Array::Array(DType dtype, std::span<const std::size_t> shape) : view_(nullptr, dtype, shape) {
  const std::size_t size_bytes = view_.size() * dtype.size_bytes();
  memory_ = {take_memory(size_bytes), Release{size_bytes}};
  view_ = MutableArrayView(memory_.get(), dtype, shape);
}

Array::Array(DType dtype, std::span<const std::size_t> shape, std::span<const std::size_t> axes) : Array(dtype, shape) {
  view_ = MutableArrayView(memory_.get(), dtype, shape, dense_strides(dtype, shape, axes).values());
}

void Array::require_dtype(DType asked) const {
  if (asked == dtype()) return;
  throw DTypeError(ErrorCode::wrong_input_dtype,
                   "the array holds " + std::string(dtype().name()) + ", but " + std::string(asked.name()) + " is asked for");
}

void Array::require_one_element() const {
  if (size() == 1) return;
  throw ShapeError(ErrorCode::not_one_element, "item() needs exactly one element; the array has " + std::to_string(size()));
}

}  // namespace lanewise::inline v0
