#pragma once

#include "exec/call_monitor.hpp"
#include "exec/plan.hpp"

namespace lanewise::inline v0 {

/// Fills the outputs. Throws Cancelled E501 when a stop was requested before the last block was taken; std::bad_alloc when a task's workspace
/// cannot be had.
void execute(ExecutionPlan plan, CallMonitor& monitor);

}  // namespace lanewise::inline v0
