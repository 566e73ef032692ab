// Slices: what they select, in place and out of it, and what is said of arrays that do not have what they ask for.

#include <gtest/gtest.h>

#include <lanewise/lanewise.hpp>
#include <numeric>
#include <string>
#include <vector>

namespace lanewise::inline v0 {
namespace {

constexpr DType f64 = DType::float64;

std::vector<double> ascending(std::size_t length) {
  std::vector<double> values(length);
  std::iota(values.begin(), values.end(), 0.0);
  return values;
}

std::vector<double> values_of(const Array& array) {
  const auto span = array.span<double>();
  return {span.begin(), span.end()};
}

std::vector<std::size_t> shape_of(const Array& array) { return {array.shape().begin(), array.shape().end()}; }

template <class Call>
std::string report_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.report();
  }
  return "no error";
}

TEST(Slices, SelectAsInNumpy) {
  const auto u = ascending(10);
  const struct {
    const char* source;
    std::vector<double> expected;
  } rows[] = {
      {"u[1:-1]", {1, 2, 3, 4, 5, 6, 7, 8}},
      {"u[7:]", {7, 8, 9}},
      {"u[:3]", {0, 1, 2}},
      {"u[-3:]", {7, 8, 9}},
      {"u[::4]", {0, 4, 8}},
      {"u[::-4]", {9, 5, 1}},
      {"u[8:2:-2]", {8, 6, 4}},
      {"u[-2::-3]", {8, 5, 2}},
      {"u[5:100]", {5, 6, 7, 8, 9}},
      {"u[-100:2]", {0, 1}},
      {"u[100:]", {}},
      {"u[3:3]", {}},
      {"u[5:2]", {}},
      {"u[2:5:-1]", {}},
      {"u[-100::-1]", {}},
      {"u[2::9223372036854775807]", {2}},
      {"u[::-9223372036854775808]", {9}},
      {"u[3]", {3}},
      {"u[-1]", {9}},
      {"u[1:][1:][0]", {2}},
      {"w = 2*u; w[1:3]", {2, 4}},
      {"u[7:] - u[:3]", {7, 7, 7}},
      {"u[7:]*u[2]", {14, 16, 18}},
      {"u[7:]*u[2:3]", {14, 16, 18}},
      {"n = 2; u[n:n+2]", {2, 3}},
  };
  for (const auto& row : rows) EXPECT_EQ(values_of(evaluate(row.source, {{"u", u}})), row.expected) << row.source;
}

TEST(Slices, OfSeveralDimensions) {
  const auto memory = ascending(24);
  const std::vector<std::size_t> shape{2, 3, 4};
  const ArrayView u(memory.data(), shape);
  const struct {
    const char* source;
    std::vector<std::size_t> shape;
    std::vector<double> expected;
  } rows[] = {
      {"u[1, 2, 3]", {}, {23}},
      {"u[..., 0]", {2, 3}, {0, 4, 8, 12, 16, 20}},
      {"u[0, ..., -1]", {3}, {3, 7, 11}},
      {"u[1, 1:, ::2]", {2, 2}, {16, 18, 20, 22}},
      {"u[::-1, 0, 0]", {2}, {12, 0}},
      {"u[1][0]", {4}, {12, 13, 14, 15}},
      {"u[0, 0, None, :2]", {1, 2}, {0, 1}},
      {"u[None, 0, 0, :2, None]", {1, 2, 1}, {0, 1}},
      {"u[:, 3:, 0]", {2, 0}, {}},
      {"u[0, :2, 1:3] + u[1, 1:, 0]", {2, 2}, {17, 22, 21, 26}},
      {"v = u[0, 0]; u[1, 0, None] - v[:, None]", {4, 4}, {12, 13, 14, 15, 11, 12, 13, 14, 10, 11, 12, 13, 9, 10, 11, 12}},
  };
  for (const auto& row : rows) {
    const Array result = evaluate(row.source, {{"u", u}});
    EXPECT_EQ(shape_of(result), row.shape) << row.source;
    EXPECT_EQ(values_of(result), row.expected) << row.source;
  }
}

