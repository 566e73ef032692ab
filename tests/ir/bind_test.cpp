// Text in, typed graph out. Names and dtypes of the letters: graph_of.hpp.

#include "ir/bind.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ir/graph_of.hpp"
#include "ir/scalar_machine.hpp"
#include "syntax/parse.hpp"

namespace lanewise {
namespace {

using testing_ir::bound;
using testing_ir::flat;

struct Row {
  std::string source, graph;
};

void expect_graphs(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.source);
    try {
      EXPECT_EQ(flat(bound(row.source)), row.graph);
    } catch (const Error& error) {
      ADD_FAILURE() << error.report();
    }
  }
}

TEST(Bind, GivesTheGraphOfTheArchitecture) {
  EXPECT_EQ(to_text(bound("u**2 + 1", {{"u", DType::float64}})),
            "%0 = input u       f64\n"
            "%1 = constant 2    f64\n"
            "%2 = power %0 %1   f64\n"
            "%3 = constant 1    f64\n"
            "%4 = add %2 %3     f64");
}

TEST(Bind, MakesEqualSubexpressionsOneNode) {
  EXPECT_EQ(to_text(bound("t = v + u; t * (u + v)", {{"u", DType::float64}, {"v", DType::float64}})),
            "%0 = input v          f64\n"
            "%1 = input u          f64\n"
            "%2 = add %0 %1        f64\n"
            "%3 = multiply %2 %2   f64");
}

TEST(Bind, KnowsNames) {
  expect_graphs({
      {"u", "f64: u"},
      {"t = u + v; t*2", "f64: multiply(add(u, v), 2)"},
      {"t = u; t", "f64: u"},
      {"t = u + 1", "f64: add(u, 1)"},
      {"u; v", "f64: v"},
      {"u + pi", "f64: add(u, 3.141592653589793)"},
      {"e = u; e + 1", "f64: add(u, 1)"},
      {"sin = u; sin(sin)", "f64: sin(u)"},
      {"u + inf", "f64: add(u, inf)"},
  });
  EXPECT_EQ(flat(bound("pi + e + gamma", {{"pi", DType::float64}, {"e", DType::float64}, {"gamma", DType::float64}})),
            "f64: add(add(pi, e), gamma)");
  EXPECT_EQ(flat(bound("abs(abs)", {{"abs", DType::float32}})), "f32: absolute(abs)");
}

TEST(Bind, PromotesTypedOperands) {
  expect_graphs({
      {"i + l", "i64: add(l, cast_int64(i))"},
      {"i + f", "f64: add(cast_float64(i), cast_float64(f))"},
      {"l + f", "f64: add(cast_float64(l), cast_float64(f))"},
      {"b + i", "i32: add(i, cast_int32(b))"},
      {"b + f", "f32: add(f, cast_float32(b))"},
      {"f + u", "f64: add(u, cast_float64(f))"},
      {"b + m", "b8: add(b, m)"},
      {"b * m", "b8: multiply(b, m)"},
      {"i / j", "f64: divide(cast_float64(i), cast_float64(j))"},
      {"b / m", "f64: divide(cast_float64(b), cast_float64(m))"},
      {"f / g", "f32: divide(f, g)"},
      {"i // j", "i32: floor_divide(i, j)"},
      {"sin(i)", "f64: sin(cast_float64(i))"},
      {"sin(f)", "f32: sin(f)"},
      {"sin(b)", "f32: sin(cast_float32(b))"},
      {"hypot(f, i)", "f64: hypot(cast_float64(f), cast_float64(i))"},
      {"floor(i)", "i32: i"},
      {"round(b)", "b8: b"},
      {"floor(f)", "f32: floor(f)"},
      {"isnan(i)", "b8: isnan(cast_float64(i))"},
      {"isnan(f)", "b8: isnan(f)"},
      {"i << l", "i64: left_shift(cast_int64(i), l)"},
      {"b & m", "b8: bitwise_and(b, m)"},
      {"b & i", "i32: bitwise_and(i, cast_int32(b))"},
      {"~b", "b8: invert(b)"},
      {"-i", "i32: negative(i)"},
      {"i ** j", "i32: power(i, j)"},
      {"i ** f", "f64: power(cast_float64(i), cast_float64(f))"},
      {"f ** i", "f64: power(cast_float64(f), cast_float64(i))"},
      {"i < l", "b8: less(cast_int64(i), l)"},
      {"i == f", "b8: equal(cast_float64(i), cast_float64(f))"},
      {"abs(b)", "b8: absolute(b)"},
  });
}

