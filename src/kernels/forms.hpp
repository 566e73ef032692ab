#pragma once
// From a body to its instruction functions: one for each form that instruction_set.hpp promises.
//
// A body is a struct named as the operation's row, with
//   static apply(d, x)  or  apply(d, x, y)   on one vector; `d` is Highway's tag. What comes back is a vector, or a mask where it is a
//   truth.
//   static apply(d, z)  or  apply(d, z, w)   the same on Complex<D>, `d` being the tag of the parts; comes back a Complex, a vector or a mask
//   static apply_constant(d, x, divisor)     of integers, where the right operand is one value for all lanes: a ConstantDivisor
//   using truth = …                          the body for operands of type bool, which travel as integer lanes of all ones or zero
//   static constexpr bool ignores_sign       signed and unsigned operands give the same bits, so they share the signed functions
//   static constexpr bool long_for_complex   of a cheap row: its body of complex values is long, and compiled as a heavy one
//   static constexpr size_t result_bytes     bytes of a result that needs wider lanes than the operands
// Whether it is cheap or heavy says its row. Heavy bodies of two operands come in many forms, so they stay functions that the forms call;
// and so do heavy bodies of complex values, which are long.

#include <type_traits>

#include "kernels/constant_divisor.hpp"
#include "kernels/tile.hpp"

namespace lanewise::inline v0::kernels {
namespace {

template <InstructionForm... forms>
struct Forms {};

/// The forms of instructions that change accumulator `d`, with no other accumulator.
template <OperandKind d>
struct FormsOfOne {
  static constexpr OperandKind none = OperandKind::none;
  static constexpr OperandKind memory = OperandKind::memory;
  static constexpr OperandKind constant = OperandKind::constant;
  static constexpr OperandKind same = OperandKind::same;
  template <OperandKind left, OperandKind right>
  static constexpr InstructionForm form{d, left, right};

  using OneOperand = Forms<form<d, none>>;
  using OneOperandMemory = Forms<form<memory, none>>;
  using OneOperandArray = Forms<form<OperandKind::array, none>>;
  using OneOperandConstant = Forms<form<constant, none>>;
  using OneOperandStrided = Forms<form<memory, constant>>;
  using NoOperand = Forms<form<none, none>>;
  using TwoOperands = Forms<form<d, memory>, form<d, constant>>;
  using TwoOperandsConstant = Forms<form<d, constant>>;
  using TwoOperandsExchanged = Forms<form<memory, d>, form<constant, d>>;
  using TwoOperandsMemory = Forms<form<memory, memory>, form<memory, constant>>;
  using TwoOperandsMemoryExchanged = Forms<form<constant, memory>>;
  using TwoOperandsSame = Forms<form<d, same>, form<memory, same>>;
  using Choice = Forms<form<memory, memory>, form<memory, constant>, form<constant, memory>, form<constant, constant>>;
  using ChoiceMemory = Forms<form<memory, memory>>;
  using Product = Forms<form<memory, memory>, form<memory, constant>, form<memory, same>>;
  using ProductExchanged = Forms<form<constant, memory>>;
};

/// Those that read the other accumulator, `o`.
template <OperandKind d, OperandKind o>
struct FormsInto : FormsOfOne<d> {
  template <OperandKind left, OperandKind right>
  static constexpr InstructionForm form{d, left, right};

