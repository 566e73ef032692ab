#pragma once
// The plan of a whole call: the values between passes, and every pass.

#include <memory_resource>
#include <optional>
#include <utility>
#include <vector>

#include "exec/call_memory.hpp"
#include "exec/call_shapes.hpp"
#include "exec/overlap.hpp"
#include "exec/loaded_schedule.hpp"
#include "exec/pass_plan.hpp"

namespace lanewise::inline v0 {

/// Everything is checked before it is made; from then on only memory for tasks can be missing, or a stop be asked for.
class CallPlan {
 public:
  /// Of more, planning is a small part of the time, and what stays in memory might matter.
  static constexpr std::size_t most_short_elements = 16'384;

  /// Refers to the arguments. Throws what `evaluate_call` throws.
  CallPlan(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options);

  void run();

  /// Whether it is for few elements on one thread, and so worth keeping where the schedule lets it.
  bool is_short() const;
  /// Goes over to the arrays that the CallArrays lists now, which lie like those that the plan was made for. Throws AliasError E305, DTypeError E205, E209.
  void rebind();

  std::span<const PassPlan> passes() const { return passes_; }

 private:
  void check_outputs();
  void check_overlaps();
  void check_overlap(std::size_t output, std::uint32_t value, const Layout& in, std::uint32_t input);
  void check_view_overlaps();
  bool is_safe_in_place(std::size_t output, std::uint32_t value) const;
  bool is_read(std::uint32_t value) const;
  bool reads(std::size_t pass, std::uint32_t value) const;
  void add_input_values();
  void check_memory();
  void add_scheduled_value(const ScheduledValue& scheduled);
  CallValue view_of(const ScheduledValue& scheduled);
  void plan_passes();
  void plan_one_pass(std::size_t pass);
  Shape domain_of(const Pass& pass);
  void fill_empty(const Pass& pass, std::uint32_t reduced, std::span<const std::size_t> domain);
  std::optional<std::size_t> output_for(std::uint32_t value, std::size_t count) const;
  void fill_slots(PassPlan& plan);
  void copy_results();

  const LoadedSchedule& loaded_;
  const Schedule& schedule_;
  const CallArrays& arrays_;
  const EvaluateOptions& options_;
  CallMemory memory_;
  CallShapes shapes_;
  std::pmr::vector<CallValue> values_;
  std::pmr::vector<std::pair<std::uint32_t, std::size_t>> values_in_outputs_;  ///< of reductions and small values, and the output whose memory each has
  std::pmr::vector<PassPlan> passes_;
};

}  // namespace lanewise::inline v0
