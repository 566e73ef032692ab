#pragma once

#include "exec/call_monitor.hpp"
#include "exec/pass_plan.hpp"

namespace lanewise::inline v0 {

/// Runs a pass: stores its results, and those of its reductions in order of the kept places.
/// Throws Cancelled E501 when a stop was requested before all was done; std::bad_alloc when a task's workspace cannot be had.
void run_pass(const PassPlan& plan, CallMonitor& monitor);

}  // namespace lanewise::inline v0
