#pragma once
// The contests of this bench. Each checks every contender before it times it.

#include <cstddef>
#include <vector>

#include "support/contest.hpp"

namespace bench {

/// The names of the contenders that the bars are about.
inline constexpr const char* lanewise_all_threads = "lanewise, all threads";
inline constexpr const char* lanewise_one_thread = "lanewise, one thread";

/// Three expressions over arrays in memory: loops that a user would write, the hand-fused loop (the wall), and lanewise.
/// Expected: lanewise on all threads is within a few percent of the wall, as both wait for memory.
std::vector<Results> measure_in_memory(std::size_t element_count, const ContestRules& rules);

/// Two expressions over arrays that fit into L2, on one thread, against the loop that the compiler fuses.
/// Expected: behind the compiled loop, by what passing from instruction to instruction costs; least where loads and stores dominate.
std::vector<Results> measure_in_cache(std::size_t element_count, const ContestRules& rules);

/// A prepared expression evaluated by position on few elements, against the compiled loop on one thread.
/// Expected: the fixed cost of a call and of waking a second thread shows here.
Results measure_short_array(std::size_t element_count, const ContestRules& rules);

/// The same on one element, beside muParser where it is installed.
Results measure_one_element(const ContestRules& rules);

/// a + b over square arrays of several layouts, against contiguous arrays of as many bytes; and a five-point stencil against a loop.
/// Expected: memory is what takes the time, so about as long for each byte; transposed, more, as a page ends every few elements.
std::vector<Results> measure_layouts(std::size_t side, const ContestRules& rules);

/// u**2 into an Array that did not exist, against memory that the system gives in its smallest pages.
/// Expected: less than half of it, as a page of 4 KiB costs about as much as filling it, and memory that was used before is used again.
Results measure_fresh_results(std::size_t element_count, const ContestRules& rules);

/// Heap allocations of one warm evaluation by position.
std::size_t warm_allocation_count(std::size_t element_count);

}  // namespace bench
