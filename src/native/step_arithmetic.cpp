// Loads, stores and arithmetic.

#include "native/step_operands.hpp"

namespace lanewise::inline v0 {
namespace {

using Vector = StepEmitter::Vector;

/// What a product or a sum is combined with the destination by.
struct Combination {
  Opcode inner, outer;
  bool is_reversed;  ///< the destination is the right operand
};
Combination combination_of(Opcode opcode) {
  switch (opcode) {
    case Opcode::add_product: return {Opcode::multiply, Opcode::add, false};
    case Opcode::subtract_product: return {Opcode::multiply, Opcode::subtract, false};
    case Opcode::subtract_from_product: return {Opcode::multiply, Opcode::subtract, true};
    case Opcode::multiply_sum: return {Opcode::add, Opcode::multiply, false};
    default: return {Opcode::subtract, Opcode::multiply, false};  // multiply_difference
  }
}

}  // namespace

void StepEmitter::emit_load(const Instruction& step, const Vector& d, std::size_t v) {
  const Vector from = in_register(step.left, v, d);
  if (from.getIdx() != d.getIdx()) vmovaps(d, from);
}

void StepEmitter::emit_spill(const Instruction& step, const Vector& d, std::size_t v) { vmovaps(value(*registers_.value_number(step.left), v), d); }

void StepEmitter::emit_store(const Instruction& step, const Vector& d, std::size_t v) { vmovups(in_array(step.left, v), d); }

void StepEmitter::emit_arithmetic(const Instruction& step, const Vector& d, std::size_t v) {
  with_both(step, v, [&](const Vector& left, const auto& right) { arithmetic(step.opcode, d, left, right); });
}

void StepEmitter::emit_combination(const Instruction& step, const Vector& d, std::size_t v) {
  const Combination combination = combination_of(step.opcode);
  const Vector inner = temporary(2);
  with_both(step, v, [&](const Vector& left, const auto& right) { arithmetic(combination.inner, inner, left, right); });
  arithmetic(combination.outer, d, combination.is_reversed ? inner : d, combination.is_reversed ? d : inner);
}

void StepEmitter::arithmetic(Opcode opcode, const Vector& to, const Vector& left, const Xbyak::Operand& right) {
  switch (opcode) {
    case Opcode::add: is_double() ? vaddpd(to, left, right) : vaddps(to, left, right); break;
    case Opcode::subtract: is_double() ? vsubpd(to, left, right) : vsubps(to, left, right); break;
    case Opcode::multiply: is_double() ? vmulpd(to, left, right) : vmulps(to, left, right); break;
    case Opcode::divide: is_double() ? vdivpd(to, left, right) : vdivps(to, left, right); break;
    case Opcode::minimum: is_double() ? vminpd(to, left, right) : vminps(to, left, right); break;
    default: is_double() ? vmaxpd(to, left, right) : vmaxps(to, left, right); break;  // maximum
  }
}

/// The processor's extremes return the second operand where one is nan, or both are zeros; so both ways round are taken. For why their union is what
/// is wanted see kernels/arithmetic.hpp, whose maximum is that of the minimum with all signs changed: of the signs it is the intersection.
void StepEmitter::emit_extreme(const Instruction& step, const Vector& d, std::size_t v) {
  const Vector left = in_register(step.left, v, temporary(0));
  const Vector right = right_in_register(step, v, left);
  const Vector other = temporary(2);
  arithmetic(step.opcode, other, left, right);
  arithmetic(step.opcode, d, right, left);
  if (step.opcode == Opcode::minimum) {
    vorps(d, d, other);
  } else if (is_wide()) {
    constexpr std::uint8_t intersection_where_third_else_union = 0xD4;
    vpternlogd(d, other, sign_bit(), intersection_where_third_else_union);
  } else {
    const Vector both = temporary(0);
    vorps(both, d, other);
    vandps(d, d, other);
    vandnps(both, sign_bit(), both);
    vorps(d, d, both);
  }
}

void StepEmitter::emit_negative(const Instruction& step, const Vector& d, std::size_t v) { vxorps(d, in_register(step.left, v, d), sign_bit()); }

void StepEmitter::emit_absolute(const Instruction& step, const Vector& d, std::size_t v) { vandnps(d, sign_bit(), in_register(step.left, v, d)); }

void StepEmitter::emit_root(const Instruction& step, const Vector& d, std::size_t v) {
  with(step.left, v, d, [&](const auto& x) { is_double() ? vsqrtpd(d, x) : vsqrtps(d, x); });
}

}  // namespace lanewise::inline v0
