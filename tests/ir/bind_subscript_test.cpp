// Subscripts become inputs of their own, pushed down through elementwise values; what they are of is checked with the arrays.

#include "ir/graph_of.hpp"

namespace lanewise::inline v0 {
namespace {

using testing_ir::bound;
using testing_ir::flat;
using testing_ir::simplified;

struct Row {
  const char* source;
  const char* graph;
};

void expect_graphs(std::initializer_list<Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(flat(simplified(row.source)), row.graph) << row.source;
}

TEST(BindSubscript, OfInputs) {
  expect_graphs({
      {"u[1:-1]", "f64: u[1:-1]"},
      {"u[0]", "f64: u[0]"},
      {"u[-1, ::2, ..., None]", "f64: u[-1, ::2, ..., None]"},
      {"u[::-1]", "f64: u[::-1]"},
      {"u[None:None:2]", "f64: u[::2]"},
      {"u[(1, 2)]", "f64: u[1, 2]"},
      {"u[()]", "f64: u[()]"},
      {"u[1:][0]", "f64: u[1:][0]"},
      {"i[1:] + f[:-1]", "f64: add(cast_float64(i[1:]), cast_float64(f[:-1]))"},
      {"b[1:]", "b8: b[1:]"},
      {"z[1:].real", "f64: real(z[1:])"},
      {"-u[1:]**2", "f64: negative(multiply(u[1:], u[1:]))"},
      {"sum(u[1:], axis=0)", "f64: sum[axis=0](u[1:])"},
  });
}

TEST(BindSubscript, ConstantsMayBeComputed) {
  expect_graphs({
      {"r = 2; u[r:-r]", "f64: u[2:-2]"},
      {"u[2*3 - 1]", "f64: u[5]"},
      {"u[1 if True else 2]", "f64: u[1]"},
      {"u[:99999999999999999999]", "f64: u[:9223372036854775807]"},
      {"u[::-9223372036854775808]", "f64: u[::-9223372036854775807]"},
  });
}

TEST(BindSubscript, OfLocalsIsPushedToTheInputs) {
  expect_graphs({
      {"t = 2*u; t[1:]", "f64: multiply(2, u[1:])"},
      {"t = u; t[1:]", "f64: u[1:]"},
      {"t = u[1:]; t[1:]", "f64: u[1:][1:]"},
      {"t = u + v; t[1:]", "f64: add(u in t[1:], v in t[1:])"},
      {"t = u + s; t[1:]", "f64: add(s.f64, u[1:])"},
      {"t = u - mean(u); t[1:]", "f64: subtract(u[1:], divide(sum(u), cast_float64(extent(u))))"},
      {"t = u*size(u); t[1:]", "f64: multiply(cast_float64(extent(u)), u[1:])"},
      {"r = max(u, axis=0); r[1:]", "f64: view[1:](largest[axis=0](u))"},
      {"t = u - max(u, axis=0); t[1:]", "f64: subtract(view[1:](u), view[1:](largest[axis=0](u)))"},
  });
}

TEST(BindSubscript, EqualViewsAreOneInput) {
  EXPECT_EQ(bound("u[1:] + u[1:-1] * u[1:]").views().size(), 2U);
  EXPECT_EQ(bound("t = 2*u; r = 3*u; t[1:] + r[1:] + u[1:]").views().size(), 1U);
  EXPECT_SAME_GRAPH("t = u + v; t[1:] + t[1:]", "t = u + v; r = v + u; t[1:]*1 + r[1:]");
}

TEST(BindSubscript, TimeAndNodesStayLinear) {
  std::string chain = "a0 = u*2";
  std::string sum = "u[1:]";
  for (int k = 1; k < 2000; ++k) {
    const std::string name = "a" + std::to_string(k);
    chain += "; " + name + " = a" + std::to_string(k - 1) + " + 1";
    sum += " + " + name + "[1:]";
  }
  EXPECT_LT(bound(chain + "; " + sum).nodes().size(), 8000U);
}

TEST(BindSubscript, ViewsCountAsInputs) {
  std::string sum = "u";
  for (int k = 0; k < 5000; ++k) sum += " + u[" + std::to_string(k) + "]";
  EXPECT_THROW(bound(sum), LimitError);
}

}  // namespace
}  // namespace lanewise::inline v0
