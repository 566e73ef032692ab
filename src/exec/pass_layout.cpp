#include "exec/pass_layout.hpp"

namespace lanewise::inline v0 {
namespace {

/// Folds can leave gaps between rows, if they are all of one size.
bool lies_in_rows(const PassPlan& plan, const StridedOperand& array) noexcept {
  std::ptrdiff_t row_stride = 0;
  return lies_along_rows(plan, array) && (plan.block_rows == 1 || has_one_stride(array.rows, 0, row_stride));
}

bool lies_for_program(const PassPlan& plan, const StridedOperand& array) noexcept {
  return plan.runs_rows ? lies_along_rows(plan, array) : lies_in_blocks(plan, array);
}

}  // namespace

bool lies_along_rows(const PassPlan& plan, const StridedOperand& array) noexcept {
  std::ptrdiff_t column_stride = 0;
  return !array.is_index && has_one_stride(array.columns, array.step_bytes, column_stride) &&
         (plan.column_count == 1 || column_stride == array.step_bytes);
}

bool lies_in_blocks(const PassPlan& plan, const StridedOperand& array) noexcept {
  std::ptrdiff_t row_stride = 0;
  if (!lies_along_rows(plan, array)) return false;
  if (plan.block_rows == 1) return true;
  const bool whole_rows = plan.block_columns == plan.column_count;
  return has_one_stride(array.rows, 0, row_stride) && whole_rows &&
         (plan.row_count == 1 || row_stride == array.step_bytes * static_cast<std::ptrdiff_t>(plan.column_count));
}

bool repeats_in_rows(const PassPlan& plan, const StridedOperand& array) noexcept {
  std::ptrdiff_t column_stride = 0;
  return plan.column_count > 1 && has_one_stride(array.columns, 0, column_stride) && column_stride == 0;
}

bool is_repeated(const PassPlan& plan, const PassOperand& operand) noexcept {
  return plan.runs_rows && operand.is_read_by_program && !operand.is_folded && repeats_in_rows(plan, operand.array);
}

bool is_staged(const PassPlan& plan, const PassOperand& operand) noexcept {
  if (is_repeated(plan, operand)) return false;
  if (operand.is_folded && !lies_in_rows(plan, operand.array)) return true;
  return operand.is_read_by_program && !lies_for_program(plan, operand.array);
}

bool needs_buffer(const PassPlan& plan, const PassOutput& output) noexcept {
  return !output.is_result || !lies_for_program(plan, output.target) || (output.is_folded && !lies_in_rows(plan, output.target));
}

}  // namespace lanewise::inline v0
