// The rules as functions: which dtype the operands of a row are cast to, and which comes out.
//
// Comes in: the dtype that the operands meet in, found by the promotion policy. Goes out: an OperandTyping, or that the row has no meaning
// there. Holds throughout: an allowed operand dtype has a kernel once it travels (has_kernel), except where a rule leaves real dtypes as they
// are.

#include "ops/type_rules.hpp"

namespace lanewise::inline v0 {

namespace {

constexpr OperandTyping same(DType dtype) noexcept { return {true, dtype, dtype}; }
constexpr OperandTyping same_unless(bool refused, DType dtype) noexcept { return {!refused, dtype, dtype}; }

/// The float or complex dtype of an elementary function's operand.
constexpr DType elementary(DType met, bool weak) noexcept {
  if (met.is_complex() || met == DType::float32 || met == DType::float64) return met;
  if (met == DType::float16) return DType::float32;
  return met.size_bytes() <= 2 && !weak ? DType::float32 : DType::float64;
}

constexpr DType floating(DType met, DType for_others) noexcept {
  if (met == DType::float16) return DType::float32;
  return met.is_floating() || met.is_complex() ? met : for_others;
}

constexpr DType accumulated(DType met) noexcept {
  if (met.is_bool() || met.is_signed_integer()) return DType::int64;
  if (met.is_unsigned_integer()) return DType::uint64;
  return floating(met, met);
}

constexpr bool is_narrow_float(DType met) noexcept {
  return met == DType::float16 || met == DType::float32 || met == DType::complex64;
}

constexpr DType complex_of(DType part) noexcept { return part == DType::float32 ? DType::complex64 : DType::complex128; }
constexpr DType real_of(DType dtype) noexcept { return dtype.is_complex() ? part_of(dtype) : dtype; }
constexpr DType number(DType dtype) noexcept { return dtype.is_bool() ? DType::int8 : dtype; }

constexpr OperandTyping statistic(DType met) noexcept {
  const DType wide = met.is_complex() ? DType::complex128 : DType::float64;
  const DType narrow = met.is_complex() ? DType::complex64 : DType::float32;
  return {true, wide, is_narrow_float(met) ? narrow : wide};
}

}  // namespace

OperandTyping type_operands(TypeRule rule, DType met, bool weak) noexcept {
  if (is_cast(rule)) return {true, met, cast_target(rule)};
  switch (rule) {
    case TypeRule::promote_number: return same_unless(met.is_bool(), met);
    case TypeRule::promote_real: return same_unless(met.is_complex(), met);
    case TypeRule::quotient: return same_unless(met.is_complex(), weak && met.is_bool() ? DType::int64 : number(met));
    case TypeRule::power: return same(weak && met.is_bool() ? DType::int64 : number(met));
    case TypeRule::divide: return same(floating(met, DType::float64));
    case TypeRule::float_promote:
    case TypeRule::scale: return same_unless(met.is_complex(), elementary(met, weak));
    case TypeRule::elementary: return same(elementary(met, weak));
    case TypeRule::compare: return {!met.is_complex(), met, DType::bool_};
    case TypeRule::equality: return {true, met, DType::bool_};
    case TypeRule::bits: return same_unless(!met.is_bool() && !met.is_integer(), met);
    case TypeRule::shift: return same_unless(!met.is_bool() && !met.is_integer(), weak && met.is_bool() ? DType::int64 : number(met));
    case TypeRule::whole: return same_unless(!met.is_integer(), met);
    case TypeRule::bit_count: return {met.is_bool() || met.is_integer(), weak && met.is_bool() ? DType::int64 : number(met), DType::uint8};
    case TypeRule::logical:
    case TypeRule::truth: return same(DType::bool_);
    case TypeRule::rounding: return same_unless(met.is_complex(), met);
    case TypeRule::float_test: return {true, floating(met, DType::float64), DType::bool_};
    case TypeRule::sign_test: return {!met.is_complex(), floating(met, DType::float64), DType::bool_};
    case TypeRule::magnitude:
    case TypeRule::real_part:
    case TypeRule::imaginary_part: return {true, met, real_of(met)};
    case TypeRule::complex_of: return {!met.is_complex(), elementary(met, weak), complex_of(elementary(met, weak))};
    case TypeRule::sum: return same(accumulated(met));
    case TypeRule::extremum: return same_unless(met.is_complex(), met);
    case TypeRule::position: return {!met.is_complex(), met, DType::int64};
    case TypeRule::statistic: return statistic(met);
    case TypeRule::spread: return {true, statistic(met).operand, real_of(statistic(met).result)};
    default: return same(met);
  }
}

}  // namespace lanewise::inline v0
