#pragma once
// What can be found out about an operation by asking the library: the types it takes and gives, and how to write a call of it. The help
// page and the reference manual are made of this.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <lanewise/lanewise.hpp>

namespace lanewise::inline v0::calculator {

/// Returns all dtypes, in their order.
std::array<DType, DType::count> all_dtypes();

/// Returns the operation applied to operands: "x + y", "-x", "sqrt(x)".
std::string call_text(const OperationInfo& operation, std::span<const std::string_view> operands);

/// The dtype that comes out for operands of each dtype, in the order of all_dtypes(); nothing where they are refused.
using ResultDTypes = std::array<std::optional<DType>, DType::count>;

/// Finds the dtypes by compiling a call for operands of each; where an operation refuses all of them, its last operand is an int64.
ResultDTypes result_dtypes(const OperationInfo& operation);

/// Returns the dtypes as text: "bool int8 -> float32, float32 float64 -> the same".
std::string dtypes_text(const ResultDTypes& results);

/// Returns the bound of an error: "exact", "correctly rounded", "1.5 ulp".
std::string error_text(double ulp);

/// Returns the blank separated words of a text.
std::vector<std::string_view> split_words(std::string_view text);

}  // namespace lanewise::inline v0::calculator