  using TwoAccumulators = Forms<form<d, o>>;
  using TwoAccumulatorsExchanged = Forms<form<o, d>>;
  using ChoiceOfOther = Forms<form<o, OperandKind::memory>, form<o, OperandKind::constant>, form<OperandKind::memory, o>, form<OperandKind::constant, o>>;
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
template <size_t lane_bytes, class D, class PartTag>
LANEWISE_INLINE Parts travel(D, Complex<PartTag> z) {
  return as_registers(PartTag(), z);
}

// Operands are handed over as registers: structs around a vector would go through memory.
template <class Body, size_t lane_bytes, class D>
LANEWISE_OUTLINE_VALUE auto apply_outlined(Register x, Register y) {
  const D d;
  return travel<lane_bytes>(d, Body::apply(d, from_register(d, x), from_register(d, y)));
}
template <class Body, size_t lane_bytes, class D>
LANEWISE_OUTLINE_VALUE auto apply_to_complex(Register re, Register im) {
  const D d;
  return travel<lane_bytes>(d, Body::apply(d, Complex<D>{from_register(d, re), from_register(d, im)}));
}
template <class Body, size_t lane_bytes, class D>
LANEWISE_OUTLINE_VALUE auto apply_to_complex(Register x_re, Register x_im, Register y_re, Register y_im) {
  const D d;
  const Complex<D> x{from_register(d, x_re), from_register(d, x_im)};
  const Complex<D> y{from_register(d, y_re), from_register(d, y_im)};
  return travel<lane_bytes>(d, Body::apply(d, x, y));
}

template <class Body, bool cheap, size_t lane_bytes, class D, class V>
LANEWISE_INLINE auto apply_one(D d, V x) {
  if constexpr (!cheap && hwy::IsSame<V, Complex<D>>()) {
    return apply_to_complex<Body, lane_bytes, D>(to_register(d, x.re), to_register(d, x.im));
  } else {
    return travel<lane_bytes>(d, Body::apply(d, x));
  }
}

template <class Body, bool cheap, size_t lane_bytes, class D, class V>
LANEWISE_INLINE auto apply_two(D d, V x, V y) {
  if constexpr (cheap) {
    return travel<lane_bytes>(d, Body::apply(d, x, y));
  } else if constexpr (hwy::IsSame<V, Complex<D>>()) {
    return apply_to_complex<Body, lane_bytes, D>(to_register(d, x.re), to_register(d, x.im), to_register(d, y.re), to_register(d, y.im));
  } else {
    return apply_outlined<Body, lane_bytes, D>(to_register(d, x), to_register(d, y));
  }
}

/// d := body(left)
template <class Body, bool cheap, class T, size_t lane_bytes>
struct OneOperand {
  template <InstructionForm form, size_t first_vector>
  static LANEWISE_INLINE auto results(const BoundInstruction* pc, size_t element_index, Tile a, Tile b) {
    const TagOf<T, lane_bytes> d;
    const auto x = read<form.left, Side::left, T, lane_bytes, first_vector>(pc, element_index, a, b);
    const auto r0 = apply_one<Body, cheap, lane_bytes>(d, x.v0);
    const auto r1 = apply_one<Body, cheap, lane_bytes>(d, x.v1);
    const auto r2 = apply_one<Body, cheap, lane_bytes>(d, x.v2);
    const auto r3 = apply_one<Body, cheap, lane_bytes>(d, x.v3);
    return four(r0, r1, r2, r3);
  }
};

/// Whether a body has a way of its own for a right operand that all lanes share.
template <class Body, class T, size_t lane_bytes>
constexpr bool divides_by_constant() {
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    using D = TagOf<T, lane_bytes>;
    return requires(D d, hn::Vec<D> x, ConstantDivisor<T> divisor) { Body::apply_constant(d, x, divisor); };
  } else {
    return false;
  }
}

/// d := body(left, divisor)
template <class Body, class T, size_t lane_bytes>
struct DivisionByConstant {
  template <InstructionForm form, size_t first_vector>
  static LANEWISE_INLINE auto results(const BoundInstruction* pc, size_t element_index, Tile a, Tile b) {
    const TagOf<T, lane_bytes> d;
    const auto x = read<form.left, Side::left, T, lane_bytes, first_vector>(pc, element_index, a, b);
    const ConstantDivisor<T> divisor(constant_value<T>(pc->right));
    const auto apply = [&](auto v) __attribute__((always_inline)) { return to_register(d, Body::apply_constant(d, v, divisor)); };
    return four(apply(x.v0), apply(x.v1), apply(x.v2), apply(x.v3));
  }
};

/// The right operand of a form of two or three.
template <InstructionForm form, class T, size_t lane_bytes, size_t first_vector>
LANEWISE_INLINE auto read_right(const BoundInstruction* pc, size_t element_index, const Tile& a, const Tile& b) {
  if constexpr (form.right == OperandKind::same) {
    return read<form.left, Side::left, T, lane_bytes, first_vector>(pc, element_index, a, b);
  } else {
    return read<form.right, Side::right, T, lane_bytes, first_vector>(pc, element_index, a, b);
  }
}

/// d := body(left, right)
template <class Body, bool cheap, class T, size_t lane_bytes>
struct TwoOperands {
  template <InstructionForm form, size_t first_vector>
  static LANEWISE_INLINE auto results(const BoundInstruction* pc, size_t element_index, Tile a, Tile b) {
    const TagOf<T, lane_bytes> d;
    const auto x = read<form.left, Side::left, T, lane_bytes, first_vector>(pc, element_index, a, b);
    const auto y = read_right<form, T, lane_bytes, first_vector>(pc, element_index, a, b);
    const auto r0 = apply_two<Body, cheap, lane_bytes>(d, x.v0, y.v0);
    const auto r1 = apply_two<Body, cheap, lane_bytes>(d, x.v1, y.v1);
    const auto r2 = apply_two<Body, cheap, lane_bytes>(d, x.v2, y.v2);
    const auto r3 = apply_two<Body, cheap, lane_bytes>(d, x.v3, y.v3);
    return four(r0, r1, r2, r3);
  }
};

/// d := body(d, left, right); the body gets the first operand as it travels, as its dtype may be another.
template <class Body, class T, size_t lane_bytes>
struct ThreeOperands {
  template <InstructionForm form, size_t first_vector>
  static LANEWISE_INLINE auto results(const BoundInstruction* pc, size_t element_index, Tile a, Tile b) {
    const TagOf<T, lane_bytes> d;
    const Tile state = form.destination == OperandKind::a ? a : b;
    const auto x = read<form.left, Side::left, T, lane_bytes, first_vector>(pc, element_index, a, b);
    const auto y = read_right<form, T, lane_bytes, first_vector>(pc, element_index, a, b);
    const auto apply = [d](Register s, hn::Vec<TagOf<T, lane_bytes>> l, hn::Vec<TagOf<T, lane_bytes>> r) __attribute__((always_inline)) {
      return to_register(d, Body::apply(d, s, l, r));
    };
    return four(apply(state.v0, x.v0, y.v0), apply(state.v1, x.v1, y.v1), apply(state.v2, x.v2, y.v2), apply(state.v3, x.v3, y.v3));
  }
};

/// a := a where the truth values of `left` hold, else `right`; complex values.
template <class Part, size_t lane_bytes>
struct ComplexChoice {
  template <InstructionForm form, size_t first_vector>
  static LANEWISE_INLINE auto results(const BoundInstruction* pc, size_t element_index, Tile a, Tile b) {
    const TagOf<Part, lane_bytes> d;
    const auto truth = read<form.left, Side::left, SignedOf<lane_bytes>, lane_bytes, first_vector>(pc, element_index, a, b);
    const auto x = read<OperandKind::a, Side::left, ComplexOf<Part>, lane_bytes, first_vector>(pc, element_index, a, b);
    const auto y = read<form.right, Side::right, ComplexOf<Part>, lane_bytes, first_vector>(pc, element_index, a, b);
    const auto choose = [d](auto condition, auto yes, auto no) __attribute__((always_inline)) {
      const auto mask = truth_from_register(d, to_register(hn::DFromV<decltype(condition)>(), condition));
      return Parts{to_register(d, hn::IfThenElse(mask, yes.re, no.re)), to_register(d, hn::IfThenElse(mask, yes.im, no.im))};
    };
    return four(choose(truth.v0, x.v0, y.v0), choose(truth.v1, x.v1, y.v1), choose(truth.v2, x.v2, y.v2), choose(truth.v3, x.v3, y.v3));
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
