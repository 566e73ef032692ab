// Arrays of any shape and layout in elementwise expressions: every pair that broadcasts, compared with plain loops.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>
#include <vector>

#include <lanewise/lanewise.hpp>

namespace lanewise::inline v0 {
namespace {

using Shape = std::vector<std::size_t>;
using Strides = std::vector<std::ptrdiff_t>;

/// Memory with an array in it, whose strides may have any sign and need not be multiples of the element.
class Layout {
 public:
  Layout(Shape shape, Strides strides_bytes, std::size_t offset_bytes = 0) : shape_(std::move(shape)), strides_(std::move(strides_bytes)) {
    std::ptrdiff_t lowest = 0;
    std::ptrdiff_t highest = 0;
    for (std::size_t axis = 0; axis < shape_.size(); ++axis) {
      const std::ptrdiff_t reach = (static_cast<std::ptrdiff_t>(shape_[axis]) - 1) * strides_[axis];
      (reach < 0 ? lowest : highest) += reach;
    }
    memory_.resize(static_cast<std::size_t>(highest - lowest) + 16 + offset_bytes);
    first_ = static_cast<std::size_t>(-lowest) + offset_bytes;
  }

  void fill(unsigned seed) {
    std::mt19937 random(seed);
    for_each([&](std::byte* element) {
      const double value = static_cast<double>(random() % 1000);
      std::memcpy(element, &value, sizeof(value));
    });
  }
  template <class Visit>
  void for_each(Visit visit) {
    const std::size_t count = std::accumulate(shape_.begin(), shape_.end(), std::size_t{1}, std::multiplies<>());
    for (std::size_t i = 0; i < count; ++i) visit(memory_.data() + offset(i, shape_));
  }
  /// The element that stands at place `i`, in C order, of a larger shape.
  double at(std::size_t i, const Shape& shape) const {
    double value = 0;
    std::memcpy(&value, memory_.data() + offset(i, shape), sizeof(value));
    return value;
  }
  ArrayView view() const { return {memory_.data() + first_, DType::float64, shape_, strides_}; }
  MutableArrayView output() { return {memory_.data() + first_, DType::float64, shape_, strides_}; }
  const Shape& shape() const { return shape_; }
  const std::vector<std::byte>& memory() const { return memory_; }

 private:
  std::size_t offset(std::size_t i, const Shape& shape) const {
    std::ptrdiff_t result = static_cast<std::ptrdiff_t>(first_);
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      const std::size_t index = i % shape[axis];
      i /= shape[axis];
      const std::size_t missing = shape.size() - shape_.size();
      if (axis >= missing && shape_[axis - missing] != 1) result += static_cast<std::ptrdiff_t>(index) * strides_[axis - missing];
    }
    return static_cast<std::size_t>(result);
  }

