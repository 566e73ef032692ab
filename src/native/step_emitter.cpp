#include "native/step_operands.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;
using Vector = StepEmitter::Vector;

bool is_value(Operand operand) { return operand.source == Source::a || operand.source == Source::b || operand.source == Source::scratch; }

}  // namespace

// ---- Which steps are known

StepEmitter::Emit StepEmitter::find(const Instruction& step, DType dtype) {
  if (step.opcode == Opcode::end) return &StepEmitter::emit_nothing;
  if (step.dtype == DType::bool_) return find_logic(step);
  if (step.dtype != dtype) return nullptr;
  switch (step.opcode) {
    case Opcode::load:
    case Opcode::reload: return &StepEmitter::emit_load;
    case Opcode::spill: return &StepEmitter::emit_spill;
    case Opcode::store:
    case Opcode::store_last: return &StepEmitter::emit_store;
    case Opcode::add:
    case Opcode::subtract:
    case Opcode::multiply:
    case Opcode::divide: return &StepEmitter::emit_arithmetic;
    case Opcode::add_product:
    case Opcode::subtract_product:
    case Opcode::subtract_from_product:
    case Opcode::multiply_sum:
    case Opcode::multiply_difference: return &StepEmitter::emit_combination;
    case Opcode::minimum:
    case Opcode::maximum: return &StepEmitter::emit_extreme;
    case Opcode::negative: return &StepEmitter::emit_negative;
    case Opcode::absolute: return &StepEmitter::emit_absolute;
    case Opcode::sqrt: return &StepEmitter::emit_root;
    case Opcode::equal:
    case Opcode::not_equal:
    case Opcode::less:
    case Opcode::less_equal:
    case Opcode::greater:
    case Opcode::greater_equal: return &StepEmitter::emit_comparison;
    case Opcode::where: return &StepEmitter::emit_where;
    default: return nullptr;
  }
}

/// Truth values are masks of whole lanes; those in arrays and constants are not known.
StepEmitter::Emit StepEmitter::find_logic(const Instruction& step) {
  if (!is_value(step.left)) return nullptr;
  switch (step.opcode) {
    case Opcode::reload: return &StepEmitter::emit_load;
    case Opcode::spill: return &StepEmitter::emit_spill;
    case Opcode::invert:
    case Opcode::logical_not: return &StepEmitter::emit_not;
    case Opcode::bitwise_and:
    case Opcode::bitwise_or:
    case Opcode::bitwise_xor:
    case Opcode::logical_and:
    case Opcode::logical_or: return is_value(step.right) || step.right.source == Source::same ? &StepEmitter::emit_logic : nullptr;
    default: return nullptr;
  }
}

/// A byte for each lane.
bool StepEmitter::stores_truth(const Instruction& step) {
  return step.dtype == DType::bool_ && (step.opcode == Opcode::store || step.opcode == Opcode::store_last);
}

std::size_t StepEmitter::emit(std::span<const Instruction> steps) {
  const Instruction& step = steps.front();
  if (const std::size_t count = emit_result_of_truth(steps)) return count;
  const Emit emit_vector = find(step, dtype());
  for (std::size_t v = 0; v < registers_.vectors; ++v) (this->*emit_vector)(step, destination(step, v), v);
  return 1;
}

// ---- Where operands are

void StepEmitter::broadcast_constant(const Vector& to, std::size_t number) {
  const Xbyak::Address held = ptr[instructions_ + registers_.constants[number].word_offset];
  is_double() ? vbroadcastsd(to, held) : vbroadcastss(to, held);
}

void StepEmitter::load_constants() {
  for (std::size_t number = 0; number < registers_.held_constant_count; ++number) broadcast_constant(constant(number), number);
  if (registers_.uses_sign_bit) {
    set_all_bits(sign_bit());
    is_double() ? vpsllq(sign_bit(), sign_bit(), 63) : vpslld(sign_bit(), sign_bit(), 31);
  }
  if (registers_.uses_true_bytes) {
    set_all_bits(true_bytes());
    vpabsb(true_bytes(), true_bytes());
  }
}

void StepEmitter::set_all_bits(const Vector& to) {
  if (is_wide()) {
    constexpr std::uint8_t all_ones = 0xFF;
    vpternlogd(to, to, to, all_ones);
  } else {
    vpcmpeqd(to, to, to);
  }
}

/// Returns the register that vector `v` of the operand is in, or `spare`, into which it is put.
Vector StepEmitter::in_register(Operand operand, std::size_t v, const Vector& spare) {
  Vector result = spare;
  with(operand, v, spare, [&](const auto& place) {
    if constexpr (requires { Vector(place); }) {
      result = place;
    } else {
      vmovups(spare, place);
    }
  });
  return result;
}

Vector StepEmitter::right_in_register(const Instruction& step, std::size_t v, const Vector& left) {
  return step.right.source == Source::same ? left : in_register(step.right, v, temporary(1));
}

}  // namespace lanewise::inline v0