TEST(Bind, GivesLiteralsTheTypeTheyMeet) {
  expect_graphs({
      {"2.5*f", "f32: multiply(f, 2.5)"},
      {"f + 1", "f32: add(f, 1)"},
      {"f * 0.1", "f32: multiply(f, 0.1)"},
      {"i + 1", "i32: add(i, 1)"},
      {"i * 0.5", "f64: multiply(cast_float64(i), 0.5)"},
      {"b + 1", "i64: add(cast_int64(b), 1)"},
      {"b * 0.5", "f64: multiply(cast_float64(b), 0.5)"},
      {"b + True", "b8: add(b, True)"},
      {"f * True", "f32: multiply(f, 1)"},
      {"i / 2", "f64: divide(cast_float64(i), 2)"},
      {"f / 2", "f32: divide(f, 2)"},
      {"i / 3000000000", "f64: divide(cast_float64(i), 3e+09)"},
      {"arctan2(i, 1)", "f64: arctan2(cast_float64(i), 1)"},
      {"i + 2147483647", "i32: add(i, 2147483647)"},
      {"i + -2147483648", "i32: add(i, -2147483648)"},
      {"l + -9223372036854775808", "i64: add(l, -9223372036854775808)"},
      {"u + 9223372036854775808", "f64: add(u, 9223372036854775808)"},
      {"f * 1e300", "f32: multiply(f, inf)"},
      {"i ** 2", "i32: power(i, 2)"},
      {"f ** -1", "f32: power(f, -1)"},
      {"i ** 0.5", "f64: power(cast_float64(i), 0.5)"},
      {"where(b, f, 1.5)", "f32: where(b, f, 1.5)"},
      {"where(b, 1, 2)", "i64: where(b, 1, 2)"},
      {"f * where(b, 1, 2)", "f64: multiply(cast_float64(f), cast_float64(where(b, 1, 2)))"},
      {"maximum(f, 0)", "f32: maximum(f, 0)"},
  });
}

TEST(Bind, ComputesSubexpressionsWithoutInputsAtOnce) {
  expect_graphs({
      {"f*(1/3)", "f32: multiply(f, 0.33333334)"},
      {"t = 2; f*t", "f32: multiply(f, 2)"},
      {"t = 2; f*t + i*t", "f64: add(cast_float64(multiply(f, 2)), cast_float64(multiply(i, 2)))"},
      {"f*sqrt(2)", "f32: multiply(f, 1.4142135)"},
      {"i + (1 + 1)", "i32: add(i, 2)"},
      {"f + 2*pi", "f32: add(f, 6.2831855)"},
      {"f + (1 if 2 > 1 else 2.5)", "f32: add(f, 1)"},
      {"1 + 2", "i64: 3"},
      {"1 + 2.5", "f64: 3.5"},
      {"1 / 2", "f64: 0.5"},
      {"1 < 2 < 3", "b8: True"},
      {"True", "b8: True"},
      {"2", "i64: 2"},
      {"-9223372036854775808", "i64: -9223372036854775808"},
      {"9223372036854775808 / 2", "f64: 4611686018427387904"},
      {"sin(True)", "f64: 0.8414709848078965"},
      {"2**3", "i64: 8"},
      {"2.0**-1", "f64: 0.5"},
      {"-0.0**0.5", "f64: -0"},
      {"(-0.0)**0.5", "f64: -0"},
      {"not 0.0", "b8: True"},
      {"not 99999999999999999999", "b8: False"},
  });
}

// A cast names a type, so its result is not weak.
TEST(Bind, CastsToNamedTypes) {
  expect_graphs({
      {"float32(u)", "f32: cast_float32(u)"},
      {"float64(u)", "f64: u"},
      {"float32(0.1)", "f32: 0.1"},
      {"float32(0.1) * 2", "f32: 0.2"},
      {"f * float64(2)", "f64: multiply(cast_float64(f), 2)"},
      {"i + int64(1)", "i64: add(cast_int64(i), 1)"},
      {"float64(9223372036854775808)", "f64: 9223372036854775808"},
      {"bool(u)", "b8: cast_bool(u)"},
      {"int32(s)", "i32: cast_int32(s.f64)"},
      {"f + float32(k)", "f32: add(f, cast_float32(k.i64))"},
  });
}

TEST(Bind, GivesWeakScalarsTheTypeTheyMeet) {
  expect_graphs({
      {"k", "i64: k.i64"},
      {"n", "i64: n.i64"},
      {"s", "f64: s.f64"},
      {"p", "b8: p.b8"},
      {"f*k", "f32: multiply(f, k.f32)"},
      {"i*k", "i32: multiply(i, k.i32)"},
      {"i*n", "i32: multiply(i, n.i32)"},
      {"f*s", "f32: multiply(f, s.f32)"},
      {"i*s", "f64: multiply(cast_float64(i), s.f64)"},
      {"i*p", "i32: multiply(i, p.i32)"},
      {"f*k + u*k", "f64: add(multiply(u, k.f64), cast_float64(multiply(f, k.f32)))"},
      {"k*2", "i64: multiply(k.i64, 2)"},
      {"k*0.5", "f64: multiply(k.f64, 0.5)"},
      {"k + n", "i64: add(k.i64, n.i64)"},
      {"k/2", "f64: divide(k.f64, 2)"},
      {"f*(k*2)", "f32: multiply(f, cast_float32(multiply(k.i64, 2)))"},
      {"i*(k*2)", "i32: multiply(i, cast_int32(multiply(k.i64, 2)))"},
      {"t = s*2; f*t", "f32: multiply(f, cast_float32(multiply(s.f64, 2)))"},
      {"sin(k)", "f64: sin(k.f64)"},
      {"i < k", "b8: less(cast_int64(i), k.i64)"},
      {"k < i", "b8: less(k.i64, cast_int64(i))"},
      {"i < k*2", "b8: less(cast_int64(i), multiply(k.i64, 2))"},
      {"f < s", "b8: less(f, s.f32)"},
      {"not k", "b8: logical_not(cast_bool(k.i64))"},
      {"where(s, f, g)", "f32: where(cast_bool(s.f64), f, g)"},
      {"k < 3000000000", "b8: less(k.i64, 3000000000)"},
  });
}

