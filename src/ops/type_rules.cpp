// The rules as functions: which dtype the operands of a row are cast to, and which comes out.
//
// Comes in: the dtype that the operands meet in, found by the promotion policy. Goes out: an OperandTyping, or that the row has no meaning
// there. Holds throughout: an allowed operand dtype has a kernel (has_kernel), except integers and bool under `rounding`, which are left as
// they are.

#include "ops/type_rules.hpp"

namespace lanewise::inline v0 {

namespace {

constexpr OperandTyping same(DType dtype) noexcept { return {true, dtype, dtype}; }

constexpr DType floating(DType met, DType for_bool) noexcept {
  if (met.is_floating()) return met;
  return met.is_bool() ? for_bool : DType::float64;
}

}  // namespace

OperandTyping type_operands(TypeRule rule, DType met, bool weak) noexcept {
  switch (rule) {
    case TypeRule::promote:
    case TypeRule::select:
    case TypeRule::rounding: return same(met);
    case TypeRule::promote_number:
    case TypeRule::power:
    case TypeRule::bits:
    case TypeRule::shift: return {has_kernel(rule, met), met, met};
    case TypeRule::divide: return same(floating(met, DType::float64));
    case TypeRule::float_promote: return same(floating(met, weak ? DType::float64 : DType::float32));
    case TypeRule::float_test: return {true, floating(met, DType::float64), DType::bool_};
    case TypeRule::compare: return {true, met, DType::bool_};
    case TypeRule::logical: return same(DType::bool_);
    case TypeRule::cast_to_bool: return {true, met, DType::bool_};
    case TypeRule::cast_to_int32: return {true, met, DType::int32};
    case TypeRule::cast_to_int64: return {true, met, DType::int64};
    case TypeRule::cast_to_float32: return {true, met, DType::float32};
    case TypeRule::cast_to_float64: return {true, met, DType::float64};
  }
  return {false, met, met};
}

}  // namespace lanewise::inline v0
