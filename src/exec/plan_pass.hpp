#pragma once

#include "exec/pass_plan.hpp"
#include "exec/call_memory.hpp"
#include "exec/plan.hpp"

namespace lanewise::inline v0 {

/// What a pass is planned from.
struct PassQuestion {
  const Schedule& schedule;
  std::size_t pass_index;
  const LoadedPass& loaded;
  std::span<const std::size_t> domain;
  std::uint32_t reduced;                          ///< axes of the domain, bit k: axis k
  std::span<const CallValue> values;              ///< by number
  std::span<const MutableArrayView> outputs;      ///< of the call
  const EvaluateOptions& options;
};

/// Chooses the walk, finds what must be staged, and divides the work; all memory but that of tasks is taken here.
PassPlan plan_pass(const PassQuestion& question, CallMemory& memory);

/// Writes where the operands, outputs and results of reductions are.
void point_at(PassPlan& plan, const Pass& pass, std::span<const CallValue> values, std::span<const MutableArrayView> outputs);

}  // namespace lanewise::inline v0
