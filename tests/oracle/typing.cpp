// The lattice: bool < int32 < int64 < float64 and bool < float32 < float64; int32 with float32 meets in float64.

#include "oracle/typing.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <lanewise/operations.hpp>

namespace lanewise::inline v0::oracle {
namespace {

constexpr Row rows[] = {
    {"or logical_or", 2, true, Rule::logical, Exact::logical_or},
    {"and logical_and", 2, true, Rule::logical, Exact::logical_and},
    {"not logical_not", 1, true, Rule::logical, Exact::logical_not},
    {"where", 3, false, Rule::select, Exact::select},
    {"< less", 2, true, Rule::compare, Exact::less},
    {"<= less_equal", 2, true, Rule::compare, Exact::less_equal},
    {"> greater", 2, true, Rule::compare, Exact::greater},
    {">= greater_equal", 2, true, Rule::compare, Exact::greater_equal},
    {"== equal", 2, true, Rule::compare, Exact::equal},
    {"!= not_equal", 2, true, Rule::compare, Exact::not_equal},
    {"| bitwise_or", 2, true, Rule::bits, Exact::bitwise_or},
    {"^ bitwise_xor", 2, true, Rule::bits, Exact::bitwise_xor},
    {"& bitwise_and", 2, true, Rule::bits, Exact::bitwise_and},
    {"<< left_shift", 2, true, Rule::shift, Exact::left_shift},
    {">> right_shift", 2, true, Rule::shift, Exact::right_shift},
    {"~ bitwise_not invert", 1, true, Rule::bits, Exact::invert},
    {"+ add", 2, true, Rule::promote, Exact::add},
    {"- subtract", 2, true, Rule::number, Exact::subtract},
    {"* multiply", 2, true, Rule::promote, Exact::multiply},
    {"/ true_divide divide", 2, true, Rule::divide, Exact::divide},
    {"// floor_divide", 2, true, Rule::number, Exact::floor_divide},
    {"% mod remainder", 2, true, Rule::number, Exact::remainder},
    {"+ positive", 1, true, Rule::number, Exact::positive},
    {"- negative", 1, true, Rule::number, Exact::negative},
    {"** pow power", 2, true, Rule::power, Elementary{}},
    {"absolute abs", 1, false, Rule::promote, Exact::absolute},
    {"sign", 1, false, Rule::number, Exact::sign},
    {"minimum", 2, false, Rule::promote, Exact::minimum},
    {"maximum", 2, false, Rule::promote, Exact::maximum},
    {"fmod", 2, false, Rule::number, Exact::fmod},
    {"floor", 1, false, Rule::rounding, Exact::floor},
    {"ceil", 1, false, Rule::rounding, Exact::ceil},
    {"trunc", 1, false, Rule::rounding, Exact::trunc},
    {"rint round", 1, false, Rule::rounding, Exact::round},
    {"copysign", 2, false, Rule::floating, Exact::copysign},
    {"nextafter", 2, false, Rule::floating, Exact::nextafter},
    {"isnan", 1, false, Rule::test, Exact::isnan},
    {"isinf", 1, false, Rule::test, Exact::isinf},
    {"isfinite", 1, false, Rule::test, Exact::isfinite},
    {"signbit", 1, false, Rule::test, Exact::signbit},
    {"sqrt", 1, false, Rule::floating, Exact::sqrt},
    {"bool_ bool", 1, false, Rule::cast, DType::bool_},
    {"int32", 1, false, Rule::cast, DType::int32},
    {"int64", 1, false, Rule::cast, DType::int64},
    {"float32", 1, false, Rule::cast, DType::float32},
    {"float64", 1, false, Rule::cast, DType::float64},
};

/// The elementary functions are known by name alone, so the library's own list of them will do: one that it gains needs no row here.
const std::vector<Row>& elementary_rows() {
  static const std::vector<Row> found = [] {
    std::vector<Row> result;
    for (const OperationInfo& info : operations()) {
      if (info.is_operator || info.ulp_float64 < 1) continue;
      result.push_back({info.spellings, static_cast<std::size_t>(info.operand_count), false, Rule::floating, Elementary{}});
    }
    return result;
  }();
  return found;
}

bool is_spelling(std::string_view spellings, std::string_view asked) {
  const auto padded = [](std::string_view text) { return std::string(" ").append(text).append(" "); };
  return padded(spellings).find(padded(asked)) != std::string::npos;
}

DType meet_typed(DType left, DType right) {
  if (left == right || right.is_bool()) return left;
  if (left.is_bool()) return right;
  if (left.is_integer() && right.is_integer()) return DType::int64;
  return DType::float64;
}

int kind_of(DType dtype) { return dtype.is_bool() ? 0 : dtype.is_integer() ? 1 : 2; }

Type meet(std::span<const Type> operands) {
  Type met = operands[0];
  for (const Type& other : operands.subspan(1)) {
    if (met.weak == other.weak) {
      met.dtype = meet_typed(met.dtype, other.dtype);
    } else {
      const Type& weak = met.weak ? met : other;
      const Type& typed = met.weak ? other : met;
      met = Type{kind_of(typed.dtype) >= kind_of(weak.dtype) ? typed.dtype : weak.dtype};
    }
  }
  return met;
}

[[noreturn]] void refuse(const Row& row, DType dtype) {
  throw Refusal(ErrorCode::unsupported_operand_dtype, std::string(row.spellings) + " of " + std::string(dtype.name()));
}

bool fits(const Type& operand, DType dtype) {
  if (!operand.weak || !operand.constant || operand.dtype != DType::int64 || dtype != DType::int32) return true;
  return cast(cast(*operand.constant, DType::int32), DType::int64).as<std::int64_t>() == operand.constant->as<std::int64_t>();
}

// A weak integer whose value is known only when there are elements.
bool is_open(const Type& operand) { return operand.weak && !operand.constant && operand.dtype == DType::int64; }

DType floating(const Type& met) {
  if (met.dtype.is_floating()) return met.dtype;
  return met.dtype.is_bool() && !met.weak ? DType::float32 : DType::float64;
}

void require_fit(std::span<const Type> operands, DType dtype) {
  for (const Type& operand : operands) {
    if (!fits(operand, dtype)) throw Refusal(ErrorCode::literal_out_of_range, to_text(*operand.constant) + " as int32");
  }
}

void require_exponent(std::span<const Type> operands, DType dtype) {
  const Type& exponent = operands[1];
  if (!dtype.is_integer() || !exponent.constant) return;
  if (cast(*exponent.constant, DType::int64).as<std::int64_t>() < 0) throw Refusal(ErrorCode::negative_integer_power, "negative exponent");
}

}  // namespace

std::string_view Row::name() const { return spellings.substr(spellings.rfind(' ') + 1); }

const Row* find_operator(std::string_view spelling, std::size_t operand_count) {
  const auto* found = std::ranges::find_if(rows, [&](const Row& row) {
    return row.is_operator && row.operand_count == operand_count && row.spellings.substr(0, row.spellings.find(' ')) == spelling;
  });
  return found == std::end(rows) ? nullptr : found;
}

const Row* find_function(std::string_view name) {
  const auto* found = std::ranges::find_if(rows, [&](const Row& row) {
    return is_spelling(row.spellings, name) && !(row.is_operator && row.spellings.substr(0, row.spellings.find(' ')) == name);
  });
  if (found != std::end(rows)) return found;
  const auto elementary = std::ranges::find_if(elementary_rows(), [&](const Row& row) { return is_spelling(row.spellings, name); });
  return elementary == elementary_rows().end() ? nullptr : &*elementary;
}

Resolution resolve(const Row& row, std::span<const Type> operands) {
  const bool all_weak = std::ranges::all_of(operands, [](const Type& operand) { return operand.weak; });
  const Type met = meet(row.rule == Rule::select ? operands.subspan(1) : operands);
  const DType dtype = met.dtype;
  switch (row.rule) {
    case Rule::number:
    case Rule::power:
      if (dtype.is_bool()) refuse(row, dtype);
      [[fallthrough]];
    case Rule::promote:
      require_fit(operands, dtype);
      if (row.rule == Rule::power) require_exponent(operands, dtype);
      return {dtype, dtype, all_weak};
    case Rule::divide: return {dtype.is_floating() ? dtype : DType::float64, dtype.is_floating() ? dtype : DType::float64, all_weak};
    case Rule::floating: return {floating(met), floating(met), all_weak};
    case Rule::compare: {
      const bool exact = std::ranges::any_of(operands, [&](const Type& operand) { return !fits(operand, dtype) || is_open(operand); });
      return {exact && dtype == DType::int32 ? DType::int64 : dtype, DType::bool_, all_weak};
    }
    case Rule::bits:
      if (dtype.is_floating()) refuse(row, dtype);
      require_fit(operands, dtype);
      return {dtype, dtype, all_weak};
    case Rule::shift:
      if (!dtype.is_integer()) refuse(row, dtype);
      require_fit(operands, dtype);
      return {dtype, dtype, all_weak};
    case Rule::logical: return {DType::bool_, DType::bool_, all_weak};
    case Rule::select: require_fit(operands.subspan(1), dtype); return {dtype, dtype, all_weak};
    case Rule::rounding: return {dtype, dtype, all_weak};
    case Rule::test: return {dtype.is_floating() ? dtype : DType::float64, DType::bool_, all_weak};
    default: return {dtype, std::get<DType>(row.meaning), false};
  }
}

}  // namespace lanewise::inline v0::oracle
