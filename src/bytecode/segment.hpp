#pragma once

#include <cstdint>
#include <vector>

#include "bytecode/program.hpp"

namespace lanewise::inline v0 {

/// Cuts instructions into segments of at most `maximum_segment_length`, so that the stack of a build without tail calls does not grow with
/// the text. What an accumulator holds at a cut waits in a tile of its own, above the `tile_count` in use.
ProgramPart cut_into_segments(std::vector<Instruction> instructions, std::uint32_t tile_count);

/// Which accumulators an instruction reads and writes.
struct AccumulatorUse {
  bool reads_a, reads_b, writes_a, writes_b;
};
AccumulatorUse accumulator_use(const Instruction& instruction);

}  // namespace lanewise::inline v0
