#pragma once
// What the oracle knows by name: operators, functions, reductions and definitions, in tables of its own.

#include <cstddef>
#include <string_view>
#include <variant>

#include <lanewise/dtype.hpp>

#include "oracle/arithmetic.hpp"
#include "oracle/fold.hpp"

namespace lanewise::inline v0::oracle {

/// How an operation treats the dtypes of its operands.
enum class Rule {
  promote,         // what they meet in
  number,          // the same, bool refused
  ordered,         // the same, complex refused
  quotient,        // real; bool becomes int8
  whole_number,    // any; bool becomes int8
  power,           // the same; no negative constant on an integer
  divide,          // integers and bool become float64
  floating,        // real; what is narrower than 32 bits becomes float32, wider integers float64
  elementary,      // the same, and complex
  scale,           // the first operand as `floating`; the second an integer
  compare,         // real; integers exactly; gives bool
  equality,        // any; integers exactly; gives bool
  bits,            // bool and integers
  shift,           // integers; bool becomes int8
  whole,           // integers
  bit_count,       // integers, bool becomes int8; gives uint8
  logical,         // truth
  select,          // a truth and two values
  rounding,        // real; integers and bool are left as they are
  rounding_any,    // any; integers and bool are left as they are
  test,            // numbers as floats; gives bool
  sign_test,       // the same, complex refused
  magnitude,       // any; of complex the real dtype
  real_part,       // of complex the real dtype; real values are left as they are
  imaginary_part,  // any; of complex the real dtype
  conjugate,       // real values are left as they are
  complex_of,      // as `floating`, gives complex
  cast,            // any
  total,           // bool and integers become int64 or uint64
  statistic,       // float64 or complex128; gives the narrow dtype of narrow operands
  spread,          // the same, gives a real dtype
  any,             // each operand as it is
};

/// The elementary functions (and `**` of floats), known by name alone.
struct Elementary {};

/// An operator or function of one element.
struct Row {
  std::string_view spellings;  ///< blank separated
  std::size_t operand_count;
  bool is_operator;  ///< the first spelling is an operator's
  Rule rule;
  std::variant<Exact, Elementary, DType> meaning;  ///< a DType: a cast to it

  std::string_view name() const { return spellings.substr(spellings.rfind(' ') + 1); }  ///< what the library calls it as a function
};

/// A reduction that is a fold by itself.
struct FoldRow {
  std::string_view spellings;
  Rule rule;
  Fold fold;
};

/// A function that stands for an expression.
struct Definition {
  std::string_view spellings;
  std::string_view parameters;  ///< blank separated, with the defaults of optional ones
  std::size_t operand_count;    ///< of parameters without a default
  Rule rule;                    ///< of these
  bool is_reduction;            ///< takes axis and keepdims
  std::string_view text;
};

/// Each returns null where there is no such row.
const Row* find_operator(std::string_view spelling, std::size_t operand_count);
const Row* find_row(std::string_view name);
const FoldRow* find_fold(std::string_view name);
const Definition* find_definition(std::string_view name);

/// Takes the first word off a blank separated list.
std::string_view take_word(std::string_view& rest);

}  // namespace lanewise::inline v0::oracle
