#include "exec/plan.hpp"

#include <algorithm>
#include <cstring>

#include "exec/block_length.hpp"
#include "exec/check_arrays.hpp"
#include "exec/executor.hpp"
#include "exec/floating_point_environment.hpp"
#include "exec/scalar_input.hpp"
#include "exec/workspace.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t output_alignment_bytes = 64;  // a cache line, and the longest vector

/// Work below which waking another thread is taken to cost more than it saves: some microseconds to wake it, and as much to wait for it.
constexpr double serial_threshold_nanoseconds = 30'000;

/// A partial tile costs as much as a whole one: for a few tiles alignment is not worth it.
constexpr std::size_t aligned_from_tiles = 16;

std::size_t choose_head_length(const MutableArrayView& output, std::size_t tile_length) {
  const std::size_t size = output.dtype().size_bytes();
  const std::size_t misalignment = reinterpret_cast<std::uintptr_t>(output.data()) % output_alignment_bytes;
  const std::size_t head = (output_alignment_bytes - misalignment) % output_alignment_bytes / size;
  const bool reachable = misalignment % size == 0 && head < tile_length;
  return reachable && output.size() >= aligned_from_tiles * tile_length ? head : 0;
}

/// True if stores should go past the caches: the data will not be there when it is wanted again, and no line is read before it is written.
bool choose_streaming(const LoadedProgram& program, const CallArrays& arrays, std::size_t head_length) {
  if (!program.can_stream) return false;
  std::size_t touched_bytes = 0;
  for (const MutableArrayView& output : arrays.outputs) {
    const std::size_t size = output.dtype().size_bytes();
    const auto address = reinterpret_cast<std::uintptr_t>(output.data()) + head_length * size;
    if (address % output_alignment_bytes != 0) return false;
    touched_bytes += output.size() * size;
    if (std::ranges::any_of(arrays.inputs, [&](const ArrayView* input) { return is_in_place(*input, output); })) return false;
  }
  for (const ArrayView* input : arrays.inputs) touched_bytes += input->size() * input->dtype().size_bytes();
  return touched_bytes >= streaming_threshold_bytes();
}

/// More arrays than this at a time are more than a core has requests in flight for.
constexpr std::size_t maximum_stream_count = 8;

std::size_t list_streams(const Program& program, const CallArrays& arrays, InputStream* streams) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < arrays.inputs.size() && count < maximum_stream_count; ++i) {
    const ArrayView& input = *arrays.inputs[i];
    if (!program.input_is_used[i] || input.size() == 1) continue;
    streams[count++] = {static_cast<const std::byte*>(input.data()), input.dtype().size_bytes()};
  }
  return count;
}

/// Fills the slots of scalar inputs, then runs the `once` part for the others.
void compute_slots(const LoadedProgram& program, const CallArrays& arrays, SlotValue* slots, void** slot_addresses) {
  const std::vector<Slot>& wanted = program.program.slots;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    slot_addresses[i] = &slots[i];
    if (!wanted[i].is_input) continue;
    const std::size_t input = wanted[i].input_index;
    const Scalar value = convert_scalar(*arrays.inputs[input], wanted[i].dtype, arrays.schema[input].name);
    slots[i] = {value.travelling_bits(), value.imaginary_bits};
  }
  if (program.once.instructions.empty()) return;
  const FloatingPointEnvironment environment;
  Workspace workspace(program.once.workspace_bytes());
  const CallArguments arguments{arrays.inputs.data(), slot_addresses, slots, false, nullptr, 0};
  BoundPart(program, program.once, arguments, workspace.data()).run_partial_tile(0, 1);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].is_input) continue;
    Scalar value{wanted[i].dtype};
    value.read(&slots[i]);
    slots[i] = {value.travelling_bits(), value.imaginary_bits};
  }
}

void divide_work(ExecutionPlan& plan, const EvaluateOptions& options) {
  const std::size_t tile_length = plan.program->tile_length;
  const double nanoseconds = plan.program->each.tile_nanoseconds * static_cast<double>(plan.element_count) / static_cast<double>(tile_length);
  plan.worker_count = 1;
  if (nanoseconds >= serial_threshold_nanoseconds && options.max_threads != 1) {
    const std::size_t available = available_worker_count();
    plan.worker_count = options.max_threads == 0 ? available : std::min(available, options.max_threads);
  }
  const std::size_t body_length = plan.element_count - plan.head_length;
  plan.block_length = choose_block_length(body_length, plan.worker_count, tile_length);
  plan.block_count = (body_length + plan.block_length - 1) / plan.block_length;
  plan.worker_count = std::clamp<std::size_t>(plan.block_count, 1, plan.worker_count);
}

}  // namespace

std::size_t plan_workspace_bytes(const LoadedProgram& program) noexcept {
  const std::size_t outputs = program.program.output_dtypes.size();
  return program.program.slots.size() * (sizeof(SlotValue) + sizeof(void*)) + outputs * sizeof(void*) +
         maximum_stream_count * sizeof(InputStream);
}

ExecutionPlan plan(const LoadedProgram& program, const CallArrays& arrays, const EvaluateOptions& options, std::byte* workspace) {
  check_arrays(arrays, program.program);
  const std::size_t slot_count = program.program.slots.size();
  auto* slots = reinterpret_cast<SlotValue*>(workspace);
  auto** slot_addresses = reinterpret_cast<void**>(slots + slot_count);
  auto** outputs = slot_addresses + slot_count;
  auto* streams = reinterpret_cast<InputStream*>(outputs + arrays.outputs.size());
  compute_slots(program, arrays, slots, slot_addresses);
  for (std::size_t o = 0; o < arrays.outputs.size(); ++o) outputs[o] = arrays.outputs[o].data();

  ExecutionPlan plan{&program, {arrays.inputs.data(), outputs, slots, false, nullptr, 0}, arrays.outputs[0].size(), 0, 0, 0, 1};
  plan.head_length = choose_head_length(arrays.outputs[0], program.tile_length);
  if (choose_streaming(program, arrays, plan.head_length)) {
    plan.arguments.streaming = true;
    plan.arguments.streams = streams;
    plan.arguments.stream_count = list_streams(program.program, arrays, streams);
  }
  divide_work(plan, options);
  return plan;
}

std::string to_text(const ExecutionPlan& plan) {
  const auto counted = [](std::size_t count, const std::string& what) { return std::to_string(count) + " " + what + (count == 1 ? "" : "s"); };
  const LoadedProgram& program = *plan.program;
  const std::size_t tiles = program.program.each.scratch_tile_count;
  return std::string(program.target->name) + ": " + std::to_string(program.tile_length) + " elements a tile, " +
         std::to_string(plan.block_length) + " a block, " + counted(plan.block_count, "block") + " on " +
         counted(plan.worker_count, "thread") + "; " + (plan.arguments.streaming ? "streaming" : "plain") + " stores; " +
         (tiles == 0 ? "no scratch tile" : counted(tiles, "scratch tile"));
}

}  // namespace lanewise::inline v0
