#pragma once
// The named rules of operations.def: from the operands' dtypes to the dtype they are cast to and the dtype of the result.
//
// A kernel sees operands of one dtype only (the first operand of `select`, always bool, apart); the casts are nodes of their own.
// Shared with the kernels, which need to know for which dtypes a row has instructions; so nothing here needs the standard library.

#include <cstdint>

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

enum class TypeRule : std::uint8_t {
  promote,          // all dtypes, promoted; the result is of that dtype (+ and * of bool are `or` and `and`)
  promote_number,   // as promote, bool refused
  promote_real,     // as promote, complex refused
  quotient,         // real dtypes, promoted; bool becomes int8
  divide,           // integers and bool become float64
  float_promote,    // real dtypes; bool and integers of 8 and 16 bits become float32, wider ones float64
  elementary,       // as float_promote, and complex
  scale,            // the first operand as float_promote; the second an integer, cast to the same float
  power,            // bool becomes int8; an integer base needs an exponent that is not a negative literal
  compare,          // real dtypes promoted, result bool
  equality,         // all dtypes promoted, result bool
  bits,             // bool and integers, promoted
  shift,            // integers, promoted; bool becomes int8
  whole,            // integers, promoted
  bit_count,        // integers; bool becomes int8; result uint8
  logical,          // each operand by its truth (nan is true), result bool
  select,           // the first operand by its truth, the other two promoted
  rounding,         // real dtypes, unchanged
  rounding_any,     // all dtypes, unchanged
  float_test,       // integers and bool become float64, result bool
  sign_test,        // as float_test, complex refused
  magnitude,        // promote, but the result of a complex operand is real
  real_part,        // complex; the result is real; real dtypes are left as they are
  imaginary_part,   // all dtypes; the result of a complex operand is real
  conjugate,        // complex; real dtypes are left as they are
  complex_of,       // as float_promote; the result is complex
  sum,              // bool and integers become int64 or uint64
  extremum,         // real dtypes, unchanged
  truth,            // by its truth, result bool
  position,         // real dtypes, result int64
  statistic,        // computed in float64 or complex128; the result is float32 or complex64 where the operand was no wider
  spread,           // as statistic, the result real
  any,              // all dtypes, each operand left as it is
  cast_to_bool,     // one operand of any dtype
  cast_to_int8,
  cast_to_int16,
  cast_to_int32,
  cast_to_int64,
  cast_to_uint8,
  cast_to_uint16,
  cast_to_uint32,
  cast_to_uint64,
  cast_to_float16,
  cast_to_float32,
  cast_to_float64,
  cast_to_complex64,
  cast_to_complex128,
};

/// Returns whether rows of this rule convert their operand to a named dtype.
constexpr bool is_cast(TypeRule rule) noexcept { return rule >= TypeRule::cast_to_bool; }
/// Returns the dtype that a cast's rule names.
constexpr DType cast_target(TypeRule rule) noexcept {
  return DType{static_cast<DType::Code>(static_cast<int>(rule) - static_cast<int>(TypeRule::cast_to_bool))};
}

/// Returns whether kernels of a row with this rule exist for operands that travel as `dtype` (see ops/instruction_set.hpp).
constexpr bool has_kernel(TypeRule rule, DType dtype) noexcept {
  if (is_cast(rule) && dtype.is_complex()) return cast_target(rule).is_complex() || cast_target(rule).is_bool();
  switch (rule) {
    case TypeRule::promote_number:
    case TypeRule::power: return !dtype.is_bool();
    case TypeRule::promote_real:
    case TypeRule::compare:
    case TypeRule::position:
    case TypeRule::extremum: return !dtype.is_complex();
    case TypeRule::quotient: return !dtype.is_bool() && !dtype.is_complex();
    case TypeRule::float_promote:
    case TypeRule::scale:
    case TypeRule::complex_of:
    case TypeRule::sign_test:
    case TypeRule::rounding: return dtype.is_floating();
    case TypeRule::divide:
    case TypeRule::elementary:
    case TypeRule::float_test:
    case TypeRule::rounding_any: return dtype.is_floating() || dtype.is_complex();
    case TypeRule::bits: return dtype.is_bool() || dtype.is_integer();
    case TypeRule::shift:
    case TypeRule::whole:
    case TypeRule::bit_count: return dtype.is_integer();
    case TypeRule::logical:
    case TypeRule::truth: return dtype.is_bool();
    case TypeRule::real_part:
    case TypeRule::conjugate: return dtype.is_complex();
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
/// they are literals or scalars without a type of their own: these are never float32 or complex64.
OperandTyping type_operands(TypeRule rule, DType met, bool weak) noexcept;

/// Returns the dtype of the parts of a complex dtype.
constexpr DType part_of(DType dtype) noexcept { return dtype == DType::complex64 ? DType::float32 : DType::float64; }

}  // namespace lanewise::inline v0
