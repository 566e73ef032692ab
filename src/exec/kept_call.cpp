#include "exec/kept_call.hpp"

#include <algorithm>

#include "exec/floating_point_environment.hpp"

namespace lanewise::inline v0 {
namespace {

/// Places in memory that a plan depends on: where results of reductions are aligned they are folded in place.
constexpr std::size_t address_period_bytes = 8;

template <class View>
bool lie_alike(const View& left, const View& right) {
  if (left.dtype() != right.dtype() || left.size() != right.size() || left.is_contiguous() != right.is_contiguous()) return false;
  if (!std::ranges::equal(left.shape(), right.shape())) return false;
  return left.is_contiguous() || std::ranges::equal(left.strides_bytes(), right.strides_bytes());
}

bool is_aligned_alike(const void* left, const void* right) {
  return reinterpret_cast<std::uintptr_t>(left) % address_period_bytes == reinterpret_cast<std::uintptr_t>(right) % address_period_bytes;
}

}  // namespace

bool KeptCall::suits(const CallArrays& arrays) {
  return std::ranges::all_of(arrays.inputs, [](const ArrayView* input) { return input->size() <= CallPlan::most_short_elements; }) &&
         std::ranges::all_of(arrays.outputs, [](const MutableArrayView& output) { return output.size() <= CallPlan::most_short_elements; });
}

void KeptCall::run(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options) {
  const FloatingPointEnvironment environment;  // planning estimates times, and partial results are combined here
  if (!is_planned_for(schedule, arrays, options)) {
    make_plan(schedule, arrays, options);
  } else {
    take(arrays);
    plan_->rebind();
  }
  plan_->run();
  if (!plan_->is_short()) plan_.reset();
}

bool KeptCall::is_planned_for(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options) const {
  if (!plan_ || schedule_ != &schedule || options_.max_threads != options.max_threads || arrays.outputs.size() != outputs_.size()) return false;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (!lie_alike(inputs_[i], *arrays.inputs[i])) return false;
  }
  for (std::size_t o = 0; o < outputs_.size(); ++o) {
    if (!lie_alike(outputs_[o], arrays.outputs[o]) || !is_aligned_alike(outputs_[o].data(), arrays.outputs[o].data())) return false;
  }
  return true;
}

void KeptCall::make_plan(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options) {
  plan_.reset();
  schedule_ = &schedule;
  options_.max_threads = options.max_threads;
  inputs_.clear();
  for (const ArrayView* input : arrays.inputs) inputs_.push_back(*input);
  outputs_.assign(arrays.outputs.begin(), arrays.outputs.end());
  input_addresses_.resize(inputs_.size());
  for (std::size_t i = 0; i < inputs_.size(); ++i) input_addresses_[i] = &inputs_[i];
  arrays_.emplace(CallArrays{arrays.schema, input_addresses_, outputs_, arrays.given_count});
  plan_.emplace(schedule, *arrays_, options_);
}

void KeptCall::take(const CallArrays& arrays) {
  std::ranges::copy(arrays.inputs, input_addresses_.begin());
  std::ranges::copy(arrays.outputs, outputs_.begin());
}

}  // namespace lanewise::inline v0
