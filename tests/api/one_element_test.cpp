// One element by position is computed without a plan. It has the bits that an array's first element has, from any thread and any depth.

#include <array>
#include <cstring>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <lanewise/lanewise.hpp>

namespace {

using namespace lanewise;

template <class T>
void expect_bits_of_array(const char* text) {
  const auto expression = Expression::compile(text, {{"a", dtype_of<T>}, {"b", dtype_of<T>}});
  const std::vector<T> a(37, T{5}), b(37, T{3});
  Array whole(expression.result_dtype(), std::vector<std::size_t>{37});
  const std::array<ArrayView, 2> arrays{a, b};
  expression.evaluate_positional(arrays, whole);
  const std::size_t size = expression.result_dtype().size_bytes();
  // At an odd address, with a byte behind it that must stay.
  std::array<std::byte, 40> bytes{};
  bytes[1 + size] = std::byte{0x5A};
  const std::array<std::size_t, 1> one{1};
  const MutableArrayView out(bytes.data() + 1, expression.result_dtype(), one);
  const std::array<ArrayView, 2> elements{std::span(a.data(), 1), std::span(b.data(), 1)};
  const std::array<ArrayView, 2> scalars{ArrayView(a[0]), ArrayView(b[0])};
  for (const auto& inputs : {elements, scalars}) {
    std::memset(bytes.data() + 1, 0xA5, size);
    expression.evaluate_positional(inputs, out);
    EXPECT_EQ(std::memcmp(bytes.data() + 1, whole.data(), size), 0) << text;
    EXPECT_EQ(bytes[1 + size], std::byte{0x5A}) << text;
  }
}

TEST(OneElement, HasTheBitsOfAnArray) {
  for (const char* text : {"a", "a + b", "a*b - a", "a > b", "where(a > b, a, b)", "a**2", "a/b"}) {
    expect_bits_of_array<std::int8_t>(text);
    expect_bits_of_array<std::int64_t>(text);
    expect_bits_of_array<float>(text);
    expect_bits_of_array<double>(text);
  }
  for (const char* text : {"sin(a)*exp(b)", "a**b", "arctan2(a, b)", "a + 1j*b"}) {
    expect_bits_of_array<float>(text);
    expect_bits_of_array<double>(text);
    expect_bits_of_array<std::complex<double>>(std::strstr(text, "arctan2") == nullptr ? text : "a*b");
  }
}

TEST(OneElement, OfWeakInputsIsOfTheTypeThatTheyTakeOn) {
  const auto expression = Expression::compile("heaviside(w, a)", {{"w", DType::float64, true}, {"a", DType::float32}});
  const double w = 0.1;
  const float a = 5;
  float out = -1;
  const std::array<ArrayView, 2> inputs{ArrayView(w), ArrayView(a)};
  expression.evaluate_positional(inputs, std::span(&out, 1));
  EXPECT_EQ(out, 1.0F);
}

TEST(OneElement, IsRefusedAsAnArrayIs) {
  const auto expression = Expression::compile("a + b", {{"a", DType::float64}, {"b", DType::float64}});
  double a = 1, out = 0;
  const std::array<ArrayView, 1> too_few{ArrayView(a)};
  EXPECT_THROW(expression.evaluate_positional(too_few, std::span(&out, 1)), Error);
  const float narrow = 1;
  const std::array<ArrayView, 2> other_dtype{std::span(&narrow, 1), std::span(&a, 1)};
  EXPECT_THROW(expression.evaluate_positional(other_dtype, std::span(&out, 1)), DTypeError);
  float narrow_out = 0;
  const std::array<ArrayView, 2> inputs{std::span(&a, 1), std::span(&a, 1)};
  EXPECT_THROW(expression.evaluate_positional(inputs, std::span(&narrow_out, 1)), Error);
}

TEST(OneElement, IsComputedWithinItself) {
  FunctionSet mine;
  const Expression* self = nullptr;
  mine.add("half_again", [&self](double x) {
    if (x < 1) return x;
    double result = 0;
    const std::array<ArrayView, 1> smaller{ArrayView(x / 2)};
    self->evaluate_positional(smaller, std::span(&result, 1));
    return result;
  });
  const auto expression = Expression::compile("half_again(a) + a", {{"a", DType::float64}}, {.functions = &mine});
  self = &expression;
  double out = 0;
  const std::array<ArrayView, 1> inputs{ArrayView(4.0)};
  expression.evaluate_positional(inputs, std::span(&out, 1));
  EXPECT_EQ(out, 4 + 2 + 1 + 0.5 + 0.5);
}

TEST(OneElement, ComesBackAfterAHostFunctionThrew) {
  FunctionSet mine;
  mine.add("checked", [](double x) { return x < 0 ? throw std::domain_error("below zero") : x; });
  const auto expression = Expression::compile("checked(a) + 1", {{"a", DType::float64}}, {.functions = &mine});
  double out = 0;
  for (const double value : {1.0, -1.0, 2.0}) {
    const std::array<ArrayView, 1> inputs{ArrayView(value)};
    if (value < 0) {
      EXPECT_THROW(expression.evaluate_positional(inputs, std::span(&out, 1)), std::exception);
    } else {
      expression.evaluate_positional(inputs, std::span(&out, 1));
      EXPECT_EQ(out, value + 1);
    }
  }
}

TEST(OneElement, IsSafeFromSeveralThreads) {
  const auto expression = Expression::compile("a*a + 1", {{"a", DType::float64}});
  std::vector<std::thread> threads;
  std::array<int, 4> wrong{};
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int k = 0; k < 20'000; ++k) {
        const double a = static_cast<double>(t) * 1e5 + k;
        double out = 0;
        const std::array<ArrayView, 1> inputs{ArrayView(a)};
        expression.evaluate_positional(inputs, std::span(&out, 1));
        wrong[t] += out != a * a + 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, (std::array<int, 4>{}));
}

}  // namespace
