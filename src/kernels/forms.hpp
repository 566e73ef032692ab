#pragma once
// From a body to its instruction functions: one for each form that instruction_set.hpp promises.
//
// A body is a struct named as the operation's row, with
//   static apply(d, x)  or  apply(d, x, y)   on one vector; `d` is Highway's tag. What comes back is a vector, or a mask where it is a
//   truth. using truth = …                          the body for operands of type bool, which travel as integer lanes of all ones or zero
// Whether it is cheap or heavy says its row. Heavy bodies of two operands come in many forms, so they stay functions that the forms call.

#include "kernels/tile.hpp"

namespace lanewise::inline v0::kernels {
namespace {

template <InstructionForm... forms>
struct Forms {};

/// The forms of instructions that change accumulator `d`, `o` being the other.
template <OperandKind d, OperandKind o>
struct FormsInto {
  static constexpr OperandKind none = OperandKind::none;
  static constexpr OperandKind memory = OperandKind::memory;
  static constexpr OperandKind constant = OperandKind::constant;
  static constexpr OperandKind same = OperandKind::same;
  template <OperandKind left, OperandKind right>
  static constexpr InstructionForm form{d, left, right};

  using OneOperand = Forms<form<d, none>>;
  using OneOperandMemory = Forms<form<memory, none>>;
  using OneOperandConstant = Forms<form<constant, none>>;
  using NoOperand = Forms<form<none, none>>;
  using TwoOperands = Forms<form<d, o>, form<d, memory>, form<d, constant>>;
  using TwoOperandsExchanged = Forms<form<o, d>, form<memory, d>, form<constant, d>>;
  using TwoOperandsMemory = Forms<form<memory, memory>, form<memory, constant>>;
  using TwoOperandsMemoryExchanged = Forms<form<constant, memory>>;
  using TwoOperandsSame = Forms<form<d, same>, form<memory, same>>;
  using Choice = Forms<form<o, memory>, form<o, constant>, form<memory, o>, form<memory, memory>, form<memory, constant>, form<constant, o>,
                       form<constant, memory>, form<constant, constant>>;
  using Product = Forms<form<memory, memory>, form<memory, constant>, form<memory, same>>;
};

/// From what a body returned for one vector to the form it travels in.
template <size_t lane_bytes, class D, class Result>
LANEWISE_INLINE Register travel(D d, Result result) {
  if constexpr (hwy::IsSame<Result, hn::Mask<D>>()) {
    return truth_to_register<lane_bytes>(d, result);
  } else {
    return to_register(hn::DFromV<Result>(), result);
  }
}

template <class Body, size_t lane_bytes, class D>
LANEWISE_INLINE Register apply_one(D d, hn::Vec<D> x) {
  return travel<lane_bytes>(d, Body::apply(d, x));
}

// The operands are handed over as registers: structs around a vector would go through memory.
template <class Body, size_t lane_bytes, class D>
LANEWISE_OUTLINE Register apply_outlined(Register x, Register y) {
  const D d;
  return travel<lane_bytes>(d, Body::apply(d, from_register(d, x), from_register(d, y)));
}

template <class Body, bool cheap, size_t lane_bytes, class D>
LANEWISE_INLINE Register apply_two(D d, hn::Vec<D> x, hn::Vec<D> y) {
  if constexpr (cheap) {
    return travel<lane_bytes>(d, Body::apply(d, x, y));
  } else {
    return apply_outlined<Body, lane_bytes, D>(to_register(d, x), to_register(d, y));
  }
}

/// d := body(left)
template <class Body, class T, size_t lane_bytes, InstructionForm form>
void one_operand(LANEWISE_PARAMETERS) {
  const TagOf<T, lane_bytes> d;
  const auto x = read<form.left, T, lane_bytes>(pc->left, pc->left_mask, element_index, LANEWISE_ACCUMULATORS);
  const Tile result{apply_one<Body, lane_bytes>(d, x.v0), apply_one<Body, lane_bytes>(d, x.v1), apply_one<Body, lane_bytes>(d, x.v2),
                    apply_one<Body, lane_bytes>(d, x.v3)};
  LANEWISE_CONTINUE(form.destination, result)
}

/// d := body(left, right)
template <class Body, bool cheap, class T, size_t lane_bytes, InstructionForm form>
void two_operands(LANEWISE_PARAMETERS) {
  const TagOf<T, lane_bytes> d;
  const auto x = read<form.left, T, lane_bytes>(pc->left, pc->left_mask, element_index, LANEWISE_ACCUMULATORS);
  if constexpr (form.right == OperandKind::same) {
    const Tile result{apply_two<Body, cheap, lane_bytes>(d, x.v0, x.v0), apply_two<Body, cheap, lane_bytes>(d, x.v1, x.v1),
                      apply_two<Body, cheap, lane_bytes>(d, x.v2, x.v2), apply_two<Body, cheap, lane_bytes>(d, x.v3, x.v3)};
    LANEWISE_CONTINUE(form.destination, result)
  } else {
    const auto y = read<form.right, T, lane_bytes>(pc->right, pc->right_mask, element_index, LANEWISE_ACCUMULATORS);
    const Tile result{apply_two<Body, cheap, lane_bytes>(d, x.v0, y.v0), apply_two<Body, cheap, lane_bytes>(d, x.v1, y.v1),
                      apply_two<Body, cheap, lane_bytes>(d, x.v2, y.v2), apply_two<Body, cheap, lane_bytes>(d, x.v3, y.v3)};
    LANEWISE_CONTINUE(form.destination, result)
  }
}

/// d := body(d, left, right); the body gets the first operand as it travels, as its dtype may be another.
template <class Body, class T, size_t lane_bytes, InstructionForm form>
void three_operands(LANEWISE_PARAMETERS) {
  const TagOf<T, lane_bytes> d;
  const Tile state = form.destination == OperandKind::a ? Tile{a0, a1, a2, a3} : Tile{b0, b1, b2, b3};
  const auto x = read<form.left, T, lane_bytes>(pc->left, pc->left_mask, element_index, LANEWISE_ACCUMULATORS);
  const auto apply = [d](Register s, hn::Vec<TagOf<T, lane_bytes>> l, hn::Vec<TagOf<T, lane_bytes>> r) __attribute__((always_inline)) {
    return to_register(d, Body::apply(d, s, l, r));
  };
  if constexpr (form.right == OperandKind::same) {
    const Tile result{apply(state.v0, x.v0, x.v0), apply(state.v1, x.v1, x.v1), apply(state.v2, x.v2, x.v2), apply(state.v3, x.v3, x.v3)};
    LANEWISE_CONTINUE(form.destination, result)
  } else {
    const auto y = read<form.right, T, lane_bytes>(pc->right, pc->right_mask, element_index, LANEWISE_ACCUMULATORS);
    const Tile result{apply(state.v0, x.v0, y.v0), apply(state.v1, x.v1, y.v1), apply(state.v2, x.v2, y.v2), apply(state.v3, x.v3, y.v3)};
    LANEWISE_CONTINUE(form.destination, result)
  }
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
