// The examples of README.md, and those of the docstrings under include/lanewise, as they stand there.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include <lanewise/lanewise.hpp>

namespace {

using lanewise::DType;
using lanewise::Expression;

TEST(Examples, OneShot) {
  std::vector<double> u(1'000, 1.5), out(u.size());
  lanewise::evaluate("u**2", {{"u", u}}, out);
  lanewise::Array r = lanewise::evaluate("sqrt(u) + 1", {{"u", u}});
  EXPECT_EQ(out[999], 2.25);
  EXPECT_EQ(r.span<double>()[999], std::sqrt(1.5) + 1);
}

TEST(Examples, Prepared) {
  const std::vector<float> a = {1, 2, 3}, b = {10, 20, 30};
  std::vector<float> out(3);
  auto e = lanewise::Expression::compile(
      "2*a + k*b", {{"a", lanewise::DType::float32}, {"b", lanewise::DType::float32}, {"k", lanewise::DType::float32}});
  e.evaluate({{"a", a}, {"b", b}, {"k", 3.0f}}, out);
  EXPECT_EQ(out, (std::vector<float>{32, 64, 96}));
  e.evaluate_positional({a, b, 4.0f}, out);
  EXPECT_EQ(out, (std::vector<float>{42, 84, 126}));
  EXPECT_EQ(e.inputs().size(), 3U);
  EXPECT_EQ(e.result_dtype(), DType::float32);
}

TEST(Examples, Errors) {
  try {
    Expression::compile("2*coss(x) + y", {{"x", DType::float64}, {"y", DType::float64}});
    FAIL();
  } catch (const lanewise::NameError& error) {
    EXPECT_EQ(error.report(),
              "error E201: unknown name 'coss'; did you mean 'cos'?\n"
              "  2*coss(x) + y\n"
              "    ^^^^");
  }
}

TEST(Examples, OfArrayHeader) {
  const std::vector<double> memory(480 * 640);
  const double* pointer = memory.data();
  lanewise::ArrayView grid(pointer, std::array<std::size_t, 2>{480, 640});
  EXPECT_EQ(grid.size(), 307'200U);
  double s = lanewise::evaluate("x*2", {{"x", 21.0}}).item<double>();
  EXPECT_EQ(s, 42.0);
}

TEST(Examples, OfDTypeAndSchemaHeaders) {
  EXPECT_TRUE(DType::float64.name() == "float64" && DType::float64.size_bytes() == 8);
  lanewise::Schema schema{{"a", lanewise::DType::float32}, {"b", lanewise::DType::int64}};
  EXPECT_EQ(Expression::compile("a*b", schema).result_dtype(), DType::float64);
}

TEST(Examples, OfExpressionAndEvaluateHeaders) {
  const std::vector<float> a = {1, 2}, b = {3, 4};
  std::vector<float> out(2);
  auto e = Expression::compile("2*a + b", {{"a", DType::float32}, {"b", DType::float32}});
  e.evaluate({{"a", a}, {"b", b}}, out);
  EXPECT_EQ(out, (std::vector<float>{5, 8}));
  e.evaluate_positional({a, b}, out);
  EXPECT_EQ(out, (std::vector<float>{5, 8}));
  const Expression& expression = e;
  lanewise::Array fresh(expression.result_dtype(), expression.result_shapes({{"a", a}, {"b", b}}).front());
  expression.evaluate({{"a", a}, {"b", b}}, fresh);
  EXPECT_EQ(fresh.span<float>()[1], 8);
  std::vector<double> u(3, 3.0), squares(3);
  lanewise::Array r = lanewise::evaluate("u**2", {{"u", u}});
  lanewise::evaluate("u**2", {{"u", u}}, squares);
  EXPECT_EQ(squares, std::vector<double>(r.span<double>().begin(), r.span<double>().end()));
}

/// src/README.md shows every stage of this expression.
TEST(Examples, OfTheStages) {
  auto e = Expression::compile("u**2 + 1", {{"u", DType::float64}});
  EXPECT_EQ(e.explain(lanewise::Stage::tree), "(+ (** u 2) 1)");
  EXPECT_EQ(e.explain(lanewise::Stage::graph),
            "%0 = input u       f64\n"
            "%1 = constant 2    f64\n"
            "%2 = power %0 %1   f64\n"
            "%3 = constant 1    f64\n"
            "%4 = add %2 %3     f64");
  EXPECT_EQ(e.explain(lanewise::Stage::simplified),
            "%0 = input u          f64\n"
            "%1 = multiply %0 %0   f64\n"
            "%2 = constant 1       f64\n"
            "%3 = add %1 %2        f64");
  EXPECT_EQ(e.explain(lanewise::Stage::program),
            "0  multiply.f64    a   <- in0 in0\n"
            "1  add.f64         a   <- a k0      k0 = 1\n"
            "2  store_last.f64  out <- a");
}

}  // namespace
