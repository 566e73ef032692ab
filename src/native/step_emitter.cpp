#include "native/step_emitter.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;
using Vector = StepEmitter::Vector;

/// How the processor numbers comparisons; nan is unequal to all.
std::uint8_t predicate_of(Opcode opcode) {
  switch (opcode) {
    case Opcode::equal: return 0x00;
    case Opcode::not_equal: return 0x04;
    case Opcode::less: return 0x11;
    case Opcode::less_equal: return 0x12;
    case Opcode::greater: return 0x1E;
    default: return 0x1D;  // greater_equal
  }
}

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

void StepEmitter::emit(const Instruction& step) {
  const Emit emit_vector = find(step, is_double() ? DType::float64 : DType::float32);
  for (std::size_t v = 0; v < registers_.vectors; ++v) (this->*emit_vector)(step, value(step.destination == Source::a ? 0 : 1, v), v);
}

// ---- Where operands are

void StepEmitter::broadcast_constant(const Vector& to, std::size_t number) {
  const Xbyak::Address held = ptr[instructions_ + registers_.constants[number].word_offset];
  is_double() ? vbroadcastsd(to, held) : vbroadcastss(to, held);
}

void StepEmitter::load_constants() {
  for (std::size_t number = 0; number < registers_.held_constant_count; ++number) broadcast_constant(constant(number), number);
  if (!registers_.uses_sign_bit) return;
  const Vector sign = sign_bit();
  if (is_wide()) {
    constexpr std::uint8_t all_ones = 0xFF;
    vpternlogd(sign, sign, sign, all_ones);
  } else {
    vpcmpeqd(sign, sign, sign);
  }
  is_double() ? vpsllq(sign, sign, 63) : vpslld(sign, sign, 31);
}

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

/// Calls `use` with the left operand in a register, and the right one in a register or an address.
template <class Use>
void StepEmitter::with_both(const Instruction& step, std::size_t v, Use&& use) {
  const Vector left = in_register(step.left, v, temporary(0));
  if (step.right.source == Source::same) {
    use(left, left);
  } else {
    with(step.right, v, temporary(1), [&](const auto& right) { use(left, right); });
  }
}

// ---- Steps

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
  const Vector right = step.right.source == Source::same ? left : in_register(step.right, v, temporary(1));
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

void StepEmitter::emit_comparison(const Instruction& step, const Vector& d, std::size_t v) {
  const std::uint8_t predicate = predicate_of(step.opcode);
  with_both(step, v, [&](const Vector& left, const auto& right) {
    if (is_wide()) {
      is_double() ? vcmppd(k1, left, right, predicate) : vcmpps(k1, left, right, predicate);
      is_double() ? vpmovm2q(d, k1) : vpmovm2d(d, k1);
    } else {
      is_double() ? vcmppd(d, left, right, predicate) : vcmpps(d, left, right, predicate);
    }
  });
}

/// The condition is in the destination.
void StepEmitter::emit_where(const Instruction& step, const Vector& d, std::size_t v) {
  const Vector left = in_register(step.left, v, temporary(0));
  const Vector right = step.right.source == Source::same ? left : in_register(step.right, v, temporary(1));
  if (is_wide()) {
    constexpr std::uint8_t second_where_first_else_third = 0xCA;
    vpternlogd(d, left, right, second_where_first_else_third);
  } else {
    is_double() ? vblendvpd(d, right, left, d) : vblendvps(d, right, left, d);
  }
}

void StepEmitter::emit_logic(const Instruction& step, const Vector& d, std::size_t v) {
  with_both(step, v, [&](const Vector& left, const auto& right) {
    switch (step.opcode) {
      case Opcode::bitwise_and:
      case Opcode::logical_and: vandps(d, left, right); break;
      case Opcode::bitwise_or:
      case Opcode::logical_or: vorps(d, left, right); break;
      default: vxorps(d, left, right); break;  // bitwise_xor
    }
  });
}

void StepEmitter::emit_not(const Instruction& step, const Vector& d, std::size_t v) {
  const Vector x = value(*registers_.value_number(step.left), v);
  if (is_wide()) {
    constexpr std::uint8_t not_third = 0x55;
    vpternlogd(d, x, x, not_third);
  } else {
    const Vector ones = temporary(0);
    vpcmpeqd(ones, ones, ones);
    vxorps(d, x, ones);
  }
}

}  // namespace lanewise::inline v0
