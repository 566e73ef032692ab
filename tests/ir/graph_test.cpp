#include "ir/graph.hpp"

#include <gtest/gtest.h>

#include <array>

#include "ir/graph_of.hpp"

namespace lanewise {
namespace {

class GraphNodes : public testing::Test {
 protected:
  NodeIndex add(NodeIndex left, NodeIndex right) { return operation(OperationId::add, left, right); }
  NodeIndex operation(OperationId id, NodeIndex left, NodeIndex right) {
    const std::array operands = {left, right};
    return graph.add_operation(id, DType::float64, operands, {});
  }

  Graph graph{Schema{{"u", DType::float64}, {"velocity", DType::float64}}};
  const NodeIndex u = graph.add_input(0, DType::float64, {0, 1});
  const NodeIndex v = graph.add_input(1, DType::float64, {2, 1});
};

TEST_F(GraphNodes, EqualNodesAreOne) {
  EXPECT_EQ(graph.add_input(0, DType::float64, {9, 1}), u) << "the span is no part of a node's identity";
  EXPECT_EQ(add(u, v), add(u, v));
  EXPECT_EQ(graph.add_constant(Scalar::of(1.0), {}), graph.add_constant(Scalar::of(1.0), {}));
  EXPECT_EQ(graph.nodes().size(), 4u);
}

TEST_F(GraphNodes, OperandsOfCommutativeOperationsAreOrdered) {
  EXPECT_EQ(add(u, v), add(v, u));
  EXPECT_NE(operation(OperationId::subtract, u, v), operation(OperationId::subtract, v, u));
}

TEST_F(GraphNodes, ThatDifferInABitOrADtypeStayApart) {
  EXPECT_NE(graph.add_constant(Scalar::of(0.0), {}), graph.add_constant(Scalar::of(-0.0), {}));
  EXPECT_NE(graph.add_constant(Scalar::of(std::int32_t{1}), {}), graph.add_constant(Scalar::of(std::int64_t{1}), {}));
  EXPECT_NE(graph.add_input(0, DType::float32, {}), u) << "a weak input has a node for each dtype";
}

TEST_F(GraphNodes, AreListedInColumns) {
  const NodeIndex sum = add(v, u);
  const NodeIndex tenth = graph.add_constant(Scalar::of(0.1f), {});
  const std::array selected = {graph.add_constant(Scalar::of(true), {}), sum, tenth};
  const NodeIndex output = graph.add_operation(OperationId::where, DType::float64, selected, {});
  graph.set_outputs({output});
  EXPECT_EQ(to_text(graph),
            "%0 = input u          f64\n"
            "%1 = input velocity   f64\n"
            "%2 = add %0 %1        f64\n"
            "%3 = constant 0.1     f32\n"
            "%4 = constant True    b8\n"
            "%5 = where %4 %2 %3   f64");
  graph.set_outputs({sum, output});
  EXPECT_TRUE(to_text(graph).ends_with("\noutput %2 %5")) << to_text(graph);
}

TEST(Casts, SayWhyTheyAreThere) {
  const Schema inputs = {{"x", DType::float64}, {"i", DType::int32}, {"b", DType::int8}, {"f", DType::float32}};
  EXPECT_EQ(to_text(testing_ir::bound("x + i", inputs)),
            "%0 = input x           f64\n"
            "%1 = input i           i32\n"
            "%2 = cast_float64 %1   f64   for add(f64, i32)\n"
            "%3 = add %0 %2         f64");
  EXPECT_EQ(to_text(testing_ir::bound("sqrt(b)", inputs)),
            "%0 = input b           i8\n"
            "%1 = cast_float32 %0   f32   for sqrt(i8)\n"
            "%2 = sqrt %1           f32");
  EXPECT_EQ(to_text(testing_ir::bound("sum(b)", inputs)),
            "%0 = input b         i8\n"
            "%1 = cast_int64 %0   i64   for sum(i8)\n"
            "%2 = sum %1          i64");
  EXPECT_EQ(to_text(testing_ir::bound("float64(i)", inputs)),
            "%0 = input i           i32\n"
            "%1 = cast_float64 %0   f64");
}

TEST_F(GraphNodes, HaveNamesOfOneWidth) {
  NodeIndex last = u;
  while (graph.nodes().size() < 11) last = add(last, v);
  graph.set_outputs({last});
  EXPECT_TRUE(to_text(graph).starts_with("%0  = input u ")) << to_text(graph);
  EXPECT_TRUE(to_text(graph).ends_with("\n%10 = add %1 %9        f64")) << to_text(graph);
}

}  // namespace
}  // namespace lanewise
