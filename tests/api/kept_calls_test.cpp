// Few elements of arrays that lie as those of the call before are evaluated by the plan of that call. The results are those of an expression that meets
// them for the first time, whatever arrays come and in whatever order.

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <lanewise/lanewise.hpp>

namespace {

using namespace lanewise;

constexpr const char* texts[] = {
    "sum(a*b)", "mean(a)", "std(a) + max(b)", "sum(a*b, axis=0)", "max(a, axis=-1) - sum(b)", "(a - mean(a, axis=0)) / std(a, axis=0)", "argmax(a)*k",
    "a + row", "a*row + k", "sum(a*row, axis=-1)", "sum(a[1:]*b[:-1])", "a[1:, 1:] + k*b[:-1, :-1]", "where(a > row, a, b)",
   "exp(k)*sum(a) + sum(row)", "index(0)*a", "sum(a) + sum(b) > k"};

const Schema& schema() {
  static const Schema all{{"a", DType::float64}, {"b", DType::float64}, {"row", DType::float64}, {"k", DType::float64}};
  return all;
}

/// A square of random numbers, somewhere in memory of its own, its rows one after another, with gaps, or as columns.
struct Square {
  Square(std::mt19937_64& engine, std::size_t side, int order) : numbers(2 * side * side + 8) {
    for (double& number : numbers) number = static_cast<double>(engine() % 1000) / 8 - 60;
    const auto step = static_cast<std::ptrdiff_t>(sizeof(double)), length = static_cast<std::ptrdiff_t>(side);
    const std::array<std::size_t, 2> shape{side, side};
    const std::array<std::array<std::ptrdiff_t, 2>, 3> strides{{{length * step, step}, {(length + 3) * step, step}, {step, length * step}}};
    view = ArrayView(numbers.data() + engine() % 8, DType::float64, shape, strides[static_cast<std::size_t>(order)]);
  }
  std::vector<double> numbers;
  ArrayView view;
};

bool same(const Array& left, const Array& right) {
  if (!std::ranges::equal(left.shape(), right.shape()) || left.dtype() != right.dtype()) return false;
  return std::memcmp(left.data(), right.data(), left.size() * left.dtype().size_bytes()) == 0;
}

TEST(KeptCalls, GiveWhatAFirstCallGives) {
  std::mt19937_64 engine(1);
  for (const char* text : texts) {
    SCOPED_TRACE(text);
    const Expression often = Expression::compile(text, schema());
    std::size_t side = 5;
    int order = 0;
    for (int turn = 0; turn < 60; ++turn) {
      if (engine() % 4 == 0) side = 2 + engine() % 40;
      if (engine() % 4 == 0) order = static_cast<int>(engine() % 3);
      const Square a(engine, side, order), b(engine, side, 0);
      const std::vector<double> row(b.numbers.begin(), b.numbers.begin() + static_cast<std::ptrdiff_t>(side));
      const double k = static_cast<double>(engine() % 10);
      const std::vector<Input> inputs{{"a", a.view}, {"b", b.view}, {"row", row}, {"k", k}};
      const Array expected = Expression::compile(text, schema()).evaluate(inputs);
      ASSERT_TRUE(same(often.evaluate(inputs), expected)) << "turn " << turn << ", side " << side;
      std::vector<double> memory(expected.size() + 2);
      const std::span<std::byte> bytes = std::as_writable_bytes(std::span(memory));
      const std::size_t offset = (engine() % 2) * expected.dtype().size_bytes();
      const MutableArrayView out(bytes.data() + offset, expected.dtype(), expected.shape());
      often.evaluate(inputs, out);
      ASSERT_EQ(std::memcmp(out.data(), expected.data(), expected.size() * expected.dtype().size_bytes()), 0) << "turn " << turn << ", in place given";
    }
  }
}

TEST(KeptCalls, RefuseWhatAFirstCallRefuses) {
  const Expression sums = Expression::compile("a + sum(a)", {{"a", DType::float64}});
  std::vector<double> a{1, 2, 3}, out(3), longer(4);
  for (int turn = 0; turn < 3; ++turn) sums.evaluate({{"a", a}}, out);
  EXPECT_EQ(out, (std::vector<double>{7, 8, 9}));
  EXPECT_THROW(sums.evaluate({{"a", a}}, longer), ShapeError);
  sums.evaluate({{"a", a}}, out);
  EXPECT_THROW(sums.evaluate({{"a", std::vector<float>{1, 2, 3}}}, out), DTypeError);
  EXPECT_THROW(sums.evaluate({{"a", std::span(a).first(2)}}, std::span(a).subspan(1)), AliasError);
  EXPECT_EQ(a, (std::vector<double>{1, 2, 3}));
  sums.evaluate({{"a", a}}, a);  // in place
  EXPECT_EQ(a, (std::vector<double>{7, 8, 9}));
  sums.evaluate({{"a", a}}, out);
  EXPECT_EQ(out, (std::vector<double>{31, 32, 33}));
}

TEST(KeptCalls, GoOnAfterAnError) {
  const Expression largest = Expression::compile("max(a) + sum(a)", {{"a", DType::float64}});
  const std::vector<double> a{1, 2, 3}, none;
  for (int turn = 0; turn < 3; ++turn) {
    EXPECT_EQ(largest.evaluate({{"a", a}}).item<double>(), 9);
    EXPECT_THROW(largest.evaluate({{"a", none}}), ShapeError);
  }
}

TEST(KeptCalls, SeveralResults) {
  const Expression both = Expression::compile("sum(a), a - mean(a)", {{"a", DType::float64}});
  for (int turn = 1; turn < 5; ++turn) {
    const std::vector<double> a{1.0 * turn, 2.0 * turn, 6.0 * turn};
    std::vector<double> sum(1);
    std::vector<double> rest(3);
    const std::array<MutableArrayView, 2> outputs{MutableArrayView(sum), MutableArrayView(rest)};
    both.evaluate_all({{"a", a}}, outputs);
    EXPECT_EQ(sum[0], 9 * turn);
    EXPECT_EQ(rest, (std::vector<double>{-2.0 * turn, -1.0 * turn, 3.0 * turn}));
    const std::array<MutableArrayView, 2> together{MutableArrayView(std::span(rest).first(1)), MutableArrayView(rest)};
    EXPECT_THROW(both.evaluate_all({{"a", a}}, together), AliasError);
  }
}

TEST(KeptCalls, OfManyThreadsAtOnce) {
  const Expression dot = Expression::compile("sum(a*b) + mean(a)", {{"a", DType::float64}, {"b", DType::float64}});
  std::vector<std::jthread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&dot, t] {
      for (int turn = 0; turn < 2000; ++turn) {
        const std::vector<double> a(3 + static_cast<std::size_t>(turn / 100 % 5), t + 1.0), b(a.size(), 2.0);
        ASSERT_EQ(dot.evaluate({{"a", a}, {"b", b}}).item<double>(), 2.0 * (t + 1) * static_cast<double>(a.size()) + t + 1);
      }
    });
  }
}

}  // namespace
