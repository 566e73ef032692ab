#include "exec/evaluate_call.hpp"

#include <lanewise/error.hpp>

#include "exec/call_plan.hpp"
#include "exec/check_arrays.hpp"
#include "exec/execute.hpp"
#include "exec/floating_point_environment.hpp"
#include "exec/workspace.hpp"

namespace lanewise::inline v0 {
namespace {

bool takes_short_way(const LoadedSchedule& schedule, const CallArrays& arrays) {
  return schedule.schedule.is_elementwise() && lie_in_order(arrays, schedule.program().program);
}

template <class Use>
auto with_plan(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options, Use&& use) {
  const LoadedProgram& program = schedule.program();
  check_inputs(arrays.schema, arrays.given());
  check_overlap_in_order(arrays, program.program);
  Workspace workspace(plan_workspace_bytes(program));
  return use(plan(program, arrays, options, workspace.data()));
}

}  // namespace

std::vector<PerDimension<std::size_t>> result_shapes(const LoadedSchedule& schedule, const CallArrays& arrays) {
  check_inputs(arrays.schema, arrays.given());
  CallMemory memory;
  CallShapes shapes(schedule.schedule, arrays, memory.resource());
  std::vector<PerDimension<std::size_t>> result;
  for (const ResultSource& source : schedule.schedule.results) result.push_back(shapes.of_set(source.set));
  return result;
}

void evaluate_call(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options, KeptCall* kept) {
  if (takes_short_way(schedule, arrays)) {
    with_plan(schedule, arrays, options, [&](const ExecutionPlan& plan) {
      CallMonitor monitor(options, plan.element_count);
      execute(plan, monitor);
      monitor.finish();
    });
  } else if (kept != nullptr) {
    kept->run(schedule, arrays, options);
  } else {
    const FloatingPointEnvironment environment;  // planning estimates times, and partial results are combined here
    CallPlan(schedule, arrays, options).run();
  }
}

std::string explain_call(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options) {
  if (takes_short_way(schedule, arrays)) {
    return with_plan(schedule, arrays, options, [](const ExecutionPlan& plan) { return to_text(plan); });
  }
  const CallPlan plan(schedule, arrays, options);
  std::string text;
  for (std::size_t p = 0; p < plan.passes().size(); ++p) {
    text += (p == 0 ? "pass " : "\npass ") + std::to_string(p) + ": " + to_text(plan.passes()[p]);
  }
  return std::string(machine_target().name) + "\n" + text;
}

}  // namespace lanewise::inline v0
