// Functions of the host: anywhere in an expression, once for each real element, with their exceptions.

#include <atomic>
#include <complex>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include <lanewise/lanewise.hpp>

namespace {

using namespace lanewise;

double smooth(double x) { return x * x * (3 - 2 * x); }

std::vector<double> counted(std::size_t length) {
  std::vector<double> values(length);
  std::iota(values.begin(), values.end(), 0.0);
  return values;
}

TEST(HostFunctions, AreCalledForEachElement) {
  FunctionSet mine;
  mine.add("smooth", smooth);
  for (const std::size_t length : {0U, 1U, 7U, 64U, 1'000U, 100'003U}) {
    const std::vector<double> u = counted(length);
    const Array result = evaluate("2*smooth(u) + u", {{"u", u}}, {.compile = {.functions = &mine}});
    ASSERT_EQ(result.size(), length);
    for (std::size_t i = 0; i < length; ++i) ASSERT_EQ(result.span<double>()[i], 2 * smooth(u[i]) + u[i]) << i;
  }
}

TEST(HostFunctions, TakeEveryElementType) {
  FunctionSet mine;
  mine.add("narrow", [](std::int8_t x, std::uint16_t y) { return static_cast<std::int16_t>(x - y); });
  mine.add("turn", [](std::complex<double> z) { return std::complex<double>(-z.imag(), z.real()); });
  mine.add("odd", [](std::int64_t x) { return x % 2 != 0; });
  const std::vector<std::int8_t> a = {-128, 0, 127};
  const std::vector<std::uint16_t> b = {1, 2, 300};
  const std::vector<std::complex<float>> z = {{1, 2}, {3, -4}, {0, 0}};
  const Options options{.compile = {.functions = &mine}};
  const Array differences = evaluate("narrow(a, b)*1", {{"a", a}, {"b", b}}, options);
  EXPECT_EQ(std::vector<std::int16_t>(differences.span<std::int16_t>().begin(), differences.span<std::int16_t>().end()),
            (std::vector<std::int16_t>{-129, -2, -173}));
  const Array turned = evaluate("turn(z) - z", {{"z", z}}, options);
  EXPECT_EQ(turned.span<std::complex<double>>()[1], std::complex<double>(1, 7));
  const Array odd = evaluate("where(odd(a), b, 0)", {{"a", a}, {"b", b}}, options);
  EXPECT_EQ(odd.span<std::uint16_t>()[2], 300);
  EXPECT_EQ(odd.span<std::uint16_t>()[0], 0);
}

TEST(HostFunctions, TakeEightArgumentsAndNest) {
  FunctionSet mine;
  mine.add("digits", [](int a, int b, int c, int d, int e, int f, int g, int h) {
    return ((((((a * 10 + b) * 10 + c) * 10 + d) * 10 + e) * 10 + f) * 10 + g) * 10 + h;
  });
  mine.add("next", [](int x) { return x + 1; });
  const std::vector<int> x = {0, 1, 2};
  const Array result = evaluate("digits(x, next(x), next(next(x)), 4, 5, 6, 7, x + 1)", {{"x", x}}, {.compile = {.functions = &mine}});
  EXPECT_EQ(result.span<int>()[0], 1'245'671 + 0);
  EXPECT_EQ(result.span<int>()[2], 23'445'673 + 0);
}

TEST(HostFunctions, NeverSeePadding) {
  std::atomic<int> calls = 0;
  FunctionSet mine;
  mine.add("count", [&calls](double x) { ++calls; return x; });
  for (const std::size_t length : {1U, 31U, 33U, 1'000U}) {
    calls = 0;
    evaluate("count(u)", {{"u", counted(length)}}, {.compile = {.functions = &mine}});
    EXPECT_EQ(calls, static_cast<int>(length));
  }
}

TEST(HostFunctions, AreNotMergedUnlessPure) {
  std::atomic<int> calls = 0;
  const auto count = [&calls](double x) { ++calls; return x; };
  FunctionSet mine;
  mine.add("impure", count);
  mine.add("pure", count, Purity::pure);
  const std::vector<double> u = counted(10);
  evaluate("impure(u) + impure(u)", {{"u", u}}, {.compile = {.functions = &mine}});
  EXPECT_EQ(calls, 20);
  calls = 0;
  evaluate("pure(u) + pure(u)", {{"u", u}}, {.compile = {.functions = &mine}});
  EXPECT_EQ(calls, 10);
}

TEST(HostFunctions, WorkOnWholeBlocks) {
  FunctionSet mine;
  mine.add_block("running", [](std::span<const double> x, std::span<const float> y, std::span<double> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = x[i] - static_cast<double>(y[i]);
  });
  const std::vector<double> u = counted(100);
  const std::vector<float> f(100, 0.5F);
  const Array result = evaluate("sum(running(u, f))", {{"u", u}, {"f", f}}, {.compile = {.functions = &mine}});
  EXPECT_EQ(result.item<double>(), 4950 - 50);
}

TEST(HostFunctions, OfScalarsRunOnce) {
  std::atomic<int> calls = 0;
  FunctionSet mine;
  mine.add("count", [&calls](double x) { ++calls; return x; });
  const std::vector<double> u = counted(1'000);
  evaluate("u + count(k)", {{"u", u}, {"k", 2.5}}, {.compile = {.functions = &mine}});
  EXPECT_EQ(calls, 1);
}

TEST(HostFunctions, ExceptionsReachTheCaller) {
  FunctionSet mine;
  mine.add("fail", [](double x) -> double {
    if (x == 70'000) throw std::runtime_error("seventy thousand");
    return x;
  });
  const auto expression = Expression::compile("fail(u)*2", {{"u", DType::float64}}, {.functions = &mine});
  const std::vector<double> u = counted(200'000);
  for (int i = 0; i < 3; ++i) EXPECT_THROW(expression.evaluate({{"u", u}}), std::runtime_error);
  EXPECT_EQ(expression.evaluate({{"u", counted(100)}}).size(), 100U) << "the expression stays usable";
}

TEST(HostFunctions, AreKeptByTheExpression) {
  auto mine = std::make_unique<FunctionSet>();
  mine->add("add_one", [](double x) { return x + 1; });
  const auto expression = Expression::compile("add_one(u)", {{"u", DType::float64}}, {.functions = mine.get()});
  mine.reset();
  EXPECT_EQ(expression.evaluate({{"u", 2.0}}).item<double>(), 3);
  EXPECT_NE(expression.explain(Stage::graph).find("call add_one"), std::string::npos);
}

TEST(HostFunctions, OfAnotherSetAreOthersInTheCache) {
  FunctionSet one, two;
  one.add("f", [](double x) { return x + 1; });
  two.add("f", [](double x) { return x + 2; });
  EXPECT_EQ(evaluate("f(x)", {{"x", 1.0}}, {.compile = {.functions = &one}}).item<double>(), 2);
  EXPECT_EQ(evaluate("f(x)", {{"x", 1.0}}, {.compile = {.functions = &two}}).item<double>(), 3);
  EXPECT_THROW(evaluate("f(x)", {{"x", 1.0}}), NameError);
}

std::string report_of(std::string_view text, const FunctionSet& functions) {
  try {
    Expression::compile(text, {{"u", DType::float64}, {"z", DType::complex128}}, {.functions = &functions});
  } catch (const Error& error) {
    return error.report();
  }
  return "no error";
}

TEST(HostFunctions, RefuseWhatTheyCannotTake) {
  FunctionSet mine;
  mine.add("narrow", [](float x, int n) { return x * static_cast<float>(n); });
  EXPECT_EQ(report_of("1 + narrow(u, 2)", mine),
            "error E204: 'narrow' takes float32 here, which does not hold every float64; write float32(...) around the argument\n"
            "  1 + narrow(u, 2)\n"
            "             ^");
  EXPECT_EQ(report_of("narrow(1)", mine),
            "error E202: 'narrow' takes 2 arguments, not 1: narrow(float32, int32)\n"
            "  narrow(1)\n"
            "  ^^^^^^");
  EXPECT_EQ(report_of("narrow(float32(u), 2)", mine), "no error");
}

TEST(FunctionSet, RefusesNamesThatAreTaken) {
  FunctionSet mine;
  const auto same = [](double x) { return x; };
  mine.add("mine", same);
  EXPECT_THROW(mine.add("mine", same), NameError);
  EXPECT_THROW(mine.add("sin", same), NameError);
  EXPECT_THROW(mine.add("2x", same), NameError);
  EXPECT_THROW(mine.add("", same), NameError);
  EXPECT_EQ(mine.names(), std::vector<std::string_view>{"mine"});
}

}  // namespace