  Shape shape_;
  Strides strides_;
  std::vector<std::byte> memory_;
  std::size_t first_ = 0;
};

/// Strides in C order, in order of Fortran, with gaps, backwards, misaligned, and repeating.
std::vector<Layout> layouts_of(const Shape& shape) {
  const auto strides = [&](bool fortran, std::ptrdiff_t element) {
    Strides result(shape.size());
    for (std::size_t k = 0; k < shape.size(); ++k) {
      const std::size_t axis = fortran ? k : shape.size() - 1 - k;
      result[axis] = element;
      element *= static_cast<std::ptrdiff_t>(shape[axis]);
    }
    return result;
  };
  std::vector<Layout> layouts;
  layouts.emplace_back(shape, strides(false, 8));
  layouts.emplace_back(shape, strides(true, 8));
  layouts.emplace_back(shape, strides(false, 24), 3);
  Strides backwards = strides(false, 8);
  for (std::ptrdiff_t& stride : backwards) stride = -stride;
  layouts.emplace_back(shape, backwards);
  Strides repeating = strides(false, 8);
  repeating.front() = 0;
  layouts.emplace_back(shape, repeating, 8);
  return layouts;
}

void expect_sum(const Layout& x, const Layout& y, const Shape& shape, Layout& out) {
  out.for_each([](std::byte* element) { std::memset(element, 0xFF, 8); });
  evaluate("x + 2*y", {{"x", x.view()}, {"y", y.view()}}, out.output());
  const std::size_t count = std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
  for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(out.at(i, shape), x.at(i, shape) + 2 * y.at(i, shape)) << "element " << i;
}

struct Pair {
  Shape left, right, joint;
};

TEST(Broadcasting, OfAnyShapesAndLayouts) {
  const Pair pairs[] = {{{7, 5}, {7, 5}, {7, 5}},         {{7, 5}, {5}, {7, 5}},           {{7, 1}, {1, 5}, {7, 5}},       {{1000, 3}, {3}, {1000, 3}},
                        {{3, 1000}, {3, 1}, {3, 1000}},   {{5}, {70, 1}, {70, 5}},         {{130, 140}, {130, 140}, {130, 140}}, {{2, 3, 4}, {3, 1}, {2, 3, 4}},
                        {{6, 1, 40}, {1, 50, 1}, {6, 50, 40}}, {{1}, {2000}, {2000}},      {{1, 1, 1}, {33}, {1, 1, 33}},  {{2, 1, 3, 1}, {5, 1, 4}, {2, 5, 3, 4}},
                        {{5000}, {5000}, {5000}},         {{1}, {1}, {1}}};
  for (const Pair& pair : pairs) {
    for (Layout& x : layouts_of(pair.left)) {
      x.fill(1);
      for (Layout& y : layouts_of(pair.right)) {
        y.fill(2);
        for (Layout& out : layouts_of(pair.joint)) {
          const bool repeats = out.output().strides_bytes()[0] == 0 && pair.joint[0] > 1;
          if (!repeats) expect_sum(x, y, pair.joint, out);
        }
      }
    }
  }
}

TEST(Broadcasting, LongResultsStreamFromAnyStart) {
  constexpr std::size_t row_count = 3000;
  const std::vector<float> row(1501, 1.5F);
  const std::vector<float> x(row_count * row.size(), 2);
  std::vector<float> out(x.size() + 40);
  for (const std::size_t offset : {0U, 1U, 7U, 16U}) {
    const Shape shape{row_count, row.size()};
    std::fill(out.begin(), out.end(), -7.0F);
    evaluate("x * row", {{"x", ArrayView(x.data(), shape)}, {"row", row}}, MutableArrayView(out.data() + 4 + offset, shape));
    EXPECT_EQ(std::count(out.begin(), out.end(), 3.0F), static_cast<std::ptrdiff_t>(x.size())) << offset;
    EXPECT_EQ(out[3 + offset], -7);
    EXPECT_EQ(out[4 + offset + x.size()], -7);
  }
}

TEST(Broadcasting, TouchesNothingButTheOutput) {
  const std::vector<double> x(500, 1);
  std::vector<double> out(1001, -7);
  evaluate("x + 1", {{"x", x}}, MutableArrayView(out.data() + 1, Shape{500}, Strides{16}));
  for (std::size_t i = 0; i < out.size(); ++i) ASSERT_EQ(out[i], i % 2 == 1 ? 2 : -7) << i;
}

TEST(Broadcasting, InPlaceOfStridedArrays) {
  std::vector<double> memory(1000);
  std::iota(memory.begin(), memory.end(), 0.0);
  const Shape shape{20, 25};
  const Strides strides{-8, 320};
  const ArrayView x(memory.data() + 19, shape, strides);
  evaluate("x * 2", {{"x", x}}, MutableArrayView(memory.data() + 19, shape, strides));
  for (std::size_t i = 0; i < memory.size(); ++i) ASSERT_EQ(memory[i], static_cast<double>(i) * (i % 40 < 20 ? 2 : 1)) << i;
}

TEST(Broadcasting, InterleavedArraysDoNotOverlap) {
  std::vector<double> memory(100, 3);
  evaluate("x * 2", {{"x", ArrayView(memory.data(), Shape{50}, Strides{16})}}, MutableArrayView(memory.data() + 1, Shape{50}, Strides{16}));
  EXPECT_EQ(memory[98], 3);
  EXPECT_EQ(memory[99], 6);
  EXPECT_THROW(evaluate("x * 2", {{"x", ArrayView(memory.data(), Shape{50}, Strides{16})}}, MutableArrayView(memory.data() + 2, Shape{49}, Strides{16})), Error);
}

TEST(Broadcasting, OutputsThatRepeatAreRefused) {
  std::vector<double> memory(10, 3);
  EXPECT_THROW(evaluate("x * 2", {{"x", std::vector<double>(5)}}, MutableArrayView(memory.data(), Shape{5}, Strides{0})), AliasError);
  EXPECT_THROW(evaluate("x * 2", {{"x", std::vector<double>(5)}}, MutableArrayView(memory.data(), Shape{5}, Strides{4})), AliasError);
}

TEST(Broadcasting, IndexIsThePosition) {
  const std::vector<double> x(12, 0);
  const Array both = evaluate("x + 10*index(0) + index(1)", {{"x", ArrayView(x.data(), Shape{3, 4})}});
  EXPECT_EQ(both.span<double>()[6], 12);
  const Array flat = evaluate("x + index()", {{"x", ArrayView(x.data(), Shape{3, 4}, Strides{8, 24})}}, {.evaluate = {.order = Order::c}});
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(flat.span<double>()[i], static_cast<double>(i));
  const std::vector<double> many(100'000, 0);
  EXPECT_EQ(evaluate("sum((x + index()) % 7 == 3)", {{"x", many}}).item<std::int64_t>(), 14'286);
}

}  // namespace
}  // namespace lanewise::inline v0
