// Long programs: segments of bounded length, at whose ends no accumulator is in use.

#include "bytecode/segment.hpp"

#include <gtest/gtest.h>

#include "bytecode/program_of.hpp"
#include "bytecode/run_program.hpp"
#include "ir/evaluate_graph.hpp"
#include "ir/scalar_machine.hpp"

namespace lanewise::inline v0 {
namespace {

std::string repeated(const std::string& text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

/// A tree whose two halves need as many accumulators: x+y, (x+y)*(x-y+1), …; the constants keep equal nodes apart.
std::string balanced(int depth, int& next) {
  if (depth == 0) return "(x+" + std::to_string(++next) + ")";
  const std::string left = balanced(depth - 1, next);
  return "(" + left + (depth % 2 == 0 ? "*" : "-") + balanced(depth - 1, next) + ")";
}

TEST(Segments, AShortProgramIsOne) {
  const Program program = program_of("x" + repeated(" / y", 63));
  EXPECT_EQ(program.each.instructions.size(), 64U);
  EXPECT_EQ(program.each.segment_starts, std::vector<std::uint32_t>{0});
}

TEST(Segments, ALongProgramIsCut) {
  for (const std::size_t length : {64U, 65U, 100U, 127U, 128U, 1000U, 20'000U}) {
    const Program program = program_of("x" + repeated(" / y", length));
    EXPECT_EQ(verify(program), "") << length;
    EXPECT_GT(program.each.segment_starts.size(), length / maximum_segment_length) << length;
  }
}

TEST(Segments, TheAccumulatorsWaitInTilesOfTheirOwn) {
  const Program program = program_of("x" + repeated(" / y", 64));
  ASSERT_EQ(program.each.segment_starts.size(), 2U);
  const std::uint32_t cut = program.each.segment_starts[1];
  EXPECT_EQ(program.each.instructions[cut - 2].opcode, Opcode::spill);
  EXPECT_EQ(program.each.instructions[cut - 1].opcode, Opcode::end);
  EXPECT_EQ(program.each.instructions[cut].opcode, Opcode::reload);
}

TEST(Segments, TreesOfAnyDepthVerify) {
  for (int depth = 1; depth <= 12; ++depth) {
    int next = 0;
    const Program program = program_of(balanced(depth, next));
    EXPECT_EQ(verify(program), "") << depth;
    EXPECT_LE(program.each.scratch_tile_count, static_cast<std::uint32_t>(depth) + 2) << depth;
  }
}

TEST(Segments, ConditionsMayWaitToo) {
  const Program program = program_of("where(x" + repeated(" / y", 80) + " > 1, x" + repeated(" / z", 80) + ", y" + repeated(" / x", 80) + ")");
  EXPECT_EQ(verify(program), "");
}

// Both parts of a complex value cross a cut.
TEST(Segments, ComplexValuesAreCutToo) {
  for (const std::size_t length : {20U, 33U, 64U, 500U}) {
    const Program program = program_of("c" + repeated(" / d", length));
    EXPECT_EQ(verify(program), "") << length;
    EXPECT_GT(program.each.segment_starts.size(), length / maximum_segment_length) << length;
    const std::vector<Scalar> inputs = [] {
      std::vector<Scalar> values;
      for (const SchemaEntry& entry : inputs_of_programs().entries()) values.push_back(testing_ir::cast_scalar(Scalar::of(std::complex<double>(1, 1)), entry.dtype));
      return values;
    }();
    EXPECT_TRUE(testing_ir::same_value(run_program(program, inputs)[0],
                                       testing_ir::evaluate_graph(graph_of_program("c" + repeated(" / d", length)), inputs)[0]));
  }
}

}  // namespace
}  // namespace lanewise::inline v0
