// Runs the items of a pass as execute.cpp runs the blocks of a plan.

#include "exec/run_pass.hpp"

#include <atomic>
#include <cassert>

#include <lanewise/error.hpp>

#include "exec/block_shares.hpp"
#include "exec/executor.hpp"
#include "exec/floating_point_environment.hpp"
#include "exec/fold_item.hpp"
#include "exec/workspace.hpp"

namespace lanewise::inline v0 {
namespace {

struct SharedItems {
  const PassPlan& plan;
  CallMonitor& monitor;
  BlockShares shares{plan.item_count(), plan.worker_count};
  std::atomic<std::size_t> items_done = 0;
};

void work_on(SharedItems& shared) {
  const FloatingPointEnvironment environment;
  Workspace workspace(shared.plan.task_bytes);
  ItemRunner runner(shared.plan, workspace.data());
  std::size_t done = 0;
  shared.shares.run_untaken([&](std::size_t item) {
    if (!runner.run(item, shared.monitor)) return false;
    ++done;
    return true;
  });
  if (shared.plan.streams_results) std::atomic_thread_fence(std::memory_order_seq_cst);  // as in execute.cpp
  shared.items_done.fetch_add(done, std::memory_order_relaxed);
}

void work(void* context) {
  SharedItems& shared = *static_cast<SharedItems*>(context);
  try {
    work_on(shared);
  } catch (...) {
    shared.monitor.fail();
    throw;
  }
}

}  // namespace

void run_pass(const PassPlan& plan, CallMonitor& monitor) {
  if (plan.element_count() == 0) return;
  SharedItems shared{plan, monitor};
  if (plan.worker_count == 1) {
    work(&shared);
  } else {
    run_workers(plan.worker_count, work, &shared);
  }
  if (shared.items_done != plan.item_count()) {
    assert(monitor.stop_requested() && "a worker left without doing its items");
    throw Cancelled(ErrorCode::cancelled, "the evaluation was stopped; the content of the output is unspecified");
  }
  const FloatingPointEnvironment environment;
  if (plan.unit_count > 1 && !plan.folds.empty()) combine_units(plan);
}

}  // namespace lanewise::inline v0
