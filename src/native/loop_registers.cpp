#include "native/loop_registers.hpp"

#include <algorithm>

#include "bytecode/segment.hpp"
#include "kernels/registry.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

/// While one vector waits for its step others are computed. With fewer a long chain of steps would take longer than by the machine.
constexpr std::size_t least_vectors = vectors_per_tile;

/// Of a chain so long the processor does not see the next turn while it is at this one.
constexpr std::size_t long_chain = 16;

std::optional<std::size_t> number_in(const std::vector<HeldOperand>& list, Operand operand) {
  const auto found = std::ranges::find(list, operand, &HeldOperand::operand);
  return found == list.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - list.begin()));
}

/// Adds an operand to those it belongs to. An input that is there already is read more than once.
void take(LoopRegisters& registers, const HeldOperand& held) {
  const Operand operand = held.operand;
  if (operand.source == Source::constant || operand.source == Source::slot) {
    if (!registers.constant_number(operand)) registers.constants.push_back(held);
  } else if (operand.source == Source::input || operand.source == Source::output) {
    if (!registers.array_number(operand)) {
      registers.arrays.push_back(held);
    } else if (operand.source == Source::input && std::ranges::find(registers.kept_inputs, operand) == registers.kept_inputs.end()) {
      registers.kept_inputs.push_back(operand);
    }
  }
}

bool uses_sign_bit(Opcode opcode) { return opcode == Opcode::negative || opcode == Opcode::absolute || opcode == Opcode::maximum; }

/// Vectors are worth more than inputs, which are read from the first cache again.
bool choose_vectors(LoopRegisters& registers, std::size_t register_count, std::size_t most_vectors) {
  const std::vector<Operand> wanted = registers.kept_inputs;
  for (registers.vectors = most_vectors; registers.vectors >= least_vectors; registers.vectors /= 2) {
    for (const bool keeps_inputs : {true, false}) {
      registers.kept_inputs = keeps_inputs ? wanted : std::vector<Operand>();
      if (registers.taken_count() <= register_count) return true;
    }
  }
  return false;
}

}  // namespace

std::optional<std::size_t> LoopRegisters::value_number(Operand operand) const {
  switch (operand.source) {
    case Source::a: return 0;
    case Source::b: return 1;
    case Source::scratch: return accumulator_count + operand.index;
    default: break;
  }
  const auto kept = std::ranges::find(kept_inputs, operand);
  if (kept == kept_inputs.end()) return std::nullopt;
  return accumulator_count + scratch_count + static_cast<std::size_t>(kept - kept_inputs.begin());
}

std::optional<std::size_t> LoopRegisters::array_number(Operand operand) const { return number_in(arrays, operand); }
std::optional<std::size_t> LoopRegisters::constant_number(Operand operand) const { return number_in(constants, operand); }

std::optional<LoopRegisters> assign_registers(const Program& program, std::size_t register_count, std::size_t most_vectors) {
  const std::vector<Instruction>& instructions = program.each.instructions;
  LoopRegisters registers;
  registers.scratch_count = program.each.scratch_tile_count;
  std::size_t offset = 0;
  for (const Instruction& instruction : instructions) {
    const AccumulatorUse use = accumulator_use(instruction);
    if (use.reads_b || use.writes_b) registers.accumulator_count = 2;
    registers.uses_sign_bit |= uses_sign_bit(instruction.opcode);
    registers.uses_true_bytes |= instruction.left.source == Source::output && instruction.dtype == DType::bool_;
    take(registers, {instruction.left, offset + offsetof(BoundInstruction, left), instruction.dtype.size_bytes()});
    take(registers, {instruction.right, offset + offsetof(BoundInstruction, right), instruction.dtype.size_bytes()});
    offset += sizeof(BoundInstruction);
  }
  if (instructions.size() < long_chain) most_vectors = std::min(most_vectors, least_vectors);
  if (registers.arrays.size() > LoopRegisters::most_arrays || !choose_vectors(registers, register_count, most_vectors)) return std::nullopt;
  registers.held_constant_count = std::min(registers.constants.size(), register_count - registers.taken_count());
  return registers;
}

}  // namespace lanewise::inline v0
