#pragma once
// How the steps of StepEmitter get at their operands.

#include "native/step_emitter.hpp"

namespace lanewise::inline v0 {

/// Calls `use` with vector `v` of the operand: the register that it is in, or its address. A constant without a register is put into `spare`.
template <class Use>
void StepEmitter::with(Operand operand, std::size_t v, const Vector& spare, Use&& use) {
  if (const auto number = registers_.value_number(operand)) {
    use(value(*number, v));
  } else if (const auto constant_number = registers_.constant_number(operand)) {
    const bool is_held = *constant_number < registers_.held_constant_count;
    if (!is_held) broadcast_constant(spare, *constant_number);
    use(is_held ? constant(*constant_number) : spare);
  } else {
    use(in_array(operand, v));
  }
}

/// Calls `use` with the left operand in a register, and the right one in a register or an address.
template <class Use>
void StepEmitter::with_both(const Instruction& step, std::size_t v, Use&& use) {
  const Vector left = in_register(step.left, v, temporary(0));
  if (step.right.source == Operand::Source::same) {
    use(left, left);
  } else {
    with(step.right, v, temporary(1), [&](const auto& right) { use(left, right); });
  }
}

}  // namespace lanewise::inline v0
