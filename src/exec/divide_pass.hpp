#pragma once

#include <lanewise/options.hpp>

#include "exec/call_memory.hpp"
#include "exec/pass_plan.hpp"

namespace lanewise::inline v0 {

/// Chooses blocks, items and the number of tasks of a plan whose operands, outputs and folds are known, and lays out the memory of a task.
/// `has_transposed`: see WalkOrder.
void divide_pass(PassPlan& plan, bool has_transposed, const EvaluateOptions& options, CallMemory& memory);

}  // namespace lanewise::inline v0
