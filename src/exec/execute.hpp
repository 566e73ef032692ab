#pragma once

#include <stop_token>

#include "exec/plan.hpp"

namespace lanewise::inline v0 {

/// Fills the outputs. Throws Cancelled E501 when `stop` was requested before the last block was taken; std::bad_alloc when a task's workspace
/// cannot be had.
void execute(const ExecutionPlan& plan, const std::stop_token& stop);

}  // namespace lanewise::inline v0
