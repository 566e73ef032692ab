// Expressions as C++ functions of scalars.

#include <lanewise/function.hpp>

#include <cmath>
#include <complex>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <lanewise/lanewise.hpp>

namespace {

using namespace lanewise;

TEST(Function, ComputesOneElement) {
  const Function<double(double, double)> f("x**2 + sqrt(y)", {"x", "y"});
  EXPECT_EQ(f(1.5, 4.0), 4.25);
  EXPECT_EQ(f(-2, 0.25), 4.5);
}

TEST(Function, TakesAndGivesEveryKind) {
  const Function<float(float, int)> scaled("x * n", {"x", "n"}, {});
  EXPECT_EQ(scaled(1.5F, 3), 4.5F);
  const Function<bool(std::int64_t, std::uint64_t)> less("a < b", {"a", "b"});
  EXPECT_TRUE(less(-1, 0));
  EXPECT_FALSE(less(5, 5));
  const Function<std::complex<double>(std::complex<double>)> turned("1j * z", {"z"});
  EXPECT_EQ(turned({1, 2}), std::complex<double>(-2, 1));
  const Function<double(int)> widened("n + 1", {"n"});
  EXPECT_EQ(widened(41), 42.0);
  const Function<std::int8_t(std::int8_t)> wrapped("x + x", {"x"});
  EXPECT_EQ(wrapped(100), -56);
}

TEST(Function, HasStatementsConstantsAndHostFunctions) {
  FunctionSet mine;
  int calls = 0;
  mine.add("count", [&calls](double x) { ++calls; return x + 1; });
  const Function<double(double)> f("k = 2*pi; t = count(x); k*t if x > 0 else -1", {"x"}, {.functions = &mine});
  EXPECT_EQ(f(1), 2 * M_PI * 2);
  EXPECT_EQ(f(-1), -1);
  EXPECT_EQ(calls, 2);
}

TEST(Function, AgreesWithEvaluate) {
  const Function<double(double)> f("exp(-x*x)/(1 + abs(x)) + where(x > 1, x, 2)", {"x"});
  for (double x = -3; x < 3; x += 0.37) {
    EXPECT_EQ(f(x), evaluate("exp(-x*x)/(1 + abs(x)) + where(x > 1, x, 2)", {{"x", x}}).item<double>()) << x;
  }
}

TEST(Function, CopiesAreIndependent) {
  const Function<double(double)> f("x * 3", {"x"});
  const auto work = [f](double first) {
    for (int i = 0; i < 10'000; ++i) ASSERT_EQ(f(first + i), (first + i) * 3);
  };
  std::thread other(work, 0.5);
  work(1e6);
  other.join();
}

TEST(Function, RefusesWhatItCannotGive) {
  using OfDouble = Function<int(double)>;
  EXPECT_THROW(OfDouble("x * 2", {"x"}), DTypeError);
  EXPECT_THROW(OfDouble("x; y", {"x"}), NameError);
  EXPECT_THROW(OfDouble("int32(x), int32(x)", {"x"}), DTypeError);
  EXPECT_THROW(OfDouble("int32(sum(x))", {"x"}), DTypeError);
}

TEST(Function, ComesBackAfterAHostFunctionThrew) {
  FunctionSet mine;
  mine.add("checked", [](double x) { return x < 0 ? throw std::domain_error("below zero") : x; });
  const Function<double(double)> f("checked(x) + 1", {"x"}, {.functions = &mine});
  EXPECT_EQ(f(1), 2);
  EXPECT_THROW(f(-1), std::domain_error);
  EXPECT_EQ(f(2), 3);
}

}  // namespace