TEST(Slices, OfComputedValuesGoByBroadcastAxis) {
  const auto memory = ascending(6);
  const ArrayView table(memory.data(), std::vector<std::size_t>{2, 3});
  const std::vector<double> row{10, 20, 30};
  const ArrayView column(memory.data(), std::vector<std::size_t>{2, 1});
  const std::vector<Input> inputs{{"t", table}, {"r", row}, {"c", column}, {"k", 100.0}};
  const Schema schema{{"t", f64}, {"r", f64}, {"c", f64}, {"k", f64}};
  const struct {
    const char* source;
    std::vector<std::size_t> shape;
    std::vector<double> expected;
  } rows[] = {
      {"w = t + r; w[1:]", {1, 3}, {13, 24, 35}},
      {"w = t + r; w[1, ::2]", {2}, {13, 35}},
      {"w = r + c; w[::-1, 0]", {2}, {11, 10}},
      {"w = r + c; w[1][1:]", {2}, {21, 31}},
      {"w = r + c; w[:, 3:]", {2, 0}, {}},
      {"w = k + t; w[0, 1]", {}, {101}},
      {"w = k + t; w[None, :, 0]", {1, 2}, {100, 103}},
      {"w = c*k; w[:, 0]", {2}, {0, 100}},
      {"m = max(t, axis=1); m[::-1]", {2}, {5, 2}},
      {"m = max(t, axis=1); m[0]*r", {3}, {20, 40, 60}},
      {"w = t - min(t, axis=1, keepdims=True); w[1:, 1:]", {1, 2}, {1, 2}},
      {"w = k + max(t, axis=1); w[1:]", {1}, {105}},
      {"w = t + max(t, axis=0); v = w[1:]; v[0, 1:] + k", {2}, {108, 110}},
      {"w = t + max(t, axis=0); sum(w[:, 0])", {}, {9}},
      {"m = max(t, axis=0); n = m[1:]; sum(n) + sum(m)", {}, {21}},
      {"w = t/size(t); w[0, 1:]", {2}, {1.0/6, 2.0/6}},
  };
  for (const auto& one : rows) {
    const Array result = Expression::compile(one.source, schema).evaluate(inputs);
    EXPECT_EQ(shape_of(result), one.shape) << one.source;
    EXPECT_EQ(values_of(result), one.expected) << one.source;
  }
}

TEST(Slices, ScalarsOfAnotherTypeArePartsOfAWhole) {
  const auto u = ascending(4);
  const auto expression = Expression::compile("w = k + max(u, axis=0, keepdims=True) + u; w[1:]", {{"k", f64}, {"u", f64}});
  EXPECT_EQ(values_of(expression.evaluate({{"k", 10}, {"u", u}})), (std::vector<double>{14, 15, 16}));
  const auto pure = Expression::compile("w = k + u; w[1:]", {{"k", f64}, {"u", f64}});
  EXPECT_EQ(values_of(pure.evaluate({{"k", 10}, {"u", u}})), (std::vector<double>{11, 12, 13}));
}

TEST(Slices, AStencilOfTwoDimensions) {
  constexpr std::size_t side = 300;
  std::vector<double> u(side * side);
  for (std::size_t i = 0; i < u.size(); ++i) u[i] = static_cast<double>(i * i % 1009);
  const ArrayView view(u.data(), std::vector<std::size_t>{side, side});
  const Array result = evaluate("u[1:-1,1:-1] + k*(u[2:,1:-1] + u[:-2,1:-1] + u[1:-1,2:] + u[1:-1,:-2] - 4*u[1:-1,1:-1])", {{"u", view}, {"k", 0.25}});
  EXPECT_EQ(shape_of(result), (std::vector<std::size_t>{side - 2, side - 2}));
  const auto values = result.span<double>();
  for (std::size_t row = 1; row + 1 < side; ++row) {
    for (std::size_t column = 1; column + 1 < side; ++column) {
      const double* at = &u[row * side + column];
      const double expected = at[0] + 0.25 * (at[side] + at[-static_cast<std::ptrdiff_t>(side)] + at[1] + at[-1] - 4 * at[0]);
      ASSERT_EQ(values[(row - 1) * (side - 2) + column - 1], expected) << row << ", " << column;
    }
  }
}

