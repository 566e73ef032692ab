#pragma once
// Runs the blocks of a plan, or the items of a pass, on so many workers.

#include <atomic>
#include <cstddef>

#include "exec/block_shares.hpp"
#include "exec/call_monitor.hpp"
#include "exec/executor.hpp"

namespace lanewise::inline v0 {

/// Calls `run(take_block)` on each worker, where `take_block()` returns a block that nobody has taken, or at least `block_count` if there is none. Returns
/// the sum of what the calls return. What one throws stops the others, and is rethrown. One worker is the caller, and counts for itself: an atomic
/// counter costs as much as a tile.
template <class Run>
std::size_t run_shared(std::size_t block_count, std::size_t worker_count, CallMonitor& monitor, Run run) {
  if (worker_count == 1) return run([next = std::size_t{0}]() mutable { return next++; });
  struct Shared {
    Run& run;
    CallMonitor& monitor;
    BlockShares shares;
    std::atomic<std::size_t> done = 0;
  } shared{run, monitor, BlockShares(block_count, worker_count)};
  const auto work = [](void* context) {
    Shared& shared_by_all = *static_cast<Shared*>(context);
    try {
      BlockShares::Worker worker(shared_by_all.shares);
      shared_by_all.done.fetch_add(shared_by_all.run([&worker] { return worker.next(); }), std::memory_order_relaxed);
    } catch (...) {
      shared_by_all.monitor.fail();
      throw;
    }
  };
  run_workers(worker_count, work, &shared);
  return shared.done;
}

}  // namespace lanewise::inline v0
