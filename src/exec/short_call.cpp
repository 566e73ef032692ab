#include "exec/short_call.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "exec/block_length.hpp"
#include "exec/floating_point_environment.hpp"
#include "exec/overlap.hpp"
#include "exec/padding.hpp"
#include "exec/plan.hpp"
#include "exec/scalar_input.hpp"

namespace lanewise::inline v0 {
namespace {

bool has_shape_of(const ArrayView& input, const MutableArrayView& output) {
  if (input.size() != output.size() || !input.is_contiguous() || input.rank() != output.rank()) return false;
  return input.rank() == 1 || std::ranges::equal(input.shape(), output.shape());
}

bool lie_apart(const std::byte* left, std::size_t left_bytes, const std::byte* right, std::size_t right_bytes) {
  return left + left_bytes <= right || right + right_bytes <= left;
}

}  // namespace

bool ShortCall::suits(const GivenArrays& inputs, const MutableArrayView& output) noexcept {
  if (output.size() <= 1 || !output.is_contiguous()) return false;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].is_scalar() && !has_shape_of(inputs[i], output)) return false;
  }
  return true;
}

ShortCall::ShortCall(const LoadedSchedule& schedule, std::span<const SchemaEntry> schema, const GivenArrays& inputs)
    : program_(schedule.program()),
      schema_(schema),
      output_dtype_(program_.program.output_dtypes[0]),
      output_element_bytes_(output_dtype_.size_bytes()),
      inputs_(inputs.size()) {
  std::size_t touched_bytes = output_element_bytes_;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::size_t element_bytes = schema[i].dtype.size_bytes();
    if (inputs[i].is_scalar()) {
      scalars_.push_back(i);
      continue;
    }
    touched_bytes += element_bytes;
    const bool may_be_the_output =
        element_bytes == output_element_bytes_ && reads_before_writing(program_.program, static_cast<std::uint32_t>(i), 0);
    arrays_.push_back({i, schema[i].dtype, element_bytes, may_be_the_output, nullptr});
  }
  {
    const FloatingPointEnvironment environment;
    longest_length_ = longest_serial_length(program_.each.tile_nanoseconds / static_cast<double>(program_.each.tile_length), touched_bytes);
  }
  if (std::ranges::any_of(arrays_, [&](const ArrayInput& array) { return schema[array.number].weak; })) longest_length_ = 0;
  for (const Slot& slot : program_.program.slots) slots_.push_back(Scalar{slot.dtype});
  arguments_ = {inputs_.data(), &output_, slots_.data(), false, nullptr, 0};
  bind();
  list_array_words();
}

void ShortCall::bind() {
  const LoadedPart& part = program_.each;
  const auto copy_bytes = [&part](std::size_t element_bytes) { return padded_tile_bytes(part.tile_bytes, part.tile_length, element_bytes); };
  const auto round_up = [](std::size_t size_bytes) { return (size_bytes + 63) / 64 * 64; };
  const std::size_t workspace_bytes = round_up(part.workspace_bytes());
  const std::size_t once_bytes = program_.once.instructions.empty() ? 0 : round_up(OncePart::memory_bytes(program_));
  std::size_t bytes = workspace_bytes + once_bytes + copy_bytes(output_element_bytes_);
  for (const ArrayInput& array : arrays_) bytes += is_read(array) ? copy_bytes(array.element_bytes) : 0;
  memory_.reset(static_cast<std::byte*>(::operator new(bytes, std::align_val_t{64})));
  part_.emplace(program_, program_.each, arguments_, memory_.get());
  if (once_bytes > 0) once_.emplace(program_, slots_.data(), memory_.get() + workspace_bytes);
  output_copy_ = memory_.get() + workspace_bytes + once_bytes;
  std::byte* place = output_copy_ + copy_bytes(output_element_bytes_);
  for (ArrayInput& array : arrays_) {
    if (is_read(array)) array.copy = std::exchange(place, place + copy_bytes(array.element_bytes));
  }
}

void ShortCall::list_array_words() {
  for (const Relocation& relocation : program_.each.relocations) {
    const Operand operand = relocation.operand;
    if (operand.source == Operand::Source::input) array_words_.push_back({&part_->bound_word(relocation), &inputs_[operand.index]});
    if (operand.source == Operand::Source::output) array_words_.push_back({&part_->bound_word(relocation), &output_});
  }
}

bool ShortCall::run(const GivenArrays& inputs, const MutableArrayView& output) {
  if (output.size() < 2 || output.size() > longest_length_ || !output.is_contiguous() || output.dtype() != output_dtype_) return false;
  const FloatingPointEnvironment environment;  // as early as may be: to read the modes the processor finishes what is under way
  output_ = static_cast<std::byte*>(output.data());
  arguments_.may_run_twice = program_.each.host_call_count == 0;
  for (const ArrayInput& array : arrays_) {
    if (!take(array, inputs[array.number], output)) return false;
  }
  for (const std::size_t number : scalars_) {
    if (!inputs[number].is_scalar()) return false;
  }
  if (!slots_.empty()) take_slots(inputs);
  if (output.size() < program_.each.tile_length) {
    run_on_copies(output);
    return true;
  }
  write_array_words();
  arguments_.native_code = program_.native_code_for(output.size());
  const std::size_t head_length = choose_head_length(output, program_.each.tile_length);
  part_->run(0, output.size(), head_length);
  part_->rethrow();
  return true;
}

void ShortCall::write_array_words() noexcept {
  for (const ArrayWord& array : array_words_) array.word->read = *array.address;
}

/// Fewer elements than a tile.
void ShortCall::run_on_copies(const MutableArrayView& output) {
  const std::size_t length = output.size();
  for (const ArrayInput& array : arrays_) {
    if (array.copy == nullptr) continue;
    const std::byte* const elements = std::exchange(inputs_[array.number], array.copy);
    if (length == copied_length_) {
      std::memcpy(array.copy, elements, length * array.element_bytes);
    } else {
      copy_padded(array.copy, elements, static_cast<std::ptrdiff_t>(array.element_bytes), array.element_bytes, length, program_.each.tile_length);
    }
  }
  copied_length_ = length;
  output_ = output_copy_;
  write_array_words();
  part_->run_one_tile(length);
  part_->rethrow();
  std::memcpy(output.data(), output_copy_, length * output_element_bytes_);
}

bool ShortCall::take(const ArrayInput& array, const ArrayView& input, const MutableArrayView& output) noexcept {
  if (input.dtype() != array.dtype || !has_shape_of(input, output)) return false;
  const auto* const data = static_cast<const std::byte*>(input.data());
  inputs_[array.number] = data;
  if (data == output_ && array.may_be_the_output) {
    arguments_.may_run_twice = false;
    return true;
  }
  return lie_apart(data, input.size() * array.element_bytes, output_, output.size() * output_element_bytes_);
}

void ShortCall::take_slots(const GivenArrays& inputs) {
  const std::vector<Slot>& slots = program_.program.slots;
  for (std::size_t s = 0; s < slots.size(); ++s) {
    if (!slots[s].is_input) continue;
    const std::size_t number = slots[s].input_index;
    read_scalar(inputs[number].data(), inputs[number].dtype(), schema_[number].name, slots_[s]);
  }
  if (once_) once_->recompute();
  part_->rebind_slots();
}

}  // namespace lanewise::inline v0
