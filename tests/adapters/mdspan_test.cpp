// Anything with the members of std::mdspan, which no standard library before C++23 has.

#include <array>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include <lanewise/lanewise.hpp>

namespace lanewise::inline v0 {
namespace {

template <class T, std::size_t dimensions>
class Span {
 public:
  using element_type = T;
  using index_type = int;

  Span(T* data, std::array<int, dimensions> extents, std::array<int, dimensions> strides)
      : data_(data), extents_(extents), strides_(strides) {}
  static constexpr std::size_t rank() { return dimensions; }
  T* data_handle() const { return data_; }
  index_type extent(std::size_t axis) const { return extents_[axis]; }
  index_type stride(std::size_t axis) const { return strides_[axis]; }

 private:
  T* data_;
  std::array<int, dimensions> extents_;
  std::array<int, dimensions> strides_;
};

TEST(Mdspan, AnyLayoutIsViewed) {
  std::vector<double> memory(24);
  std::iota(memory.begin(), memory.end(), 0.0);
  const Span<const double, 2> right(memory.data(), {4, 6}, {6, 1});
  const Span<double, 2> left(memory.data(), {4, 6}, {1, 4});
  const Span<const double, 1> strided(memory.data() + 20, {3}, {-7});
  EXPECT_EQ(evaluate("sum(x)", {{"x", right}}).item<double>(), 276);
  EXPECT_EQ(evaluate("sum(x[1])", {{"x", left}}).item<double>(), 1 + 5 + 9 + 13 + 17 + 21);
  EXPECT_EQ(evaluate("sum(x)", {{"x", strided}}).item<double>(), 20 + 13 + 6);
}

TEST(Mdspan, IsWritten) {
  std::vector<float> memory(12, 1);
  const Span<float, 2> every_second(memory.data(), {2, 3}, {6, 2});
  evaluate("x*5", {{"x", every_second}}, every_second);
  for (std::size_t i = 0; i < memory.size(); ++i) EXPECT_EQ(memory[i], i % 2 == 0 ? 5 : 1) << i;
}

TEST(Mdspan, MayHaveNoDimension) {
  std::int32_t number = 20;
  const Span<std::int32_t, 0> one(&number, {}, {});
  EXPECT_EQ(evaluate("x + 1", {{"x", one}}).item<std::int32_t>(), 21);
}

}  // namespace
}  // namespace lanewise::inline v0
