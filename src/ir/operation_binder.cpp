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
#include <limits>
#include <string>
#include <vector>

#include "ir/bind_errors.hpp"
#include "ir/power_form.hpp"

namespace lanewise::inline v0 {

namespace {

OperationId cast_to(DType dtype) {
  switch (dtype.code) {
    case DType::Code::bool_: return OperationId::cast_bool;
    case DType::Code::int32: return OperationId::cast_int32;
    case DType::Code::int64: return OperationId::cast_int64;
    case DType::Code::float32: return OperationId::cast_float32;
    case DType::Code::float64: break;
  }
  return OperationId::cast_float64;
}

struct IntegerRange {
  std::int64_t lowest, highest;
};

IntegerRange range_of(DType dtype) {
  if (dtype == DType::int32) return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
  return {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
}

Scalar integer_scalar(std::int64_t value, DType dtype) {
  return dtype == DType::int32 ? Scalar::of(static_cast<std::int32_t>(value)) : Scalar::of(value);
}

enum class Side : std::int8_t { below = -1, inside = 0, above = 1 };

/// Where a weak integer constant lies beside the range of an integer dtype.
Side side_of_range(const BoundValue& value, DType dtype) {
  if (const auto* wide = std::get_if<WideInteger>(&value.content)) return wide->value < 0 ? Side::below : Side::above;
  const auto* constant = std::get_if<Scalar>(&value.content);
  if (!value.weak || constant == nullptr || constant->dtype != DType::int64) return Side::inside;
  const std::int64_t integer = constant->as<std::int64_t>();
  const IntegerRange range = range_of(dtype);
  if (integer < range.lowest) return Side::below;
  return integer > range.highest ? Side::above : Side::inside;
}

bool is_weak_variable(const BoundValue& value) {
  return value.weak && (std::holds_alternative<WeakInput>(value.content) || std::holds_alternative<NodeIndex>(value.content));
}

/// Returns the operand to blame for an operation that has no meaning in the dtype they meet in.
DType refused_dtype(std::span<const BoundValue> operands, DType met) {
  const auto blamed = std::ranges::find_if(operands, [](const BoundValue& operand) { return operand.dtype.is_floating(); });
  return blamed == operands.end() ? met : blamed->dtype;
}

}  // namespace

BoundValue OperationBinder::apply(OperationId id, std::span<const BoundValue> operands, std::uint32_t syntax_index, SourceSpan token) {
  const Call call{id, syntax_index, token, std::ranges::all_of(operands, &BoundValue::weak)};
  const TypeRule rule = operation(id).type_rule;
  if (is_cast(rule)) return apply_cast(call, operands[0]);
  switch (rule) {
    case TypeRule::logical: return apply_logical(call, operands);
    case TypeRule::select: return apply_select(call, operands);
    case TypeRule::compare: return apply_comparison(call, operands[0], operands[1]);
    default: return apply_arithmetic(call, operands);
  }
}

NodeIndex OperationBinder::node_of(const BoundValue& value) { return node_of(convert(value, value.dtype), extent(value.syntax_index)); }

BoundValue OperationBinder::apply_arithmetic(const Call& call, std::span<const BoundValue> operands) {
  const DType met = meet(operands);
  const TypeRule rule = operation(call.id).type_rule;
  const OperandTyping typing = type_operands(rule, met, call.weak);
  if (!typing.allowed) throw unsupported_operand(tree_, call.syntax_index, call.token, call.id, refused_dtype(operands, met));
  if (rule == TypeRule::rounding && !has_kernel(rule, met)) {
    BoundValue unchanged = operands[0];
    unchanged.syntax_index = call.syntax_index;
    return unchanged;
  }
  std::array<Operand, 3> converted;
  std::ranges::transform(operands, converted.begin(), [&](const BoundValue& operand) { return convert(operand, typing.operand); });
  if (rule == TypeRule::power) refuse_negative_power(operands, converted[1]);
  return finish(call, std::span(converted).first(operands.size()), typing.result);
}

// Integers compare exactly. A constant beyond the operand's type cannot be cast to it: every element compares alike then, but the result
// must still have the operand's shape, so it becomes a comparison with the end of the type's range.
BoundValue OperationBinder::apply_comparison(const Call& call, const BoundValue& left, const BoundValue& right) {
  const std::array pair = {left, right};
  DType met = meet(pair);
  if (met.is_integer() && (is_weak_variable(left) || is_weak_variable(right))) met = DType::int64;
  if (met.is_integer()) {
    const Side left_side = side_of_range(left, met), right_side = side_of_range(right, met);
    if (right_side != Side::inside && left_side == Side::inside)
      return compare_with_bound(call, left, met, right_side == Side::above, true);
    if (left_side != Side::inside && right_side == Side::inside)
      return compare_with_bound(call, right, met, left_side == Side::above, false);
  }
  const std::array<Operand, 2> converted = {convert(left, met), convert(right, met)};
  return finish(call, converted, DType::bool_);
}

BoundValue OperationBinder::compare_with_bound(const Call& call, const BoundValue& operand, DType dtype, bool literal_is_greater,
                                               bool literal_is_right) {
  const bool right_is_greater = literal_is_greater == literal_is_right;
  const bool asks_less = call.id == OperationId::less || call.id == OperationId::less_equal;
  const bool asks_greater = call.id == OperationId::greater || call.id == OperationId::greater_equal;
  const bool holds = call.id == OperationId::not_equal || (right_is_greater ? asks_less : asks_greater);
  const IntegerRange range = range_of(dtype);
  const Scalar bound = integer_scalar(literal_is_greater ? range.highest : range.lowest, dtype);
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
  const Operand condition = cast(convert(operands[0], operands[0].dtype), DType::bool_, extent(operands[0].syntax_index));
  const std::array<Operand, 3> converted = {condition, convert(operands[1], met), convert(operands[2], met)};
  return finish(call, converted, met);
}

BoundValue OperationBinder::apply_logical(const Call& call, std::span<const BoundValue> operands) {
  std::array<Operand, 3> converted;
  std::ranges::transform(operands, converted.begin(), [&](const BoundValue& operand) {
    const bool wide = std::holds_alternative<WideInteger>(operand.content);
    return wide ? Operand(Scalar::of(true)) : cast(convert(operand, operand.dtype), DType::bool_, extent(operand.syntax_index));
  });
  return finish(call, std::span(converted).first(operands.size()), DType::bool_);
}

// A cast names a type, so its result has that type however weak the operand was: float32(0.1)*f64 is as in NumPy.
BoundValue OperationBinder::apply_cast(const Call& call, const BoundValue& operand) {
  const DType dtype = type_operands(operation(call.id).type_rule, operand.dtype, operand.weak).result;
  const bool wide = std::holds_alternative<WideInteger>(operand.content);
  const Operand own = convert(operand, wide && !dtype.is_integer() ? DType::float64 : operand.dtype);
  const Operand converted = cast(own, dtype, extent(call.syntax_index));
  if (const auto* constant = std::get_if<Scalar>(&converted)) return {*constant, dtype, false, call.syntax_index};
  return {std::get<NodeIndex>(converted), dtype, false, call.syntax_index};
}

DType OperationBinder::meet(std::span<const BoundValue> values) const {
  DType typed = DType::bool_, weak = DType::bool_;  // what every dtype absorbs
  bool any_typed = false;
  for (const BoundValue& value : values) {
    DType& met = value.weak ? weak : typed;
    met = promotion_.typed(met, value.dtype);
    any_typed = any_typed || !value.weak;
  }
  return any_typed ? promotion_.weak(typed, weak) : weak;
}

void OperationBinder::refuse_negative_power(std::span<const BoundValue> operands, const Operand& exponent) const {
  const auto* constant = std::get_if<Scalar>(&exponent);
  if (constant == nullptr || !constant->dtype.is_integer()) return;
  const std::int64_t integer = constant->dtype == DType::int32 ? constant->as<std::int32_t>() : constant->as<std::int64_t>();
  if (integer < 0) throw negative_power(tree_, operands[0].syntax_index, operands[1].syntax_index, *constant);
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
  if (!dtype.is_floating()) throw out_of_range(tree_, value.syntax_index, {}, dtype);
  const Scalar rounded = Scalar::of(integer.value);
  return dtype == DType::float64 ? rounded : fold(cast_to(dtype), dtype, std::span(&rounded, 1));
}

OperationBinder::Operand OperationBinder::cast(const Operand& operand, DType dtype, SourceSpan span) {
  if (dtype_of_operand(operand) == dtype) return operand;
  const OperationId id = cast_to(dtype);
  if (const auto* constant = std::get_if<Scalar>(&operand)) return fold(id, dtype, std::span(constant, 1));
  return graph_.add_operation(id, dtype, std::span(&std::get<NodeIndex>(operand), 1), span);
}

NodeIndex OperationBinder::node_of(const Operand& operand, SourceSpan span) {
  if (const auto* constant = std::get_if<Scalar>(&operand)) return graph_.add_constant(*constant, span);
  return std::get<NodeIndex>(operand);
}

DType OperationBinder::dtype_of_operand(const Operand& operand) const {
  if (const auto* constant = std::get_if<Scalar>(&operand)) return constant->dtype;
  return graph_.node(std::get<NodeIndex>(operand)).dtype;
}

BoundValue OperationBinder::finish(const Call& call, std::span<const Operand> operands, DType result) {
  const auto is_constant = [](const Operand& operand) { return std::holds_alternative<Scalar>(operand); };
  if (std::ranges::all_of(operands, is_constant)) {
    std::array<Scalar, 3> constants;
    std::ranges::transform(operands, constants.begin(), [](const Operand& operand) { return std::get<Scalar>(operand); });
    return {fold(call.id, result, std::span(constants).first(operands.size())), result, call.weak, call.syntax_index};
  }
  const SourceSpan span = extent(call.syntax_index);
  std::array<NodeIndex, 3> nodes;
  std::ranges::transform(operands, nodes.begin(), [&](const Operand& operand) { return node_of(operand, span); });
  return {graph_.add_operation(call.id, result, std::span(nodes).first(operands.size()), span), result, call.weak, call.syntax_index};
}

Scalar OperationBinder::fold(OperationId id, DType result, std::span<const Scalar> operands) const {
  if (id == OperationId::power) return fold_power(result, operands[0], operands[1]);
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
