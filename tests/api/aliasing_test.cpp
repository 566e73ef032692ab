// An output that is exactly an input is computed in place; one that overlaps otherwise is refused; on any error the output is untouched.

#include <gtest/gtest.h>

#include <cstring>
#include <initializer_list>
#include <lanewise/lanewise.hpp>
#include <numeric>
#include <vector>

namespace lanewise::inline v0 {
namespace {

template <class T>
std::vector<T> ascending(std::size_t length) {
  std::vector<T> values(length);
  std::iota(values.begin(), values.end(), T{1});
  return values;
}

template <class T>
class Aliasing : public testing::Test {};
using NumberTypes = testing::Types<std::int32_t, std::int64_t, float, double>;
TYPED_TEST_SUITE(Aliasing, NumberTypes);

TYPED_TEST(Aliasing, TheOutputMayBeExactlyAnInput) {
  const Expression expression = Expression::compile("(x + y) * 2 - x", {{"x", dtype_of<TypeParam>}, {"y", dtype_of<TypeParam>}});
  for (const std::size_t length : std::initializer_list<std::size_t>{1, 7, 64, 65, 1000, 50'000}) {
    const auto x = ascending<TypeParam>(length);
    const std::vector<TypeParam> y(length, TypeParam{3});
    std::vector<TypeParam> expected(length);
    expression.evaluate_positional({x, y}, expected);
    auto x_in_place = x;
    expression.evaluate_positional({x_in_place, y}, x_in_place);
    EXPECT_EQ(x_in_place, expected);
    auto y_in_place = y;
    expression.evaluate_positional({x, y_in_place}, y_in_place);
    EXPECT_EQ(y_in_place, expected);
    auto both = x;
    expression.evaluate_positional({x, x}, expected);
    expression.evaluate_positional({both, both}, both);
    EXPECT_EQ(both, expected);
  }
}

TYPED_TEST(Aliasing, AnOutputBesideAnInputIsRefusedAndUntouched) {
  constexpr std::size_t length = 100;
  const Expression expression = Expression::compile("x * 2", {{"x", dtype_of<TypeParam>}});
  for (int offset = -16; offset <= 16; ++offset) {
    if (offset == 0) continue;
    auto memory = ascending<TypeParam>(length + 32);
    const auto before = memory;
    const std::span<const TypeParam> x(memory.data() + 16, length);
    const std::span<TypeParam> out(memory.data() + 16 + offset, length);
    EXPECT_THROW(expression.evaluate_positional({x}, out), AliasError) << offset;
    EXPECT_EQ(memory, before) << offset;
  }
}

TYPED_TEST(Aliasing, NeighboursDoNotOverlap) {
  constexpr std::size_t length = 100;
  const Expression expression = Expression::compile("x * 2", {{"x", dtype_of<TypeParam>}});
  auto memory = ascending<TypeParam>(3 * length);
  const std::span<const TypeParam> x(memory.data() + length, length);
  expression.evaluate_positional({x}, std::span<TypeParam>(memory.data(), length));
  expression.evaluate_positional({x}, std::span<TypeParam>(memory.data() + 2 * length, length));
  for (std::size_t i = 0; i < length; ++i) {
    EXPECT_EQ(memory[i], x[i] * 2);
    EXPECT_EQ(memory[2 * length + i], x[i] * 2);
  }
}

TEST(AliasingOfWidths, AnInputOfOtherWidthInTheSameMemoryIsRefused) {
  std::vector<double> memory(100, 1.5);
  const auto before = memory;
  const std::size_t length = 100;
  const Expression expression = Expression::compile("float64(x)", {{"x", DType::float32}});
  EXPECT_THROW(expression.evaluate_positional({ArrayView(memory.data(), DType::float32, {&length, 1})}, memory), AliasError);
  EXPECT_EQ(memory, before);
}

TEST(AliasingOfWidths, AScalarReadFromTheOutputIsReadFirst) {
  auto memory = ascending<double>(100);
  const std::size_t one = 1;
  const std::vector<double> x(100, 10.0);
  for (const std::size_t place : std::initializer_list<std::size_t>{0, 50, 99}) {
    memory = ascending<double>(100);
    const double scalar = memory[place];
    evaluate("x + k", {{"x", x}, {"k", ArrayView(&memory[place], {&one, 1})}}, memory);
    EXPECT_EQ(memory, std::vector<double>(100, 10.0 + scalar)) << place;
  }
}

TEST(UntouchedOutput, OnAnyErrorBeforeExecution) {
  const std::vector<double> x(10, 2.0);
  const std::vector<double> shorter(9, 2.0);
  const std::vector<float> floats(10, 2.0f);
  std::vector<double> out(10, -7.0);
  const auto untouched = out;
  const auto expect_untouched = [&](auto call) {
    EXPECT_THROW(call(), Error);
    EXPECT_EQ(out, untouched);
  };
  const Expression expression = Expression::compile("x + y", {{"x", DType::float64}, {"y", DType::float64}});
  expect_untouched([&] { expression.evaluate({{"x", x}, {"y", shorter}}, out); });
  expect_untouched([&] { expression.evaluate({{"x", shorter}, {"y", shorter}}, out); });
  expect_untouched([&] { expression.evaluate({{"x", x}, {"y", floats}}, out); });
  expect_untouched([&] { expression.evaluate({{"x", x}}, out); });
  expect_untouched([&] { expression.evaluate({{"x", x}, {"y", x}, {"z", x}}, out); });
  expect_untouched([&] { expression.evaluate_positional({x}, out); });
  expect_untouched([&] { expression.evaluate_positional({x, x, x}, out); });
  expect_untouched([&] { evaluate("x + ", {{"x", x}}, out); });
  expect_untouched([&] { evaluate("x < 1", {{"x", x}}, out); });
  expect_untouched([&] { evaluate("x + unknown", {{"x", x}}, out); });
  std::vector<std::int32_t> wrong_type(10, -7);
  EXPECT_THROW(evaluate("x + 1", {{"x", x}}, wrong_type), DTypeError);
  EXPECT_EQ(wrong_type, std::vector<std::int32_t>(10, -7));
}

}  // namespace
}  // namespace lanewise::inline v0
