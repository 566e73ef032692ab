#pragma once
// The loops that run segments on tiles.

#include "kernels/prefetch.hpp"
#include "kernels/tile.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Runs a segment on tiles one after the other. The accumulators hold nothing yet: saying so for each call keeps the compiler from saving and
/// restoring eight vectors around it.
LANEWISE_INLINE void run_segment(const BoundInstruction* segment, size_t first, size_t last) {
  Register a0, a1, a2, a3, b0, b1, b2, b3;
  leave_undefined(a0), leave_undefined(a1), leave_undefined(a2), leave_undefined(a3);
  leave_undefined(b0), leave_undefined(b1), leave_undefined(b2), leave_undefined(b3);
  step_of(segment)(segment, first, segment, last, a0, a1, a2, a3, b0, b1, b2, b3);
}

LANEWISE_INLINE void run_segments(const BoundInstruction* const* segments, size_t segment_count, size_t first, size_t last) {
  for (size_t s = 0; s < segment_count; ++s) run_segment(segments[s], first, last);
}

/// Where tail calls are none, all instructions of a loop stand on the stack.
constexpr size_t longest_loop = 32;  // tiles

void run_tile(const BoundInstruction* const* segments, size_t segment_count) {
  run_segments(segments, segment_count, 0, 1);
  leave_wide_registers();
}

/// Runs loops of `step` elements, a whole number of tiles; `before(i, end)` is called before each.
template <class Before>
LANEWISE_INLINE void run_loops(const BoundInstruction* const* segments, size_t segment_count, size_t first, size_t last, size_t tile_length, size_t step,
                               Before before) {
  const size_t whole = last - ((last - first) & (tile_length - 1));
  for (size_t i = first, end; i < whole; i = end) {
    end = whole - i < step ? whole : i + step;
    before(i, end);
    run_segments(segments, segment_count, i, end);
  }
  if (whole < last) run_segments(segments, segment_count, last - tile_length, last);
  leave_wide_registers();
}

void run_tiles(const BoundInstruction* const* segments, size_t segment_count, size_t first, size_t last, size_t tile_length) {
  const size_t step = segment_count == 1 ? longest_loop * tile_length : tile_length;
  run_loops(segments, segment_count, first, last, tile_length, step, [](size_t, size_t) {});
}

/// Tiles read each array in a burst, which the processor's own prefetching serves worse than an even stream; so lines are asked for from one
/// array after the other. bench/README.md has what each part of this is worth.
LANEWISE_INLINE void prefetch_tiles(const InputStream* streams, size_t stream_count, size_t longest_bytes, size_t element_index, size_t element_count) {
  for (size_t line = 0; line < longest_bytes; line += cache_line_bytes) {
    for (size_t s = 0; s < stream_count; ++s) {
      const size_t element_bytes = streams[s].element_bytes;
      if (line >= element_count * element_bytes) continue;
      const size_t place = element_index * element_bytes + line;
      __builtin_prefetch(streams[s].near_address + place, 0, 3);
      __builtin_prefetch(streams[s].far_address + place, 0, 2);
    }
  }
}

/// Bytes of an array that are asked for at a time, or more: tiles of 128 bytes by themselves took a tenth longer.
constexpr size_t least_bytes_ahead = 256;

void run_tiles_ahead(const BoundInstruction* const* segments, size_t segment_count, size_t first, size_t last, size_t tile_length,
                     const InputStream* streams, size_t stream_count) {
  size_t widest_bytes = 0;
  for (size_t s = 0; s < stream_count; ++s) {
    if (streams[s].element_bytes > widest_bytes) widest_bytes = streams[s].element_bytes;
  }
  const size_t longest_step = segment_count == 1 ? longest_loop * tile_length : tile_length;
  size_t step = tile_length;
  while (step < longest_step && step * widest_bytes < least_bytes_ahead) step *= 2;
  run_loops(segments, segment_count, first, last, tile_length, step, [&](size_t i, size_t end) __attribute__((always_inline)) {
    prefetch_tiles(streams, stream_count, step * widest_bytes, i, end - i);
  });
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
