#include "exec/kept_call.hpp"

#include <algorithm>

#include "exec/floating_point_environment.hpp"
#include "exec/overlap.hpp"

namespace lanewise::inline v0 {
namespace {

/// Of more elements planning is a small part of the time.
constexpr std::size_t most_elements = 32'768;

/// Places in memory that a plan depends on: where results of reductions are aligned they are folded in place.
constexpr std::size_t address_period_bytes = 8;

bool is_short(const CallArrays& arrays) {
  return std::ranges::all_of(arrays.inputs, [](const ArrayView* input) { return input->size() <= most_elements; }) &&
         std::ranges::all_of(arrays.outputs, [](const MutableArrayView& output) { return output.size() <= most_elements; });
}

template <class View>
bool lie_alike(const View& left, const View& right) {
  if (left.dtype() != right.dtype() || left.size() != right.size() || left.is_contiguous() != right.is_contiguous()) return false;
  if (!std::ranges::equal(left.shape(), right.shape())) return false;
  return left.is_contiguous() || std::ranges::equal(left.strides_bytes(), right.strides_bytes());
}

bool is_aligned_alike(const void* left, const void* right) {
  return reinterpret_cast<std::uintptr_t>(left) % address_period_bytes == reinterpret_cast<std::uintptr_t>(right) % address_period_bytes;
}

/// Whether the arrays are there, and no output shares memory with another array.
bool lie_apart(const CallArrays& arrays) {
  for (std::size_t o = 0; o < arrays.outputs.size(); ++o) {
    const Layout output = layout_of(arrays.outputs[o]);
    if (output.data == nullptr) return false;
    for (const ArrayView* input : arrays.inputs) {
      if (input->data() == nullptr || may_overlap(layout_of(*input), output)) return false;
    }
    for (std::size_t other = 0; other < o; ++other) {
      if (may_overlap(layout_of(arrays.outputs[other]), output)) return false;
    }
  }
  return true;
}

}  // namespace

bool KeptCall::run(const LoadedSchedule& schedule, const CallArrays& arrays) {
  if (&schedule == refused_ || !is_short(arrays)) return false;
  const FloatingPointEnvironment environment;  // planning estimates times, and partial results are combined here
  if (!is_planned_for(schedule, arrays)) {
    make_plan(schedule, arrays);
    if (!plan_) return false;
  } else {
    if (!lie_apart(arrays)) return false;
    take(arrays);
    plan_->rebind();
  }
  plan_->run();
  return true;
}

bool KeptCall::is_planned_for(const LoadedSchedule& schedule, const CallArrays& arrays) const {
  if (!plan_ || schedule_ != &schedule || arrays.outputs.size() != outputs_.size()) return false;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (!lie_alike(inputs_[i], *arrays.inputs[i])) return false;
  }
  for (std::size_t o = 0; o < outputs_.size(); ++o) {
    if (!lie_alike(outputs_[o], arrays.outputs[o]) || !is_aligned_alike(outputs_[o].data(), arrays.outputs[o].data())) return false;
  }
  return true;
}

void KeptCall::make_plan(const LoadedSchedule& schedule, const CallArrays& arrays) {
  plan_.reset();
  schedule_ = &schedule;
  inputs_.clear();
  for (const ArrayView* input : arrays.inputs) inputs_.push_back(*input);
  outputs_.assign(arrays.outputs.begin(), arrays.outputs.end());
  input_addresses_.resize(inputs_.size());
  for (std::size_t i = 0; i < inputs_.size(); ++i) input_addresses_[i] = &inputs_[i];
  arrays_.emplace(CallArrays{arrays.schema, input_addresses_, outputs_, arrays.given_count});
  plan_.emplace(schedule, *arrays_, options_);
  if (plan_->can_be_kept()) return;
  plan_.reset();
  refused_ = &schedule;
}

void KeptCall::take(const CallArrays& arrays) {
  std::ranges::copy(arrays.inputs, input_addresses_.begin());
  std::ranges::copy(arrays.outputs, outputs_.begin());
}

}  // namespace lanewise::inline v0