TEST(Slices, SeveralResultsAndReductions) {
  const auto u = ascending(6);
  const auto results = Expression::compile("d = u[1:] - u[:-1]; d, sum(d), u[::2], max(u[:-1]*u[1:])", {{"u", f64}}).evaluate_all({{"u", u}});
  EXPECT_EQ(values_of(results[0]), std::vector<double>(5, 1.0));
  EXPECT_EQ(results[1].item<double>(), 5);
  EXPECT_EQ(values_of(results[2]), (std::vector<double>{0, 2, 4}));
  EXPECT_EQ(results[3].item<double>(), 20);
  EXPECT_EQ(evaluate("sum(index(0)*u[1:3])", {{"u", u}}).item<double>(), 2);
  EXPECT_EQ(evaluate("size(u[1:3]) + 0*u[0]", {{"u", u}}).item<double>(), 2);
}

TEST(Slices, AreComputedInPlaceWhereTheViewIsTheOutput) {
  auto u = ascending(1000);
  const std::span<double> inner(u.data() + 1, 998);
  Expression::compile("u[1:-1]*2", {{"u", f64}}).evaluate({{"u", u}}, inner);
  EXPECT_EQ(u[0], 0);
  EXPECT_EQ(u[1], 2);
  EXPECT_EQ(u[998], 1996);
  EXPECT_EQ(u[999], 999);
  auto table = ascending(12);
  const ArrayView whole(table.data(), std::vector<std::size_t>{3, 4});
  const MutableArrayView part(table.data() + 1, std::vector<std::size_t>{3, 2}, std::vector<std::ptrdiff_t>{32, 8});
  Expression::compile("u[:, 1:-1] + 100", {{"u", f64}}).evaluate({{"u", whole}}, part);
  EXPECT_EQ(table, (std::vector<double>{0, 101, 102, 3, 4, 105, 106, 7, 8, 109, 110, 11}));
}

