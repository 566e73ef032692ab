// Runs the blocks of a plan.

#include "exec/execute.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>

#include <lanewise/error.hpp>

#include "exec/floating_point_environment.hpp"
#include "exec/run_shared.hpp"
#include "exec/workspace.hpp"

namespace lanewise::inline v0 {
namespace {

/// Returns how many elements it computed.
std::size_t run_block(const ExecutionPlan& plan, const BoundPart& part, std::size_t block) {
  const std::size_t head_length = block == 0 ? plan.head_length : 0;
  const std::size_t first = plan.head_length + block * plan.block_length - head_length;
  const std::size_t last = std::min(first + head_length + plan.block_length, plan.element_count);
  part.run(first, last, head_length);
  part.rethrow();
  return last - first;
}

/// Runs the blocks that `take_block` gives, until there is none or the call is to stop. Returns how many were run.
template <class TakeBlock>
std::size_t run_blocks(const ExecutionPlan& plan, CallMonitor& monitor, TakeBlock take_block) {
  const FloatingPointEnvironment environment;
  Workspace workspace(plan.program->each.workspace_bytes());
  const BoundPart part(*plan.program, plan.program->each, plan.arguments, workspace.data());
  std::size_t done = 0;
  while (!monitor.stop_requested()) {
    const std::size_t block = take_block();
    if (block >= plan.block_count) break;
    monitor.add_done(run_block(plan, part, block));
    ++done;
  }
  if (plan.arguments.streaming) std::atomic_thread_fence(std::memory_order_seq_cst);  // streaming stores are not ordered by themselves
  return done;
}

}  // namespace

void execute(ExecutionPlan plan, CallMonitor& monitor) {
  const bool is_in_cache = plan.arguments.streams == nullptr;
  if (is_in_cache) plan.arguments.native_code = plan.program->native_code_for(plan.element_count);
  const std::size_t done = run_shared(plan.block_count, plan.worker_count, monitor, [&](auto take_block) { return run_blocks(plan, monitor, take_block); });
  if (done == plan.block_count) return;
  assert(monitor.stop_requested() && "a worker left without doing its blocks");
  throw Cancelled(ErrorCode::cancelled, "the evaluation was stopped; the content of the output is unspecified");
}

}  // namespace lanewise::inline v0
