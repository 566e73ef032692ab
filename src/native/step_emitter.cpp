#include "native/step_emitter.hpp"

#include <optional>

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;
using Vector = StepEmitter::Vector;

/// As the processor numbers them; nan is unequal to all.
std::optional<std::uint8_t> predicate_of(Opcode opcode) {
  switch (opcode) {
    case Opcode::equal: return 0x00;
    case Opcode::not_equal: return 0x04;
    case Opcode::less: return 0x11;
    case Opcode::less_equal: return 0x12;
    case Opcode::greater: return 0x1E;
    case Opcode::greater_equal: return 0x1D;
    default: return std::nullopt;
  }
}

}  // namespace

/// Calls `use` with vector `v` of the operand: the register that it is in, or its address.
template <class Use>
void StepEmitter::with(Operand operand, std::size_t v, Use&& use) {
  if (const auto number = registers_.value_number(operand)) {
    use(value(*number, v));
  } else if (const auto constant_number = registers_.constant_number(operand)) {
    use(constant(*constant_number));
  } else {
    use(in_array(operand, v));
  }
}

/// Returns the register that vector `v` of the operand is in, or is loaded to.
Vector StepEmitter::in_register(Operand operand, std::size_t v, const Vector& otherwise) {
  Vector result = otherwise;
  with(operand, v, [&](const auto& place) {
    if constexpr (requires { Vector(place); }) {
      result = place;
    } else {
      vmovups(otherwise, place);
    }
  });
  return result;
}

/// Calls `use` with the right operand, where `left` is the other, read already.
template <class Use>
void StepEmitter::with_right(const Instruction& step, std::size_t v, const Vector& left, Use&& use) {
  if (step.right.source == Source::same) {
    use(left);
  } else {
    with(step.right, v, use);
  }
}

// ---- Steps

bool StepEmitter::emit_step(const Instruction& step, std::size_t v) {
  const Vector d = value(step.destination == Source::a ? 0 : 1, v);
  if (step.opcode == Opcode::end) return true;
  if (step.dtype == DType::bool_) return emit_logic(step, d, v);
  if (step.dtype != (is_double() ? DType::float64 : DType::float32)) return false;
  return emit_move(step, d, v) || emit_arithmetic(step, d, v) || emit_choice(step, d, v);
}

bool StepEmitter::emit_move(const Instruction& step, const Vector& d, std::size_t v) {
  switch (step.opcode) {
    case Opcode::load:
    case Opcode::reload: with(step.left, v, [&](const auto& x) { vmovups(d, x); }); return true;
    case Opcode::spill: vmovups(value(*registers_.value_number(step.left), v), d); return true;
    case Opcode::store:
    case Opcode::store_last: vmovups(in_array(step.left, v), d); return true;
    default: return false;
  }
}

bool StepEmitter::emit_arithmetic(const Instruction& step, const Vector& d, std::size_t v) {
  const Vector product = temporary(2);
  switch (step.opcode) {
    case Opcode::add:
    case Opcode::subtract:
    case Opcode::multiply:
    case Opcode::divide: combine(step.opcode, d, step, v); break;
    case Opcode::add_product: combine(Opcode::multiply, product, step, v), arithmetic(Opcode::add, d, d, product); break;
    case Opcode::subtract_product: combine(Opcode::multiply, product, step, v), arithmetic(Opcode::subtract, d, d, product); break;
    case Opcode::subtract_from_product: combine(Opcode::multiply, product, step, v), arithmetic(Opcode::subtract, d, product, d); break;
    case Opcode::multiply_sum: combine(Opcode::add, product, step, v), arithmetic(Opcode::multiply, d, d, product); break;
    case Opcode::multiply_difference: combine(Opcode::subtract, product, step, v), arithmetic(Opcode::multiply, d, d, product); break;
    case Opcode::minimum:
    case Opcode::maximum: emit_extreme(step, d, v); break;
    case Opcode::negative: vxorps(d, in_register(step.left, v, d), sign_bit()); break;
    case Opcode::absolute: vandnps(d, sign_bit(), in_register(step.left, v, d)); break;
    case Opcode::sqrt:
      with(step.left, v, [&](const auto& x) { is_double() ? vsqrtpd(d, x) : vsqrtps(d, x); });
      break;
    default: return false;
  }
  return true;
}

