// The order in memory of results that an evaluation makes: NumPy's "K", C or Fortran.

#include <gtest/gtest.h>

#include <lanewise/lanewise.hpp>
#include <limits>
#include <numeric>
#include <vector>

namespace lanewise::inline v0 {
namespace {

using Shape = std::vector<std::size_t>;
using Strides = std::vector<std::ptrdiff_t>;

class ResultOrder : public testing::Test {
 protected:
  ResultOrder() : numbers(24) { std::iota(numbers.begin(), numbers.end(), 0.0); }

  ArrayView view(Shape shape, Strides strides) const { return {numbers.data(), shape, strides}; }
  static Strides strides_of(const Array& array) { return {array.strides_bytes().begin(), array.strides_bytes().end()}; }

  std::vector<double> numbers;
};

TEST_F(ResultOrder, IsThatOfTheInputs) {
  EXPECT_EQ(strides_of(evaluate("2*x", {{"x", view({2, 3, 4}, {96, 32, 8})}})), (Strides{96, 32, 8}));
  EXPECT_EQ(strides_of(evaluate("2*x", {{"x", view({2, 3, 4}, {8, 16, 48})}})), (Strides{8, 16, 48}));
  EXPECT_EQ(strides_of(evaluate("2*x", {{"x", view({2, 3, 4}, {96, 8, 24})}})), (Strides{96, 8, 24}));
  EXPECT_EQ(strides_of(evaluate("x > 1", {{"x", view({2, 3}, {8, 32})}})), (Strides{1, 2})) << "without the gaps";
}

TEST_F(ResultOrder, IsThatOfCWhereInputsDisagree) {
  const ArrayView by_rows = view({3, 4}, {32, 8});
  const ArrayView by_columns = view({3, 4}, {8, 24});
  EXPECT_EQ(strides_of(evaluate("x + y", {{"x", by_rows}, {"y", by_columns}})), (Strides{32, 8}));
  EXPECT_EQ(strides_of(evaluate("x + y", {{"x", by_columns}, {"y", by_rows}})), (Strides{32, 8}));
}

TEST_F(ResultOrder, IsNotChangedByWhatRepeats) {
  const ArrayView by_columns = view({3, 4}, {8, 24});
  EXPECT_EQ(strides_of(evaluate("x + row", {{"x", by_columns}, {"row", view({4}, {8})}})), (Strides{8, 24}));
  EXPECT_EQ(strides_of(evaluate("x + column", {{"x", by_columns}, {"column", view({3, 1}, {8, 8})}})), (Strides{8, 24}));
  EXPECT_EQ(strides_of(evaluate("x[1:, :2]", {{"x", by_columns}})), (Strides{8, 16}));
}

TEST_F(ResultOrder, IsWhatIsAskedFor) {
  const ArrayView by_columns = view({3, 4}, {8, 24});
  EXPECT_EQ(strides_of(evaluate("2*x", {{"x", by_columns}}, {.evaluate = {.order = Order::c}})), (Strides{32, 8}));
  EXPECT_EQ(strides_of(evaluate("2*x", {{"x", view({3, 4}, {32, 8})}}, {.evaluate = {.order = Order::fortran}})), (Strides{8, 24}));
}

TEST_F(ResultOrder, DoesNotChangeTheElements) {
  const ArrayView by_columns = view({3, 4}, {8, 24});
  const Array kept = evaluate("2*x", {{"x", by_columns}});
  const Array rows = evaluate("2*x", {{"x", by_columns}}, {.evaluate = {.order = Order::c}});
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 4; ++column) {
      EXPECT_EQ(kept.span<double>()[row + 3 * column], 2 * numbers[row + 3 * column]);
      EXPECT_EQ(rows.span<double>()[4 * row + column], 2 * numbers[row + 3 * column]);
    }
  }
}

TEST(ArraysInOtherOrders, HaveEachAxisOnce) {
  const std::size_t shape[] = {2, 3};
  const std::size_t swapped[] = {1, 0};
  const std::size_t twice[] = {1, 1};
  const std::size_t beyond[] = {0, 2};
  EXPECT_EQ(Array(DType::float32, shape, swapped).strides_bytes()[1], 8);
  EXPECT_THROW(Array(DType::float32, shape, twice), ShapeError);
  EXPECT_THROW(Array(DType::float32, shape, beyond), ShapeError);
  EXPECT_THROW(Array(DType::float32, shape, std::span(swapped).first(1)), ShapeError);
  constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
  const std::size_t empty[] = {most, 0};
  EXPECT_EQ(Array(DType::float32, empty, swapped).size(), 0U);
}

}  // namespace
}  // namespace lanewise::inline v0
