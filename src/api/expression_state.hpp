#pragma once
// What an Expression keeps: the graph, and a schedule for each pattern of shapes that its calls have met.

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <lanewise/expression.hpp>
#include <lanewise/function_set.hpp>

#include "api/per_thread.hpp"
#include "exec/kept_call.hpp"
#include "exec/loaded_schedule.hpp"
#include "exec/one_element.hpp"
#include "exec/short_call.hpp"
#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// Whether each input is read by some result.
bool reads_each_input(const Graph& graph);

/// Hidden, though its class is exported: calls within the library go straight to its functions.
struct __attribute__((visibility("hidden"))) Expression::State {
  State(std::string source_text, const CompileOptions& compile_options, Graph simplified_graph)
      : source(std::move(source_text)),
        functions(compile_options.functions == nullptr ? FunctionSet() : *compile_options.functions),
        options{compile_options.limits, &functions},
        graph(std::move(simplified_graph)),
        rates_only(needs_rates_only(graph)),
        input_count(graph.schema().entries().size()),
        has_result_of_one_element(is_of_one_element(graph)),
        reads_all_inputs(reads_each_input(graph)) {}
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  const std::string source;
  const FunctionSet functions;   ///< as they were when the text was compiled
  const CompileOptions options;  ///< with those functions
  const Graph graph;
  const bool rates_only;  ///< but for small arrays, equal shapes are of no meaning in patterns
  const std::size_t input_count;
  const bool has_result_of_one_element;  ///< one result, and from one element of each input one element of it
  const bool reads_all_inputs;           ///< and so the shapes of all take part in those of the results

  struct Kept {
    std::vector<InputPattern> pattern;
    LoadedSchedule schedule;
    Kept* next;
  };
  /// A schedule that the state keeps, or one that lives as long as this.
  struct ScheduleReference {
    const LoadedSchedule* schedule;
    std::unique_ptr<Kept> own;
    const LoadedSchedule& operator*() const { return *schedule; }
  };
  /// Returns the schedule for inputs of these shapes. Lock-free; safe from any thread.
  ScheduleReference schedule_for(std::span<const ArrayView* const> inputs) const;

  CallArrays call_arrays(std::span<const ArrayView* const> inputs, std::span<const MutableArrayView> outputs) const {
    return {graph.inputs(), inputs, outputs, input_count};
  }

  /// Evaluates one element, if every array is one element, or short arrays that lie in order, of the types that the text was compiled for; else returns
  /// false, with nothing done. Safe from any thread.
  bool evaluate_in_short(const GivenArrays& inputs, const MutableArrayView& out, const EvaluateOptions& call_options) const;

  /// The same into fresh memory; returns nothing where it would return false.
  std::optional<Array> evaluate_in_short(const GivenArrays& inputs, const EvaluateOptions& call_options) const;

  /// Evaluates any arrays, for which `schedule` is. Safe from any thread.
  void evaluate_arrays(const ScheduleReference& schedule, const CallArrays& arrays, const EvaluateOptions& call_options) const;

 private:
  bool evaluate_one_element(const GivenArrays& inputs, const MutableArrayView& out) const;
  bool evaluate_short_arrays(const GivenArrays& inputs, const MutableArrayView& out) const;
  std::unique_ptr<ShortCall> make_short_call(const GivenArrays& inputs) const;
  bool matches(std::span<const ArrayView* const> inputs, const std::vector<InputPattern>& pattern) const;
  std::vector<InputPattern> pattern_of(std::span<const ArrayView* const> inputs) const;

  mutable std::atomic<Kept*> first_kept_ = nullptr;
  mutable std::atomic<int> kept_count_ = 0;
  mutable PerThread<OneElement> one_element_;
  mutable PerThread<KeptCall> kept_call_;
  mutable PerThread<ShortCall> short_call_;  ///< for the first pattern of such arrays that the thread met
};

}  // namespace lanewise::inline v0
