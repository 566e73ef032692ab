#pragma once
// Where the arrays of a pass lie, seen in the blocks that were chosen for it.

#include "exec/pass_plan.hpp"

namespace lanewise::inline v0 {

/// Whether the elements of a row lie one after another, `step_bytes` apart.
bool lies_along_rows(const PassPlan& plan, const StridedOperand& array) noexcept;

/// Whether the elements of every block do.
bool lies_in_blocks(const PassPlan& plan, const StridedOperand& array) noexcept;

/// Whether a row has one element of the array.
bool repeats_in_rows(const PassPlan& plan, const StridedOperand& array) noexcept;

/// Whether a tile of equal elements stands for a row of the operand.
bool is_repeated(const PassPlan& plan, const PassOperand& operand) noexcept;

/// Whether blocks of the operand must be copied to be read.
bool is_staged(const PassPlan& plan, const PassOperand& operand) noexcept;

/// Whether blocks of the output are written to a buffer first.
bool needs_buffer(const PassPlan& plan, const PassOutput& output) noexcept;

}  // namespace lanewise::inline v0
