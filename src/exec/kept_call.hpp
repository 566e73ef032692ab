#pragma once
// KeptCall: a call whose plan stays for the next one on arrays that lie alike. On few elements planning takes several times as long as the work.

#include <optional>
#include <vector>

#include "exec/call_plan.hpp"

namespace lanewise::inline v0 {

/// Of one thread at a time.
class KeptCall {
 public:
  KeptCall() = default;
  KeptCall(const KeptCall&) = delete;
  KeptCall& operator=(const KeptCall&) = delete;

  /// Whether the arrays are so short that plans for them may be.
  static bool suits(const CallArrays& arrays);

  /// Evaluates by the plan of an earlier call, or by one that stays if it is short. `schedule` may keep plans and outlives all calls; the arrays suit. Of the
  /// options max_threads counts. Throws what `evaluate_call` throws.
  void run(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options);

 private:
  bool is_planned_for(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options) const;
  void make_plan(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options);
  void take(const CallArrays& arrays);

  EvaluateOptions options_ = {};
  const LoadedSchedule* schedule_ = nullptr;  ///< of the plan
  std::vector<ArrayView> inputs_;             ///< what the plan was made for: it refers to their shapes and strides
  std::vector<const ArrayView*> input_addresses_;
  std::vector<MutableArrayView> outputs_;
  std::optional<CallArrays> arrays_;
  std::optional<CallPlan> plan_;
};

}  // namespace lanewise::inline v0
