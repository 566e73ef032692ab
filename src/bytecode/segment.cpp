// Segments: a long program in pieces. Values in accumulators die at the end of a piece, so a cut is placed where few are alive, and
// those are spilled before it and reloaded after it. The cost is a few instructions in sixty.

#include "bytecode/segment.hpp"

#include <algorithm>
#include <optional>

#include "ops/operation.hpp"
#include "ops/type_rules.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

/// Instructions that a cut may add to the segment before it (two spills, `end`) and after it (two reloads).
constexpr std::size_t cut_allowance = 5;
constexpr std::size_t longest_run = maximum_segment_length - cut_allowance;
constexpr std::size_t shortest_run = longest_run / 2;

/// The dtype of the value in each accumulator, where that value is still wanted.
struct LiveAccumulators {
  std::optional<DType> a, b;
  std::size_t count() const { return std::size_t{a.has_value()} + std::size_t{b.has_value()}; }
};

bool reads_destination(Opcode opcode) {
  const auto index = static_cast<std::size_t>(opcode);
  if (index < kernel_operation_count) return operation(static_cast<OperationId>(index)).form.operand_count == 3;
  switch (opcode) {
    case Opcode::add_product:
    case Opcode::subtract_product:
    case Opcode::subtract_from_product:
    case Opcode::multiply_sum:
    case Opcode::multiply_difference:
    case Opcode::spill:
    case Opcode::store:
    case Opcode::store_last:
    case Opcode::stream:
    case Opcode::stream_last:
    case Opcode::sum_last: return true;
    default: return false;
  }
}

bool writes_destination(Opcode opcode) {
  switch (opcode) {
    case Opcode::spill:
    case Opcode::store:
    case Opcode::store_last:
    case Opcode::stream:
    case Opcode::stream_last:
    case Opcode::sum_last:
    case Opcode::end: return false;
    default: return true;
  }
}

/// Real operands become a value in both accumulators.
bool fills_both(Opcode opcode) {
  return opcode == Opcode::sine_cosine || opcode == Opcode::complex || opcode == Opcode::cast_complex64 || opcode == Opcode::cast_complex128;
}

/// The accumulators alive after each instruction. Their dtypes matter little: a tile holds a value in the form it travels in, so only the
/// width of its elements counts, and that is taken from the reader.
std::vector<LiveAccumulators> find_live(const std::vector<Instruction>& instructions) {
  std::vector<LiveAccumulators> result(instructions.size());
  LiveAccumulators live;
  for (std::size_t i = instructions.size(); i-- > 0;) {
    result[i] = live;
    const Instruction& instruction = instructions[i];
    const AccumulatorUse use = accumulator_use(instruction);
    if (use.writes_a) live.a.reset();
    if (use.writes_b) live.b.reset();
    const bool is_condition = instruction.opcode == Opcode::where && !instruction.dtype.is_complex();
    const auto read = [&](Source which) {
      if (instruction.dtype.is_complex()) return part_of(instruction.dtype);
      return is_condition && which == instruction.destination ? DType::bool_ : travelling_dtype(instruction.dtype);
    };
    if (use.reads_a) live.a = read(Source::a);
    if (use.reads_b) live.b = read(Source::b);
  }
  return result;
}

/// Returns the number of instructions before the next cut: the last place with the fewest live accumulators.
std::size_t choose_cut(const std::vector<LiveAccumulators>& live, std::size_t start) {
  std::size_t best = start + shortest_run;
  for (std::size_t end = best; end <= start + longest_run; ++end) {
    if (live[end - 1].count() <= live[best - 1].count()) best = end;
  }
  return best;
}

void move_live(std::vector<Instruction>& out, Opcode opcode, const LiveAccumulators& live, std::uint32_t first_tile) {
  if (live.a) out.push_back({opcode, *live.a, Source::a, {Source::scratch, first_tile}, {}});
  if (live.b) out.push_back({opcode, *live.b, Source::b, {Source::scratch, first_tile + 1}, {}});
}

}  // namespace

AccumulatorUse accumulator_use(const Instruction& instruction) {
  const auto reads = [&](Source which) {
    return instruction.left.source == which || instruction.right.source == which ||
           (instruction.destination == which && reads_destination(instruction.opcode));
  };
  if (instruction.opcode == Opcode::call_host) return {false, false, true, true};
  const bool writes = writes_destination(instruction.opcode);
  if (instruction.dtype.is_complex()) {
    const bool reads_both = reads(Source::a);
    return {reads_both, reads_both, writes, writes};
  }
  if (fills_both(instruction.opcode)) return {reads(Source::a), reads(Source::b), true, true};
  return {reads(Source::a), reads(Source::b), writes && instruction.destination == Source::a,
          writes && instruction.destination == Source::b};
}

ProgramPart cut_into_segments(std::vector<Instruction> instructions, std::uint32_t tile_count) {
  if (instructions.size() <= maximum_segment_length) return {std::move(instructions), {0}, tile_count};
  const std::vector<LiveAccumulators> live = find_live(instructions);
  ProgramPart part{{}, {0}, tile_count + 2};
  std::size_t start = 0;
  while (instructions.size() - start > longest_run) {
    const std::size_t cut = choose_cut(live, start);
    part.instructions.insert(part.instructions.end(), instructions.begin() + static_cast<std::ptrdiff_t>(start),
                             instructions.begin() + static_cast<std::ptrdiff_t>(cut));
    move_live(part.instructions, Opcode::spill, live[cut - 1], tile_count);
    part.instructions.push_back({Opcode::end, DType::int32, Source::a, {}, {}});  // a dtype that every lane width has
    part.segment_starts.push_back(static_cast<std::uint32_t>(part.instructions.size()));
    move_live(part.instructions, Opcode::reload, live[cut - 1], tile_count);
    start = cut;
  }
  part.instructions.insert(part.instructions.end(), instructions.begin() + static_cast<std::ptrdiff_t>(start), instructions.end());
  return part;
}

}  // namespace lanewise::inline v0
