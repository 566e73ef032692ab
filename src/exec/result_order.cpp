// The order of axes that NumPy's ufuncs give their results, `order="K"`: axes as the operands have them, C order where these disagree.

#include "exec/result_order.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "exec/strided.hpp"

namespace lanewise::inline v0 {
namespace {

bool broadcasts_to(std::span<const std::size_t> shape, std::span<const std::size_t> input) {
  if (input.size() > shape.size()) return false;
  const std::span<const std::size_t> last = shape.last(input.size());
  return std::ranges::equal(input, last, [](std::size_t own, std::size_t joint) { return own == 1 || own == joint; });
}

class AxisComparison {
 public:
  AxisComparison(std::span<const std::size_t> shape, std::span<const ArrayView* const> inputs) : shape_(shape), inputs_(inputs) {}

  /// Whether an axis that stands further out must be nearer in memory than `inner`: some operand wants it, none the contrary.
  bool must_swap(std::size_t outer, std::size_t inner) const {
    bool is_wanted = false;
    for (const ArrayView* input : inputs_) {
      if (input->rank() < 2 || !broadcasts_to(shape_, input->shape())) continue;
      const PerDimension<std::ptrdiff_t> strides = broadcast_strides(shape_.size(), input->shape(), input->strides_bytes());
      const std::ptrdiff_t outer_stride = std::abs(strides.values()[outer]);
      const std::ptrdiff_t inner_stride = std::abs(strides.values()[inner]);
      if (outer_stride == 0 || inner_stride == 0) continue;
      if (inner_stride <= outer_stride) return false;
      is_wanted = true;
    }
    return is_wanted;
  }

 private:
  std::span<const std::size_t> shape_;
  std::span<const ArrayView* const> inputs_;
};

}  // namespace

PerDimension<std::size_t> order_of_result(Order order, std::span<const std::size_t> shape, std::span<const ArrayView* const> inputs) {
  PerDimension<std::size_t> axes;
  axes.resize(shape.size());
  for (std::size_t k = 0; k < shape.size(); ++k) axes[k] = order == Order::fortran ? shape.size() - 1 - k : k;
  if (order != Order::keep) return axes;
  const AxisComparison comparison(shape, inputs);
  for (std::size_t k = 1; k < shape.size(); ++k) {
    for (std::size_t place = k; place > 0 && comparison.must_swap(axes[place - 1], axes[place]); --place)
      std::swap(axes[place - 1], axes[place]);
  }
  return axes;
}

}  // namespace lanewise::inline v0
