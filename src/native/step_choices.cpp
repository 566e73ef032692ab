// Comparisons, choices, and truth values: masks of whole lanes, and bytes in arrays.

#include "native/step_operands.hpp"

namespace lanewise::inline v0 {
namespace {

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

}  // namespace

void StepEmitter::emit_comparison(const Instruction& step, const Vector& d, std::size_t v) {
  if (is_wide()) {
    emit_mask(k1, step, v);
    is_double() ? vpmovm2q(d, k1) : vpmovm2d(d, k1);
    return;
  }
  const std::uint8_t predicate = predicate_of(step.opcode);
  with_both(step, v, [&](const Vector& left, const auto& right) {
    is_double() ? vcmppd(d, left, right, predicate) : vcmpps(d, left, right, predicate);
  });
}

void StepEmitter::emit_mask(const Xbyak::Opmask& mask, const Instruction& comparison, std::size_t v) {
  const std::uint8_t predicate = predicate_of(comparison.opcode);
  with_both(comparison, v, [&](const Vector& left, const auto& right) {
    is_double() ? vcmppd(mask, left, right, predicate) : vcmpps(mask, left, right, predicate);
  });
}

/// The condition is in the destination.
void StepEmitter::emit_where(const Instruction& step, const Vector& d, std::size_t v) {
  const Vector left = in_register(step.left, v, temporary(0));
  const Vector right = right_in_register(step, v, left);
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
    set_all_bits(ones);
    vxorps(d, x, ones);
  }
}

/// `make_mask(mask, v)` emits what sets the mask of the lanes of vector `v`, of which there are 8 or 16.
template <class MakeMask>
void StepEmitter::emit_truth_store(const Instruction& store, MakeMask&& make_mask) {
  static_assert(vectors_per_tile == 4);
  const std::array<Xbyak::Opmask, vectors_per_tile> masks{k1, k2, k3, k4};
  const Vector ones = true_bytes(), bytes = temporary(2);
  for (std::size_t first = 0; first < registers_.vectors; first += masks.size()) {
    for (std::size_t v = 0; v < masks.size(); ++v) make_mask(masks[v], first + v);
    const Xbyak::Address place = ptr[arrays_[*registers_.array_number(store.left)] + first * vector_bytes_ / element_bytes_];
    if (is_double()) {
      kunpckbw(k1, k2, k1), kunpckbw(k3, k4, k3), kunpckwd(k1, k3, k1);
      const Xbyak::Ymm half(bytes.getIdx());
      vmovdqu8(half | k1 | T_z, Xbyak::Ymm(ones.getIdx()));
      vmovups(place, half);
    } else {
      kunpckwd(k1, k2, k1), kunpckwd(k3, k4, k3), kunpckdq(k1, k3, k1);
      vmovdqu8(bytes | k1 | T_z, ones);
      vmovups(place, bytes);
    }
  }
}

/// Emits a store of truth values, or a comparison that is stored, and that last, so that it need not become lanes. Returns how many steps that were.
std::size_t StepEmitter::emit_result_of_truth(std::span<const Instruction> steps) {
  const Instruction& step = steps.front();
  if (stores_truth(step)) {
    emit_truth_store(step, [&](const Xbyak::Opmask& mask, std::size_t v) {
      is_double() ? vpmovq2m(mask, destination(step, v)) : vpmovd2m(mask, destination(step, v));
    });
    return 1;
  }
  const bool is_stored_last = steps.size() > 1 && stores_truth(steps[1]) && steps[1].opcode == Opcode::store_last && steps[1].destination == step.destination;
  if (!is_stored_last || find(step, dtype()) != &StepEmitter::emit_comparison) return 0;
  emit_truth_store(steps[1], [&](const Xbyak::Opmask& mask, std::size_t v) { emit_mask(mask, step, v); });
  return 2;
}

}  // namespace lanewise::inline v0
