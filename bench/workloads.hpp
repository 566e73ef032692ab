#pragma once
// The contests of this bench. Each checks every contender before it times it.

#include <cstddef>
#include <string_view>
#include <vector>

#include "support/contest.hpp"

namespace bench {

/// Three expressions over arrays in memory: loops that a user would write, the hand-fused loop (the wall), and lanewise.
/// Expected: lanewise on all threads is within a few percent of the wall, as both wait for memory.
std::vector<Results> measure_in_memory(std::size_t element_count, const ContestRules& rules);

/// One formula at each of the sizes, by every contender there is.
std::vector<Results> measure_sizes(std::string_view formula, const std::vector<std::size_t>& sizes, const ContestRules& rules);

/// Every formula over arrays in memory: the hand-fused loop and lanewise, on all threads.
std::vector<Results> measure_at_the_wall(std::size_t element_count, const ContestRules& rules);

/// Every formula over arrays that fit into a cache, on one thread, against the loop that the compiler fuses.
/// Expected: behind the compiled loop, by what passing from instruction to instruction costs; least where loads and stores dominate.
std::vector<Results> measure_in_cache(std::size_t element_count, const ContestRules& rules);

/// A prepared expression evaluated by position on one and on all threads, against the compiled loop on one thread.
/// Expected: the fixed cost of a call and of waking a second thread shows where arrays are short.
Results measure_length(std::size_t element_count, const ContestRules& rules);

/// Twenty expressions of one element, by position and as functions of scalars, beside muParser where it is installed.
std::vector<Results> measure_one_element(const ContestRules& rules);

/// Compiling ten operations, and finding them compiled, beside muParser's compiling where it is installed.
Results measure_compiling(const ContestRules& rules);

/// Elementary functions on one thread, against plain loops over vector functions of other libraries; the result of 1 ulp is the baseline.
/// Expected: as fast, as the functions take the time; sine and cosine of one argument are computed together.
std::vector<Results> measure_functions(std::size_t element_count, const ContestRules& rules);

/// Arithmetic that memory does not limit, on one thread (the baseline) to all.
Results measure_thread_scaling(std::size_t element_count, std::size_t thread_count, const ContestRules& rules);

/// Reductions of whole arrays in memory, against hand-written loops on all threads.
std::vector<Results> measure_reductions(std::size_t element_count, const ContestRules& rules);

/// a + b over square arrays of several layouts, against contiguous arrays of as many bytes; and a five-point stencil against a loop.
/// Expected: memory is what takes the time, so about as long for each byte; transposed, more, as a page ends every few elements.
std::vector<Results> measure_layouts(std::size_t side, const ContestRules& rules);

/// u**2 into an Array that did not exist, against memory that the system gives in its smallest pages.
/// Expected: less than half of it, as a page of 4 KiB costs about as much as filling it, and memory that was used before is used again.
Results measure_fresh_results(std::size_t element_count, const ContestRules& rules);

/// Heap allocations of one warm evaluation by position.
std::size_t warm_allocation_count(std::size_t element_count);

/// Evaluates once a sum of so many arrays that must be copied block by block before they are used: complex, and read backwards.
void evaluate_staged_inputs(std::size_t input_count, std::size_t element_count);

}  // namespace bench
