// What simplify rewrites, and what it must leave alone. Names and dtypes of the letters: graph_of.hpp.

#include "ir/simplify.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ir/evaluate_graph.hpp"
#include "ir/graph_of.hpp"
#include "ir/scalar_machine.hpp"

namespace lanewise {
namespace {

using testing_ir::flat;
using testing_ir::simplified;

struct Row {
  std::string source, graph;
};

void expect_graphs(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.source);
    try {
      EXPECT_EQ(flat(simplified(row.source)), row.graph);
    } catch (const Error& error) {
      ADD_FAILURE() << error.report();
    }
  }
}

TEST(Simplify, GivesTheGraphOfTheArchitecture) {
  EXPECT_EQ(to_text(simplified("u**2 + 1")),
            "%0 = input u          f64\n"
            "%1 = multiply %0 %0   f64\n"
            "%2 = constant 1       f64\n"
            "%3 = add %1 %2        f64");
}

TEST(Simplify, DropsIdentities) {
  EXPECT_SAME_GRAPH("x*1", "x");
  EXPECT_SAME_GRAPH("1*x", "x");
  EXPECT_SAME_GRAPH("f*1", "f");
  EXPECT_SAME_GRAPH("i*1", "i");
  EXPECT_SAME_GRAPH("b*True", "b");
  EXPECT_SAME_GRAPH("x/1", "x");
  EXPECT_SAME_GRAPH("x - 0", "x");
  EXPECT_SAME_GRAPH("i - 0", "i");
  EXPECT_SAME_GRAPH("x**1", "x");
  EXPECT_SAME_GRAPH("i**1", "i");
  EXPECT_SAME_GRAPH("i + 0", "i");
  EXPECT_SAME_GRAPH("0 + l", "l");
  EXPECT_SAME_GRAPH("b + False", "b");
  EXPECT_SAME_GRAPH("x + -0.0", "x");
  EXPECT_SAME_GRAPH("f + -0.0", "f");
  EXPECT_SAME_GRAPH("i << 0", "i");
  EXPECT_SAME_GRAPH("i | 0", "i");
  EXPECT_SAME_GRAPH("0 ^ i", "i");
  EXPECT_SAME_GRAPH("i & -1", "i");
  EXPECT_SAME_GRAPH("b & True", "b");
  EXPECT_SAME_GRAPH("b and True", "b");
  EXPECT_SAME_GRAPH("x or False", "bool(x)");
  EXPECT_SAME_GRAPH("+x", "x");
  EXPECT_SAME_GRAPH("(x*1 - 0)/1 + y", "x + y");
}

TEST(Simplify, KeepsWhatIsNoIdentity) {
  EXPECT_DIFFERENT_GRAPH("x + 0", "x");     // -0 + 0 is +0
  EXPECT_DIFFERENT_GRAPH("x - -0.0", "x");  // -0 - -0 is +0
  EXPECT_DIFFERENT_GRAPH("0 - x", "-x");    // 0 - 0 is +0
  EXPECT_DIFFERENT_GRAPH("1/x", "x");
  EXPECT_DIFFERENT_GRAPH("1**x", "1");
  EXPECT_DIFFERENT_GRAPH("0 << i", "0");
  EXPECT_DIFFERENT_GRAPH("x*0", "0");
  EXPECT_DIFFERENT_GRAPH("x - x", "0");
  EXPECT_DIFFERENT_GRAPH("x/x", "1");
  EXPECT_DIFFERENT_GRAPH("b & 1", "b");  // the result is int64
  EXPECT_DIFFERENT_GRAPH("i | -1", "-1");
  EXPECT_DIFFERENT_GRAPH("-(x - y)", "y - x");  // -(0) is -0
  EXPECT_DIFFERENT_GRAPH("(x + y) + u", "x + (y + u)");
}

// An identity of reals is none of complex numbers: with its counter-example.
TEST(Simplify, KeepsComplexArithmetic) {
  EXPECT_DIFFERENT_GRAPH("c*1", "c");        // (inf + 1j)*(1 + 0j) has a nan
  EXPECT_DIFFERENT_GRAPH("c/1", "c");
  EXPECT_DIFFERENT_GRAPH("c + 0", "c");      // -0
  EXPECT_DIFFERENT_GRAPH("c + -0.0", "c");   // the imaginary part meets +0
  EXPECT_DIFFERENT_GRAPH("c - 0", "c");      // exact, but of no use: the rows of the table speak of real numbers
  EXPECT_DIFFERENT_GRAPH("c*0", "0");
  EXPECT_DIFFERENT_GRAPH("c/2", "c*0.5");    // the division scales, the product does not
  EXPECT_DIFFERENT_GRAPH("1j*(1j*c)", "-c");
  EXPECT_SAME_GRAPH("-(-c)", "c");
  EXPECT_SAME_GRAPH("+c", "c");
  EXPECT_SAME_GRAPH("z + complex64(complex128(c))", "z + c");
  expect_graphs({
      {"c**1", "c64: c"},
      {"c**2", "c64: multiply(c, c)"},
      {"c**3", "c64: multiply(c, multiply(c, c))"},
      {"c**-1", "c64: divide(1+0j, c)"},
      {"c**0.5", "c64: sqrt(c)"},
      {"c**2j", "c64: power(c, 0+2j)"},
      {"c**5", "c64: power(c, 5+0j)"},
  });
}

