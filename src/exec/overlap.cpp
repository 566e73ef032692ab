#include "exec/overlap.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace lanewise::inline v0 {
namespace {

/// The bytes between the lowest and the highest that belong to an array.
struct Extent {
  std::intptr_t first, last;  // last: one after
};

Extent extent_of(const Layout& array) {
  Extent extent{reinterpret_cast<std::intptr_t>(array.data), 0};
  extent.last = extent.first + static_cast<std::ptrdiff_t>(array.element_bytes);
  for (std::size_t axis = 0; axis < array.shape.size(); ++axis) {
    const std::ptrdiff_t reach = array.strides_bytes[axis] * (static_cast<std::ptrdiff_t>(array.shape[axis]) - 1);
    (reach < 0 ? extent.first : extent.last) += reach;
  }
  return extent;
}

bool is_empty(const Layout& array) { return std::ranges::find(array.shape, 0U) != array.shape.end(); }

std::ptrdiff_t common_divisor(const Layout& array, std::ptrdiff_t divisor) {
  for (std::size_t axis = 0; axis < array.shape.size(); ++axis) {
    if (array.shape[axis] > 1) divisor = std::gcd(divisor, std::abs(array.strides_bytes[axis]));
  }
  return divisor;
}

/// All elements of an array begin at the same place modulo a divisor of its strides.
bool interleave(const Layout& left, const Layout& right) {
  const std::ptrdiff_t divisor = common_divisor(left, common_divisor(right, 0));
  if (divisor == 0) return false;
  const std::ptrdiff_t distance = (reinterpret_cast<std::intptr_t>(right.data) - reinterpret_cast<std::intptr_t>(left.data)) % divisor;
  const std::ptrdiff_t right_place = distance < 0 ? distance + divisor : distance;
  return right_place >= static_cast<std::ptrdiff_t>(left.element_bytes) && right_place + static_cast<std::ptrdiff_t>(right.element_bytes) <= divisor;
}

}  // namespace

bool is_same_array(const Layout& left, const Layout& right) noexcept {
  if (left.data != right.data || left.element_bytes != right.element_bytes || !std::ranges::equal(left.shape, right.shape)) return false;
  for (std::size_t axis = 0; axis < left.shape.size(); ++axis) {
    if (left.shape[axis] > 1 && left.strides_bytes[axis] != right.strides_bytes[axis]) return false;
  }
  return true;
}

bool may_overlap(const Layout& left, const Layout& right) noexcept {
  if (is_empty(left) || is_empty(right)) return false;
  const Extent l = extent_of(left);
  const Extent r = extent_of(right);
  return l.first < r.last && r.first < l.last && !interleave(left, right);
}

bool may_overlap_itself(const Layout& array) noexcept {
  if (is_empty(array)) return false;
  PerDimension<std::size_t> axes;
  axes.resize(array.shape.size());
  std::size_t count = 0;
  for (std::size_t axis = 0; axis < array.shape.size(); ++axis) {
    if (array.shape[axis] > 1) axes[count++] = axis;
  }
  axes.resize(count);
  std::sort(&axes[0], &axes[0] + count, [&](std::size_t l, std::size_t r) { return std::abs(array.strides_bytes[l]) < std::abs(array.strides_bytes[r]); });
  auto reach = static_cast<std::ptrdiff_t>(array.element_bytes);
  for (const std::size_t axis : axes.values()) {
    const std::ptrdiff_t stride = std::abs(array.strides_bytes[axis]);
    if (stride < reach) return true;
    reach += stride * (static_cast<std::ptrdiff_t>(array.shape[axis]) - 1);
  }
  return false;
}

bool reads_before_writing(const Program& program, std::uint32_t input, std::uint32_t output) noexcept {
  const Operand read{Operand::Source::input, input};
  bool is_written = false;
  for (const Instruction& instruction : program.each.instructions) {
    if (is_written && (instruction.left == read || instruction.right == read)) return false;
    is_written |= instruction.left == Operand{Operand::Source::output, output};
  }
  return true;
}

}  // namespace lanewise::inline v0
