#pragma once
// The named rules of operations.def: from the operands' dtypes to the dtype they are cast to and the dtype of the result.
//
// A kernel sees operands of one dtype only (the first operand of `select`, always bool, apart); the casts are nodes of their own.
// Shared with the kernels, which need to know for which dtypes a row has instructions; so nothing here needs the standard library.

#include <cstdint>

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

enum class TypeRule : std::uint8_t {
  promote,         // all dtypes, promoted; the result is of that dtype (+ and * of bool are `or` and `and`)
  promote_number,  // as promote, bool refused
  divide,          // integers and bool become float64
  float_promote,   // integers become float64, bool alone float32
  power,           // as promote_number; an integer base needs an exponent that is not a negative literal
  compare,         // promoted, result bool
  bits,            // bool and integers, promoted; floats refused
  shift,           // integers, promoted
  logical,         // each operand by its truth (nan is true), result bool
  select,          // the first operand by its truth, the other two promoted
  rounding,        // any dtype, unchanged
  float_test,      // integers and bool become float64, result bool
  cast_to_bool,    // one operand of any dtype
  cast_to_int32,
  cast_to_int64,
  cast_to_float32,
  cast_to_float64,
};

/// Returns whether kernels of a row with this rule exist for operands of `dtype`.
constexpr bool has_kernel(TypeRule rule, DType dtype) noexcept {
  switch (rule) {
    case TypeRule::promote_number:
    case TypeRule::power: return !dtype.is_bool();
    case TypeRule::divide:
    case TypeRule::float_promote:
    case TypeRule::float_test: return dtype.is_floating();
    case TypeRule::bits: return !dtype.is_floating();
    case TypeRule::shift: return dtype.is_integer();
    case TypeRule::logical: return dtype.is_bool();
    case TypeRule::rounding: return dtype.is_floating();
    default: return true;
  }
}

/// What a rule makes of operands that meet in one dtype.
struct OperandTyping {
  bool allowed = true;
  DType operand;  ///< every operand that met is cast to this
  DType result;
};

/// Applies `rule` to operands that meet in `met` (of `select`: the last two; of casts and `logical`: any one operand). `weak` says that
/// they are literals or scalars without a type of their own: these are never float32.
OperandTyping type_operands(TypeRule rule, DType met, bool weak) noexcept;

/// Returns whether rows of this rule convert their operand to a named dtype.
constexpr bool is_cast(TypeRule rule) noexcept { return rule >= TypeRule::cast_to_bool; }

}  // namespace lanewise::inline v0
