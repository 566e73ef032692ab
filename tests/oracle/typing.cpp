// Promotion by asking which casts are safe, rather than by a table of pairs; then the rules, one after another.

#include "oracle/typing.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace lanewise::inline v0::oracle {
namespace {

enum class Kind { truth, integer, floating, complex };

Kind kind_of(DType dtype) {
  return dtype.is_bool() ? Kind::truth : dtype.is_integer() ? Kind::integer : dtype.is_floating() ? Kind::floating : Kind::complex;
}

// Bits of the integers that a dtype holds without a gap, or that NumPy takes for that: float64 is good enough for 64 bits.
int integer_bits(DType dtype) {
  if (dtype.is_bool()) return 1;
  if (dtype.is_integer()) return 8 * static_cast<int>(dtype.size_bytes()) - (dtype.is_signed_integer() ? 1 : 0);
  const std::size_t part_bytes = dtype.is_complex() ? dtype.size_bytes() / 2 : dtype.size_bytes();
  return part_bytes == 2 ? 11 : part_bytes == 4 ? 24 : 64;
}

bool is_safe_cast(DType from, DType to) {
  if (kind_of(from) > kind_of(to)) return false;
  if (from.is_signed_integer() && to.is_unsigned_integer()) return false;
  return integer_bits(from) <= integer_bits(to);
}

DType real_of(DType dtype) { return dtype == DType::complex64 ? DType::float32 : dtype == DType::complex128 ? DType::float64 : dtype; }
DType complex_of(DType dtype) { return dtype == DType::float32 ? DType::complex64 : DType::complex128; }
DType no_half(DType dtype) { return dtype == DType::float16 ? DType::float32 : dtype; }

// What a weak value of a kind makes of a typed one.
DType meet_weak(DType typed, DType weak) {
  if (kind_of(weak) <= kind_of(typed)) return no_half(typed);
  if (weak.is_integer()) return DType::int64;
  if (weak.is_floating()) return DType::float64;
  return no_half(typed) == DType::float32 ? DType::complex64 : DType::complex128;
}

bool is_narrow(DType dtype) { return dtype.size_bytes() <= 2; }

// The float or complex dtype in which a function computes. Of two operands of 16 bits none needs more than float32, whatever they meet in.
DType floating_of(DType met, bool weak, bool all_narrow) {
  if (kind_of(met) >= Kind::floating) return no_half(met);
  return all_narrow && !weak ? DType::float32 : DType::float64;
}

[[noreturn]] void refuse(DType dtype) {
  throw Refusal(ErrorCode::unsupported_operand_dtype, "no meaning for " + std::string(dtype.name()));
}

void refuse_if(bool refused, DType dtype) {
  if (refused) refuse(dtype);
}

Resolution same(DType dtype) { return {dtype, dtype}; }

DType total_of(DType met) {
  if (met.is_bool() || met.is_signed_integer()) return DType::int64;
  return met.is_unsigned_integer() ? DType::uint64 : met;
}

Resolution statistic_of(DType met) {
  const bool narrow = met == DType::float32 || met == DType::complex64;
  if (met.is_complex()) return {DType::complex128, narrow ? DType::complex64 : DType::complex128};
  return {DType::float64, narrow ? DType::float32 : DType::float64};
}

DType number_of(DType met, bool weak) { return !met.is_bool() ? met : weak ? DType::int64 : DType::int8; }

bool takes_floats(Rule rule) { return rule == Rule::floating || rule == Rule::elementary || rule == Rule::complex_of; }

// An integer that some operand brings and that the dtype does not hold.
void require_fit(std::span<const Type> operands, DType dtype) {
  if (!dtype.is_integer()) return;
  for (const Type& operand : operands) {
    if (weak_integer(operand)) (void)convert_constant(operand, dtype);
  }
}

void require_exponent(const Type& exponent, DType met) {
  if (!met.is_integer() || !exponent.constant || exponent.wide || !exponent.dtype.is_signed_integer()) return;
  if (cast(*exponent.constant, DType::int64).as<std::int64_t>() >= 0) return;
  throw Refusal(ErrorCode::negative_integer_power, "negative exponent");
}

struct Range {
  long double lowest, highest;
};

Range range_of(DType integer) {
  return with_type(integer, [](auto typed) -> Range {
    using T = decltype(typed);
    if constexpr (std::is_integral_v<T>) {
      return {static_cast<long double>(std::numeric_limits<T>::min()), static_cast<long double>(std::numeric_limits<T>::max())};
    } else {
      return {0, 0};
    }
  });
}

// What operands that meet in `met` make of a row.
Resolution resolve_met(Rule rule, DType met, bool weak) {
  const Kind kind = kind_of(met);
  switch (rule) {
    case Rule::number: refuse_if(met.is_bool(), met); return same(met);
    case Rule::ordered: refuse_if(met.is_complex(), met); return same(met);
    case Rule::quotient: refuse_if(met.is_complex(), met); return same(number_of(met, weak));
    case Rule::power:
    case Rule::whole_number: return same(number_of(met, weak));
    case Rule::divide: return same(kind >= Kind::floating ? met : DType::float64);
    case Rule::scale: refuse_if(met.is_complex(), met); return same(floating_of(met, weak, is_narrow(met)));
    case Rule::compare: refuse_if(met.is_complex(), met); return {met, DType::bool_};
    case Rule::equality: return {met, DType::bool_};
    case Rule::bits: refuse_if(kind > Kind::integer, met); return same(met);
    case Rule::shift: refuse_if(kind > Kind::integer, met); return same(number_of(met, weak));
    case Rule::whole: refuse_if(!met.is_integer(), met); return same(met);
    case Rule::bit_count: refuse_if(kind > Kind::integer, met); return {number_of(met, weak), DType::uint8};
    case Rule::logical: return same(DType::bool_);
    case Rule::rounding: refuse_if(met.is_complex(), met); [[fallthrough]];
    case Rule::rounding_any: return {met, met, false, kind < Kind::floating};
    case Rule::sign_test: refuse_if(met.is_complex(), met); [[fallthrough]];
    case Rule::test: return {kind >= Kind::floating ? met : DType::float64, DType::bool_};
    case Rule::real_part: return {met, real_of(met), false, !met.is_complex()};
    case Rule::conjugate: return {met, met, false, !met.is_complex()};
    case Rule::magnitude:
    case Rule::imaginary_part: return {met, real_of(met)};
    case Rule::total: return same(total_of(met));
    case Rule::statistic: return statistic_of(met);
    case Rule::spread: return {statistic_of(met).operands, real_of(statistic_of(met).result)};
    default: return same(met);
  }
}

// Of two narrow operands both are values of float32, even where they meet in int32. A bool and a weak integer meet in int64.
Resolution resolve_floating(Rule rule, std::span<const Type> operands, DType met, bool weak) {
  refuse_if(met.is_complex() && rule != Rule::elementary, met);
  const bool all_narrow = std::ranges::all_of(operands, [](const Type& type) { return type.weak || is_narrow(type.dtype); });
  const DType dtype = floating_of(met, weak, all_narrow && met != DType::int64);
  return {dtype, rule == Rule::complex_of ? complex_of(dtype) : dtype};
}

// The least dtype that holds each, not two by two: uint16 and int16 meet in int32, which needs float64, but either alone fits float32.
DType promote(std::span<const DType> dtypes) {
  constexpr DType candidates[] = {DType::bool_,   DType::int8,      DType::uint8,     DType::int16,  DType::uint16,
                                  DType::int32,   DType::uint32,    DType::int64,     DType::uint64, DType::float32,
                                  DType::float64, DType::complex64, DType::complex128};
  return *std::ranges::find_if(candidates, [&](DType candidate) {
    return std::ranges::all_of(dtypes, [&](DType dtype) { return is_safe_cast(dtype, candidate); });
  });
}

}  // namespace

