// Runs the items of a pass as execute.cpp runs the blocks of a plan.

#include "exec/run_pass.hpp"

#include <atomic>
#include <cassert>

#include <lanewise/error.hpp>

#include "exec/floating_point_environment.hpp"
#include "exec/fold_item.hpp"
#include "exec/run_shared.hpp"
#include "exec/workspace.hpp"

namespace lanewise::inline v0 {
namespace {

/// Runs the items that `take_item` gives, until there is none or the call is to stop. Returns how many were run.
template <class TakeItem>
std::size_t run_items(const PassPlan& plan, CallMonitor& monitor, TakeItem take_item) {
  const FloatingPointEnvironment environment;
  Workspace workspace(plan.task_bytes);
  ItemRunner runner(plan, workspace.data());
  std::size_t done = 0;
  while (true) {
    const std::size_t item = take_item();
    if (item >= plan.item_count() || !runner.run(item, monitor)) break;
    ++done;
  }
  if (plan.streams_results) std::atomic_thread_fence(std::memory_order_seq_cst);  // as in execute.cpp
  return done;
}

}  // namespace

void run_pass(const PassPlan& plan, CallMonitor& monitor) {
  if (plan.element_count() == 0) return;
  const std::size_t done = run_shared(plan.item_count(), plan.worker_count, monitor, [&](auto take_item) { return run_items(plan, monitor, take_item); });
  if (done != plan.item_count()) {
    assert(monitor.stop_requested() && "a worker left without doing its items");
    throw Cancelled(ErrorCode::cancelled, "the evaluation was stopped; the content of the output is unspecified");
  }
  const FloatingPointEnvironment environment;
  if (plan.unit_count > 1 && !plan.folds.empty()) combine_units(plan);
}

}  // namespace lanewise::inline v0
