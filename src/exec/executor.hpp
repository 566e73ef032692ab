#pragma once
// The seam to threads: everything above it sees workers, nothing of the library that runs them.

#include <cstddef>

namespace lanewise::inline v0 {

/// Returns how many threads the caller's arena offers, the caller's own included.
std::size_t available_worker_count();

/// Calls `work(context)` `worker_count` times, on up to as many threads of the caller's arena; returns when all calls have returned. A
/// cancelled context around the caller does not reach the workers. An exception of a worker is rethrown.
void run_workers(std::size_t worker_count, void (*work)(void* context), void* context);

}  // namespace lanewise::inline v0
