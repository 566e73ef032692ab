#pragma once
// The types of the oracle: which dtype the operands of an operation meet in, and what comes out.
//
// Written from the language's section on types and from NumPy's NEP 50, with rules of its own. Which row has which rule: rows.cpp.

#include <lanewise/error.hpp>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>

#include "oracle/rows.hpp"
#include "oracle/value.hpp"

namespace lanewise::inline v0::oracle {

/// The expression has no meaning; the library must refuse it with the same code.
struct Refusal : std::runtime_error {
  Refusal(ErrorCode error_code, const std::string& message) : std::runtime_error(message), code(error_code) {}
  ErrorCode code;
};

/// What is known of a value before there are elements.
struct Type {
  DType dtype;
  bool weak = false;                     ///< takes the type of what it meets; dtype is then bool, int64, float64 or complex128
  std::optional<Value> constant = {};    ///< no input takes part
  std::optional<long double> wide = {};  ///< an integer literal beyond int64; `constant` is then of no meaning

  bool is_weak_integer() const { return weak && dtype.is_integer(); }
};

/// Returns the smallest dtype that operands can all be cast to safely, float16 as float32; weak ones take the type of the others within its
/// kind or the next that can hold them.
DType meet(std::span<const Type> operands);

/// Returns an integer constant's value where it is weak, so that it must fit what it meets.
std::optional<long double> weak_integer(const Type& type);

/// Converts a weak or typed constant. Throws Refusal E205 for a weak integer that does not fit an integer dtype.
Value convert_constant(const Type& type, DType dtype);

/// What `resolve` found: the dtype each operand is converted to (of `select` the last two), and the result's.
struct Resolution {
  DType operands;
  DType result;
  bool weak = false;       ///< all operands are
  bool unchanged = false;  ///< the result is the operand as it is
};

/// Returns the dtypes of an operation; throws Refusal.
Resolution resolve(Rule rule, std::span<const Type> operands);
/// The same of a cast, which takes its operand as it is.
Resolution resolve_cast(const Type& operand, DType target);

}  // namespace lanewise::inline v0::oracle
