#pragma once
// Counts the program's heap allocations through operator new, the library's included, and their bytes.

#include <cstddef>
#include <functional>

namespace bench {

/// Returns how often operator new has been called so far, by any thread.
std::size_t allocation_count();

/// Returns by how many bytes the heap grew at most while `work` ran, counting all threads.
std::size_t peak_allocated_bytes(const std::function<void()>& work);

}  // namespace bench