TEST(Bind, ComparesIntegersExactly) {
  expect_graphs({
      {"i < 5", "b8: less(i, 5)"},
      {"i < 3000000000", "b8: less_equal(i, 2147483647)"},
      {"i <= 3000000000", "b8: less_equal(i, 2147483647)"},
      {"i != 3000000000", "b8: less_equal(i, 2147483647)"},
      {"i > 3000000000", "b8: greater(i, 2147483647)"},
      {"i >= 3000000000", "b8: greater(i, 2147483647)"},
      {"i == 3000000000", "b8: greater(i, 2147483647)"},
      {"i < -3000000000", "b8: less(i, -2147483648)"},
      {"i == -3000000000", "b8: less(i, -2147483648)"},
      {"i > -3000000000", "b8: greater_equal(i, -2147483648)"},
      {"i != -3000000000", "b8: greater_equal(i, -2147483648)"},
      {"3000000000 > i", "b8: less_equal(i, 2147483647)"},
      {"3000000000 < i", "b8: greater(i, 2147483647)"},
      {"-3000000000 <= i", "b8: greater_equal(i, -2147483648)"},
      {"-3000000000 == i", "b8: less(i, -2147483648)"},
      {"l < 9223372036854775808", "b8: less_equal(l, 9223372036854775807)"},
      {"l == 99999999999999999999", "b8: greater(l, 9223372036854775807)"},
      {"-9223372036854775809 < l", "b8: greater_equal(l, -9223372036854775808)"},
      {"l == -9223372036854775808", "b8: equal(l, -9223372036854775808)"},
      {"5 < 9223372036854775808", "b8: True"},
      {"0 < i < 3000000000", "b8: logical_and(less(0, i), less_equal(i, 2147483647))"},
      {"b < 2", "b8: less(cast_int64(b), 2)"},
      {"u < 9223372036854775808", "b8: less(u, 9223372036854775808)"},
  });
}

TEST(Bind, WorksOnTruthElementByElement) {
  expect_graphs({
      {"u and b", "b8: logical_and(b, cast_bool(u))"},
      {"u or i", "b8: logical_or(cast_bool(u), cast_bool(i))"},
      {"not u", "b8: logical_not(cast_bool(u))"},
      {"u if b else v", "f64: where(b, u, v)"},
      {"u if x else 0", "f64: where(cast_bool(x), u, 0)"},
      {"where(i, u, v)", "f64: where(cast_bool(i), u, v)"},
      {"where(True, u, v)", "f64: where(True, u, v)"},
      {"a < x <= y", "b8: logical_and(less(a, x), less_equal(x, y))"},
      {"a < x < y < u", "b8: logical_and(logical_and(less(a, x), less(x, y)), less(y, u))"},
  });
  EXPECT_EQ(to_text(bound("a < x*2 < y", {{"a", DType::float64}, {"x", DType::float64}, {"y", DType::float64}})),
            "%0 = input a             f64\n"
            "%1 = input x             f64\n"
            "%2 = constant 2          f64\n"
            "%3 = multiply %1 %2      f64\n"
            "%4 = input y             f64\n"
            "%5 = less %0 %3          b8\n"
            "%6 = less %3 %4          b8\n"
            "%7 = logical_and %5 %6   b8");
}

TEST(Bind, RefusesMoreNodesOrInputsThanTheLimit) {
  const SyntaxTree tree = parse("u + v");
  const Schema inputs{{"u", DType::float64}, {"v", DType::float64}};
  Limits limits;
  limits.node_count = 3;
  limits.input_count = 2;
  EXPECT_NO_THROW(lanewise::bind(tree, inputs, numpy_promotion, testing_ir::evaluate_scalar, limits));
  limits.node_count = 2;
  EXPECT_THROW(lanewise::bind(tree, inputs, numpy_promotion, testing_ir::evaluate_scalar, limits), LimitError);
  limits.node_count = 3;
  limits.input_count = 1;
  EXPECT_THROW(lanewise::bind(tree, inputs, numpy_promotion, testing_ir::evaluate_scalar, limits), LimitError);
}

}  // namespace
}  // namespace lanewise
