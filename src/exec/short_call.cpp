#include "exec/short_call.hpp"

#include <algorithm>

#include "exec/block_length.hpp"
#include "exec/floating_point_environment.hpp"
#include "exec/overlap.hpp"
#include "exec/plan.hpp"
#include "exec/scalar_input.hpp"
#include "exec/slots.hpp"

namespace lanewise::inline v0 {
namespace {

bool has_shape_of(const ArrayView& input, const MutableArrayView& output) {
  return input.size() == output.size() && input.is_contiguous() && std::ranges::equal(input.shape(), output.shape());
}

bool lie_apart(const std::byte* left, std::size_t left_bytes, const std::byte* right, std::size_t right_bytes) {
  return left + left_bytes <= right || right + right_bytes <= left;
}

}  // namespace

bool ShortCall::suits(std::span<const ArrayView* const> inputs, const MutableArrayView& output) noexcept {
  return output.size() > 1 && output.is_contiguous() && std::ranges::all_of(inputs, [&](const ArrayView* input) {
           return has_shape_of(*input, output) || input->is_scalar();
         });
}

ShortCall::ShortCall(const LoadedSchedule& schedule, std::span<const SchemaEntry> schema, std::span<const ArrayView* const> inputs)
    : program_(schedule.program()), schema_(schema), inputs_(inputs.size()) {
  std::size_t touched_bytes = program_.program.output_dtypes[0].size_bytes();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const bool is_array = inputs[i]->size() > 1;
    if (is_array) touched_bytes += schema[i].dtype.size_bytes();
    const bool may_be_the_output = schema[i].dtype.size_bytes() == program_.program.output_dtypes[0].size_bytes() &&
                                   reads_before_writing(program_.program, static_cast<std::uint32_t>(i), 0);
    rules_.push_back({is_array, may_be_the_output});
  }
  {
    const FloatingPointEnvironment environment;
    longest_length_ = longest_serial_length(program_.each.tile_nanoseconds / static_cast<double>(program_.each.tile_length), touched_bytes);
  }
  for (const Slot& slot : program_.program.slots) slots_.push_back(Scalar{slot.dtype});
  memory_.reset(static_cast<std::byte*>(::operator new(program_.each.workspace_bytes(), std::align_val_t{64})));
  arguments_ = {inputs_.data(), &output_, slots_.data(), false, nullptr, 0};
  part_.emplace(program_, program_.each, arguments_, memory_.get());
}

bool ShortCall::run(std::span<const ArrayView* const> inputs, const MutableArrayView& output) {
  if (output.size() < 2 || output.size() > longest_length_ || !output.is_contiguous()) return false;
  if (output.dtype() != program_.program.output_dtypes[0]) return false;
  arguments_.may_run_twice = program_.each.host_call_count == 0;
  output_ = static_cast<std::byte*>(output.data());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!take(i, *inputs[i], output)) return false;
  }
  if (!slots_.empty()) take_slots(inputs);
  part_->rebind_arrays();
  const std::size_t head_length = choose_head_length(output, program_.each.tile_length);
  {
    const FloatingPointEnvironment environment;
    part_->run(0, output.size(), head_length);
  }
  part_->rethrow();
  return true;
}

bool ShortCall::take(std::size_t number, const ArrayView& input, const MutableArrayView& output) noexcept {
  const InputRule& rule = rules_[number];
  if (!rule.is_array) return input.is_scalar();
  if (input.dtype() != schema_[number].dtype || schema_[number].weak || !has_shape_of(input, output)) return false;
  inputs_[number] = static_cast<const std::byte*>(input.data());
  if (inputs_[number] == output_ && rule.may_be_the_output) {
    arguments_.may_run_twice = false;
    return true;
  }
  return lie_apart(inputs_[number], input.size() * input.dtype().size_bytes(), output_, output.size() * output.dtype().size_bytes());
}

void ShortCall::take_slots(std::span<const ArrayView* const> inputs) {
  const std::vector<Slot>& slots = program_.program.slots;
  for (std::size_t s = 0; s < slots.size(); ++s) {
    if (!slots[s].is_input) continue;
    const std::size_t number = slots[s].input_index;
    read_scalar(inputs[number]->data(), inputs[number]->dtype(), schema_[number].name, slots_[s]);
  }
  compute_once_slots(program_, slots_.data());
  part_->rebind_slots();
}

}  // namespace lanewise::inline v0
