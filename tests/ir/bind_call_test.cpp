// Calls: arguments by position and by name, axes, definitions, and what bind itself makes of a call. Letters and listings: graph_of.hpp.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "ir/graph_of.hpp"

namespace lanewise {
namespace {

using testing_ir::bound;
using testing_ir::flat;
using testing_ir::report_of;

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

TEST(BindCalls, TakesAxesByNameOrPosition) {
  expect_graphs({
      {"sum(x)", "f64: sum(x)"},
      {"sum(x, 0)", "f64: sum[axis=0](x)"},
      {"sum(x, axis=0)", "f64: sum[axis=0](x)"},
      {"sum(x, axis=-1)", "f64: sum[axis=-1](x)"},
      {"sum(x, axis=(0, -1))", "f64: sum[axis=0,-1](x)"},
      {"sum(x, (1, 0))", "f64: sum[axis=0,1](x)"},
      {"sum(x, axis=())", "f64: sum[axis=()](x)"},
      {"max(x, axis=0, keepdims=True)", "f64: largest[axis=0 keepdims](x)"},
      {"min(x, keepdims=True)", "f64: smallest[keepdims](x)"},
      {"prod(x, keepdims=False)", "f64: product(x)"},
      {"any(x, 0)", "b8: any[axis=0](cast_bool(x))"},
      {"argmax(f, axis=-2)", "i64: argmax[axis=-2](f)"},
      {"t = 1; sum(x, axis=t)", "f64: sum[axis=1](x)"},
      {"sum(x, axis=31)", "f64: sum[axis=31](x)"},
      {"sum(x, axis=-32)", "f64: sum[axis=-32](x)"},
      {"sum(x, axis=2 - 1)", "f64: sum[axis=1](x)"},
  });
}

TEST(BindCalls, CastsWhatIsReduced) {
  expect_graphs({
      {"sum(i8)", "i64: sum(cast_int64(i8))"},
      {"sum(u8)", "u64: sum(cast_uint64(u8))"},
      {"sum(b)", "i64: sum(cast_int64(b))"},
      {"sum(f)", "f32: sum(f)"},
      {"sum(c)", "c64: sum(c)"},
      {"sum(h)", "f32: sum(cast_float32(h))"},
      {"prod(i)", "i64: product(cast_int64(i))"},
      {"min(i8)", "i8: smallest(i8)"},
      {"max(h)", "f32: largest(cast_float32(h))"},
      {"any(x)", "b8: any(cast_bool(x))"},
      {"all(c)", "b8: all(cast_bool(c))"},
      {"argmin(u8)", "i64: argmin(u8)"},
      {"nanmax(f)", "f32: nanmax(f)"},
      {"sum(3)", "i64: sum(3)"},
      {"sum(k)", "i64: sum(k.i64)"},
  });
}

TEST(BindCalls, SumsInANamedType) {
  expect_graphs({
      {"sum(i8, dtype=float64)", "f64: sum(cast_float64(i8))"},
      {"sum(i, dtype=uint64)", "u64: sum(cast_uint64(i))"},
      {"prod(x, dtype=float32)", "f32: product(cast_float32(x))"},
      {"sum(f, dtype=complex128, axis=0)", "c128: sum[axis=0](cast_complex128(f))"},
      {"sum(f, 0, dtype=float64)", "f64: sum[axis=0](cast_float64(f))"},
  });
}

TEST(BindCalls, ReducesInsideReductions) {
  expect_graphs({
      {"sum(x - sum(x))", "f64: sum(subtract(x, sum(x)))"},
      {"sum(sum(x, axis=0))", "f64: sum(sum[axis=0](x))"},
      {"x / sum(x, axis=0, keepdims=True)", "f64: divide(x, sum[axis=0 keepdims](x))"},
      {"sum(x*y) / sum(x)", "f64: divide(sum(multiply(x, y)), sum(x))"},
  });
}

TEST(BindCalls, ExpandsDefinitionsOfReductions) {
  expect_graphs({
      {"mean(x)", "f64: divide(sum(x), cast_float64(extent(x)))"},
      {"mean(f)", "f32: cast_float32(divide(sum(cast_float64(f)), cast_float64(extent(cast_float64(f)))))"},
      {"mean(i8, axis=0)", "f64: divide(sum[axis=0](cast_float64(i8)), cast_float64(extent[axis=0](cast_float64(i8))))"},
      {"mean(c)", "c64: cast_complex64(divide(sum(cast_complex128(c)), cast_complex128(extent(cast_complex128(c)))))"},
      {"var(x)", "f64: divide(sum(power(absolute(subtract(x, divide(sum(x), cast_float64(extent(x))))), 2)), cast_float64(maximum(0, subtract(extent(x), 0))))"},
      {"var(x, ddof=1)", "f64: divide(sum(power(absolute(subtract(x, divide(sum(x), cast_float64(extent(x))))), 2)), cast_float64(maximum(subtract(extent(x), 1), 0)))"},
      {"var(x, axis=1, ddof=k)", "f64: divide(sum[axis=1](power(absolute(subtract(x, divide(sum[axis=1 keepdims](x), cast_float64(extent[axis=1](x))))), 2)), cast_float64(maximum(subtract(extent[axis=1](x), k.i64), 0)))"},
      {"var(x, 0, keepdims=True)", "f64: divide(sum[axis=0 keepdims](power(absolute(subtract(x, divide(sum[axis=0 keepdims](x), cast_float64(extent[axis=0](x))))), 2)), cast_float64(maximum(0, subtract(extent[axis=0](x), 0))))"},
      {"dot(x, y)", "f64: sum(multiply(x, y))"},
      {"dot(f, x, axis=0)", "f64: sum[axis=0](multiply(x, cast_float64(f)))"},
      {"norm(c)", "f32: cast_float32(sqrt(sum(power(absolute(cast_complex128(c)), 2))))"},
      {"count_nonzero(x, axis=0)", "i64: sum[axis=0](cast_int64(cast_bool(x)))"},
      {"nansum(x)", "f64: sum(where(isnan(x), 0, x))"},
  });
}

TEST(BindCalls, ExpandsDefinitions) {
  expect_graphs({
      {"clip(x, 0, 1)", "f64: minimum(maximum(x, 0), 1)"},
      {"clip(x, high=1, low=0)", "f64: minimum(maximum(x, 0), 1)"},
      {"clip(i8, 0, 100)", "i8: minimum(maximum(i8, 0), 100)"},
      {"clip(f, u, 2)", "f64: minimum(maximum(u, cast_float64(f)), 2)"},
      {"square(b)", "i8: multiply(cast_int8(b), cast_int8(b))"},
      {"square(i8)", "i8: multiply(i8, i8)"},
      {"fabs(i)", "f64: absolute(cast_float64(i))"},
      {"sigmoid(i8)", "f32: divide(1, add(exp(negative(cast_float32(i8))), 1))"},
      {"degrees(f)", "f32: multiply(f, 57.29578)"},
      {"isclose(f, g, atol=0)", "b8: bitwise_or(bitwise_and(less_equal(absolute(subtract(f, g)), add(multiply(absolute(g), 1e-05), 0)), isfinite(g)), equal(f, g))"},
      {"isclose(u8, 3)", "b8: bitwise_or(bitwise_and(less_equal(absolute(subtract(cast_float64(u8), 3)), 3.0010000000000006e-05), True), equal(cast_float64(u8), 3))"},
      {"nan_to_num(f, nan=1)", "f32: where(isnan(f), 1, where(equal(f, inf), nextafter(f, 0), where(equal(f, -inf), nextafter(f, 0), f)))"},
      {"nan_to_num(i)", "i32: i"},
      {"logical_xor(x, b)", "b8: not_equal(b, cast_bool(x))"},
      {"angle(c)", "f32: arctan2(imaginary(c), real(c))"},
      {"ones_like(i8)", "i8: cast_int8(where(equal(i8, i8), 1, 1))"},
      {"ones_like(2.5)*i8", "f64: multiply(cast_float64(i8), 1)"},
      {"heaviside(f, 0.5)", "f32: where(less(f, 0), 0, where(greater(f, 0), 1, where(equal(f, 0), 0.5, f)))"},
      {"clip(clip(x, 0, 3), 1, 2)", "f64: minimum(maximum(minimum(maximum(x, 0), 3), 1), 2)"},
      {"square(square(x))", "f64: multiply(multiply(x, x), multiply(x, x))"},
      {"square(3)", "i64: 9"},
      {"sigmoid(0)", "f64: 0.5"},
  });
}

TEST(BindCalls, ChoosesRoundsAndMeasures) {
  expect_graphs({
      {"select(x > 0, x, 1)", "f64: where(greater(x, 0), x, 1)"},
      {"select(x > 0, f, b, 2, 0)", "f32: where(greater(x, 0), f, where(b, 2, 0))"},
      {"round(x)", "f64: round(x)"},
      {"round(x, 2)", "f64: divide(round(multiply(x, 100)), 100)"},
      {"round(f, decimals=1)", "f32: divide(round(multiply(f, 10)), 10)"},
      {"round(x, -2)", "f64: multiply(100, round(divide(x, 100)))"},
      {"round(i8, 2)", "i8: i8"},
      {"round(i8, -1)", "i8: cast_int8(multiply(10, round(divide(cast_float64(i8), 10))))"},
      {"round(c, 1)", "c64: complex(divide(round(multiply(real(c), 10)), 10), divide(round(multiply(10, imaginary(c))), 10))"},
      {"round(2.567, 1)", "f64: 2.6"},
      {"size(x)", "i64: extent(x)"},
      {"size(x, 0)", "i64: extent[axis=0](x)"},
      {"size(x, axis=(0, 1))", "i64: extent[axis=0,1](x)"},
      {"f * size(x)", "f32: multiply(f, cast_float32(extent(x)))"},
      {"index()", "i64: index"},
      {"index(0)", "i64: index[axis=0]"},
      {"index(axis=-1)", "i64: index[axis=-1]"},
      {"index() * f", "f64: multiply(cast_float64(index), cast_float64(f))"},
  });
}

TEST(BindCalls, KnowsAttributesAndTuples) {
  expect_graphs({
      {"z.real", "f64: real(z)"},
      {"c.imag", "f32: imaginary(c)"},
      {"x.real", "f64: x"},
      {"i8.imag", "i8: imaginary(i8)"},
      {"(c + d).real", "f32: real(add(c, d))"},
      {"h.real", "f16: h"},
      {"x, y", "f64: x; f64: y"},
      {"(x, y + 1, 3)", "f64: x; f64: add(y, 1); i64: 3"},
      {"x,", "f64: x"},
      {"t = x + 1; t, t*2", "f64: add(x, 1); f64: multiply(add(x, 1), 2)"},
      {"sum(x), x - sum(x)", "f64: sum(x); f64: subtract(x, sum(x))"},
  });
}

// A definition sees its parameters and nothing of the text around it.
TEST(BindCalls, DefinitionsAreNotDisturbedByNamesOfTheText) {
  const Schema inputs{{"low", DType::float64}, {"x", DType::float32}, {"axis", DType::float64}, {"sum", DType::float64},
                      {"size", DType::float64}, {"inf", DType::float64}, {"pi", DType::float64}};
  EXPECT_EQ(flat(bound("clip(low, axis, sum)", inputs)), "f64: minimum(sum, maximum(low, axis))");
  EXPECT_EQ(flat(bound("clip(axis, low=1, high=low)", inputs)), "f64: minimum(low, maximum(axis, 1))");
  EXPECT_EQ(flat(bound("sum(sum, axis=0)", inputs)), "f64: sum[axis=0](sum)");
  EXPECT_EQ(flat(bound("mean(size)", inputs)), "f64: divide(sum(size), cast_float64(extent(size)))");
  EXPECT_EQ(flat(bound("degrees(low) + pi", inputs)), "f64: add(multiply(low, 57.29577951308232), pi)");
  EXPECT_EQ(flat(bound("nan_to_num(low)", inputs)),
            "f64: where(isnan(low), 0, where(equal(low, inf), nextafter(low, 0), where(equal(low, -inf), nextafter(low, 0), low)))");
  EXPECT_EQ(flat(bound("y = low; x1 = 3; square(y)", inputs)), "f64: multiply(low, low)");
}

TEST(BindCalls, ThreeOperandsMeetInTheLeastDtypeThatHoldsEach) {
  const Schema inputs = {{"c", DType::bool_}, {"u", DType::uint16}, {"i", DType::int16}, {"h", DType::float16}, {"z", DType::complex64}};
  EXPECT_TRUE(flat(bound("clip(u, i, h)", inputs)).starts_with("f32:")) << flat(bound("clip(u, i, h)", inputs));
  EXPECT_TRUE(flat(bound("select(c, u, c, i, z)", inputs)).starts_with("c64:"));
}

TEST(BindCalls, DefinitionsShareTheirMean) {
  const auto sums_in = [](std::string_view source) {
    const Graph graph = bound(source);
    return std::ranges::count(graph.nodes(), Node::Kind::reduction, &Node::kind);
  };
  EXPECT_EQ(sums_in("(x - mean(x)) / std(x)"), 2);
  EXPECT_EQ(sums_in("(x - mean(x, axis=0, keepdims=True)) / std(x, axis=0, keepdims=True)"), 2);
}

TEST(BindCalls, ParametersOfDefinitionsDoNotLeak) {
  EXPECT_TRUE(report_of("clip(x, 0, 1) + low").starts_with("error E201: unknown name 'low'"));
  EXPECT_TRUE(report_of("t = var(x, ddof=1); ddof").starts_with("error E201: unknown name 'ddof'"));
  EXPECT_EQ(flat(bound("clip(u, 0, 1); low = 2; clip(u, low, 3)")), "f64: minimum(maximum(u, 2), 3)");
}

TEST(BindCalls, EqualCallsAreOneNode) {
  EXPECT_EQ(to_text(bound("sum(x) + sum(x, axis=0) + sum(x)", {{"x", DType::float64}})),
            "%0 = input x         f64\n"
            "%1 = sum %0          f64\n"
            "%2 = sum %0 axis=0   f64\n"
            "%3 = add %1 %2       f64\n"
            "%4 = add %1 %3       f64");
}

TEST(BindCalls, RefusesMisuse) {
  for (const char* source : {"sum(x, y)", "sum(x, axis=y)", "sum(x, axis=1.5)", "sum(x, axis=True)", "sum(x, axis=(0, 0))", "sum(x, axis=(-1, -1))",
                             "sum(x, axis=32)", "sum(x, axis=-33)", "sum(x, keepdims=1)", "sum(x, keepdims=b)", "sum(x, dtype=int8)", "sum(x, dtype=bool)",
                             "sum(x, dtype=float16)", "mean((x, y))", "round(x, 0.5)", "index(x)"}) {
    EXPECT_THROW(bound(source), DTypeError) << source;
  }
  for (const char* source : {"sum()", "sum(x, 0, 1)", "sum(x, 0, axis=0)", "sum(x, foo=0)", "mean(x, dtype=float32)", "max(x, dtype=float64)", "var(x, 0, 1)",
                             "clip(x)", "clip(x, 0, 1, low=0)", "clip(x, low=0)", "round(decimals=1)", "size(axis=0)", "select(x, y)", "select(x > 0, 1, 2, 3)"}) {
    EXPECT_THROW(bound(source), NameError) << source;
  }
  for (const char* source : {"(x, y) + 1", "t = x, y", "()", "x, (y, u)", "sum(x, axis=((0, 1), 2))"}) EXPECT_THROW(bound(source), SyntaxError) << source;
}

}  // namespace
}  // namespace lanewise
