// Short arrays are computed by a program that stays bound between calls. It has the bits of one element by itself, writes nothing beside the
// output, and refuses what a plan refuses.

#include <array>
#include <cmath>
#include <cstring>
#include <latch>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <lanewise/lanewise.hpp>

namespace {

using namespace lanewise;

template <class T>
std::vector<T> ascending(std::size_t count) {
  std::vector<T> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<T>(static_cast<int>(i % 100) + 1);
  return values;
}

// Places that an output may begin at, elements from a cache line.
constexpr std::size_t most_offset = 3;

template <class A, class B>
void expect_bits_of_elements(const char* text) {
  SCOPED_TRACE(text);
  const auto expression = Expression::compile(text, {{"a", dtype_of<A>}, {"b", dtype_of<B>}});
  const DType dtype = expression.result_dtype();
  const std::size_t size = dtype.size_bytes();
  constexpr std::size_t longest = 300;
  const std::vector<A> a = ascending<A>(longest);
  const std::vector<B> b = ascending<B>(longest + most_offset);
  for (std::size_t count = 2; count <= longest; count += count < 140 ? 1 : 53) {
    for (std::size_t offset = 0; offset <= most_offset; ++offset) {
      std::vector<std::byte> bytes((count + 2 * most_offset) * size, std::byte{0x5A});
      const std::array<std::size_t, 1> shape{count};
      const MutableArrayView out(bytes.data() + offset * size, dtype, shape);
      const std::array<ArrayView, 2> inputs{std::span(a.data(), count), std::span(b.data() + offset, count)};
      expression.evaluate_positional(inputs, out);
      std::vector<std::byte> expected(bytes.size(), std::byte{0x5A});
      const std::array<std::size_t, 1> one{1};
      for (std::size_t i = 0; i < count; ++i) {
        const std::array<ArrayView, 2> element{std::span(a.data() + i, 1), std::span(b.data() + offset + i, 1)};
        expression.evaluate_positional(element, MutableArrayView(expected.data() + (offset + i) * size, dtype, one));
      }
      ASSERT_EQ(bytes, expected) << count << " elements from " << offset;
    }
  }
}

TEST(ShortArrays, HaveTheBitsOfElements) {
  for (const char* text : {"2*a + 3*b", "a > b", "where(a > b, a, b)", "a/b", "sin(a)*b"}) {
    expect_bits_of_elements<double, double>(text);
    expect_bits_of_elements<float, std::int8_t>(text);
    expect_bits_of_elements<std::int16_t, double>(text);
  }
  expect_bits_of_elements<std::complex<double>, double>("a*b + 1j");
}

TEST(ShortArrays, GoToFreshMemoryInTheOrderAskedFor) {
  const auto expression = Expression::compile("2*a + b", {{"a", DType::float64}, {"b", DType::float64}});
  const std::vector<double> a = ascending<double>(6), b = ascending<double>(6);
  constexpr std::array<std::size_t, 2> shape{2, 3};
  constexpr std::array<std::ptrdiff_t, 2> columns{8, 16};
  const ArrayView rows_a(a.data(), DType::float64, shape), rows_b(b.data(), DType::float64, shape);
  const ArrayView columns_a(a.data(), DType::float64, shape, columns), columns_b(b.data(), DType::float64, shape, columns);
  const auto strides = [&](const ArrayView& left, const ArrayView& right, Order order) {
    const Array result = expression.evaluate({{"a", left}, {"b", right}}, {.order = order});
    EXPECT_TRUE(std::ranges::equal(result.shape(), shape));
    const auto* first = static_cast<const double*>(result.data());
    const std::ptrdiff_t step = result.strides_bytes()[1] / 8;
    EXPECT_EQ(first[step], 2 * static_cast<const double*>(left.data())[left.strides_bytes()[1] / 8] + static_cast<const double*>(right.data())[right.strides_bytes()[1] / 8]);
    return std::vector<std::ptrdiff_t>(result.strides_bytes().begin(), result.strides_bytes().end());
  };
  const std::vector<std::ptrdiff_t> in_c{24, 8}, in_fortran{8, 16};
  EXPECT_EQ(strides(rows_a, rows_b, Order::keep), in_c);
  EXPECT_EQ(strides(rows_a, rows_b, Order::fortran), in_fortran);
  EXPECT_EQ(strides(columns_a, columns_b, Order::keep), in_fortran);
  EXPECT_EQ(strides(columns_a, columns_b, Order::c), in_c);
  EXPECT_EQ(strides(rows_a, columns_b, Order::keep), in_c);
  EXPECT_EQ(expression.evaluate({{"a", 2.0}, {"b", 3.0}}).shape().size(), 0u);
  EXPECT_EQ(expression.evaluate({{"a", 2.0}, {"b", 3.0}}).item<double>(), 7);
  EXPECT_EQ(expression.evaluate({{"a", std::span(a).first(1)}, {"b", 3.0}}).shape().size(), 1u);
  EXPECT_EQ(expression.evaluate({{"a", a}, {"b", std::span(b).first(1)}}).size(), 6u);
  EXPECT_THROW(expression.evaluate({{"a", a}, {"b", std::span(b).first(2)}}), ShapeError);
  const auto of_one = Expression::compile("2*a", {{"a", DType::float64}, {"b", DType::float64}});
  EXPECT_EQ(of_one.evaluate({{"a", 3.0}, {"b", b}}).shape().size(), 0u) << "b is not read";
}

TEST(ShortArrays, StoreTruthThatIsUsedAgain) {
  const auto expression = Expression::compile("p = x > y; p, where(p, x, y), not p, p and x < 50", {{"x", DType::float64}, {"y", DType::float64}});
  const std::vector<double> x = ascending<double>(200);
  std::vector<double> y(x.rbegin(), x.rend()), larger(x.size());
  const auto flags = [&] { return std::make_unique<bool[]>(x.size()); };
  const auto is_larger = flags(), is_not = flags(), is_small = flags();
  const auto view = [&](const std::unique_ptr<bool[]>& truth) { return MutableArrayView(std::span(truth.get(), x.size())); };
  for (int turn = 0; turn < 3; ++turn) {
    expression.evaluate_all({{"x", x}, {"y", y}}, std::array<MutableArrayView, 4>{view(is_larger), larger, view(is_not), view(is_small)});
    for (std::size_t i = 0; i < x.size(); ++i) {
      ASSERT_EQ(is_larger[i], x[i] > y[i]) << i;
      ASSERT_EQ(larger[i], std::max(x[i], y[i])) << i;
      ASSERT_EQ(is_not[i], !(x[i] > y[i])) << i;
      ASSERT_EQ(is_small[i], x[i] > y[i] && x[i] < 50) << i;
    }
  }
}

TEST(ShortArrays, TakeWhateverScalarsAreGiven) {
  const auto expression = Expression::compile("x*(s*s + 1) + w", {{"x", DType::float64}, {"s", DType::float64}, {"w", DType::float64, true}});
  const std::vector<double> x = ascending<double>(77);
  std::vector<double> out(x.size());
  for (const double s : {2.0, 3.0, -0.5}) {
    expression.evaluate_positional(std::array<ArrayView, 3>{x, s, s + 1}, out);
    for (std::size_t i = 0; i < x.size(); ++i) ASSERT_EQ(out[i], x[i] * (s * s + 1) + (s + 1));
  }
  expression.evaluate_positional(std::array<ArrayView, 3>{x, x, 1.0}, out);
  EXPECT_EQ(out[3], 4.0 * 17 + 1);
  expression.evaluate_positional(std::array<ArrayView, 3>{2.0, x, 1.0}, out);
  EXPECT_EQ(out[3], 2.0 * 17 + 1);
  expression.evaluate_positional(std::array<ArrayView, 3>{x, 3, 1.0}, out);  // an int converts
  EXPECT_EQ(out[3], 4.0 * 10 + 1);
  EXPECT_THROW(expression.evaluate_positional(std::array<ArrayView, 3>{x, 1.0, x}, out), DTypeError);
  EXPECT_THROW(expression.evaluate_positional(std::array<ArrayView, 3>{x, std::complex<double>(1, 1), 1.0}, out), DTypeError);
}

TEST(ShortArrays, HaveTheBitsOfLongOnesWhereScalarsAreComputedOnce) {
  constexpr std::size_t longest = 300'000;
  const std::vector<double> x = ascending<double>(longest);
  for (const char* text : {"x*(s - t) + x**2*(s*t) - where(s > t, s, t)", "x*exp(complex(s, t)) + complex(t, s)", "x + (s*t > 1)",
                           "float32(x)*float32(s*t) - float32(s/t)"}) {
    const auto expression = Expression::compile(text, {{"x", DType::float64}, {"s", DType::float64}, {"t", DType::float64}});
    for (const auto& [s, t] : {std::pair{1.5, 0.25}, std::pair{-2.0, 3.0}, std::pair{0.1, 7.0}}) {
      const Array expected = expression.evaluate({{"x", x}, {"s", s}, {"t", t}});
      for (const std::size_t count : {1U, 2U, 31U, 64U, 100U, 1000U}) {
        std::vector<std::byte> bytes(count * expected.dtype().size_bytes());
        const std::array<std::size_t, 1> shape{count};
        const std::array<ArrayView, 3> inputs{std::span(x.data(), count), s, t};
        expression.evaluate_positional(inputs, MutableArrayView(bytes.data(), expected.dtype(), shape));
        ASSERT_EQ(std::memcmp(bytes.data(), expected.data(), bytes.size()), 0) << text << ", " << count << " elements";
      }
    }
  }
}

TEST(ShortArrays, ThatNothingReadsAreNotTouched) {
  const auto expression = Expression::compile("a*2", {{"a", DType::float64}, {"unused", DType::float64}});
  for (const std::size_t count : {2U, 40U, 64U, 100U}) {
    const std::vector<double> a = ascending<double>(count);
    std::vector<double> out(count);
    const std::array<std::size_t, 1> shape{count};
    expression.evaluate_positional(std::array<ArrayView, 2>{a, ArrayView(static_cast<const double*>(nullptr), shape)}, out);
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(out[i], 2 * a[i]);
  }
}

TEST(ShortArrays, AreComputedInPlace) {
  const auto expression = Expression::compile("a*a + b", {{"a", DType::float64}, {"b", DType::float64}});
  const std::vector<double> given = ascending<double>(77);
  for (int turn = 0; turn < 3; ++turn) {
    std::vector<double> a = given;
    const std::vector<double> b = given;
    expression.evaluate_positional(std::array<ArrayView, 2>{a, b}, a);
    for (std::size_t i = 0; i < a.size(); ++i) ASSERT_EQ(a[i], given[i] * given[i] + given[i]);
    std::vector<double> both = given;
    expression.evaluate_positional(std::array<ArrayView, 2>{both, both}, both);
    EXPECT_EQ(both, a);
  }
}

TEST(ShortArrays, AreRefusedAsOthersAre) {
  const auto expression = Expression::compile("a + b", {{"a", DType::float64}, {"b", DType::float64}});
  std::vector<double> memory = ascending<double>(100);
  const std::vector<double> b = ascending<double>(50);
  const std::span<double> a(memory.data(), 50);
  std::vector<double> out(50);
  expression.evaluate_positional(std::array<ArrayView, 2>{a, b}, out);
  const std::array<ArrayView, 2> inputs{a, b};
  EXPECT_THROW(expression.evaluate_positional(inputs, std::span(memory.data() + 1, 50)), AliasError);
  EXPECT_THROW(expression.evaluate_positional(inputs, std::span(out.data(), 49)), ShapeError);
  std::vector<float> narrow(50);
  EXPECT_THROW(expression.evaluate_positional(inputs, narrow), DTypeError);
  EXPECT_THROW(expression.evaluate_positional(std::array<ArrayView, 2>{a, narrow}, out), DTypeError);
  expression.evaluate_positional(inputs, std::span(memory.data() + 50, 50));
  EXPECT_EQ(memory[99], 100);
}

TEST(ShortArrays, CallAHostFunctionOncePerElementAndComeBackAfterItThrew) {
  FunctionSet mine;
  int call_count = 0;
  mine.add("checked", [&call_count](double x) { return ++call_count, x < 0 ? throw std::domain_error("below zero") : x; });
  const auto expression = Expression::compile("checked(a) + 1", {{"a", DType::float64}}, {.functions = &mine});
  std::vector<double> a = ascending<double>(77), out(77);
  expression.evaluate_positional(std::array<ArrayView, 1>{a}, out);
  EXPECT_EQ(call_count, 77);
  a[76] = -1;
  EXPECT_THROW(expression.evaluate_positional(std::array<ArrayView, 1>{a}, out), std::exception);
  a[76] = 5;
  expression.evaluate_positional(std::array<ArrayView, 1>{a}, out);
  EXPECT_EQ(out[76], 6);
}

TEST(ShortArrays, AreComputedWithinThemselvesAndFromSeveralThreads) {
  FunctionSet mine;
  const Expression* self = nullptr;
  mine.add("half_again", [&self](double x) {
    if (x < 1) return x;
    const std::array<double, 2> halves{x / 2, x / 2};
    std::array<double, 2> result{};
    self->evaluate_positional(std::array<ArrayView, 1>{halves}, result);
    return result[1];
  });
  const auto expression = Expression::compile("half_again(a) + a", {{"a", DType::float64}}, {.functions = &mine});
  self = &expression;
  std::array<int, 4> wrong{};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int k = 0; k < 500; ++k) {
        const std::array<double, 2> a{4.0, static_cast<double>(t)};
        std::array<double, 2> out{};
        expression.evaluate_positional(std::array<ArrayView, 1>{a}, out);
        wrong[t] += out[0] != 4 + 2 + 1 + 0.5 + 0.5;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, (std::array<int, 4>{}));
}

TEST(ShortArrays, AreComputedByMoreThreadsThanAreProvidedFor) {
  const auto expression = Expression::compile("a*a + 1", {{"a", DType::float64}});
  constexpr std::size_t thread_count = 80;
  for (int turn = 0; turn < 2; ++turn) {  // the second time by threads that take the place of those that have ended
    std::latch all_are_there(thread_count);
    std::array<int, thread_count> wrong{};
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < thread_count; ++t) {
      threads.emplace_back([&, t] {
        all_are_there.arrive_and_wait();
        const double x = static_cast<double>(t);
        for (std::size_t length = 1; length < 40; ++length) {
          const std::vector<double> a(length, x);
          std::vector<double> out(length);
          expression.evaluate_positional(std::array<ArrayView, 1>{a}, out);
          wrong[t] += out != std::vector<double>(length, x * x + 1);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, (std::array<int, thread_count>{}));
  }
}

}  // namespace
