// Which tiles a program runs on: of twice the length where it uses one accumulator and has cheap steps only.

#include "exec/loaded_program.hpp"

#include <gtest/gtest.h>

#include "api/compile.hpp"
#include "bytecode/emit.hpp"

namespace lanewise::inline v0 {
namespace {

Program program_of(const char* text) {
  const Schema schema{{"x", DType::float64}, {"y", DType::float64}, {"c", DType::complex128}, {"k", DType::float64}};
  const Graph graph = compile_graph(text, schema, {});
  std::vector<Leaf> leaves;
  for (NodeIndex n = 0; n < graph.nodes().size(); ++n) {
    const Node& node = graph.node(n);
    if (node.kind != Node::Kind::input) continue;
    leaves.push_back({n, node.input_index, schema.entries()[node.input_index].name == "k" ? Rate::call : Rate::element});
  }
  return emit(graph, graph.outputs(), leaves);
}

void expect_tiles(const char* text, std::size_t factor) {
  for (const Target* target : runnable_targets()) {
    const LoadedProgram program = load(program_of(text), *target);
    EXPECT_EQ(program.each.tile_length, factor * target->tile_length(8)) << target->name << ": " << text;
    EXPECT_EQ(program.each.tile_bytes, factor * vectors_per_tile * target->vector_bytes) << target->name << ": " << text;
  }
}

TEST(LoadedProgram, RunsOnLongTilesWhereOneAccumulatorIsUsed) {
  for (const char* text : {"x", "x*x + 1", "2*x + 3*y", "x > 1", "float32(x)", "x / 3", "where(x > 1, x, y)"}) expect_tiles(text, 2);
  for (const char* text : {"(x - y)/(x + y)", "exp(x)", "x**y", "c*2", "abs(c)", "sin(x)*cos(x)", "k"}) expect_tiles(text, 1);
}

TEST(LoadedProgram, RunsOnShortTilesForOneElement) {
  for (const Target* target : runnable_targets()) {
    const LoadedProgram program = load(program_of("exp(k*2) + 1"), *target, Elements::one);
    EXPECT_EQ(program.each.tile_length, target->tile_length(8)) << target->name;
  }
}

}  // namespace
}  // namespace lanewise::inline v0
