#pragma once
// The library's own answer for one element of one elementary function: where the oracle has no bits of its own.

#include <cstddef>
#include <span>
#include <string_view>

#include "oracle/value.hpp"

namespace lanewise::inline v0::oracle {

/// Returns `function(operands...)` of operands of one dtype, as arrays of one element.
Value call_function(std::string_view function, std::span<const Value> operands);

/// Returns `base ** exponent` with the exponent as a literal in the text: constant exponents have code of their own.
Value call_power_of_constant(const Value& base, const Value& exponent);

/// Returns whether the library has the function for operands of a dtype.
bool is_function_of(std::string_view function, std::size_t operand_count, DType dtype);

}  // namespace lanewise::inline v0::oracle