/// Comparisons and `where`.
bool StepEmitter::emit_choice(const Instruction& step, const Vector& d, std::size_t v) {
  if (step.opcode != Opcode::where) {
    const auto predicate = predicate_of(step.opcode);
    if (predicate) emit_comparison(step, d, v, *predicate);
    return predicate.has_value();
  }
  if (is_wide()) {
    constexpr std::uint8_t second_where_first_else_third = 0xCA;
    const Vector left = in_register(step.left, v, temporary(0));
    with(step.right, v, [&](const auto& right) { vpternlogd(d, left, right, second_where_first_else_third); });
  } else {
    const Vector right = in_register(step.right, v, temporary(0));
    with(step.left, v, [&](const auto& left) { is_double() ? vblendvpd(d, right, left, d) : vblendvps(d, right, left, d); });
  }
  return true;
}

void StepEmitter::emit_comparison(const Instruction& step, const Vector& d, std::size_t v, std::uint8_t predicate) {
  const Vector left = in_register(step.left, v, temporary(0));
  with_right(step, v, left, [&](const auto& right) {
    if (is_wide()) {
      is_double() ? vcmppd(k1, left, right, predicate) : vcmpps(k1, left, right, predicate);
      is_double() ? vpmovm2q(d, k1) : vpmovm2d(d, k1);
    } else {
      is_double() ? vcmppd(d, left, right, predicate) : vcmpps(d, left, right, predicate);
    }
  });
}

/// Truth values are masks of whole lanes; those in arrays and constants are not translated.
bool StepEmitter::emit_logic(const Instruction& step, const Vector& d, std::size_t v) {
  const auto left_number = registers_.value_number(step.left), right_number = registers_.value_number(step.right);
  if (!left_number) return false;
  const Vector left = value(*left_number, v);
  switch (step.opcode) {
    case Opcode::reload: vmovups(d, left); return true;
    case Opcode::spill: vmovups(left, d); return true;
    case Opcode::invert:
    case Opcode::logical_not: emit_not(d, left); return true;
    default: break;
  }
  if (!right_number) return false;
  const Vector right = value(*right_number, v);
  switch (step.opcode) {
    case Opcode::bitwise_and:
    case Opcode::logical_and: vandps(d, left, right); return true;
    case Opcode::bitwise_or:
    case Opcode::logical_or: vorps(d, left, right); return true;
    case Opcode::bitwise_xor: vxorps(d, left, right); return true;
    default: return false;
  }
}

void StepEmitter::emit_not(const Vector& d, const Vector& x) {
  if (is_wide()) {
    constexpr std::uint8_t not_third = 0x55;
    vpternlogd(d, x, x, not_third);
  } else {
    const Vector ones = temporary(0);
    vpcmpeqd(ones, ones, ones);
    vxorps(d, x, ones);
  }
}

/// `to` := left `opcode` right.
void StepEmitter::combine(Opcode opcode, const Vector& to, const Instruction& step, std::size_t v) {
  const Vector left = in_register(step.left, v, temporary(0));
  with_right(step, v, left, [&](const auto& right) { arithmetic(opcode, to, left, right); });
}

void StepEmitter::arithmetic(Opcode opcode, const Vector& to, const Vector& left, const Xbyak::Operand& right) {
  switch (opcode) {
    case Opcode::add: is_double() ? vaddpd(to, left, right) : vaddps(to, left, right); break;
    case Opcode::subtract: is_double() ? vsubpd(to, left, right) : vsubps(to, left, right); break;
    case Opcode::multiply: is_double() ? vmulpd(to, left, right) : vmulps(to, left, right); break;
    case Opcode::divide: is_double() ? vdivpd(to, left, right) : vdivps(to, left, right); break;
    case Opcode::minimum: is_double() ? vminpd(to, left, right) : vminps(to, left, right); break;
    default: is_double() ? vmaxpd(to, left, right) : vmaxps(to, left, right); break;
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

}  // namespace lanewise::inline v0
