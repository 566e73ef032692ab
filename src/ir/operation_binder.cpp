// Types one operation: from bound operands to a constant or a node.
//
// In order: the operands meet in a dtype (promotion policy); the row's rule says what they are cast to and what comes out (type_rules);
// each is converted, a weak one directly, a typed one by a cast node; if all are constants the operation is evaluated now, else it
// becomes a node. The steps differ for comparisons, choices, truth and casts, which have a function each.
//
// Holds throughout: a result is weak exactly if all operands are and the operation is no cast; operands of a node have one dtype, the
// condition of `where` apart. Looked for here, found elsewhere: names, literals and the walk over the tree (bind.cpp).

#include "ir/operation_binder.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "ir/bind_errors.hpp"
#include "ir/power_form.hpp"

namespace lanewise::inline v0 {

namespace {

struct IntegerRange {
  std::int64_t lowest;
  std::uint64_t highest;
};

IntegerRange range_of(DType dtype) {
  const auto bits = static_cast<unsigned>(8 * dtype.size_bytes());
  if (dtype.is_unsigned_integer()) return {0, std::numeric_limits<std::uint64_t>::max() >> (64 - bits)};
  const std::uint64_t highest = std::numeric_limits<std::uint64_t>::max() >> (65 - bits);
  return {-static_cast<std::int64_t>(highest) - 1, highest};
}

/// Returns an integer of a dtype that holds it.
Scalar integer_scalar(std::uint64_t two_complement, DType dtype) {
  Scalar result{dtype, 0};
  std::memcpy(&result.bits, &two_complement, dtype.size_bytes());
  return result;
}

enum class Side : std::int8_t { below = -1, inside = 0, above = 1 };

/// Where a weak integer constant lies beside the range of an integer dtype.
Side side_of_range(const BoundValue& value, DType dtype) {
  if (const auto* wide = std::get_if<WideInteger>(&value.content)) {
    if (wide->is_negative()) return Side::below;
    return wide->fits_uint64() && dtype == DType::uint64 ? Side::inside : Side::above;
  }
  const auto* constant = std::get_if<Scalar>(&value.content);
  if (!value.weak || constant == nullptr || constant->dtype != DType::int64) return Side::inside;
  const std::int64_t integer = constant->as<std::int64_t>();
  const IntegerRange range = range_of(dtype);
  if (integer < range.lowest) return Side::below;
  return integer > 0 && static_cast<std::uint64_t>(integer) > range.highest ? Side::above : Side::inside;
}

bool is_whole(const BoundValue& value) { return value.dtype.is_bool() || value.dtype.is_integer(); }

bool is_weak_integer_variable(const BoundValue& value) {
  return value.weak && value.dtype.is_integer() && (std::holds_alternative<WeakInput>(value.content) || std::holds_alternative<NodeIndex>(value.content));
}

/// Returns the operand to blame for an operation that has no meaning in the dtype they meet in.
DType refused_dtype(std::span<const BoundValue> operands, DType met) {
  for (const auto is_blamed : {&DType::is_complex, &DType::is_floating}) {
    const auto blamed = std::ranges::find_if(operands, [&](const BoundValue& operand) { return (operand.dtype.*is_blamed)(); });
    if (blamed != operands.end()) return blamed->dtype;
  }
  return met;
}

}  // namespace

BoundValue OperationBinder::apply(OperationId id, std::span<const BoundValue> operands, std::uint32_t syntax_index, SourceSpan token) {
  const Call call{id, syntax_index, token, std::ranges::all_of(operands, &BoundValue::weak)};
  const TypeRule rule = operation(id).type_rule;
  reason_ = is_cast(rule) ? CastReason{} : reason_of(id, operands);
  if (is_cast(rule)) return apply_cast(call, operands[0]);
  switch (rule) {
    case TypeRule::logical: return apply_logical(call, operands);
    case TypeRule::select: return apply_select(call, operands);
    case TypeRule::compare:
    case TypeRule::equality: return apply_comparison(call, operands[0], operands[1]);
    default: return apply_arithmetic(call, operands);
  }
}

CastReason reason_of(OperationId id, std::span<const BoundValue> operands) {
  CastReason reason{id};
  reason.operand_count = static_cast<std::uint8_t>(std::min(operands.size(), reason.given.size()));
  std::ranges::transform(operands.first(reason.operand_count), reason.given.begin(), &BoundValue::dtype);
  return reason;
}

NodeIndex OperationBinder::node_of(const BoundValue& value) { return node_of(convert(value, value.dtype), extent(value.syntax_index)); }

OperandTyping OperationBinder::typed(const Call& call, std::span<const BoundValue> operands, DType met) const {
  const OperandTyping typing = type_operands(operation(call.id).type_rule, met, call.weak);
  if (typing.allowed) return typing;
  const bool is_integers = std::ranges::none_of(operands, [](const BoundValue& operand) { return operand.dtype.is_floating() || operand.dtype.is_complex(); });
  if (is_integers && met.is_floating()) throw no_common_integer(tree_, call.token);
  throw unsupported_operand(tree_, call.syntax_index, call.token, call.id, refused_dtype(operands, met));
}

BoundValue OperationBinder::apply_arithmetic(const Call& call, std::span<const BoundValue> operands) {
  const TypeRule rule = operation(call.id).type_rule;
  const OperandTyping typing = typed(call, operands, rule == TypeRule::scale ? operands[0].dtype : meet_for(rule, operands));
  if (!has_kernel(rule, travelling_dtype(typing.operand))) {
    BoundValue unchanged = operands[0];
    unchanged.syntax_index = call.syntax_index;
    return unchanged;
  }
  if (rule == TypeRule::scale && !operands[1].dtype.is_integer() && !operands[1].dtype.is_bool()) {
    throw unsupported_operand(tree_, call.syntax_index, call.token, call.id, operands[1].dtype);
  }
  if (call.id == OperationId::power && typing.operand.is_integer()) refuse_negative_power(operands[0], operands[1]);
  std::array<Operand, 3> converted;
  std::ranges::transform(operands, converted.begin(), [&](const BoundValue& operand) { return convert(operand, typing.operand); });
  return finish(call, std::span(converted).first(operands.size()), typing.result);
}

BoundValue OperationBinder::reduce(const BoundCall& call, const BoundValue& operand, Axes axes) {
  reason_ = reason_of(call.id, std::span(&operand, 1));
  const OperandTyping typing = typed(call, std::span(&operand, 1), meet(std::span(&operand, 1)));
  const SourceSpan span = extent(call.syntax_index);
  const bool is_truth = operation(call.id).type_rule == TypeRule::truth;
  const NodeIndex node = node_of(is_truth ? truth_of(operand) : convert(operand, typing.operand), span);
  return {graph_.add_reduction(call.id, typing.result, node, axes, call.token), typing.result, false, call.syntax_index};
}

OperationBinder::TypedArguments OperationBinder::type_arguments(const BoundCall& call, std::span<const BoundValue> arguments) {
  const TypeRule rule = operation(call.id).type_rule;
  TypedArguments result;
  result.values.assign(arguments.begin(), arguments.end());
  if (rule == TypeRule::any) return result;
  const std::span<const BoundValue> ruled = arguments.first(static_cast<std::size_t>(operation(call.id).form.operand_count));
  const OperandTyping typing = typed(call, ruled, meet_for(rule, ruled));
  result.unchanged = !has_kernel(rule, travelling_dtype(typing.operand));
  for (std::size_t i = 0; i < ruled.size() && !result.unchanged; ++i) result.values[i] = converted(arguments[i], typing.operand, reason_of(call.id, ruled));
  result.result = typing.result;
  return result;
}

BoundValue OperationBinder::converted(const BoundValue& value, DType dtype, const CastReason& reason) {
  reason_ = reason;
  const Operand operand = convert(value, dtype);
  if (const auto* constant = std::get_if<Scalar>(&operand)) return {*constant, dtype, value.weak, value.syntax_index};
  return {std::get<NodeIndex>(operand), dtype, value.weak, value.syntax_index};
}

// Integers compare exactly. A constant beyond the operand's type cannot be cast to it: every element compares alike then, but the result
// must still have the operand's shape, so it becomes a comparison with the end of the type's range.
BoundValue OperationBinder::apply_comparison(const Call& call, const BoundValue& left, const BoundValue& right) {
  const std::array pair = {left, right};
  DType met = meet(pair);
  if (is_whole(left) && is_whole(right) && !(left.dtype.is_bool() && right.dtype.is_bool())) {
    const bool one_is_uint64 = left.dtype == DType::uint64 || right.dtype == DType::uint64;
    if (is_weak_integer_variable(left) || is_weak_integer_variable(right)) met = one_is_uint64 ? DType::float64 : DType::int64;
    if (met.is_floating()) return compare_signs(call, left, right);
    const Side left_side = side_of_range(left, met), right_side = side_of_range(right, met);
    if (right_side != Side::inside && left_side == Side::inside)
      return compare_with_bound(call, left, met, right_side == Side::above, true);
    if (left_side != Side::inside && right_side == Side::inside)
      return compare_with_bound(call, right, met, left_side == Side::above, false);
  }
  const OperandTyping typing = typed(call, pair, met);
  const std::array<Operand, 2> converted = {convert(left, typing.operand), convert(right, typing.operand)};
  return finish(call, converted, DType::bool_);
}

/// The same comparison with its operands exchanged.
static OperationId exchanged(OperationId comparison) {
  switch (comparison) {
    case OperationId::less: return OperationId::greater;
    case OperationId::less_equal: return OperationId::greater_equal;
    case OperationId::greater: return OperationId::less;
    case OperationId::greater_equal: return OperationId::less_equal;
    default: return comparison;
  }
}

// No integer type holds both int64 and uint64. A negative number is below every uint64; as a uint64 it saturates to 0, which tells the
// comparisons apart that its sign must decide.
BoundValue OperationBinder::compare_signs(const Call& call, const BoundValue& left, const BoundValue& right) {
  if (left.dtype == DType::uint64) {
    Call turned = call;
    turned.id = exchanged(call.id);
    return compare_signs(turned, right, left);
  }
  const BoundValue zero{Scalar::of(std::int64_t{0}), DType::int64, true, call.syntax_index};
  const BoundValue clamped = apply_cast({OperationId::cast_uint64, left.syntax_index, call.token, false}, left);
  const std::array<Operand, 2> converted = {convert(clamped, DType::uint64), convert(right, DType::uint64)};
  const BoundValue by_size = finish(call, converted, DType::bool_);
  const bool holds_below = call.id == OperationId::less || call.id == OperationId::less_equal || call.id == OperationId::not_equal;
  const BoundValue sign = apply_comparison({holds_below ? OperationId::less : OperationId::greater_equal, call.syntax_index, call.token, false},
                                           left, zero);
  const std::array both = {sign, by_size};
  return apply_logical({holds_below ? OperationId::logical_or : OperationId::logical_and, call.syntax_index, call.token, false}, both);
}

BoundValue OperationBinder::compare_with_bound(const Call& call, const BoundValue& operand, DType dtype, bool literal_is_greater,
                                               bool literal_is_right) {
  const bool right_is_greater = literal_is_greater == literal_is_right;
  const bool asks_less = call.id == OperationId::less || call.id == OperationId::less_equal;
  const bool asks_greater = call.id == OperationId::greater || call.id == OperationId::greater_equal;
  const bool holds = call.id == OperationId::not_equal || (right_is_greater ? asks_less : asks_greater);
  const IntegerRange range = range_of(dtype);
  const Scalar bound = integer_scalar(literal_is_greater ? range.highest : static_cast<std::uint64_t>(range.lowest), dtype);
  Call rewritten = call;
  if (literal_is_greater) {
    rewritten.id = holds ? OperationId::less_equal : OperationId::greater;
  } else {
    rewritten.id = holds ? OperationId::greater_equal : OperationId::less;
  }
  const std::array<Operand, 2> converted = {convert(operand, dtype), bound};
  return finish(rewritten, converted, DType::bool_);
}

BoundValue OperationBinder::apply_select(const Call& call, std::span<const BoundValue> operands) {
  const DType met = meet(operands.subspan(1));
  const std::array<Operand, 3> converted = {truth_of(operands[0]), convert(operands[1], met), convert(operands[2], met)};
  return finish(call, converted, met);
}

BoundValue OperationBinder::apply_logical(const Call& call, std::span<const BoundValue> operands) {
  std::array<Operand, 3> converted;
  std::ranges::transform(operands, converted.begin(), [&](const BoundValue& operand) { return truth_of(operand); });
  return finish(call, std::span(converted).first(operands.size()), DType::bool_);
}

OperationBinder::Operand OperationBinder::truth_of(const BoundValue& value) {
  if (std::holds_alternative<WideInteger>(value.content)) return Scalar::of(true);
  return cast(convert(value, value.dtype), DType::bool_, extent(value.syntax_index));
}

// A cast names a type, so its result has that type however weak the operand was: float32(0.1)*f64 is as in NumPy.
BoundValue OperationBinder::apply_cast(const Call& call, const BoundValue& operand) {
  const DType dtype = cast_target(operation(call.id).type_rule);
  if (operand.dtype.is_complex() && !dtype.is_complex() && !dtype.is_bool()) throw complex_to_real(tree_, call.token, operand.syntax_index);
  const bool wide = std::holds_alternative<WideInteger>(operand.content);
  const bool exact = wide && std::get<WideInteger>(operand.content).fits_uint64();
  const DType own_dtype = !wide ? operand.dtype : exact ? DType::uint64 : dtype.is_integer() ? operand.dtype : DType::float64;
  const Operand converted = cast(convert(operand, own_dtype), dtype, extent(call.syntax_index));
  if (const auto* constant = std::get_if<Scalar>(&converted)) return {*constant, dtype, false, call.syntax_index};
  return {std::get<NodeIndex>(converted), dtype, false, call.syntax_index};
}

DType OperationBinder::meet(std::span<const BoundValue> values) const {
  DType typed = DType::bool_, weak = DType::bool_;  // what every dtype absorbs
  bool any_typed = false;
  // Floats first: uint16 and int16 meet in int32, which needs float64, but either alone fits float32.
  for (const bool of_whole_numbers : {false, true}) {
    for (const BoundValue& value : values) {
      if ((value.dtype.is_bool() || value.dtype.is_integer()) != of_whole_numbers) continue;
      DType& met = value.weak ? weak : typed;
      met = promotion_.typed(met, value.dtype);
      any_typed = any_typed || !value.weak;
    }
  }
  return any_typed ? promotion_.weak(typed, weak) : weak;
}

DType OperationBinder::meet_for(TypeRule rule, std::span<const BoundValue> values) const {
  const bool takes_floats = rule == TypeRule::float_promote || rule == TypeRule::elementary || rule == TypeRule::complex_of;
  const DType met = meet(values);
  const auto fits_float32 = [](const BoundValue& value) { return value.weak || value.dtype.size_bytes() <= 2; };
  return takes_floats && met == DType::int32 && std::ranges::all_of(values, fits_float32) ? DType::float32 : met;
}

void OperationBinder::refuse_negative_power(const BoundValue& base, const BoundValue& exponent) const {
  const auto* constant = std::get_if<Scalar>(&exponent.content);
  if (constant == nullptr || !constant->dtype.is_signed_integer()) return;
  if (integer_value(*constant) < 0) throw negative_power(tree_, base.syntax_index, exponent.syntax_index, *constant);
}

OperationBinder::Operand OperationBinder::convert(const BoundValue& value, DType dtype) {
  if (const auto* constant = std::get_if<Scalar>(&value.content)) return convert_constant(value, *constant, dtype);
  if (const auto* wide = std::get_if<WideInteger>(&value.content)) return convert_wide(value, *wide, dtype);
  if (const auto* input = std::get_if<WeakInput>(&value.content))
    return graph_.add_input(input->input_index, dtype, extent(value.syntax_index));
  return cast(std::get<NodeIndex>(value.content), dtype, extent(value.syntax_index));
}

OperationBinder::Operand OperationBinder::convert_constant(const BoundValue& value, Scalar constant, DType dtype) const {
  if (dtype.is_integer() && side_of_range(value, dtype) != Side::inside) {
    throw out_of_range(tree_, value.syntax_index, constant, dtype);
  }
  if (constant.dtype == dtype) return constant;
  return fold(cast_to(dtype), dtype, std::span(&constant, 1));
}

OperationBinder::Operand OperationBinder::convert_wide(const BoundValue& value, const WideInteger& integer, DType dtype) const {
  if (dtype == DType::uint64 && integer.fits_uint64()) return Scalar::of(integer.magnitude);
  if (!dtype.is_floating() && !dtype.is_complex()) {
    const auto exact = integer.fits_uint64() ? std::optional(Scalar::of(integer.magnitude)) : std::nullopt;
    throw out_of_range(tree_, value.syntax_index, exact, dtype);
  }
  const Scalar rounded = Scalar::of(integer.value);
  return dtype == DType::float64 ? rounded : fold(cast_to(dtype), dtype, std::span(&rounded, 1));
}

OperationBinder::Operand OperationBinder::cast(const Operand& operand, DType dtype, SourceSpan span) {
  if (dtype_of_operand(operand) == dtype) return operand;
  const OperationId id = cast_to(dtype);
  if (const auto* constant = std::get_if<Scalar>(&operand)) return fold(id, dtype, std::span(constant, 1));
  return graph_.add_operation(id, dtype, std::span(&std::get<NodeIndex>(operand), 1), {span, reason_});
}

NodeIndex OperationBinder::node_of(const Operand& operand, SourceSpan span) {
  if (const auto* constant = std::get_if<Scalar>(&operand)) return graph_.add_constant(*constant, span);
  return std::get<NodeIndex>(operand);
}

DType OperationBinder::dtype_of_operand(const Operand& operand) const {
  if (const auto* constant = std::get_if<Scalar>(&operand)) return constant->dtype;
  return graph_.node(std::get<NodeIndex>(operand)).dtype;
}

/// A count of bits has a dtype that no literal has, so it is typed whatever it counts.
static bool stays_weak(const BoundCall& call, DType result) { return call.weak && result != DType::uint8; }

BoundValue OperationBinder::finish(const Call& call, std::span<const Operand> operands, DType result) {
  const auto is_constant = [](const Operand& operand) { return std::holds_alternative<Scalar>(operand); };
  if (std::ranges::all_of(operands, is_constant)) {
    std::array<Scalar, 3> constants;
    std::ranges::transform(operands, constants.begin(), [](const Operand& operand) { return std::get<Scalar>(operand); });
    return {fold(call.id, result, std::span(constants).first(operands.size())), result, stays_weak(call, result), call.syntax_index};
  }
  const SourceSpan span = extent(call.syntax_index);
  std::array<NodeIndex, 3> nodes;
  std::ranges::transform(operands, nodes.begin(), [&](const Operand& operand) { return node_of(operand, span); });
  return {graph_.add_operation(call.id, result, std::span(nodes).first(operands.size()), span), result, stays_weak(call, result), call.syntax_index};
}

Scalar OperationBinder::fold(OperationId id, DType result, std::span<const Scalar> operands) const {
  if (id == OperationId::power && operands.size() == 2) return fold_power(result, operands[0], operands[1]);
  return evaluate_constant_(id, result, operands);
}

Scalar OperationBinder::fold_power(DType result, Scalar base, Scalar exponent) const {
  const auto apply_pair = [&](OperationId id, Scalar left, Scalar right) {
    const std::array pair = {left, right};
    return evaluate_constant_(id, result, pair);
  };
  const PowerForm form = power_form(exponent);
  switch (form.kind) {
    case PowerForm::Kind::product:
      return product(base, form.factor_count, [&](Scalar left, Scalar right) { return apply_pair(OperationId::multiply, left, right); });
    case PowerForm::Kind::reciprocal: {
      const Scalar one = Scalar::of(std::int64_t{1});
      return apply_pair(OperationId::divide, evaluate_constant_(cast_to(result), result, std::span(&one, 1)), base);
    }
    case PowerForm::Kind::square_root: return evaluate_constant_(OperationId::sqrt, result, std::span(&base, 1));
    case PowerForm::Kind::general: break;
  }
  return apply_pair(OperationId::power, base, exponent);
}

}  // namespace lanewise::inline v0
