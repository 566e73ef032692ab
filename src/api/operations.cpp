// The public view of the operation table: each row of operations.def without what only the stages need.
#include <lanewise/operations.hpp>

#include <array>

#include "ops/operation.hpp"

namespace lanewise::inline v0 {

static OperationInfo public_view(const Operation& row) noexcept {
  return {row.name, row.spellings, row.form.operand_count, row.is_operator(), row.ulp_float32, row.ulp_float64, row.example, row.value};
}

std::span<const OperationInfo> operations() noexcept {
  static const auto views = [] {
    std::array<OperationInfo, operation_count> result;
    std::size_t count = 0;
    for (const Operation& row : all_operations()) result[count++] = public_view(row);
    return result;
  }();
  return views;
}

}  // namespace lanewise::inline v0
