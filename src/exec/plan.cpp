// The plan of an elementwise program on arrays that lie in order: nothing is staged, blocks are stretches of all arrays alike.

#include "exec/plan.hpp"

#include <algorithm>
#include <span>

#include "exec/block_length.hpp"
#include "exec/slots.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t output_alignment_bytes = 64;  // a cache line, and the longest vector

/// A head costs as much as a whole tile: for a few tiles alignment is not worth it.
constexpr std::size_t aligned_from_tiles = 16;

std::size_t touched_bytes(const CallArrays& arrays) {
  std::size_t bytes = 0;
  for (const MutableArrayView& output : arrays.outputs) bytes += output.size() * output.dtype().size_bytes();
  for (const ArrayView* input : arrays.given()) bytes += input->size() * input->dtype().size_bytes();
  return bytes;
}

bool is_in_place(const CallArrays& arrays) {
  return std::ranges::any_of(arrays.outputs, [&](const MutableArrayView& output) {
    return std::ranges::any_of(arrays.inputs, [&](const ArrayView* input) { return input->data() == output.data(); });
  });
}

/// True if stores may go past the caches: no line is read before it is written, and a tile writes whole lines. (Part of a line goes to memory alone
/// if others are read before the rest is there.)
bool can_stream(const LoadedProgram& program, const CallArrays& arrays, std::size_t head_length) {
  if (!program.can_stream) return false;
  for (const MutableArrayView& output : arrays.outputs) {
    const std::size_t size = output.dtype().size_bytes();
    const auto address = reinterpret_cast<std::uintptr_t>(output.data()) + head_length * size;
    if (address % output_alignment_bytes != 0 || size * program.each.tile_length < output_alignment_bytes) return false;
  }
  return !is_in_place(arrays);
}

std::size_t list_streams(const Program& program, const CallArrays& arrays, InputStream* streams) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < program.input_is_used.size() && count < maximum_stream_count; ++i) {
    const ArrayView& input = *arrays.inputs[i];
    if (!program.input_is_used[i] || input.size() == 1) continue;
    const auto* data = static_cast<const std::byte*>(input.data());
    streams[count++] = {data, data, input.dtype().size_bytes()};
  }
  const ReadAhead ahead = machine_read_ahead(count);
  for (InputStream& stream : std::span(streams, count)) {
    stream.near_address += ahead.near_bytes;
    stream.far_address = ahead.far_bytes == 0 ? nullptr : stream.far_address + ahead.far_bytes;
  }
  return count;
}

void divide_work(ExecutionPlan& plan, const CallArrays& arrays, const EvaluateOptions& options) {
  const std::size_t tile_length = plan.program->each.tile_length;
  const double nanoseconds = plan.program->each.tile_nanoseconds * static_cast<double>(plan.element_count) / static_cast<double>(tile_length);
  plan.worker_count = choose_worker_count(nanoseconds, touched_bytes(arrays), options);
  const std::size_t body_length = plan.element_count - plan.head_length;
  plan.block_length = choose_block_length(body_length, plan.worker_count, tile_length);
  plan.block_count = (body_length + plan.block_length - 1) / plan.block_length;
  plan.worker_count = std::clamp<std::size_t>(plan.block_count, 1, plan.worker_count);
}

/// The workspace of a plan, in this order.
struct PlanMemory {
  Scalar* slots;
  const std::byte** inputs;
  std::byte** outputs;
  InputStream* streams;
};

PlanMemory divide_memory(std::byte* memory, const Program& program) {
  PlanMemory divided;
  divided.slots = reinterpret_cast<Scalar*>(memory);
  divided.inputs = reinterpret_cast<const std::byte**>(divided.slots + program.slots.size());
  divided.outputs = reinterpret_cast<std::byte**>(memory + program.slots.size() * sizeof(Scalar)) + program.input_is_used.size();
  divided.streams = reinterpret_cast<InputStream*>(divided.outputs + program.output_dtypes.size());
  return divided;
}

}  // namespace

std::size_t choose_head_length(const MutableArrayView& output, std::size_t tile_length) noexcept {
  if (output.size() < aligned_from_tiles * tile_length) return 0;
  const std::size_t misalignment = reinterpret_cast<std::uintptr_t>(output.data()) % output_alignment_bytes;
  if (misalignment == 0) return 0;
  const std::size_t size = output.dtype().size_bytes();
  const std::size_t head = (output_alignment_bytes - misalignment) % output_alignment_bytes / size;
  const bool reachable = misalignment % size == 0 && head < tile_length;
  return reachable ? head : 0;
}

std::size_t plan_workspace_bytes(const LoadedProgram& program) noexcept {
  const Program& own = program.program;
  return own.slots.size() * sizeof(Scalar) + (own.input_is_used.size() + own.output_dtypes.size()) * sizeof(void*) +
         maximum_stream_count * sizeof(InputStream);
}

ExecutionPlan plan(const LoadedProgram& program, const CallArrays& arrays, const EvaluateOptions& options, std::byte* workspace) {
  const PlanMemory memory = divide_memory(workspace, program.program);
  const std::vector<bool>& is_used = program.program.input_is_used;
  for (std::size_t i = 0; i < is_used.size(); ++i) memory.inputs[i] = static_cast<const std::byte*>(arrays.inputs[i]->data());
  for (std::size_t o = 0; o < arrays.outputs.size(); ++o) memory.outputs[o] = static_cast<std::byte*>(arrays.outputs[o].data());
  read_input_slots(program.program, arrays, memory.slots);
  compute_once_slots(program, memory.slots);

  ExecutionPlan plan{&program, {memory.inputs, memory.outputs, memory.slots, false, nullptr, 0}, arrays.outputs[0].size(), 0, 0, 0, 1};
  plan.head_length = choose_head_length(arrays.outputs[0], program.each.tile_length);
  if (touched_bytes(arrays) >= streaming_threshold_bytes()) {
    plan.arguments.streaming = can_stream(program, arrays, plan.head_length);
    plan.arguments.streams = memory.streams;
    plan.arguments.stream_count = list_streams(program.program, arrays, memory.streams);
  }
  plan.arguments.may_run_twice = !plan.arguments.streaming && program.each.host_call_count == 0 && !is_in_place(arrays);
  divide_work(plan, arrays, options);
  return plan;
}

std::string to_text(const ExecutionPlan& plan) {
  const auto counted = [](std::size_t count, const std::string& what) { return std::to_string(count) + " " + what + (count == 1 ? "" : "s"); };
  const LoadedProgram& program = *plan.program;
  const std::size_t tiles = program.program.each.scratch_tile_count;
  return std::string(program.target->name) + ": " + std::to_string(program.each.tile_length) + " elements a tile, " +
         std::to_string(plan.block_length) + " a block, " + counted(plan.block_count, "block") + " on " +
         counted(plan.worker_count, "thread") + "; " + (plan.arguments.streaming ? "streaming" : "plain") + " stores; " +
         (tiles == 0 ? "no scratch tile" : counted(tiles, "scratch tile"));
}

}  // namespace lanewise::inline v0
