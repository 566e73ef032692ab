// Integer operations that trap or are undefined in C have a value here and raise no signal.

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <lanewise/lanewise.hpp>
#include <limits>
#include <vector>

namespace lanewise::inline v0 {
namespace {

template <class T>
class IntegerTraps : public testing::Test {
 protected:
  static constexpr T lowest = std::numeric_limits<T>::min();
  static constexpr T highest = std::numeric_limits<T>::max();

  // The value as an array with an array, with a scalar on either side and alone: vectors, tails and folding.
  static void expect(const char* text, T x, T y, T expected) {
    for (const std::size_t length : std::initializer_list<std::size_t>{1, 3, 64, 1001}) {
      const std::vector<T> xs(length, x);
      const std::vector<T> ys(length, y);
      const std::vector<T> wanted(length, expected);
      std::vector<T> out(length);
      evaluate(text, {{"x", xs}, {"y", ys}}, out);
      EXPECT_EQ(out, wanted) << text << ", arrays of " << length;
      const std::size_t one = 1;
      evaluate(text, {{"x", xs}, {"y", ArrayView(&y, {&one, 1})}}, out);
      EXPECT_EQ(out, wanted) << text << ", a scalar on the right, " << length;
      evaluate(text, {{"x", ArrayView(&x, {&one, 1})}, {"y", ys}}, out);
      EXPECT_EQ(out, wanted) << text << ", a scalar on the left, " << length;
    }
  }
};

using IntegerTypes = testing::Types<std::int32_t, std::int64_t>;
TYPED_TEST_SUITE(IntegerTraps, IntegerTypes);

TYPED_TEST(IntegerTraps, DivisionOfTheLowestByMinusOneWraps) {
  this->expect("x // y", this->lowest, -1, this->lowest);
  this->expect("x % y", this->lowest, -1, 0);
  this->expect("fmod(x, y)", this->lowest, -1, 0);
}

TYPED_TEST(IntegerTraps, DivisionByZeroIsZero) {
  for (const TypeParam x : {TypeParam{0}, TypeParam{1}, TypeParam{-1}, this->lowest, this->highest}) {
    this->expect("x // y", x, 0, 0);
    this->expect("x % y", x, 0, 0);
    this->expect("fmod(x, y)", x, 0, 0);
    this->expect("x // 0 + y", x, 0, 0);
    this->expect("x % 0 + y", x, 0, 0);
  }
}

TYPED_TEST(IntegerTraps, DivisionRoundsTowardMinusInfinity) {
  this->expect("x // y", -7, 2, -4);
  this->expect("x // y", 7, -2, -4);
  this->expect("x % y", -7, 3, 2);
  this->expect("x % y", 7, -3, -2);
  this->expect("x // y", this->lowest, this->lowest, 1);
  this->expect("x // y", this->highest, this->lowest, -1);
  this->expect("x % y", this->highest, this->lowest, -1);
  this->expect("x // y", this->lowest, this->highest, -2);
  this->expect("x % y", this->lowest, this->highest, this->highest - 1);
}

TYPED_TEST(IntegerTraps, ShiftsPastTheWidth) {
  constexpr TypeParam width = 8 * sizeof(TypeParam);
  for (const TypeParam count : {width, TypeParam{64}, TypeParam{65}, TypeParam{-1}, this->lowest, this->highest}) {
    this->expect("x << y", 1, count, 0);
    this->expect("x << y", -5, count, 0);
    this->expect("x >> y", 5, count, 0);
    this->expect("x >> y", -5, count, -1);
  }
  this->expect("x << y", 1, width - 1, this->lowest);
  this->expect("x >> y", this->lowest, width - 1, -1);
  this->expect("(x << 64) + y", 1, 0, 0);
  this->expect("(x >> 64) + y", -1, 0, -1);
  this->expect("(x << -1) + y", 1, 0, 0);
  this->expect("(x >> -1) + y", -1, 0, -1);
}

TYPED_TEST(IntegerTraps, ArithmeticWraps) {
  this->expect("x + y", this->highest, 1, this->lowest);
  this->expect("x - y", this->lowest, 1, this->highest);
  this->expect("x * y", this->lowest, -1, this->lowest);
  this->expect("-x + y", this->lowest, 0, this->lowest);
  this->expect("abs(x) + y", this->lowest, 0, this->lowest);
  this->expect("x ** y", 2, static_cast<TypeParam>(8 * sizeof(TypeParam) - 1), this->lowest);
  this->expect("x ** y", 2, 64, 0);
}

TYPED_TEST(IntegerTraps, NegativePowersInArraysAreTruncated) {
  this->expect("x ** y", 1, -3, 1);
  this->expect("x ** y", -1, -3, -1);
  this->expect("x ** y", -1, -2, 1);
  this->expect("x ** y", 2, -1, 0);
  this->expect("x ** y", 0, -1, 0);
  this->expect("x ** y", -1, this->lowest, 1);
}

TEST(IntegerTrapsOfConstants, AreFoldedToTheSameValues) {
  const auto value = [](const char* text) { return evaluate(text, {}).item<std::int64_t>(); };
  EXPECT_EQ(value("-9223372036854775808 // -1"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(value("-9223372036854775808 % -1"), 0);
  EXPECT_EQ(value("7 // 0"), 0);
  EXPECT_EQ(value("7 % 0"), 0);
  EXPECT_EQ(value("1 << 64"), 0);
  EXPECT_EQ(value("1 << -1"), 0);
  EXPECT_EQ(value("-1 >> 64"), -1);
  EXPECT_EQ(value("9223372036854775807 + 1"), std::numeric_limits<std::int64_t>::min());
}

TEST(IntegerTrapsOfCasts, WhatDoesNotFitSaturates) {
  const std::vector<double> x{1e300, -1e300, std::numeric_limits<double>::quiet_NaN(), 2147483647.9, -2147483648.9, 9.3e18};
  const Array narrow = evaluate("int32(x)", {{"x", x}});
  const Array wide = evaluate("int64(x)", {{"x", x}});
  constexpr std::int32_t highest = std::numeric_limits<std::int32_t>::max();
  constexpr std::int32_t lowest = std::numeric_limits<std::int32_t>::min();
  EXPECT_TRUE(std::ranges::equal(narrow.span<std::int32_t>(), std::vector{highest, lowest, 0, highest, lowest, highest}));
  const std::vector<std::int64_t> wanted{
      std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(), 0, highest, lowest,
      std::numeric_limits<std::int64_t>::max()};
  EXPECT_TRUE(std::ranges::equal(wide.span<std::int64_t>(), wanted));
}

}  // namespace
}  // namespace lanewise::inline v0
