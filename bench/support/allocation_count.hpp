#pragma once
// Counts the program's heap allocations through operator new, the library's included.

#include <cstddef>

namespace bench {

/// Returns how often operator new has been called so far, by any thread.
std::size_t allocation_count();

}  // namespace bench
