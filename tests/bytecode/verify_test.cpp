// Programs that break the rules of the machine are found out.

#include <gtest/gtest.h>

#include "bytecode/program_of.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

TEST(Verify, AnAccumulatorThatHoldsNothing) {
  Program program = program_of("x + y");
  program.each.instructions[0].left = {Source::a, 0};
  EXPECT_EQ(verify(program), "instruction 0: reads an accumulator that holds nothing");
}

TEST(Verify, AScratchTileThatHoldsNothing) {
  Program program = program_of("x + y");
  program.each.scratch_tile_count = 1;
  program.each.instructions[0].left = {Source::scratch, 0};
  EXPECT_EQ(verify(program), "instruction 0: reads a scratch tile that holds nothing");
  program.each.instructions[0].left = {Source::scratch, 1};
  EXPECT_EQ(verify(program), "instruction 0: scratch tile out of range");
}

TEST(Verify, AFormThatNoKernelHas) {
  Program program = program_of("x + 1");
  std::swap(program.each.instructions[0].left, program.each.instructions[0].right);
  EXPECT_EQ(verify(program), "instruction 0: no kernel has this form");
}

TEST(Verify, TheEndOfASegment) {
  Program program = program_of("x + 1");
  program.each.instructions.pop_back();
  EXPECT_EQ(verify(program), "instruction 0: end of segment");
}

TEST(Verify, ASegmentThatIsTooLong) {
  Program program = program_of("x + 1");
  program.each.instructions.insert(program.each.instructions.begin(), maximum_segment_length, program.each.instructions.front());
  EXPECT_EQ(verify(program), "segment 0 is too long");
}

}  // namespace
}  // namespace lanewise::inline v0
