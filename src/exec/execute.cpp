// Runs the blocks of a plan. Workers take block numbers from one counter, so a thread that is held up elsewhere costs no more than a block.
// The serial path is one worker that is called directly.

#include "exec/execute.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>

#include <lanewise/error.hpp>

#include "exec/executor.hpp"
#include "exec/floating_point_environment.hpp"
#include "exec/workspace.hpp"

namespace lanewise::inline v0 {
namespace {

struct SharedWork {
  const ExecutionPlan& plan;
  CallMonitor& monitor;
  std::atomic<std::size_t> next_block = 0;
  std::atomic<std::size_t> blocks_done = 0;
};

/// Returns how many elements it computed.
std::size_t run_block(const ExecutionPlan& plan, const BoundPart& part, std::size_t block) {
  if (block == 0 && plan.head_length > 0) part.run_partial_tile(0, plan.head_length);
  const std::size_t tile_length = plan.program->tile_length;
  const std::size_t first = plan.head_length + block * plan.block_length;
  const std::size_t last = std::min(first + plan.block_length, plan.element_count);
  const std::size_t whole = first + (last - first) / tile_length * tile_length;
  if (whole > first) part.run_tiles(first, whole);
  if (whole < last) part.run_partial_tile(whole, last - whole);
  part.rethrow();
  return last - first;
}

void work_on(SharedWork& shared) {
  const ExecutionPlan& plan = shared.plan;
  const FloatingPointEnvironment environment;
  Workspace workspace(plan.program->each.workspace_bytes());
  const BoundPart part(*plan.program, plan.program->each, plan.arguments, workspace.data());
  std::size_t done = 0;
  while (!shared.monitor.stop_requested()) {
    const std::size_t block = shared.next_block.fetch_add(1, std::memory_order_relaxed);
    if (block >= plan.block_count) break;
    shared.monitor.add_done(run_block(plan, part, block));
    ++done;
  }
  if (plan.arguments.streaming) std::atomic_thread_fence(std::memory_order_seq_cst);  // streaming stores are not ordered by themselves
  shared.blocks_done.fetch_add(done, std::memory_order_relaxed);
}

void work(void* context) {
  SharedWork& shared = *static_cast<SharedWork*>(context);
  try {
    work_on(shared);
  } catch (...) {
    shared.monitor.fail();
    throw;
  }
}

}  // namespace

void execute(const ExecutionPlan& plan, CallMonitor& monitor) {
  SharedWork shared{plan, monitor};
  if (plan.worker_count == 1) {
    work(&shared);
  } else {
    run_workers(plan.worker_count, work, &shared);
  }
  if (shared.blocks_done == plan.block_count) return;
  assert(monitor.stop_requested() && "a worker left without doing its blocks");
  throw Cancelled(ErrorCode::cancelled, "the evaluation was stopped; the content of the output is unspecified");
}

}  // namespace lanewise::inline v0
