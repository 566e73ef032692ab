#pragma once
// A read-only view of the operation table, for help screens and bindings.

#include <span>
#include <string_view>

#include <lanewise/export.hpp>

namespace lanewise::inline v0 {

/// One operator or function of the language.
struct OperationInfo {
  std::string_view name;        ///< how it is known in texts of the library: "add"
  std::string_view spellings;   ///< all ways to write it, blank separated, the usual one first: "+ add"
  std::string_view signature;   ///< with names for its operands: "x + y", "var(x, axis=None, keepdims=False, ddof=0)"
  std::string_view chapter;     ///< of the reference manual: "Arithmetic"
  int operand_count;            ///< the fewest it takes
  int most_operands;            ///< more than the fewest where some are optional; a large number where there is no limit
  bool is_operator;             ///< the first spelling stands before or between its operands
  bool is_reduction;            ///< takes axis and keepdims
  std::string_view types;       ///< a sentence: which types it takes, and which comes out
  std::string_view definition;  ///< the expression it stands for, empty where it is computed by itself
  double ulp_float32;           ///< largest error in units in the last place; 0 where the result is exact, 0.5 correctly rounded
  double ulp_float64;
  std::string_view summary;  ///< what it gives, in one sentence
  std::string_view example;  ///< an expression
  std::string_view value;    ///< what the example prints
};

/// Returns every operator and function, in the order of the table. Throws std::bad_alloc, the first time only.
LANEWISE_API std::span<const OperationInfo> operations();

}  // namespace lanewise::inline v0
