#include "native/loop_registers.hpp"

#include <algorithm>

#include "kernels/registry.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

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

/// Fewer vectors leave more room for inputs.
bool choose_vectors(LoopRegisters& registers, std::size_t register_count) {
  for (registers.vectors = LoopRegisters::most_vectors; registers.vectors > 0; registers.vectors /= 2) {
    if (registers.register_count() <= register_count) return true;
  }
  if (registers.kept_inputs.empty()) return false;
  registers.kept_inputs.clear();
  return choose_vectors(registers, register_count);
}

}  // namespace

std::optional<std::size_t> LoopRegisters::value_number(Operand operand) const {
  switch (operand.source) {
    case Source::a: return 0;
    case Source::b: return 1;
    case Source::scratch: return 2 + operand.index;
    default: break;
  }
  const auto kept = std::ranges::find(kept_inputs, operand);
  if (kept == kept_inputs.end()) return std::nullopt;
  return 2 + scratch_count + static_cast<std::size_t>(kept - kept_inputs.begin());
}

std::optional<std::size_t> LoopRegisters::array_number(Operand operand) const { return number_in(arrays, operand); }
std::optional<std::size_t> LoopRegisters::constant_number(Operand operand) const { return number_in(constants, operand); }

std::optional<LoopRegisters> assign_registers(const Program& program, std::size_t register_count) {
  LoopRegisters registers;
  registers.scratch_count = program.each.scratch_tile_count;
  std::size_t offset = 0;
  for (const Instruction& instruction : program.each.instructions) {
    if (instruction.left.source == Source::host || instruction.right.source == Source::host) return std::nullopt;
    take(registers, {instruction.left, offset + offsetof(BoundInstruction, left)});
    take(registers, {instruction.right, offset + offsetof(BoundInstruction, right)});
    offset += sizeof(BoundInstruction);
  }
  if (registers.arrays.size() > LoopRegisters::most_arrays || !choose_vectors(registers, register_count)) return std::nullopt;
  return registers;
}

}  // namespace lanewise::inline v0
