#pragma once
// A call of a schedule on arrays of any layout.

#include <string>
#include <vector>

#include "exec/kept_call.hpp"
#include "exec/loaded_schedule.hpp"
#include "exec/plan.hpp"

namespace lanewise::inline v0 {

/// Returns the shapes of the results; the outputs take no part. Throws as `evaluate_call`.
std::vector<PerDimension<std::size_t>> result_shapes(const LoadedSchedule& schedule, const CallArrays& arrays);

/// Fills the outputs. Arrays that lie in order take the short way of exec/plan.hpp where the schedule is elementwise; for others `kept`, unless it is null,
/// has a plan or makes one. It is not null only where the schedule may keep plans, and the options ask for nothing but a number of threads.
/// Throws DTypeError E203, E205, E209, ShapeError E301, E304, E306, E307, E309, AliasError E305; then the outputs are untouched. Cancelled E501,
/// std::bad_alloc; then their content is unspecified.
void evaluate_call(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options, KeptCall* kept);

/// Returns how `evaluate_call` would go about it, a line a pass.
std::string explain_call(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options);

}  // namespace lanewise::inline v0
