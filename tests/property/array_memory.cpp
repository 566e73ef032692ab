#include "property/array_memory.hpp"

#include <algorithm>
#include <numeric>

#include "oracle/shapes.hpp"

namespace lanewise::inline v0::property {
namespace {

constexpr std::size_t alignment_bytes = 64;
constexpr std::size_t guard_bytes = 64;
constexpr std::byte guard{0xa5};

bool is_set(const std::vector<bool>& flags, std::size_t axis) { return axis < flags.size() && flags[axis]; }

}  // namespace

Layout random_layout(RandomChoice& random, std::size_t rank, bool may_repeat) {
  Layout layout;
  if (random.percent(50)) return layout;
  layout.offset_bytes = random.percent(50) ? 0 : random.below(alignment_bytes);
  if (random.percent(30)) return layout;
  layout.order.resize(rank);
  std::iota(layout.order.begin(), layout.order.end(), 0);
  if (random.percent(50)) std::ranges::reverse(layout.order);
  if (rank > 1 && random.percent(30)) std::swap(layout.order[random.below(rank)], layout.order[random.below(rank)]);
  for (std::size_t axis = 0; axis < rank; ++axis) {
    layout.reversed.push_back(random.percent(25));
    layout.repeated.push_back(may_repeat && random.percent(15));
  }
  layout.gap_bytes = random.percent(50) ? 0 : random.percent(50) ? 8 * (1 + random.below(4)) : 1 + random.below(20);
  return layout;
}

ArrayMemory::ArrayMemory(DType dtype, const std::vector<std::size_t>& shape, const Layout& layout)
    : dtype_(dtype), shape_(shape), strides_bytes_(shape.size()) {
  std::size_t span_bytes = dtype.size_bytes() + layout.gap_bytes;
  std::size_t first_bytes = 0;
  for (std::size_t k = shape.size(); k-- > 0;) {
    const std::size_t axis = layout.order.empty() ? k : layout.order[k];
    if (is_set(layout.repeated, axis)) continue;
    strides_bytes_[axis] = static_cast<std::ptrdiff_t>(span_bytes);
    if (is_set(layout.reversed, axis) && shape[axis] > 0) {
      first_bytes += (shape[axis] - 1) * span_bytes;
      strides_bytes_[axis] = -strides_bytes_[axis];
    }
    span_bytes *= std::max<std::size_t>(shape[axis], 1);
  }
  bytes_.assign(2 * guard_bytes + alignment_bytes + layout.offset_bytes + span_bytes, guard);
  const auto address = reinterpret_cast<std::uintptr_t>(bytes_.data()) + guard_bytes;
  first_ = guard_bytes + (alignment_bytes - address % alignment_bytes) % alignment_bytes + layout.offset_bytes + first_bytes;
}

ArrayMemory::ArrayMemory(DType dtype, const oracle::ArrayValue& array, const Layout& layout) : ArrayMemory(dtype, array.shape, layout) {
  for (std::size_t i = 0; i < array.elements.size(); ++i) oracle::write_value(array.elements[i], const_cast<std::byte*>(address(i)));
}

const std::byte* ArrayMemory::address(std::size_t index) const {
  const std::byte* result = first_element();
  for (std::size_t axis = shape_.size(); axis-- > 0; index /= shape_[axis]) {
    result += static_cast<std::ptrdiff_t>(index % shape_[axis]) * strides_bytes_[axis];
  }
  return result;
}

std::size_t ArrayMemory::size() const { return oracle::count_elements(shape_); }

bool ArrayMemory::guards_hold() const {
  std::vector<bool> is_element(bytes_.size());
  for (std::size_t i = 0; i < size(); ++i) {
    const auto first = address(i) - bytes_.data();
    std::fill_n(is_element.begin() + first, dtype_.size_bytes(), true);
  }
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    if (!is_element[i] && bytes_[i] != guard) return false;
  }
  return true;
}

}  // namespace lanewise::inline v0::property