TEST(Simplify, KnowsNarrowIntegers) {
  EXPECT_SAME_GRAPH("i8*1", "i8");
  EXPECT_SAME_GRAPH("u8 + 0", "u8");
  EXPECT_SAME_GRAPH("u64 - 0", "u64");
  EXPECT_SAME_GRAPH("u16 | 0", "u16");
  EXPECT_SAME_GRAPH("u32 << 0", "u32");
  EXPECT_SAME_GRAPH("u8 & 255", "u8");
  EXPECT_SAME_GRAPH("i8 & -1", "i8");
  EXPECT_SAME_GRAPH("u64 & 18446744073709551615", "u64");
  EXPECT_SAME_GRAPH("~~u8", "u8");
  EXPECT_SAME_GRAPH("-(-u8)", "u8");
  EXPECT_DIFFERENT_GRAPH("u16 & 255", "u16");
  EXPECT_DIFFERENT_GRAPH("i8 & 127", "i8");
  EXPECT_DIFFERENT_GRAPH("i8 + k", "i8");                        // the scalar may be anything
  EXPECT_DIFFERENT_GRAPH("int16(i8 + i8)", "int16(i8) + int16(i8)");  // the sum wraps as int8
  EXPECT_DIFFERENT_GRAPH("i8*2 // 2", "i8");
  EXPECT_DIFFERENT_GRAPH("i8 / 2", "i8 * 0.5 + 0");
  expect_graphs({
      {"i8**2", "i8: multiply(i8, i8)"},
      {"u64**1", "u64: u64"},
      {"i8/2", "f64: multiply(cast_float64(i8), 0.5)"},
      {"h*1", "f32: cast_float32(h)"},
      {"h/4", "f32: multiply(cast_float32(h), 0.25)"},
  });
}

TEST(Simplify, UndoesInvolutions) {
  EXPECT_SAME_GRAPH("-(-x)", "x");
  EXPECT_SAME_GRAPH("-(-(-i))", "-i");
  EXPECT_SAME_GRAPH("~~i", "i");
  EXPECT_SAME_GRAPH("not not b", "b");
  EXPECT_SAME_GRAPH("not not x", "bool(x)");
  EXPECT_DIFFERENT_GRAPH("not not x", "x");
}

TEST(Simplify, ComputesConstantPowersAsTheLanguageDefinesThem) {
  expect_graphs({
      {"x**2", "f64: multiply(x, x)"},
      {"f**2", "f32: multiply(f, f)"},
      {"i**2", "i32: multiply(i, i)"},
      {"x**3", "f64: multiply(x, multiply(x, x))"},
      {"x**4", "f64: multiply(multiply(x, x), multiply(x, x))"},
      {"x**5", "f64: power(x, 5)"},
      {"x**0", "f64: power(x, 0)"},
      {"i**0", "i32: power(i, 0)"},
      {"x**-1", "f64: divide(1, x)"},
      {"f**-1", "f32: divide(1, f)"},
      {"x**-2", "f64: power(x, -2)"},
      {"x**0.5", "f64: sqrt(x)"},
      {"f**0.5", "f32: sqrt(f)"},
      {"i**0.5", "f64: sqrt(cast_float64(i))"},
      {"x**-0.5", "f64: power(x, -0.5)"},
      {"x**2.5", "f64: power(x, 2.5)"},
      {"i**3", "i32: multiply(i, multiply(i, i))"},
      {"l**65", "i64: power(l, 65)"},
      {"x**y", "f64: power(x, y)"},
      {"2**x", "f64: power(2, x)"},
  });
  EXPECT_EQ(to_text(simplified("i**7")),
            "%0 = input i          i32\n"
            "%1 = multiply %0 %0   i32\n"
            "%2 = multiply %0 %1   i32\n"
            "%3 = multiply %2 %2   i32\n"
            "%4 = multiply %0 %3   i32");
}

