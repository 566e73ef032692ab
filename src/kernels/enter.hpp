#pragma once
// From a row of the table to the instruction functions of its body, for every dtype, lane width and form, and into the target's table.

#include <type_traits>

#include "kernels/forms.hpp"
#include "kernels/lanes.hpp"
#include "kernels/lookup.hpp"
#include "ops/type_rules.hpp"

namespace lanewise::inline v0::kernels {
namespace {

constexpr bool has_constant(InstructionForm form) { return form.left == OperandKind::constant || form.right == OperandKind::constant; }

/// The element type that a body works on for operands of `T`. Truth values are integers, of which only a constant needs to be made into
/// one.
template <class Body, class T, size_t lane_bytes, InstructionForm form>
constexpr auto operand_type() {
  if constexpr (is_bool_type<T> && !has_constant(form)) {
    return std::type_identity<Bits<T, lane_bytes>>();
  } else if constexpr (std::is_unsigned_v<T> && !is_bool_type<T> && requires { Body::ignores_sign; }) {
    return std::type_identity<std::make_signed_t<T>>();
  } else {
    return std::type_identity<T>();
  }
}
template <class Body, class T, size_t lane_bytes, InstructionForm form>
using OperandType = typename decltype(operand_type<Body, T, lane_bytes, form>())::type;

template <class Body, class T>
constexpr auto body_for() {
  if constexpr (is_bool_type<T>) {
    return std::type_identity<typename Body::truth>();
  } else {
    return std::type_identity<Body>();
  }
}
template <class Body, class T>
using BodyFor = typename decltype(body_for<Body, T>())::type;

template <class Body, bool cheap, class T, size_t lane_bytes>
struct OfOneOperand {
  static constexpr bool of_truth_values = is_bool_type<T>;
  template <InstructionForm form>
  static constexpr Step function = instruction<OneOperand<BodyFor<Body, T>, cheap, OperandType<Body, T, lane_bytes, form>, lane_bytes>, form>;
};

template <class Body, bool cheap, class T, size_t lane_bytes>
struct OfTwoOperands {
  static constexpr bool of_truth_values = is_bool_type<T>;
  template <InstructionForm form>
  static constexpr Step choose() {
    if constexpr (form.right == OperandKind::constant && divides_by_constant<Body, T, lane_bytes>()) {
      return instruction<DivisionByConstant<Body, T, lane_bytes>, form>;
    } else {
      return instruction<TwoOperands<BodyFor<Body, T>, cheap, OperandType<Body, T, lane_bytes, form>, lane_bytes>, form>;
    }
  }
  template <InstructionForm form>
  static constexpr Step function = choose<form>();
};

template <class Body, class T, size_t lane_bytes>
struct OfThreeOperands {
  static constexpr bool of_truth_values = is_bool_type<T>;
  template <InstructionForm form>
  static constexpr Step function = instruction<ThreeOperands<Body, OperandType<Body, T, lane_bytes, form>, lane_bytes>, form>;
};

/// A choice moves bits.
template <class Body, class T, size_t lane_bytes>
struct OfChoice {
  static constexpr bool of_truth_values = is_bool_type<T>;
  template <InstructionForm form>
  using Moved = std::conditional_t<is_bool_type<T> && has_constant(form), bool, Bits<T, lane_bytes>>;
  template <InstructionForm form>
  static constexpr Step function = instruction<ThreeOperands<Body, Moved<form>, lane_bytes>, form>;
};
template <class Body, class Part, size_t lane_bytes>
struct OfChoice<Body, ComplexOf<Part>, lane_bytes> {
  static constexpr bool of_truth_values = false;
  template <InstructionForm form>
  static constexpr Step function = instruction<ComplexChoice<Part, lane_bytes>, form>;
};

/// The form with arrays for what is in memory.
constexpr InstructionForm on_arrays(InstructionForm form) {
  const auto replaced = [](OperandKind kind) { return kind == OperandKind::memory ? OperandKind::array : kind; };
  return {form.destination, replaced(form.left), replaced(form.right)};
}

template <class Functions, InstructionForm... forms>
void enter_forms(RangeWriter& range, Forms<forms...>) {
  const auto enter_form = [&range]<InstructionForm form>(Forms<form>) {
    constexpr InstructionForm copy = form;  // a template argument used as an object would be a weak symbol
    range.enter(copy, reinterpret_cast<InstructionFunction>(Functions::template function<form>));
  };
  (enter_form(Forms<forms>()), ...);
}

/// The forms of an operation, those for long tiles on arrays too; but truth values lie in arrays as bytes, and are loaded.
template <class Functions, InstructionForm... forms>
void enter_all(RangeWriter& range, Forms<forms...>) {
  enter_forms<Functions>(range, Forms<forms...>());
  const auto enter_on_arrays = [&range]<InstructionForm form>(Forms<form>) {
    constexpr bool is_on_memory = form.destination == OperandKind::both && on_arrays(form) != form;
    if constexpr (is_on_memory && !Functions::of_truth_values) enter_forms<Functions>(range, Forms<on_arrays(form)>());
  };
  (enter_on_arrays(Forms<forms>()), ...);
}

using IntoA = FormsInto<OperandKind::a, OperandKind::b>;
using IntoB = FormsInto<OperandKind::b, OperandKind::a>;
using IntoBoth = FormsOfOne<OperandKind::both>;
using IntoFirstOfA = FormsInto<OperandKind::first_of_a, OperandKind::first_of_b>;
using IntoFirstOfB = FormsInto<OperandKind::first_of_b, OperandKind::first_of_a>;

template <class Into>
constexpr bool has_other = requires { typename Into::TwoAccumulators; };

template <class Into, class Functions, bool cheap>
void enter_one_operand(RangeWriter& range) {
  enter_all<Functions>(range, typename Into::OneOperand());
  if constexpr (cheap) enter_all<Functions>(range, typename Into::OneOperandMemory());
}

template <class Into, class Functions, bool commutative>
void enter_two_accumulators(RangeWriter& range) {
  enter_all<Functions>(range, typename Into::TwoAccumulators());
  if constexpr (!commutative) enter_all<Functions>(range, typename Into::TwoAccumulatorsExchanged());
}

template <class Into, class Functions, bool cheap, bool commutative>
void enter_two_operands(RangeWriter& range) {
  if constexpr (has_other<Into>) enter_two_accumulators<Into, Functions, commutative>(range);
  enter_all<Functions>(range, typename Into::TwoOperands());
  if constexpr (!commutative) enter_all<Functions>(range, typename Into::TwoOperandsExchanged());
  if constexpr (cheap) enter_all<Functions>(range, typename Into::TwoOperandsMemory());
  if constexpr (cheap && commutative) enter_all<Functions>(range, typename Into::TwoOperandsSame());
  if constexpr (cheap && !commutative) enter_all<Functions>(range, typename Into::TwoOperandsMemoryExchanged());
}

/// Whether the result of a body is no wider than the lanes.
template <class Body, size_t lane_bytes>
constexpr bool fits_lanes() {
  if constexpr (requires { Body::result_bytes; }) {
    return Body::result_bytes <= lane_bytes;
  } else {
    return true;
  }
}

/// Whether a body of one real operand gives a complex result.
template <class Body, class T, size_t lane_bytes>
constexpr bool makes_complex() {
  using D = TagOf<OperandType<Body, T, lane_bytes, InstructionForm{OperandKind::a, OperandKind::a, OperandKind::none}>, lane_bytes>;
  return requires(D d, hn::Vec<D> x) { BodyFor<Body, T>::apply(d, x).im; };
}

template <class Body, int operand_count, TypeRule rule, bool commutative, bool cheap, class T, size_t lane_bytes>
void enter_real_forms(RangeWriter& range) {
  if constexpr (operand_count == 1) {
    using Functions = OfOneOperand<Body, cheap, T, lane_bytes>;
    constexpr bool any_accumulator = !makes_complex<Body, T, lane_bytes>();
    enter_one_operand<IntoA, Functions, cheap && any_accumulator>(range);
    if constexpr (any_accumulator) enter_one_operand<IntoB, Functions, cheap>(range);
    if constexpr (any_accumulator && cheap) enter_one_operand<IntoBoth, Functions, cheap>(range);
    if constexpr (any_accumulator) {
      enter_one_operand<IntoFirstOfA, Functions, false>(range);
      enter_one_operand<IntoFirstOfB, Functions, false>(range);
    }
  } else if constexpr (rule == TypeRule::complex_of) {
    enter_two_operands<IntoA, OfTwoOperands<Body, true, T, lane_bytes>, false, false>(range);
  } else if constexpr (operand_count == 2) {
    using Functions = OfTwoOperands<Body, cheap, T, lane_bytes>;
    enter_two_operands<IntoA, Functions, cheap, commutative>(range);
    enter_two_operands<IntoB, Functions, cheap, commutative>(range);
    if constexpr (cheap) enter_two_operands<IntoBoth, Functions, cheap, commutative>(range);
    enter_two_operands<IntoFirstOfA, Functions, false, commutative>(range);
    enter_two_operands<IntoFirstOfB, Functions, false, commutative>(range);
  } else {
    using Functions = std::conditional_t<rule == TypeRule::select, OfChoice<Body, T, lane_bytes>, OfThreeOperands<Body, T, lane_bytes>>;
    enter_all<Functions>(range, IntoA::Choice());
    enter_all<Functions>(range, IntoA::ChoiceOfOther());
    enter_all<Functions>(range, IntoB::Choice());
    enter_all<Functions>(range, IntoB::ChoiceOfOther());
    if constexpr (cheap) enter_all<Functions>(range, IntoBoth::Choice());
  }
}

template <class Body, int operand_count, TypeRule rule, bool commutative, bool cheap, class T, size_t lane_bytes>
void enter_complex_forms(RangeWriter& range) {
  if constexpr (operand_count == 1) {
    enter_all<OfOneOperand<Body, cheap, T, lane_bytes>>(range, IntoA::OneOperand());
  } else if constexpr (operand_count == 2) {
    using Functions = OfTwoOperands<Body, cheap, T, lane_bytes>;
    enter_all<Functions>(range, IntoA::TwoOperands());
    if constexpr (!commutative) enter_all<Functions>(range, IntoA::TwoOperandsExchanged());
  } else {
    enter_all<OfChoice<Body, T, lane_bytes>>(range, IntoA::ChoiceMemory());
  }
}

template <Opcode opcode, class Body, int operand_count, TypeRule rule, bool commutative, bool cheap>
void enter_operation(InstructionTable& table) {
  for_each_travelling([&table](auto lanes) {
    using T = typename decltype(lanes)::Element;
    constexpr size_t lane_bytes = decltype(lanes)::bytes;
    if constexpr (has_kernel(rule, lanes.dtype()) && fits_lanes<Body, lane_bytes>()) {
      if constexpr (!is_complex_type<T>) {
        RangeWriter range(table, opcode, lanes.dtype(), lane_bytes);
        enter_real_forms<Body, operand_count, rule, commutative, cheap, T, lane_bytes>(range);
      } else {
        RangeWriter range(table, opcode, lanes.dtype(), lane_bytes);
        constexpr bool is_cheap = cheap && !requires { Body::long_for_complex; };
        enter_complex_forms<Body, operand_count, rule, commutative, is_cheap, T, lane_bytes>(range);
      }
    }
  });
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
