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
  int operand_count;            ///< 1 to 3
  bool is_operator;             ///< the first spelling stands before or between its operands
  double ulp_float32;           ///< largest error in units in the last place; 0 where the result is the correctly rounded one or exact
  double ulp_float64;
  std::string_view example;     ///< an expression
  std::string_view value;       ///< what the example prints
};

/// Returns every operator and function, in the order of the table.
LANEWISE_API std::span<const OperationInfo> operations() noexcept;

}  // namespace lanewise::inline v0