TEST(Simplify, DividesByPowersOfTwoByMultiplying) {
  expect_graphs({
      {"x/2", "f64: multiply(x, 0.5)"},
      {"x/-4", "f64: multiply(x, -0.25)"},
      {"x/0.125", "f64: multiply(x, 8)"},
      {"f/8", "f32: multiply(f, 0.125)"},
      {"i/2", "f64: multiply(cast_float64(i), 0.5)"},
      {"x/3", "f64: divide(x, 3)"},
      {"x/0", "f64: divide(x, 0)"},
      {"x/inf", "f64: divide(x, inf)"},
      {"x/nan", "f64: divide(x, nan)"},
      {"x/8.98846567431158e307", "f64: divide(x, 8.98846567431158e+307)"},  // 2^1023: its reciprocal is subnormal
      {"x/5e-324", "f64: divide(x, 5e-324)"},                               // subnormal
      {"f/1.7014118346046923e38", "f32: divide(f, 1.7014118e+38)"},         // 2^127
      {"x/2.2250738585072014e-308", "f64: multiply(x, 4.49423283715579e+307)"},
  });
}

TEST(Simplify, JoinsCastsThatLoseNothing) {
  expect_graphs({
      {"int32(int64(i))", "i32: i"},
      {"int32(float64(i))", "i32: i"},
      {"float32(float64(f))", "f32: f"},
      {"float64(int64(i))", "f64: cast_float64(i)"},
      {"float32(int64(i))", "f32: cast_float32(i)"},
      {"int64(bool(b))", "i64: cast_int64(b)"},
      {"bool(float64(f))", "b8: cast_bool(f)"},
      {"float64(int64(int32(b)))", "f64: cast_float64(b)"},
      {"float64(float32(x))", "f64: cast_float64(cast_float32(x))"},
      {"int64(float64(l))", "i64: cast_int64(cast_float64(l))"},
      {"int64(int32(l))", "i64: cast_int64(cast_int32(l))"},
      {"float64(float32(i))", "f64: cast_float64(cast_float32(i))"},
      {"float64(bool(x))", "f64: cast_float64(cast_bool(x))"},
  });
}

// Every two casts after one another, on the values at the edges of all types.
TEST(Simplify, JoinsCastsOnlyWhereNoValueChanges) {
  const auto dtype_at = [](std::size_t code) { return DType{static_cast<DType::Code>(code)}; };
  std::size_t joined_count = 0;
  for (std::size_t source = 0; source < DType::count; ++source) {
    for (std::size_t middle = 0; middle < DType::count; ++middle) {
      for (std::size_t target = 0; target < DType::count; ++target) {
        const std::string text = std::string(dtype_at(target).name()) + "(" + std::string(dtype_at(middle).name()) + "(v))";
        const Schema inputs{{"v", dtype_at(source)}};
        if (testing_ir::report_of(text, inputs) != "no error") continue;  // complex to real
        const Graph written = testing_ir::bound(text, inputs), joined = simplified(text, inputs);
        joined_count += joined.nodes().size() < written.nodes().size();
        for (const Scalar value : testing_ir::edge_values(dtype_at(source))) {
          const Scalar expected = testing_ir::evaluate_graph(written, std::span(&value, 1))[0];
          const Scalar found = testing_ir::evaluate_graph(joined, std::span(&value, 1))[0];
          EXPECT_TRUE(testing_ir::same_value(expected, found)) << text << " of " << to_text(value) << " (" << dtype_at(source).name() << "): "
                                                               << to_text(found) << ", not " << to_text(expected);
        }
      }
    }
  }
  EXPECT_GT(joined_count, 400U);
}

// A condition, or what an operand is multiplied by, may be the only operand with the shape of the result.
TEST(Simplify, KeepsOperandsForTheirShape) {
  expect_graphs({
      {"where(True, u, v)", "f64: where(True, u, v)"},
      {"where(b, u, u)", "f64: where(b, u, u)"},
      {"b and False", "b8: logical_and(b, False)"},
      {"i*0", "i32: multiply(i, 0)"},
      {"i & 0", "i32: bitwise_and(i, 0)"},
      {"x == x", "b8: equal(x, x)"},
      {"i < 3000000000", "b8: less_equal(i, 2147483647)"},
  });
}

TEST(Simplify, DropsWhatNoOutputNeeds) {
  EXPECT_EQ(to_text(simplified("t = sin(u); u + v; v*2")),
            "%0 = input v          f64\n"
            "%1 = constant 2       f64\n"
            "%2 = multiply %0 %1   f64");
}

TEST(Simplify, LeavesASimplifiedGraphAlone) {
  for (const char* source :
       {"u**4 + v/2 - 0", "where(a < x <= y, -(-u), i**9 * 1)", "f*(1/3) + float32(float64(f))", "not not (x and 1)", "3"}) {
    const Graph once = simplified(source);
    EXPECT_EQ(to_text(simplify(once, testing_ir::evaluate_scalar)), to_text(once)) << source;
  }
}

}  // namespace
}  // namespace lanewise
