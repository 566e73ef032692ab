// Arrays that fit together and arrays that do not: shapes, layouts, dtypes of a call. Messages are pinned whole.

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include <lanewise/lanewise.hpp>

namespace lanewise::inline v0 {
namespace {

using Shape = std::vector<std::size_t>;

std::vector<double> numbers(std::size_t count) {
  std::vector<double> result(count);
  for (std::size_t i = 0; i < count; ++i) result[i] = static_cast<double>(i);
  return result;
}

template <class Kind, class Call>
std::string message_of(Call&& call) {
  try {
    call();
  } catch (const Kind& error) {
    return error.code() + ": " + error.what();
  }
  return "no error";
}

TEST(Shapes, AreKeptInAnyNumberOfDimensions) {
  const std::vector<double> data = numbers(24);
  for (const Shape& shape : {Shape{24}, Shape{4, 6}, Shape{2, 3, 4}, Shape{24, 1}, Shape{1, 1, 24}}) {
    const Array result = evaluate("x + 1", {{"x", ArrayView(data.data(), shape)}});
    EXPECT_TRUE(std::ranges::equal(result.shape(), shape));
    EXPECT_EQ(result.span<double>()[23], 24.0);
  }
}

TEST(Shapes, OneElementRepeats) {
  const std::vector<double> data = numbers(6);
  const std::vector<double> one = {10};
  const Array result = evaluate("x + one", {{"x", ArrayView(data.data(), Shape{2, 3})}, {"one", ArrayView(one.data(), Shape{1, 1, 1})}});
  EXPECT_TRUE(std::ranges::equal(result.shape(), Shape{1, 2, 3}));
  EXPECT_EQ(result.span<double>()[5], 15.0);
  EXPECT_EQ(evaluate("one + one", {{"one", one}}).shape().size(), 1U);
  EXPECT_EQ(evaluate("one + one", {{"one", 4.0}}).shape().size(), 0U);
}

TEST(Shapes, ScalarsFillAnOutput) {
  std::vector<double> out(5);
  evaluate("k * 2", {{"k", 21.0}}, out);
  EXPECT_EQ(out, std::vector<double>(5, 42.0));
}

TEST(Shapes, NoElementIsFine) {
  const std::vector<double> none;
  EXPECT_EQ(evaluate("sin(x) + k", {{"x", none}, {"k", 1}}).size(), 0U);
  const std::vector<double> one = {1};
  EXPECT_EQ(evaluate("x + one", {{"x", none}, {"one", one}}).size(), 0U);
}

TEST(Shapes, NoElementIsFineHoweverLongTheOtherAxes) {
  const double one = 1;
  const ArrayView none(&one, Shape{std::size_t{1} << 40, std::size_t{1} << 40, 0});
  EXPECT_EQ(evaluate("x + 1", {{"x", none}}).size(), 0U);
  EXPECT_EQ(evaluate("x + 1", {{"x", ArrayView()}}).size(), 0U);
}

TEST(Shapes, UnusedInputsDoNotMatter) {
  const std::vector<double> data = numbers(6);
  const std::vector<double> other = numbers(7);
  EXPECT_EQ(evaluate("x + 1", {{"x", data}, {"other", other}}).size(), 6U);
}

TEST(Shapes, ThatDisagree) {
  const std::vector<double> data = numbers(12);
  EXPECT_EQ(message_of<ShapeError>([&] { evaluate("x + y", {{"x", ArrayView(data.data(), Shape{3, 4})}, {"y", ArrayView(data.data(), Shape{3})}}); }),
            "E301: shapes do not fit: 'x' has (3, 4), 'y' has (3,); they differ along axis -1");
  EXPECT_EQ(message_of<ShapeError>([&] { evaluate("x - max(y, axis=0)", {{"x", ArrayView(data.data(), Shape{3, 4})}, {"y", ArrayView(data.data(), Shape{2, 6})}}); }),
            "E301: shapes do not fit: 'x' has (3, 4), the result of 'max' has (6,); they differ along axis -1");
  std::vector<double> out(5);
  EXPECT_EQ(message_of<ShapeError>([&] { evaluate("x + 1", {{"x", data}}, out); }),
            "E301: the result has shape (12,), but the output array has (5,)");
  EXPECT_EQ(out, std::vector<double>(5));
}

TEST(Shapes, StridesOfSingleElementsAreNeverStepped) {
  const std::vector<double> data = numbers(12);
  const ArrayView one_column(data.data(), Shape{1, 6}, std::vector<std::ptrdiff_t>{999, 8});
  EXPECT_EQ(evaluate("x + 1", {{"x", one_column}}).span<double>()[5], 6.0);
}

TEST(Shapes, ThatOverflow) {
  const double one = 1;
  EXPECT_EQ(message_of<ShapeError>([&] { ArrayView(&one, Shape{std::size_t{1} << 40, std::size_t{1} << 40}); }),
            "E304: the extents of the shape multiply to more bytes than memory can have");
  EXPECT_EQ(message_of<LimitError>([&] { ArrayView(&one, Shape(33, 1)); }), "E405: an array of 33 dimensions; the most is 32");
  EXPECT_EQ(ArrayView(&one, Shape{std::size_t{1} << 40, 0, std::size_t{1} << 40}).size(), 0U);
  const Shape row{1, std::size_t{1} << 40};
  const Shape column{std::size_t{1} << 40, 1};
  const std::vector<std::ptrdiff_t> nowhere{0, 0};
  EXPECT_EQ(message_of<ShapeError>([&] { evaluate("sum(x + y)", {{"x", ArrayView(&one, row, nowhere)}, {"y", ArrayView(&one, column, nowhere)}}); }),
            "E304: the extents of shape (1099511627776, 1099511627776) multiply to more elements than can be counted");
}

TEST(DTypesOfACall, AreThoseOfTheSchema) {
  const Expression expression = Expression::compile("f + k", {{"f", DType::float32}, {"k", DType::float32}});
  const std::vector<float> f = {1, 2};
  const std::vector<double> d = {1, 2};
  std::vector<float> out(2);
  expression.evaluate({{"f", f}, {"k", 3.0}}, out);
  EXPECT_EQ(out[1], 5.0F);
  expression.evaluate({{"f", f}, {"k", true}}, out);
  EXPECT_EQ(out[1], 3.0F);
  EXPECT_EQ(message_of<DTypeError>([&] { expression.evaluate({{"f", d}, {"k", 1}}, out); }),
            "E209: input 'f' is float64, but the expression was compiled for float32");
  std::vector<double> wrong(2);
  EXPECT_EQ(message_of<DTypeError>([&] { expression.evaluate({{"f", f}, {"k", 1}}, wrong); }),
            "E203: the result is float32, but the output array is float64; write float64(...) around the expression, or pass a float32 array");
}

TEST(DTypesOfACall, ScalarsConvertWithinTheirKind) {
  const Expression expression = Expression::compile("i + k", {{"i", DType::int32}, {"k", DType::int32}});
  const std::vector<std::int32_t> i = {1, 2};
  std::vector<std::int32_t> out(2);
  expression.evaluate({{"i", i}, {"k", 40LL}}, out);
  EXPECT_EQ(out[1], 42);
  EXPECT_EQ(message_of<DTypeError>([&] { expression.evaluate({{"i", i}, {"k", 1.5}}, out); }),
            "E209: scalar 'k' is float64, but the expression was compiled for int32, whose kind cannot hold it");
  EXPECT_EQ(message_of<DTypeError>([&] { expression.evaluate({{"i", i}, {"k", 3'000'000'000LL}}, out); }),
            "E205: scalar 'k' is 3000000000, beyond the range of int32 that it is used as; pass it as a float, or compile for wider arrays");
}

TEST(NamesOfACall, AreThoseOfTheSchema) {
  const Expression expression = Expression::compile("a + b", {{"a", DType::float64}, {"b", DType::float64}});
  EXPECT_EQ(expression.evaluate({{"b", 1.0}, {"a", 2.0}}).item<double>(), 3.0);
  EXPECT_EQ(message_of<NameError>([&] { expression.evaluate({{"a", 1.0}}); }), "E208: input 'b' is missing");
  EXPECT_EQ(message_of<NameError>([&] { expression.evaluate({{"a", 1.0}, {"c", 1.0}}); }), "E201: the expression has no input 'c'");
  EXPECT_EQ(message_of<NameError>([&] { expression.evaluate({{"a", 1.0}, {"a", 1.0}}); }), "E206: input 'a' is given twice");
  double out = 0;
  EXPECT_EQ(message_of<NameError>([&] { expression.evaluate_positional({1.0}, std::span(&out, 1)); }),
            "E208: the expression has 2 inputs, but 1 are given");
}

TEST(Arrays, ThatWereMovedFromHaveNoElement) {
  Array first = evaluate("x + 1", {{"x", std::vector<double>{1, 2}}});
  const Array second = std::move(first);
  EXPECT_EQ(first.size(), 0U);
  EXPECT_EQ(first.span<double>().size(), 0U);
  EXPECT_EQ(second.span<double>()[1], 3.0);
  first = evaluate("x + 1", {{"x", 1.5}});
  EXPECT_EQ(first.item<double>(), 2.5);
}

TEST(Arrays, GiveTheirElementsAsTheirOwnTypeOnly) {
  const Array result = evaluate("x + 1", {{"x", std::vector<double>{1, 2}}});
  EXPECT_EQ(message_of<DTypeError>([&] { (void)result.span<float>(); }), "E209: the array holds float64, but float32 is asked for");
  EXPECT_EQ(message_of<ShapeError>([&] { (void)result.item<double>(); }), "E303: item() needs exactly one element; the array has 2");
}

}  // namespace
}  // namespace lanewise::inline v0
