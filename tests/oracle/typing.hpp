#pragma once
// The types of the oracle: which dtype the operands of an operation meet in, and what comes out.
//
// Written from the language's section on types and from NumPy's NEP 50, with tables of its own: by spelling, not by row.

#include <cstdint>
#include <lanewise/error.hpp>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

#include "oracle/arithmetic.hpp"
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
  bool weak = false;                   ///< takes the type of what it meets; dtype is then bool, int64 or float64
  std::optional<Value> constant = {};  ///< no input takes part
};

/// How an operation treats the dtypes of its operands.
enum class Rule { promote, number, divide, floating, power, compare, bits, shift, logical, select, rounding, test, cast };

/// The elementary functions (and `**` of floats), known by name alone.
struct Elementary {};

/// An operator or function of the language.
struct Row {
  std::string_view spellings;  ///< blank separated
  std::size_t operand_count;
  bool is_operator;  ///< the first spelling is an operator's
  Rule rule;
  std::variant<Exact, Elementary, DType> meaning;  ///< a DType: a cast to it

  std::string_view name() const;  ///< what the library calls it as a function: the last spelling
};

/// Each returns null where there is no such row.
const Row* find_operator(std::string_view spelling, std::size_t operand_count);
const Row* find_function(std::string_view name);

/// What `resolve` found: the dtype each operand is converted to, and the result's.
struct Resolution {
  DType operands;
  DType result;
  bool weak;
};

/// Returns the dtypes of an operation; throws Refusal.
Resolution resolve(const Row& row, std::span<const Type> operands);

}  // namespace lanewise::inline v0::oracle
