// An element's bits depend on its operands alone: not on the number of threads, its place in the array, the array's length or alignment.

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <cstring>
#include <lanewise/expression.hpp>
#include <optional>
#include <vector>

#include "property/random_values.hpp"

namespace lanewise::inline v0::property {
namespace {

constexpr std::size_t longest = 4097;
constexpr std::size_t thread_test_length = 300'001;

constexpr const char* texts[] = {
    "x*x + 2*y",
    "sin(x) * exp(-y*y) if x < y else hypot(x, y) // 3",
    "int32(x) % int32(y) + float32(x) ** 3 - y",
    "x > 1 and not isnan(y) or y**-1 < x",
    "int8(x) * int8(y) + uint8(x)",
    "uint16(x) << 3 ^ uint16(y)",
    "float16(x * y)",
    "complex(x, y) * complex(y, x) + 2j",
    "complex64(exp(complex(x, y)))",
    "uint64(x) // uint64(y) if x < y else gcd(int64(x), int64(y))",
    "abs(sqrt(complex(x, y))) < hypot(x, y)",
    "round(x, 2) + fma(x, y, 1) - float32(y) % 3",
};

// Two inputs and the bytes of a result, at chosen offsets from an aligned address.
class Arrays {
 public:
  Arrays(std::size_t length, std::uint64_t seed) : x_(length), y_(length) {
    RandomChoice random(seed);
    for (double& value : x_) value = random_value(random, DType::float64).as<double>();
    for (double& value : y_) value = random_value(random, DType::float64).as<double>();
  }

  std::vector<std::byte> evaluate(const Expression& expression, std::size_t first, std::size_t length, const EvaluateOptions& options,
                                  std::size_t output_offset_bytes = 0) const {
    std::vector<std::byte> result(output_offset_bytes + length * expression.result_dtype().size_bytes());
    expression.evaluate_positional({ArrayView(x_.data() + first, {&length, 1}), ArrayView(y_.data() + first, {&length, 1})},
                                   MutableArrayView(result.data() + output_offset_bytes, expression.result_dtype(), {&length, 1}), options);
    result.erase(result.begin(), result.begin() + static_cast<std::ptrdiff_t>(output_offset_bytes));
    return result;
  }

 private:
  std::vector<double> x_;
  std::vector<double> y_;
};

Expression compile(const char* text) { return Expression::compile(text, {{"x", DType::float64}, {"y", DType::float64}}); }

// Returns the first element whose bits differ, counting every nan as the same.
std::optional<std::size_t> first_difference(DType dtype, const std::byte* left, const std::byte* right, std::size_t length) {
  const std::size_t size = dtype.size_bytes();
  if (length == 0 || std::memcmp(left, right, length * size) == 0) return std::nullopt;
  for (std::size_t i = 0; i < length; ++i) {
    if (!oracle::same_bits(oracle::read_value(left + i * size, dtype), oracle::read_value(right + i * size, dtype))) return i;
  }
  return std::nullopt;
}

class Invariance : public testing::TestWithParam<const char*> {};

TEST_P(Invariance, OfTheLengthAndTheStart) {
  const Expression expression = compile(GetParam());
  const std::size_t size = expression.result_dtype().size_bytes();
  const Arrays arrays(longest + 64, 1);
  const auto whole = arrays.evaluate(expression, 0, longest + 64, {.max_threads = 1});
  for (std::size_t length = 0; length <= longest; ++length) {
    const std::size_t first = length % 61;
    const auto part = arrays.evaluate(expression, first, length, {}, length % 17);
    const auto difference = first_difference(expression.result_dtype(), whole.data() + first * size, part.data(), length);
    ASSERT_FALSE(difference) << "length " << length << " from " << first << ", element " << *difference;
  }
}

TEST_P(Invariance, OfTheAlignment) {
  constexpr std::size_t length = 200;
  const Expression expression = compile(GetParam());
  const Arrays arrays(length, 2);
  const auto expected = arrays.evaluate(expression, 0, length, {});
  std::vector<double> values(2 * length);
  RandomChoice random(2);
  for (double& value : values) value = random_value(random, DType::float64).as<double>();
  std::vector<std::byte> bytes(2 * length * sizeof(double) + 128);
  for (std::size_t offset_bytes = 0; offset_bytes < 64; ++offset_bytes) {
    std::byte* x = bytes.data() + offset_bytes;
    std::byte* y = x + length * sizeof(double) + offset_bytes;
    std::memcpy(x, values.data(), length * sizeof(double));
    std::memcpy(y, values.data() + length, length * sizeof(double));
    std::vector<std::byte> result(length * expression.result_dtype().size_bytes() + 64);
    std::byte* out = result.data() + (7 * offset_bytes) % 64;
    expression.evaluate_positional({ArrayView(x, DType::float64, {&length, 1}), ArrayView(y, DType::float64, {&length, 1})},
                                   MutableArrayView(out, expression.result_dtype(), {&length, 1}));
    const auto difference = first_difference(expression.result_dtype(), expected.data(), out, length);
    ASSERT_FALSE(difference) << "offset " << offset_bytes << ", element " << *difference;
  }
}

TEST_P(Invariance, OfTheNumberOfThreads) {
  const Expression expression = compile(GetParam());
  const Arrays arrays(thread_test_length, 3);
  const auto expected = arrays.evaluate(expression, 0, thread_test_length, {.max_threads = 1});
  tbb::global_control allow_many(tbb::global_control::max_allowed_parallelism, 64);
  tbb::task_arena arena(64);
  for (std::size_t max_threads = 1; max_threads <= 64; max_threads += max_threads < 8 ? 1 : 7) {
    const auto got = arena.execute([&] { return arrays.evaluate(expression, 0, thread_test_length, {.max_threads = max_threads}); });
    const auto difference = first_difference(expression.result_dtype(), expected.data(), got.data(), thread_test_length);
    ASSERT_FALSE(difference) << max_threads << " threads, element " << *difference;
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, Invariance, testing::ValuesIn(texts));

}  // namespace
}  // namespace lanewise::inline v0::property