TEST(Slices, AnOutputOverAShiftedSliceIsRefusedAndUntouched) {
  const char* const sources[] = {"u[1:] + u[:-1]", "u[1:] + 0*u[0]*u[:-1]", "w = 2*u; w[:-1]*w[1:]", "u[:-1]", "u[-2::-1]", "u[1:][::-1]",
                                 "w = u - max(u, axis=0, keepdims=True); w[1:]", "w = u - max(v, axis=0, keepdims=True); w[:-1]", "w = u - max(u, axis=0, keepdims=True); w[1:] + w[:-1]"};
  for (const char* source : sources) {
    for (const std::size_t length : {std::size_t{8}, std::size_t{100'000}}) {
      auto u = ascending(length);
      const std::span<double> out(u.data() + 1, length - 1);
      const Expression expression = Expression::compile(source, {{"u", f64}, {"v", f64}});
      EXPECT_THROW(expression.evaluate({{"u", u}, {"v", ascending(3)}}, out), AliasError) << source;
      EXPECT_EQ(u, ascending(length)) << source;
    }
  }
  auto u = ascending(8);
  EXPECT_THROW(Expression::compile("u[::-1]", {{"u", f64}}).evaluate({{"u", u}}, u), AliasError);
  EXPECT_EQ(report_of([&] { Expression::compile("u[:-1]*2", {{"u", f64}}).evaluate({{"u", u}}, std::span<double>(u.data() + 1, 7)); }),
            "error E305: the output overlaps input 'u[:-1]' without being exactly that array; write to other memory, or copy the input first");
}

TEST(Slices, AreComputedInPlaceBesideReductionsOfOtherArrays) {
  auto u = ascending(8);
  const std::vector<double> v{1, 5, 3};
  Expression::compile("w = u - max(v, axis=0, keepdims=True); w[1:]", {{"u", f64}, {"v", f64}})
      .evaluate({{"u", u}, {"v", v}}, std::span<double>(u.data() + 1, 7));
  EXPECT_EQ(u, (std::vector<double>{0, -4, -3, -2, -1, 0, 1, 2}));
}

TEST(Slices, HalvesOfAnArrayDoNotOverlap) {
  auto u = ascending(8);
  Expression::compile("u[:4]*10", {{"u", f64}}).evaluate({{"u", u}}, std::span<double>(u.data() + 4, 4));
  EXPECT_EQ(u, (std::vector<double>{0, 1, 2, 3, 0, 10, 20, 30}));
  const MutableArrayView odd(u.data() + 1, std::vector<std::size_t>{4}, std::vector<std::ptrdiff_t>{16});
  Expression::compile("u[::2] + 1", {{"u", f64}}).evaluate({{"u", u}}, odd);
  EXPECT_EQ(u, (std::vector<double>{0, 1, 2, 3, 0, 1, 20, 21}));
}

TEST(Slices, ErrorsOfShapesPointAtTheIndex) {
  const auto memory = ascending(6);
  const ArrayView u(memory.data(), std::vector<std::size_t>{2, 3});
  const auto report = [&](const char* source) { return report_of([&] { evaluate(source, {{"u", u}, {"v", memory}, {"k", 1.0f}}); }); };
  EXPECT_EQ(report("v[2] + u[0, -4]"),
            "error E309: index -4 is out of range for axis 1, which has 3 elements\n"
            "  v[2] + u[0, -4]\n"
            "              ^^");
  EXPECT_EQ(report("u[0, 1, 2:]"),
            "error E309: 3 indices for a value of 2 dimensions, of shape (2, 3)\n"
            "  u[0, 1, 2:]\n"
            "          ^^");
  EXPECT_EQ(report("k[0]"),
            "error E309: 1 index for a value of 0 dimensions, of shape ()\n"
            "  k[0]\n"
            "    ^");
  EXPECT_EQ(report("w = v[1:] + v; w[0]"), "error E301: shapes do not fit: 'v[1:]' has (5,), what it is combined with has (6,); they differ along axis -1");
  EXPECT_EQ(report("v[1:] + v"), "error E301: shapes do not fit: 'v' has (6,), 'v[1:]' has (5,); they differ along axis -1");
  EXPECT_EQ(report("m = max(u, axis=1); m[2]"),
            "error E309: index 2 is out of range for axis 0, which has 2 elements\n"
            "  m = max(u, axis=1); m[2]\n"
            "                        ^");
  EXPECT_EQ(report("m = max(u, axis=0); m[1:] + v"),
            "error E301: shapes do not fit: 'v' has (6,), the result of 'max' through [1:] has (2,); they differ along axis -1");
  EXPECT_EQ(report("max(v[6:])"),
            "error E307: 'max' of no elements: axis 0 of shape (0,) is empty\n"
            "  max(v[6:])\n"
            "  ^^^");
  std::string axes = "v[None";
  for (int i = 0; i < 31; ++i) axes += ", None";
  EXPECT_THROW(evaluate(axes + "]", {{"v", memory}}), LimitError);
}

TEST(Slices, OfArraysWithoutMemory) {
  const ArrayView nothing(static_cast<const double*>(nullptr), std::vector<std::size_t>{0, 5});
  EXPECT_EQ(shape_of(evaluate("u[:, 1:3]", {{"u", nothing}})), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(shape_of(evaluate("u[:, 2]", {{"u", nothing}})), (std::vector<std::size_t>{0}));
  EXPECT_EQ(evaluate("w = u[:, 2]; sum(w[::-1])", {{"u", nothing}}).item<double>(), 0);
}

TEST(Slices, ContiguousOnesOfOneShapeTakeTheShortWay) {
  const auto u = ascending(1000);
  std::vector<double> out(998);
  const auto stencil = Expression::compile("u[1:-1] + 0.5*(u[2:] - 2*u[1:-1] + u[:-2])", {{"u", f64}});
  EXPECT_NE(stencil.explain({{"u", u}}, out).find("elements a tile"), std::string::npos);
  EXPECT_EQ(stencil.explain(Stage::program).substr(0, 47), "in1 = u[1:-1], in2 = u[2:], in3 = u[:-2]\n0  mul");
  std::vector<double> two(999);
  EXPECT_NE(Expression::compile("u[1:]*u[0]", {{"u", f64}}).explain({{"u", u}}, two).find("elements a tile"), std::string::npos);
}

TEST(Slices, FunctionsOfScalarsHaveNone) {
  EXPECT_THROW(Function<double(double)>("x[0]", {"x"}), DTypeError);
}

}  // namespace
}  // namespace lanewise::inline v0
