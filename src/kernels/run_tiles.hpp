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

/// Where tail calls are none, all instructions of a loop stand on the stack.
constexpr size_t longest_loop = 32;  // tiles

/// Calls `run(begin, end)` for all tiles, up to `tile_count` at a time, the last of which may begin earlier, so that it is whole.
template <class Run>
LANEWISE_INLINE void for_tiles(size_t first, size_t last, size_t tile_length, size_t tile_count, Run&& run) {
  const size_t whole = last - ((last - first) & (tile_length - 1));
  for (size_t i = first, end; i < whole; i = end) {
    end = whole - i < tile_count * tile_length ? whole : i + tile_count * tile_length;
    run(i, end);
  }
  if (whole < last) run(last - tile_length, last);
  leave_wide_registers();
}

/// Runs the segments on all tiles. The first segment is given apart, as something may stand before it.
LANEWISE_INLINE void run_loops(const BoundInstruction* first_segment, const BoundInstruction* const* segments, size_t segment_count, size_t first,
                               size_t last, size_t tile_length) {
  if (segment_count == 1) {
    for_tiles(first, last, tile_length, longest_loop,
              [&](size_t begin, size_t end) __attribute__((always_inline)) { run_segment(first_segment, begin, end); });
    return;
  }
  for_tiles(first, last, tile_length, 1, [&](size_t begin, size_t end) __attribute__((always_inline)) {
    run_segment(first_segment, begin, end);
    for (size_t s = 1; s < segment_count; ++s) run_segment(segments[s], begin, end);
  });
}

void run_tile(const BoundInstruction* const* segments, size_t segment_count) {
  const BoundInstruction* const* const end = segments + segment_count;
  do {
    run_segment(*segments, 0, 1);
  } while (++segments != end);
  leave_wide_registers();
}

void run_tiles(const BoundInstruction* const* segments, size_t segment_count, size_t first, size_t last, size_t tile_length) {
  run_loops(segments[0], segments, segment_count, first, last, tile_length);
}

// ---- Asking for the elements of later tiles

/// Arrays of one instruction that asks; more need more registers than there are.
constexpr size_t most_arrays_at_once = 3;

/// An instruction that is run before those of a segment, on each tile.
struct Asking {
  BoundInstruction instruction;  ///< at the left word is what comes next
  size_t element_bytes;          ///< of all its arrays, from an element to the next
  size_t tile_bytes;
  size_t request_bytes;  ///< from one request to the next of an array: a cache line, or an element
  const std::byte* near[most_arrays_at_once];
  const std::byte* far[most_arrays_at_once];
};

/// Tiles read each array in a burst, which the processor's own prefetching serves worse than an even stream; so lines are asked for from one array after
/// the other. bench/README.md has what each part of this is worth.
template <size_t array_count, bool asks_twice>
void ask_ahead(LANEWISE_PARAMETERS) {
  const auto& asking = *reinterpret_cast<const Asking*>(pc);
  const size_t begin = element_index * asking.element_bytes;
  for (size_t byte = begin; byte < begin + asking.tile_bytes; byte += asking.request_bytes) {
    for (size_t k = 0; k < array_count; ++k) {
      __builtin_prefetch(asking.near[k] + byte, 0, 3);
      if constexpr (asks_twice) __builtin_prefetch(asking.far[k] + byte, 0, 2);
    }
  }
  const auto* next = static_cast<const BoundInstruction*>(pc->left.read);
  LANEWISE_TAIL_CALL step_of(next)(next, element_index, segment, element_end, a0, a1, a2, a3, b0, b1, b2, b3);
}

constexpr Step ask_once[most_arrays_at_once] = {ask_ahead<1, false>, ask_ahead<2, false>, ask_ahead<3, false>};
constexpr Step ask_twice[most_arrays_at_once] = {ask_ahead<1, true>, ask_ahead<2, true>, ask_ahead<3, true>};

/// Writes the instruction that asks for the first of the streams and others of its kind, to be followed by `next`. Returns how many it asks for.
size_t write_asking(Asking& asking, const InputStream* streams, size_t stream_count, size_t tile_length, const void* next) {
  const size_t element_bytes = streams->element_bytes;
  size_t count = 0;
  for (; count < stream_count && count < most_arrays_at_once && streams[count].element_bytes == element_bytes; ++count) {
    asking.near[count] = streams[count].near_address;
    asking.far[count] = streams[count].far_address;
  }
  asking.instruction.function = reinterpret_cast<InstructionFunction>((streams->far_address == nullptr ? ask_once : ask_twice)[count - 1]);
  asking.instruction.left.read = next;
  asking.element_bytes = element_bytes;
  asking.tile_bytes = tile_length * element_bytes;
  asking.request_bytes = element_bytes > cache_line_bytes ? element_bytes : cache_line_bytes;
  return count;
}

void run_tiles_ahead(const BoundInstruction* const* segments, size_t segment_count, size_t first, size_t last, size_t tile_length,
                     const InputStream* streams, size_t stream_count, const TileParts* parts) {
  Asking askings[maximum_stream_count];
  const void* next = segments[0];
  size_t count = 0;
  for (size_t s = 0; s < stream_count; ++count) {
    s += write_asking(askings[count], streams + s, stream_count - s, tile_length, next);
    next = askings + count;
  }
  const auto* first_segment = static_cast<const BoundInstruction*>(next);
  const size_t length = parts == nullptr ? last - first : parts->length;
  for (size_t i = first; i < last; i += length) {
    run_loops(first_segment, segments, segment_count, i, i + length, tile_length);
    if (parts != nullptr) parts->after(*parts, i);
  }
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
