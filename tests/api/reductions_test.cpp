// Reductions of whole expressions: axes, shapes, layouts, threads, and what they promise about bits and errors.

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <cmath>
#include <cstring>
#include <numeric>
#include <random>
#include <stop_token>
#include <vector>

#include <lanewise/lanewise.hpp>

namespace lanewise::inline v0 {
namespace {

using Shape = std::vector<std::size_t>;

std::vector<double> random_numbers(std::size_t count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::vector<double> numbers(count);
  for (double& number : numbers) number = uniform(random) * std::ldexp(1.0, static_cast<int>(random() % 30));
  return numbers;
}

std::vector<double> whole_numbers(std::size_t count) {
  std::vector<double> numbers(count);
  for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<double>((i * 37) % 101) - 50;
  return numbers;
}

Shape shape_of(const Array& array) { return {array.shape().begin(), array.shape().end()}; }

template <class T>
std::vector<T> elements_of(const Array& array) {
  return {array.span<T>().begin(), array.span<T>().end()};
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

TEST(Reductions, OfAllElements) {
  const std::vector<double> x = {3, -1, 4, 1, -5};
  EXPECT_EQ(evaluate("sum(x)", {{"x", x}}).item<double>(), 2);
  EXPECT_EQ(evaluate("prod(x)", {{"x", x}}).item<double>(), 60);
  EXPECT_EQ(evaluate("min(x)", {{"x", x}}).item<double>(), -5);
  EXPECT_EQ(evaluate("max(x)", {{"x", x}}).item<double>(), 4);
  EXPECT_EQ(evaluate("argmin(x)", {{"x", x}}).item<std::int64_t>(), 4);
  EXPECT_EQ(evaluate("argmax(x)", {{"x", x}}).item<std::int64_t>(), 2);
  EXPECT_TRUE(evaluate("any(x > 3)", {{"x", x}}).item<bool>());
  EXPECT_FALSE(evaluate("all(x > 3)", {{"x", x}}).item<bool>());
  EXPECT_EQ(evaluate("sum(x)", {{"x", x}}).shape().size(), 0U);
  EXPECT_EQ(evaluate("sum(k)", {{"k", 2.5}}).item<double>(), 2.5);
}

TEST(Reductions, WidenSmallTypes) {
  const std::vector<std::int8_t> small(1000, 100);
  const std::vector<std::uint16_t> natural(1000, 60'000);
  EXPECT_EQ(evaluate("sum(x)", {{"x", small}}).item<std::int64_t>(), 100'000);
  EXPECT_EQ(evaluate("sum(x)", {{"x", natural}}).item<std::uint64_t>(), 60'000'000U);
  EXPECT_EQ(evaluate("max(x)", {{"x", small}}).item<std::int8_t>(), 100);
  const std::vector<float> ones(10'000'000, 1.0F);
  EXPECT_EQ(evaluate("sum(x)", {{"x", ones}}).item<float>(), 1e7F);
}

TEST(Reductions, InsideExpressionsAndEachOther) {
  const std::vector<double> x = {1, 2, 3, 6};
  const std::vector<double> y = {2, 0, 1, 1};
  EXPECT_EQ(elements_of<double>(evaluate("x - mean(x)", {{"x", x}})), (std::vector<double>{-2, -1, 0, 3}));
  EXPECT_EQ(evaluate("var(x)", {{"x", x}}).item<double>(), 3.5);
  EXPECT_EQ(evaluate("sum(x*y) / sqrt(sum(x*x) * sum(y*y))", {{"x", x}, {"y", y}}).item<double>(), 11 / std::sqrt(50 * 6.0));
  EXPECT_EQ(evaluate("sum(abs(x - max(x - min(y))))", {{"x", x}, {"y", y}}).item<double>(), 12);
  EXPECT_EQ(elements_of<double>(evaluate("x * size(x)", {{"x", x}})), (std::vector<double>{4, 8, 12, 24}));
}

// Sums of whole numbers are exact, so any order gives what these loops do.
struct Case {
  Shape shape;
  std::vector<std::ptrdiff_t> strides;  // elements
};

std::vector<double> sum_plainly(const std::vector<double>& memory, const Case& array, std::uint32_t reduced) {
  std::size_t kept_count = 1;
  for (std::size_t axis = 0; axis < array.shape.size(); ++axis) kept_count *= (reduced >> axis & 1U) != 0 ? 1 : array.shape[axis];
  std::vector<double> sums(kept_count);
  std::vector<std::size_t> index(array.shape.size());
  const std::size_t count = std::accumulate(array.shape.begin(), array.shape.end(), std::size_t{1}, std::multiplies<>());
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t kept = 0;
    std::ptrdiff_t place = 0;
    std::size_t rest = i;
    for (std::size_t axis = array.shape.size(); axis-- > 0;) {
      index[axis] = rest % array.shape[axis];
      rest /= array.shape[axis];
    }
    for (std::size_t axis = 0; axis < array.shape.size(); ++axis) {
      place += static_cast<std::ptrdiff_t>(index[axis]) * array.strides[axis];
      if ((reduced >> axis & 1U) == 0) kept = kept * array.shape[axis] + index[axis];
    }
    sums[kept] += memory[static_cast<std::size_t>(place)];
  }
  return sums;
}

std::string axes_text(std::uint32_t reduced) {
  std::string text;
  for (int axis = 0; axis < 4; ++axis) {
    if ((reduced >> axis & 1U) != 0) text += std::to_string(axis) + ",";
  }
  return "(" + text + ")";
}

TEST(Reductions, AlongAxesOfAnyLayout) {
  const Case cases[] = {{{6, 700}, {700, 1}},         {{6, 700}, {1, 6}},        {{700, 6}, {6, 1}},           {{1000, 3}, {3, 1}},
                        {{3, 1000}, {1000, 1}},       {{40, 50}, {100, 2}},      {{5, 7, 9}, {63, 9, 1}},      {{5, 7, 9}, {1, 5, 35}},
                        {{5, 70, 9}, {9, 45, 1}},     {{300, 2, 3}, {6, 3, 1}},  {{2, 3, 4, 5}, {60, 20, 5, 1}}, {{33, 1, 129}, {129, 129, 1}},
                        {{4, 6}, {0, 1}},             {{257, 40}, {40, 1}},      {{40, 257}, {1, 40}}};
  for (const Case& array : cases) {
    std::size_t reach = 1;
    for (std::size_t axis = 0; axis < array.shape.size(); ++axis) reach += (array.shape[axis] - 1) * static_cast<std::size_t>(array.strides[axis]);
    const std::vector<double> memory = whole_numbers(reach);
    std::vector<std::ptrdiff_t> bytes;
    for (const std::ptrdiff_t stride : array.strides) bytes.push_back(stride * 8);
    const ArrayView x(memory.data(), array.shape, bytes);
    for (std::uint32_t reduced = 1; reduced < 1U << array.shape.size(); ++reduced) {
      const std::vector<double> expected = sum_plainly(memory, array, reduced);
      const std::string axis = axes_text(reduced);
      const Array direct = evaluate("sum(x, axis=" + axis + ")", {{"x", x}});
      EXPECT_EQ(elements_of<double>(direct), expected) << axis;
      const Array computed = evaluate("sum(x*2 - x, axis=" + axis + ", keepdims=True)", {{"x", x}});
      EXPECT_EQ(elements_of<double>(computed), expected) << axis;
      EXPECT_EQ(computed.shape().size(), array.shape.size());
      const Array broadcast = evaluate("x - sum(x, axis=" + axis + ", keepdims=True)", {{"x", x}});
      EXPECT_EQ(shape_of(broadcast), array.shape);
      EXPECT_EQ(broadcast.span<double>()[0], memory[0] - expected[0]);
    }
  }
}

TEST(Reductions, TakeNoAxesAsEachElementAlone) {
  const std::vector<double> x = whole_numbers(6);
  EXPECT_EQ(elements_of<double>(evaluate("sum(x, axis=())", {{"x", ArrayView(x.data(), Shape{2, 3})}})), x);
}

TEST(Reductions, FindPositionsInCOrder) {
  const std::vector<double> x = {5, 1, 7, 1, 9, 9};
  const ArrayView rows(x.data(), Shape{2, 3});
  EXPECT_EQ(elements_of<std::int64_t>(evaluate("argmin(x, axis=0)", {{"x", rows}})), (std::vector<std::int64_t>{1, 0, 0}));
  EXPECT_EQ(elements_of<std::int64_t>(evaluate("argmax(x, axis=1)", {{"x", rows}})), (std::vector<std::int64_t>{2, 1}));
  const ArrayView turned(x.data(), Shape{3, 2}, std::vector<std::ptrdiff_t>{8, 24});  // 5 1 / 1 9 / 7 9
  EXPECT_EQ(evaluate("argmin(x)", {{"x", turned}}).item<std::int64_t>(), 1);
  EXPECT_EQ(evaluate("argmax(x)", {{"x", turned}}).item<std::int64_t>(), 3);
}

TEST(Reductions, OfNoElements) {
  const std::vector<double> none;
  EXPECT_EQ(evaluate("sum(x)", {{"x", none}}).item<double>(), 0);
  EXPECT_EQ(evaluate("prod(x)", {{"x", none}}).item<double>(), 1);
  EXPECT_FALSE(evaluate("any(x)", {{"x", none}}).item<bool>());
  EXPECT_TRUE(evaluate("all(x)", {{"x", none}}).item<bool>());
  EXPECT_TRUE(std::isnan(evaluate("mean(x)", {{"x", none}}).item<double>()));
  EXPECT_EQ(message_of<ShapeError>([&] { evaluate("min(x)", {{"x", none}}); }), "E307: 'min' of no elements: axis 0 of shape (0,) is empty");
  const ArrayView empty_rows(none.data(), Shape{0, 3});
  EXPECT_EQ(elements_of<double>(evaluate("sum(x, axis=0)", {{"x", empty_rows}})), (std::vector<double>{0, 0, 0}));
  EXPECT_EQ(evaluate("max(x, axis=1)", {{"x", empty_rows}}).size(), 0U);
  EXPECT_EQ(message_of<ShapeError>([&] { evaluate("argmax(x, axis=0)", {{"x", empty_rows}}); }),
            "E307: 'argmax' of no elements: axis 0 of shape (0, 3) is empty");
}

TEST(Reductions, NameAxesThatAreNotThere) {
  const std::vector<double> x = whole_numbers(6);
  const ArrayView rows(x.data(), Shape{2, 3});
  EXPECT_EQ(message_of<ShapeError>([&] { evaluate("sum(x, axis=2)", {{"x", rows}}); }), "E306: axis 2 is out of range for a value of 2 dimensions");
  EXPECT_EQ(message_of<ShapeError>([&] { evaluate("sum(x, axis=-2)", {{"x", x}}); }), "E306: axis -2 is out of range for a value of 1 dimension");
  EXPECT_EQ(message_of<ShapeError>([&] { evaluate("sum(x, axis=(0, -2))", {{"x", rows}}); }),
            "E306: axis -2 is named twice for a value of 2 dimensions");
}

TEST(Reductions, FillAnOutput) {
  const std::vector<double> x = {1, 2, 3};
  std::vector<double> out(4);
  evaluate("sum(x)", {{"x", x}}, out);
  EXPECT_EQ(out, std::vector<double>(4, 6));
  std::vector<double> every_second(6, -1);
  const std::vector<double> rows = whole_numbers(6);
  evaluate("sum(x, axis=0)", {{"x", ArrayView(rows.data(), Shape{2, 3})}}, MutableArrayView(every_second.data(), Shape{3}, std::vector<std::ptrdiff_t>{16}));
  EXPECT_EQ(every_second, (std::vector<double>{rows[0] + rows[3], -1, rows[1] + rows[4], -1, rows[2] + rows[5], -1}));
}

TEST(Reductions, RefuseOutputsAmongTheirOperands) {
  std::vector<double> x = whole_numbers(6);
  const auto before = x;
  EXPECT_THROW(evaluate("sum(x)", {{"x", x}}, std::span(x).first(1)), AliasError);
  EXPECT_THROW(evaluate("x - mean(x) + x[0] * 0", {{"x", x}}, std::span(x).first(5)), Error);
  EXPECT_EQ(x, before);
  evaluate("x - sum(x)", {{"x", x}}, x);
  EXPECT_EQ(x[0], before[0] - std::accumulate(before.begin(), before.end(), 0.0));
}

class Bits : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Texts, Bits,
                         testing::Values("sum(x)", "sum(x*y)", "prod(1 + x*1e-12)", "sum(x, axis=0)", "sum(x*y, axis=0)", "sum(x, axis=1)", "argmax(x*y)",
                                         "std(x)", "x - mean(x, axis=0)", "norm(x) + dot(x, y)"));

TEST_P(Bits, DoNotDependOnTheNumberOfThreads) {
  const std::vector<double> x = random_numbers(600'000, 1);
  const std::vector<double> y = random_numbers(600'000, 2);
  const Expression expression = Expression::compile(GetParam(), {{"x", DType::float64}, {"y", DType::float64}});
  tbb::global_control allow_many(tbb::global_control::max_allowed_parallelism, 8);
  tbb::task_arena arena(8);
  for (const Shape& shape : {Shape{600'000, 1}, Shape{3, 200'000}, Shape{200'000, 3}, Shape{600, 1000}}) {
    const auto result = [&](std::size_t threads) {
      return arena.execute([&] {
        return expression.evaluate({{"x", ArrayView(x.data(), shape)}, {"y", ArrayView(y.data(), shape)}}, {.max_threads = threads});
      });
    };
    const Array expected = result(1);
    for (std::size_t threads = 2; threads <= 8; ++threads) {
      const Array got = result(threads);
      ASSERT_EQ(std::memcmp(got.data(), expected.data(), got.size() * got.dtype().size_bytes()), 0) << threads << " threads, " << shape[0];
    }
  }
}

/// What is folded while it is computed against elements that were computed before.
TEST(Reductions, OfExpressionsAreThoseOfTheirElements) {
  const std::vector<double> x = random_numbers(6'000'000, 3), y = random_numbers(6'000'000, 4);
  const std::vector<float> single(x.begin(), x.end());
  const std::vector<double> whole = whole_numbers(x.size());
  const std::vector<std::int16_t> small(whole.begin(), whole.end());
  const std::vector<DType> dtypes = {DType::float64, DType::float64, DType::float32, DType::int16};
  const char* const of_both_accumulators = "(x + y)*(x - y) - (y + 3)*(x - 2)*(y - x)";
  const char* const of_several_segments =
      "((((x + 1)*(y - 2) - (x - 3)*(y + 4))*((x + 5)*(y - 6) - (x - 7)*(y + 8)) - ((x + 9)*(y - 10) - (x - 11)*(y + 12))*((x + 13)*(y - 14) - (x - 15)*(y + "
      "16)))*(((x + 17)*(y - 18) - (x - 19)*(y + 20))*((x + 21)*(y - 22) - (x - 23)*(y + 24))))/(1 + x*x*y*y)";
  for (const char* element : {"x*y", "(x - y)**2", "f*2 + x", "f*f", "i*i", "i + i < f", "x*y + 1j*x", "sqrt(x*x) + tanh(y)*x", of_both_accumulators,
                              of_several_segments}) {
    const Expression elements = Expression::compile(element, {{"x", dtypes[0]}, {"y", dtypes[1]}, {"f", dtypes[2]}, {"i", dtypes[3]}});
    const DType dtype = elements.result_dtype();
    for (const std::size_t length : {1U, 31U, 255U, 257U, 1023U, 1025U, 4097U, 65'535U, 65'537U, 66'561U, 300'007U, 6'000'000U}) {
      const auto part = [length](const auto& numbers) { return std::span(numbers).first(length); };
      const std::vector<Input> inputs{{"x", part(x)}, {"y", part(y)}, {"f", part(single)}, {"i", part(small)}};
      const Array computed = elements.evaluate(inputs);
      for (const std::string fold : {"sum", "max", "argmax"}) {
        if (fold != "sum" && dtype.is_complex()) continue;
        const Array expected = evaluate(fold + "(e)", {{"e", computed}});
        const Array got = evaluate(fold + "(" + element + ")", inputs);
        ASSERT_EQ(std::memcmp(got.data(), expected.data(), got.dtype().size_bytes()), 0) << fold << " of " << length << " " << element;
      }
    }
  }
}

TEST(Reductions, OfLongRowsAreThoseOfEachRow) {
  for (const std::size_t columns : {256U, 65'536U, 66'561U, 131'329U}) {
    const std::size_t rows = 5;
    const std::vector<double> x = random_numbers(rows * columns, 7), y = random_numbers(rows * columns, 8);
    const std::size_t shape[] = {rows, columns};
    const Array got = evaluate("sum(x*y, axis=1)", {{"x", ArrayView(x.data(), shape)}, {"y", ArrayView(y.data(), shape)}});
    for (std::size_t row = 0; row < rows; ++row) {
      const auto part = [&](const std::vector<double>& numbers) { return std::span(numbers).subspan(row * columns, columns); };
      EXPECT_EQ(got.span<double>()[row], evaluate("sum(x*y)", {{"x", part(x)}, {"y", part(y)}}).item<double>()) << row << " of " << columns;
    }
  }
}

TEST(Reductions, OfLongRowsWithOneFactorEach) {
  const std::size_t rows = 3, columns = 70'003;
  const std::vector<double> x = random_numbers(rows * columns, 9);
  const std::vector<double> factors = {2, -0.5, 3};
  const std::size_t shape[] = {rows, columns}, shape_of_factors[] = {rows, 1};
  const std::vector<Input> inputs{{"x", ArrayView(x.data(), shape)}, {"v", ArrayView(factors.data(), shape_of_factors)}};
  const Array got = evaluate("sum(x*v, axis=1)", inputs);
  const Array products = evaluate("x*v", inputs);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto of_row = products.span<double>().subspan(row * columns, columns);
    EXPECT_EQ(got.span<double>()[row], evaluate("sum(p)", {{"p", of_row}}).item<double>()) << row;
  }
}

TEST(Reductions, BesideTheirElementsAsResults) {
  const std::vector<double> x = random_numbers(200'003, 5), y = random_numbers(200'003, 6);
  const Expression both = Expression::compile("p = x*y; p, sum(p), max(p) + sum(x)", {{"x", DType::float64}, {"y", DType::float64}});
  const std::vector<Input> inputs{{"x", x}, {"y", y}};
  const Array expected = evaluate("x*y", inputs);
  const double sum = evaluate("sum(p)", {{"p", expected}}).item<double>();
  const double rest = evaluate("max(p) + sum(x)", {{"p", expected}, {"x", x}}).item<double>();
  for (const std::ptrdiff_t step : {1, 2, -1}) {
    const auto size = static_cast<std::ptrdiff_t>(x.size());
    std::vector<double> room(2 * x.size() + 1, 0.5);
    double got_sum = 0, got_rest = 0;
    const std::size_t shape[] = {x.size()};
    const std::ptrdiff_t strides[] = {step * 8};
    double* const first = step < 0 ? &room[x.size() - 1] : room.data();
    both.evaluate_all(inputs, {MutableArrayView(first, DType::float64, shape, strides), std::span(&got_sum, 1), std::span(&got_rest, 1)});
    for (std::ptrdiff_t i = 0; i < size; ++i) ASSERT_EQ(first[i * step], expected.span<double>()[static_cast<std::size_t>(i)]) << i;
    EXPECT_EQ(got_sum, sum);
    EXPECT_EQ(got_rest, rest);
  }
}

TEST(Sums, StayWithinTheirErrorBound) {
  for (const std::size_t length : {1U, 2U, 31U, 33U, 255U, 256U, 257U, 1023U, 1025U, 65'535U, 65'537U, 1'000'001U}) {
    const std::vector<double> x = random_numbers(length, static_cast<unsigned>(length));
    __float128 exact = 0;
    double magnitude = 0;
    for (const double element : x) exact += element, magnitude += std::abs(element);
    const double error = std::abs(static_cast<double>(static_cast<__float128>(evaluate("sum(x)", {{"x", x}}).item<double>()) - exact));
    EXPECT_LE(error, (std::ceil(std::log2(static_cast<double>(length))) + 10) * 0x1p-53 * magnitude) << length;
  }
}

TEST(SeveralResults, AreEvaluatedTogether) {
  const std::vector<double> x = {3, 6, 0};
  const std::vector<double> y = {4, 8, 1};
  const Expression polar = Expression::compile("r = sqrt(x*x + y*y); r, x < y, sum(r)", {{"x", DType::float64}, {"y", DType::float64}});
  EXPECT_EQ(polar.result_dtypes(), (std::vector<DType>{DType::float64, DType::bool_, DType::float64}));
  const std::vector<Array> results = polar.evaluate_all({{"x", x}, {"y", y}});
  EXPECT_EQ(elements_of<double>(results[0]), (std::vector<double>{5, 10, 1}));
  EXPECT_TRUE(results[1].span<bool>()[2]);
  EXPECT_EQ(results[2].item<double>(), 16);
  std::vector<double> radius(3);
  std::array<bool, 3> less{};
  double sum = 0;
  polar.evaluate_all({{"x", x}, {"y", y}}, {radius, less, std::span(&sum, 1)});
}

TEST(SeveralResults, OfDifferentShapes) {
  const std::vector<double> x = whole_numbers(12);
  const std::vector<double> k = {1, 10, 100};
  const Expression expression = Expression::compile("x*k, k + 1, sum(x, axis=1)", {{"x", DType::float64}, {"k", DType::float64}});
  const std::vector<Array> results = expression.evaluate_all({{"x", ArrayView(x.data(), Shape{4, 3})}, {"k", k}});
  const std::vector<Shape> shapes = expression.result_shapes({{"x", ArrayView(x.data(), Shape{4, 3})}, {"k", k}});
  for (std::size_t i = 0; i < results.size(); ++i) EXPECT_EQ(shapes[i], Shape(results[i].shape().begin(), results[i].shape().end()));
  EXPECT_EQ(shape_of(results[0]), (Shape{4, 3}));
  EXPECT_EQ(results[0].span<double>()[5], x[5] * 100);
  EXPECT_EQ(elements_of<double>(results[1]), (std::vector<double>{2, 11, 101}));
  EXPECT_EQ(results[2].span<double>()[3], x[9] + x[10] + x[11]);
}

TEST(SeveralResults, NeedAnOutputEach) {
  const std::vector<double> x = {1, 2};
  std::vector<double> out(2);
  const Expression expression = Expression::compile("x + 1, x + 2", {{"x", DType::float64}});
  EXPECT_EQ(message_of<ShapeError>([&] { expression.evaluate({{"x", x}}, out); }),
            "E308: the expression has 2 results, but 1 output is given; use evaluate_all, which takes an output for each");
  EXPECT_EQ(message_of<ShapeError>([&] { expression.evaluate_all({{"x", x}}, {out}); }), "E308: the expression has 2 results, but 1 output is given");
  EXPECT_THROW((void)expression.evaluate({{"x", x}}), ShapeError);
}

TEST(SeveralResults, ShareNoMemory) {
  std::vector<double> memory = whole_numbers(20);
  const auto before = memory;
  const std::span<double> x = std::span(memory).first(8);
  std::vector<double> other(8);
  const Expression expression = Expression::compile("x + 1, x * 2", {{"x", DType::float64}});
  EXPECT_THROW(expression.evaluate_all({{"x", before}}, {std::span(memory).first(20), std::span(memory).first(20)}), AliasError);
  EXPECT_THROW(expression.evaluate_all({{"x", x}}, {x, other}), AliasError) << "x is read again for the second result";
  EXPECT_EQ(memory, before);
  expression.evaluate_all({{"x", x}}, {other, x});
  EXPECT_EQ(other[3], before[3] + 1);
  EXPECT_EQ(memory[3], before[3] * 2);
}

TEST(Cancelling, StopsPassesAtTheNextBlock) {
  constexpr std::size_t block_limit = 65'536;
  const std::vector<double> x(1'000'000, 1);
  const ArrayView every_second(x.data(), Shape{500'000}, std::vector<std::ptrdiff_t>{16});
  for (const char* text : {"sum(watch(x))", "x - max(watch(x))", "watch(x) + 1"}) {
    std::stop_source source;
    std::atomic<std::size_t> count = 0;
    FunctionSet functions;
    functions.add("watch", [&](double value) {
      ++count;
      source.request_stop();
      return value;
    });
    const Expression expression = Expression::compile(text, {{"x", DType::float64}}, {.functions = &functions});
    EXPECT_THROW((void)expression.evaluate({{"x", every_second}}, {.max_threads = 1, .stop = source.get_token()}), Cancelled) << text;
    EXPECT_LE(count, block_limit) << text;
  }
}

TEST(Explanations, ShowPasses) {
  const std::vector<double> x = whole_numbers(3000);
  std::vector<double> out(3000);
  const Expression expression = Expression::compile("x - mean(x)", {{"x", DType::float64}});
  const std::string plan = expression.explain({{"x", x}}, out);
  EXPECT_NE(plan.find("pass 0: 1 row of 3000 columns, folded along the columns"), std::string::npos) << plan;
  EXPECT_NE(plan.find("pass 1: "), std::string::npos) << plan;
  EXPECT_NE(expression.explain(Stage::program).find("pass 0: over x: "), std::string::npos) << expression.explain(Stage::program);
}

}  // namespace
}  // namespace lanewise::inline v0
