#pragma once
// What each operation does to one element, in scalar C++: the second opinion on every kernel whose result is exact.
//
// Operands come in the dtype the typing chose (see typing.hpp). Elementary functions have a bound instead of an exact result; theirs is
// the library's own answer for one element (leaf.hpp), so that everything around them can still be compared bit for bit.

#include <optional>
#include <span>
#include <string_view>

#include "oracle/value.hpp"

namespace lanewise::inline v0::oracle {

/// The operations whose result is defined to the bit.
enum class Exact {
  logical_or,
  logical_and,
  logical_not,
  select,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  bitwise_or,
  bitwise_xor,
  bitwise_and,
  left_shift,
  right_shift,
  invert,
  add,
  subtract,
  multiply,
  divide,
  floor_divide,
  remainder,
  positive,
  negative,
  absolute,
  sign,
  minimum,
  maximum,
  fmod,
  floor,
  ceil,
  trunc,
  round,
  copysign,
  nextafter,
  isnan,
  isinf,
  isfinite,
  signbit,
  sqrt,
};

/// Returns the result for operands of one dtype (of `select`: of the last two, the first being a bool).
Value apply(Exact operation, std::span<const Value> operands);

/// Returns `base ** exponent` of integers: by squaring, wrapping; negative exponents give the true value truncated, 0 of base 0.
Value integer_power(const Value& base, const Value& exponent);

/// Returns `base ** exponent` for the constant exponents that stand for arithmetic: 0, 1, 2, 3, 4, -1 and 0.5.
std::optional<Value> float_power_of_constant(const Value& base, const Value& exponent);

}  // namespace lanewise::inline v0::oracle
