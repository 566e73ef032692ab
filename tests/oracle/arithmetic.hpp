#pragma once
// What each operation does to one element, in scalar C++: the second opinion on every kernel whose result is exact.
//
// Operands come in the dtype the typing chose (see typing.hpp). Elementary functions have a bound instead of an exact result; theirs is
// the library's own answer for one element (leaf.hpp), so that everything around them can still be compared bit for bit.

#include <optional>
#include <span>

#include "oracle/value.hpp"

namespace lanewise::inline v0::oracle {

/// The operations whose result is defined to the bit, at least for real operands.
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
  reciprocal,
  minimum,
  maximum,
  fmin,
  fmax,
  fmod,
  fma,
  gcd,
  popcount,
  floor,
  ceil,
  trunc,
  round,
  copysign,
  nextafter,
  ldexp,
  isnan,
  isinf,
  isfinite,
  signbit,
  sqrt,
  real,
  imaginary,
  conjugate,
  complex,
};

constexpr bool is_comparison(Exact operation) { return operation >= Exact::less && operation <= Exact::not_equal; }

/// Returns the result for operands of one dtype (of `select`: of the last two, the first being a bool); nothing where the result is not
/// defined to the bit: the quotient, root, modulus and sign of complex operands.
std::optional<Value> apply(Exact operation, std::span<const Value> operands);

/// Compares integers of any dtypes: long double holds them all.
bool compare_numbers(Exact comparison, long double left, long double right);
/// Returns the number that a bool or an integer is.
long double exact_number(const Value& value);

/// Returns `base ** exponent` of integers: by squaring, wrapping; negative exponents give the true value truncated, 0 of base 0.
Value integer_power(const Value& base, const Value& exponent);

/// Returns `base ** exponent` of floats and complex values for the constant exponents that stand for arithmetic: 1, 2, 3 and 4, and of
/// floats also 0, -1 and 0.5.
std::optional<Value> power_of_constant(const Value& base, const Value& exponent);

}  // namespace lanewise::inline v0::oracle