DType meet(std::span<const Type> operands) {
  std::vector<DType> typed, weak;
  for (const Type& operand : operands) (operand.weak ? weak : typed).push_back(operand.dtype);
  if (typed.empty()) return promote(weak);
  return weak.empty() ? promote(typed) : meet_weak(promote(typed), promote(weak));
}

std::optional<long double> weak_integer(const Type& type) {
  if (!type.weak || !type.constant || !type.dtype.is_integer()) return {};
  if (type.wide) return type.wide;
  return exact_number(*type.constant);
}

Value convert_constant(const Type& type, DType dtype) {
  const auto integer = weak_integer(type);
  if (integer && dtype.is_integer()) {
    const Range range = range_of(dtype);
    if (*integer < range.lowest || *integer > range.highest) {
      throw Refusal(ErrorCode::literal_out_of_range, "does not fit " + std::string(dtype.name()));
    }
    if (type.wide) return Value{static_cast<std::uint64_t>(*integer)};
  }
  if (type.wide) return cast(Value{static_cast<double>(*type.wide)}, dtype);
  return cast(*type.constant, dtype);
}

Resolution resolve(Rule rule, std::span<const Type> operands) {
  const bool weak = std::ranges::all_of(operands, &Type::weak);
  const std::span<const Type> meeting = rule == Rule::select ? operands.subspan(1) : rule == Rule::scale ? operands.first(1) : operands;
  const DType met = meet(meeting);
  Resolution result = takes_floats(rule) ? resolve_floating(rule, operands, met, weak) : resolve_met(rule, met, weak);
  result.weak = weak && rule != Rule::bit_count;
  if (result.unchanged) return result;
  if (rule == Rule::scale) refuse_if(kind_of(operands[1].dtype) > Kind::integer, operands[1].dtype);
  if (rule == Rule::power) require_exponent(operands[1], result.operands);
  const bool is_comparison_rule = rule == Rule::compare || rule == Rule::equality;
  if (is_comparison_rule && operands[0].wide && operands[1].wide)
    throw Refusal(ErrorCode::literal_out_of_range, "two numbers beyond int64");
  if (!is_comparison_rule && rule != Rule::logical) require_fit(meeting, result.operands);
  return result;
}

Resolution resolve_cast(const Type& operand, DType target) {
  refuse_if(operand.dtype.is_complex() && !target.is_complex() && !target.is_bool(), operand.dtype);
  const bool fits = !operand.wide || !target.is_integer() || (*operand.wide > 0 && *operand.wide <= range_of(DType::uint64).highest);
  if (!fits) throw Refusal(ErrorCode::literal_out_of_range, "beyond 64 bits");
  return {target, target};
}

}  // namespace lanewise::inline v0::oracle
