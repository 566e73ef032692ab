// Limits on the text: one less passes, one more is a LimitError with its code, and far more is no crash.

#include <gtest/gtest.h>
#include <pthread.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <lanewise/lanewise.hpp>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace lanewise::inline v0 {
namespace {

constexpr Limits defaults;

std::string repeated(const std::string& piece, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

// Returns "accepted" or the code of the error.
std::string answer(const std::string& text, const Schema& schema = {{"x", DType::float64}}) {
  try {
    (void)Expression::compile(text, schema);
    return "accepted";
  } catch (const LimitError& error) {
    return error.code();
  } catch (const Error& error) {
    return "not a LimitError: " + error.report();
  }
}

TEST(Limits, LengthOfTheText) {
  const auto text_of_length = [](std::size_t length) { return "x + 1 #" + std::string(length - 7, 'c'); };
  EXPECT_EQ(answer(text_of_length(defaults.text_bytes - 1)), "accepted");
  EXPECT_EQ(answer(text_of_length(defaults.text_bytes)), "accepted");
  EXPECT_EQ(answer(text_of_length(defaults.text_bytes + 1)), "E401");
  EXPECT_EQ(answer(repeated("x + ", 524'288)), "E401");
}

TEST(Limits, ALongTextOfManyOperationsIsNoCrash) {
  EXPECT_EQ(answer("x" + repeated(" + x", 200'000)), "accepted");
  EXPECT_EQ(answer("x" + repeated("+x*2", 200'000)), "accepted");
}

TEST(Limits, Nesting) {
  const auto nested = [](std::size_t depth) { return repeated("(", depth) + "x" + repeated(")", depth); };
  EXPECT_EQ(answer(nested(defaults.nesting_depth - 1)), "accepted");
  EXPECT_EQ(answer(nested(defaults.nesting_depth)), "accepted");
  EXPECT_EQ(answer(nested(defaults.nesting_depth + 1)), "E402");
  EXPECT_EQ(answer(nested(100'000)), "E402");
  EXPECT_EQ(answer(repeated("(", 100'000)), "E402");
}

TEST(Limits, NestingInEveryForm) {
  for (const char* opening : {"sin(", "-", "not ", "~", "2**", "(x if x else ", "where(x, x, ", "x + (", "-("}) {
    EXPECT_EQ(answer(repeated(opening, 50'000)), "E402") << opening;
  }
}

TEST(Limits, NestingOnASmallStack) {
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, 512 * 1024), 0);
  const auto compile = [](void*) -> void* {
    const std::string deepest = repeated("(-sin(", 333) + "x" + repeated("))", 333);
    EXPECT_EQ(answer(deepest), "accepted");
    EXPECT_EQ(answer(repeated("(", 100'000)), "E402");
    return nullptr;
  };
  pthread_t thread;
  ASSERT_EQ(pthread_create(&thread, &attributes, compile, nullptr), 0);
  ASSERT_EQ(pthread_join(thread, nullptr), 0);
  pthread_attr_destroy(&attributes);
}

TEST(Limits, NumberOfInputs) {
  const auto schema = [](std::size_t count) {
    std::vector<SchemaEntry> entries;
    for (std::size_t i = 0; i < count; ++i) entries.push_back({"x" + std::to_string(i), DType::float64});
    return Schema(std::move(entries));
  };
  EXPECT_EQ(answer("x0 + 1", schema(defaults.input_count - 1)), "accepted");
  EXPECT_EQ(answer("x0 + 1", schema(defaults.input_count)), "accepted");
  EXPECT_EQ(answer("x0 + 1", schema(defaults.input_count + 1)), "E404");
}

TEST(Limits, NumberOfResults) {
  const auto results = [](std::size_t count) {
    std::string text = "1";
    for (std::size_t i = 1; i < count; ++i) text += ", 1";
    return text;
  };
  EXPECT_EQ(answer(results(defaults.result_count - 1), {}), "accepted");
  EXPECT_EQ(answer(results(defaults.result_count), {}), "accepted");
  EXPECT_EQ(answer(results(defaults.result_count + 1), {}), "E408");
}

TEST(Limits, ManyInputsAreEvaluated) {
  std::vector<SchemaEntry> entries;
  std::string text = "0";
  for (std::size_t i = 0; i < defaults.input_count; ++i) {
    entries.push_back({"x" + std::to_string(i), DType::float64});
    text += " + x" + std::to_string(i);
  }
  const Expression expression = Expression::compile(text, Schema(entries));
  for (const std::size_t length : std::initializer_list<std::size_t>{1, 70, 1000}) {
    const std::vector<double> ones(length, 1.0);
    const std::vector<ArrayView> views(entries.size(), ArrayView(ones));
    std::vector<double> out(length);
    expression.evaluate_positional(views, out);
    EXPECT_EQ(out, std::vector<double>(length, static_cast<double>(defaults.input_count)));
  }
}

template <class T>
class LongPrograms : public testing::Test {};
using ElementTypes = testing::Types<std::int32_t, std::int64_t, float, double>;
TYPED_TEST_SUITE(LongPrograms, ElementTypes);

TYPED_TEST(LongPrograms, AreEvaluated) {
  const std::vector<TypeParam> x(100, TypeParam{3});
  for (const std::size_t step_count : {std::size_t{20}, std::size_t{70}, std::size_t{480}}) {
    std::string text = "x";
    TypeParam expected = 3;
    for (std::size_t step = 0; step < step_count; ++step) {
      text = std::string("(").append(text).append(") // 2 + x");
      expected = static_cast<TypeParam>(expected / 2);
      if constexpr (std::is_floating_point_v<TypeParam>) expected = std::floor(expected);
      expected = static_cast<TypeParam>(expected + 3);
    }
    std::vector<TypeParam> out(x.size());
    evaluate(text, {{"x", x}}, out);
    EXPECT_EQ(out, std::vector<TypeParam>(x.size(), expected)) << step_count << " steps on arrays";
    evaluate(text, {{"x", ArrayView(x.data(), {})}}, out);
    EXPECT_EQ(out, std::vector<TypeParam>(x.size(), expected)) << step_count << " steps on a scalar";
  }
}

TEST(Limits, OfTheCaller) {
  CompileOptions options;
  options.limits.node_count = 10;
  const Schema schema{{"x", DType::float64}};
  EXPECT_NO_THROW((void)Expression::compile("x + 1", schema, options));
  try {
    (void)Expression::compile("x" + repeated(" + x", 100), schema, options);
    ADD_FAILURE() << "accepted";
  } catch (const LimitError& error) {
    EXPECT_EQ(error.code(), "E403");
  }
}

TEST(Limits, Dimensions) {
  const std::vector<std::size_t> shape(maximum_rank, 1);
  const std::vector<std::size_t> beyond(maximum_rank + 1, 1);
  const double value = 2;
  EXPECT_NO_THROW((void)ArrayView(&value, std::span(shape)));
  EXPECT_THROW((void)ArrayView(&value, std::span(beyond)), LimitError);
}

// Returns "done" or the code of the error of an evaluation that may take `limit_bytes`.
std::string answer_within(std::size_t limit_bytes, const std::string& text, const Inputs& inputs, const Schema& schema) {
  try {
    (void)Expression::compile(text, schema).evaluate_all(inputs, {.memory_limit_bytes = limit_bytes});
    return "done";
  } catch (const LimitError& error) {
    return error.code();
  }
}

TEST(Limits, MemoryOfACall) {
  const std::vector<double> x(6'000, 1.0);
  const std::array<std::size_t, 2> shape{2, 3'000};
  const Input input{"x", ArrayView(x.data(), shape)};
  const Inputs inputs(std::span(&input, 1));
  const Schema schema{{"x", DType::float64}};
  struct Row {
    const char* text;
    std::size_t needed_bytes;  // results, and what reductions leave between passes
  };
  for (const Row& row : {Row{"x + 1", 48'000}, {"x > 0", 6'000}, {"x, -x", 96'000}, {"sum(x, axis=0)", 24'000}, {"x - sum(x, axis=0)", 72'000}}) {
    EXPECT_EQ(answer_within(row.needed_bytes, row.text, inputs, schema), "done") << row.text;
    EXPECT_EQ(answer_within(row.needed_bytes - 1, row.text, inputs, schema), "E406") << row.text;
  }
  std::vector<double> out(6'000, 7.0);
  const MutableArrayView output(out.data(), shape);
  const Expression centred = Expression::compile("x - sum(x, axis=0)", schema);
  EXPECT_THROW(centred.evaluate(inputs, output, {.memory_limit_bytes = 23'999}), LimitError);
  EXPECT_EQ(out, std::vector<double>(6'000, 7.0));
  centred.evaluate(inputs, output, {.memory_limit_bytes = 24'000});
  EXPECT_EQ(out, std::vector<double>(6'000, -1.0));
}

// A shape without memory behind it, of more elements than there is memory for.
TEST(Limits, MemoryIsNotAskedForFirst) {
  const double element = 1;
  const std::array<std::size_t, 2> shape{1'000'000, 1'000'000'000};
  const std::array<std::ptrdiff_t, 2> strides{0, 0};
  const Input input{"x", ArrayView(&element, shape, strides)};
  EXPECT_EQ(answer_within(1'000'000, "x + 1", Inputs(std::span(&input, 1)), {{"x", DType::float64}}), "E406");
  EXPECT_EQ(answer_within(1'000'000, "sum(sum(x, axis=0))", Inputs(std::span(&input, 1)), {{"x", DType::float64}}), "E406");
}

}  // namespace
}  // namespace lanewise::inline v0
