// The executor on oneTBB. The context is isolated, as a parallel loop inside a cancelled one would return without having run; the region is
// isolated, as a thread that waits here must not pick up tasks of the caller, which might wait for it in turn.
//
// A child of fork has none of oneTBB's threads, and may have its locks as a thread held them at the fork: it would wait for ever. So a child
// whose parent has used oneTBB here works on its one thread.

#include <pthread.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include "exec/executor.hpp"
#include "exec/floating_point_environment.hpp"

namespace lanewise::inline v0 {

namespace {

bool is_forked_child = false;  // written while the process has one thread

bool may_use_threads() {
  [[maybe_unused]] static const int registered = pthread_atfork(nullptr, nullptr, [] { is_forked_child = true; });
  return !is_forked_child;
}

}  // namespace

std::size_t available_worker_count() {
  if (!may_use_threads()) return 1;
  return static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
}

void run_workers(std::size_t worker_count, void (*work)(void* context), void* context) {
  const FloatingPointEnvironment environment;  // oneTBB may set the caller's modes anew, without its flags
  tbb::this_task_arena::isolate([&] {
    tbb::task_group_context isolated(tbb::task_group_context::isolated);
    tbb::parallel_for(
        std::size_t{0}, worker_count, [&](std::size_t) { work(context); }, tbb::simple_partitioner{}, isolated);
  });
}

}  // namespace lanewise::inline v0
