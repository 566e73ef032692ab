#include "exec/pass_plan.hpp"

#include <string>

namespace lanewise::inline v0 {

std::string to_text(const PassPlan& plan) {
  const auto counted = [](std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
  };
  std::size_t staged = 0;
  for (const PassOperand& operand : plan.operands) staged += operand.is_staged();
  std::string text = counted(plan.row_count, "row") + " of " + counted(plan.column_count, "column");
  if (!plan.folds.empty()) text += plan.steps_are_rows ? ", folded along the rows" : ", folded along the columns";
  if (plan.element_count() == 0) return text;
  return text + "; blocks of " + std::to_string(plan.block_rows) + " by " + std::to_string(plan.block_columns) +
         (plan.runs_rows ? ", row by row; " : "; ") + (staged == 0 ? "nothing" : counted(staged, "operand")) + " staged; " +
         (plan.streams_results ? "streaming stores; " : "") + counted(plan.item_count(), "item") + " on " +
         counted(plan.worker_count, "thread");
}

}  // namespace lanewise::inline v0
