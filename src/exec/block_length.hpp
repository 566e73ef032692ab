#pragma once

#include <cstddef>

#include <lanewise/options.hpp>

namespace lanewise::inline v0 {

/// Returns the elements of a block, a whole number of tiles: the unit in which tasks take work and in which cancelling is noticed.
std::size_t choose_block_length(std::size_t element_count, std::size_t worker_count, std::size_t tile_length) noexcept;

/// Returns how many tasks should share work whose steps are taken to need so long on one thread, and that reads and writes so many bytes.
std::size_t choose_worker_count(double step_nanoseconds, std::size_t touched_bytes, const EvaluateOptions& options);

/// Returns the most elements that one task should compute by itself and store in the caches, of steps and bytes as above an element.
std::size_t longest_serial_length(double step_nanoseconds, std::size_t touched_bytes);

/// Returns how many bytes a call must touch before its stores go past the caches.
std::size_t streaming_threshold_bytes() noexcept;

}  // namespace lanewise::inline v0
