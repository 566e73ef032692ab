// A reduction's bits depend on its elements and their order alone: not on the number of threads, their place in memory or what else is
// computed. The oracle says which bits they are, for every length around leaves and blocks.

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cstring>
#include <lanewise/expression.hpp>
#include <ostream>
#include <vector>

#include "oracle/oracle.hpp"
#include "property/array_memory.hpp"
#include "property/random_values.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0::property {
namespace {

struct Row {
  const char* text;
  DType dtype;
  friend std::ostream& operator<<(std::ostream& stream, const Row& row) { return stream << row.text << " of " << row.dtype.name(); }
};

constexpr Row rows[] = {
    {"sum(x)", DType::float64},
    {"sum(x)", DType::float32},
    {"sum(x*x)", DType::float16},
    {"sum(x)", DType::complex64},
    {"prod(x)", DType::complex128},
    {"prod(1 + 0.001*x)", DType::float64},
    {"sum(x)", DType::int8},
    {"max(x) - min(x) + argmax(x)", DType::float64},
    {"std(x)", DType::float32},
    {"(x - mean(x)) / std(x)", DType::float64},
    {"sum(x > 0) + count_nonzero(x)", DType::int16},
};

// All short lengths, then every few and those around leaves.
std::vector<std::size_t> lengths() {
  constexpr std::size_t longest = 4097;
  constexpr std::size_t leaf = 256;
  std::vector<std::size_t> result;
  for (std::size_t length = 0; length <= longest; ++length) {
    const std::size_t rest = (length + 2) % leaf;
    if (length < 2 * leaf + 40 || rest < 5 || length % 37 == 0) result.push_back(length);
  }
  return result;
}

oracle::ArrayValue random_array(std::vector<std::size_t> shape, std::size_t count, DType dtype) {
  RandomChoice random(7);
  oracle::ArrayValue array{std::move(shape), {}};
  for (std::size_t i = 0; i < count; ++i) array.elements.push_back(tame_value(random, dtype));
  return array;
}

std::vector<std::byte> bytes_of(const Array& array) {
  const auto* bytes = static_cast<const std::byte*>(array.data());
  return {bytes, bytes + array.size() * array.dtype().size_bytes()};
}

bool is_equal(const oracle::ArrayValue& expected, const Array& got) {
  if (!std::ranges::equal(expected.shape, got.shape())) return false;
  const auto* bytes = static_cast<const std::byte*>(got.data());
  for (std::size_t i = 0; i < expected.elements.size(); ++i) {
    if (!oracle::same_bits(expected.elements[i], oracle::read_value(bytes + i * got.dtype().size_bytes(), got.dtype()))) return false;
  }
  return true;
}

class ReductionInvariance : public testing::TestWithParam<Row> {};

TEST_P(ReductionInvariance, OfTheStartAtEveryLength) {
  const Row& row = GetParam();
  const Schema schema{{"x", row.dtype}};
  const Expression expression = Expression::compile(row.text, schema);
  const oracle::Oracle reference(parse(row.text), schema);
  const oracle::ArrayValue all = random_array({}, 4200, row.dtype);
  const bool has_extremes = std::string_view(row.text).starts_with("max");
  for (const std::size_t length : lengths()) {
    if (length == 0 && has_extremes) continue;
    const auto first = all.elements.begin() + static_cast<std::ptrdiff_t>(length % 61);
    const oracle::ArrayValue x{{length}, {first, first + static_cast<std::ptrdiff_t>(length)}};
    const ArrayMemory memory(row.dtype, x, Layout{.offset_bytes = (5 * length) % 64});
    const auto expected = reference.evaluate({&x, 1});
    ASSERT_TRUE(is_equal(expected[0], expression.evaluate({{"x", memory.view()}}, {.max_threads = 1}))) << "length " << length;
    ASSERT_TRUE(is_equal(expected[0], expression.evaluate({{"x", memory.view()}}))) << "length " << length << ", all threads";
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, ReductionInvariance, testing::ValuesIn(rows));

class ThreadInvariance : public testing::TestWithParam<const char*> {};

// Rows long and short, folded along either axis, of an array and of one that is transposed.
TEST_P(ThreadInvariance, OfEveryNumberOfThreads) {
  constexpr std::size_t row_count = 230, column_count = 1'700;
  const Schema schema{{"x", DType::float64}, {"y", DType::float32}, {"z", DType::float64}};
  const Expression expression = Expression::compile(GetParam(), schema);
  const std::size_t count = row_count * column_count;
  const ArrayMemory x(DType::float64, random_array({row_count, column_count}, count, DType::float64), Layout{.offset_bytes = 8});
  const ArrayMemory y(DType::float32, random_array({row_count, column_count}, count, DType::float32), Layout{.order = {1, 0}});
  const ArrayMemory z(DType::float64, random_array({column_count}, column_count, DType::float64), Layout{.reversed = {true}});
  const Input inputs[] = {{"x", x.view()}, {"y", y.view()}, {"z", z.view()}};
  const auto evaluate = [&](std::size_t max_threads) {
    std::vector<std::vector<std::byte>> results;
    for (const Array& result : expression.evaluate_all(std::span<const Input>(inputs), {.max_threads = max_threads}))
      results.push_back(bytes_of(result));
    return results;
  };
  const auto expected = evaluate(1);
  tbb::global_control allow_many(tbb::global_control::max_allowed_parallelism, 64);
  tbb::task_arena arena(64);
  for (std::size_t max_threads = 1; max_threads <= 64; max_threads += max_threads < 8 ? 1 : 14) {
    EXPECT_TRUE(expected == arena.execute([&] { return evaluate(max_threads); })) << max_threads << " threads";
  }
}

constexpr const char* texts[] = {
    "sum(x), prod(1 + 1e-6*x), argmin(x), mean(y)",
    "sum(x, axis=0), sum(x, axis=1), sum(y, axis=0), sum(y, axis=1)",
    "(x - mean(x, axis=0, keepdims=True)) / std(x, axis=0, keepdims=True)",
    "sum(x*z, axis=1), sum(x*z), norm(y*z)",
    "sum(complex(x, y)), var(y, axis=1), sum(abs(x - mean(x)))",
};
INSTANTIATE_TEST_SUITE_P(Texts, ThreadInvariance, testing::ValuesIn(texts));

}  // namespace
}  // namespace lanewise::inline v0::property
