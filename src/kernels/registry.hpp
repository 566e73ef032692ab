#pragma once
// The instruction functions of each CPU target, and the choice of this machine's.

#include <cstddef>
#include <cstdint>
#include <span>

#include "ops/instruction_set.hpp"

namespace lanewise::inline v0 {

enum class Reduction : std::uint16_t;  // both: kernels/fold.hpp
struct Folder;

/// An instruction function behind its back; only the target that made it knows its signature.
using InstructionFunction = void (*)();

/// An instruction ready to run: 32 bytes, two to a cache line. A memory operand is at `address + (element_index & mask) * element size`:
/// a mask of all ones walks an array, 0 stays at a scratch tile; that of no memory operand is all ones. The narrow mask is sign-extended.
struct alignas(32) BoundInstruction {
  union Word {
    const void* read;
    void* write;
    std::uint64_t constant;  // the element in the low bytes; of bool 0 or 1
  };
  InstructionFunction function;
  Word left;
  Word right;
  std::int32_t left_mask;
  std::int32_t right_mask;
};
static_assert(sizeof(BoundInstruction) == 32);

/// A host function as `call_host` calls it: `tiles` are the tiles of its arguments as they lie in arrays, then that of its result. Does not
/// throw.
struct HostCall {
  void (*run)(const HostCall& call, std::byte* tiles);
};

/// Runs segments, at least one, one after another, on the tile at element 0.
using RunTile = void (*)(const BoundInstruction* const* segments, std::size_t segment_count);

/// Runs segments, one after another, on each tile of the elements [first, last), at least one tile; the length of a tile, a power of two, is that of
/// Target::tile_length, or twice that where the accumulators of all instructions are `both`. Of elements that fill no whole tile the last tile is
/// made one with some that come before, which are computed twice.
/// Each segment ends in `store_last`, `stream_last`, `sum_last` or `end`; values that outlive a segment wait in scratch tiles.
using RunTiles = void (*)(const BoundInstruction* const* segments, std::size_t segment_count, std::size_t first, std::size_t last,
                          std::size_t tile_length);

/// An array that tiles read in order, for prefetching: what the tile at element 0 asks for. A later tile asks for as much later ones.
struct InputStream {
  const std::byte* near_address;  ///< into the first cache
  const std::byte* far_address;   ///< into the second; null for all arrays where that is not worth it
  std::size_t element_bytes;      ///< from an element to the next
};

/// More arrays at a time than a core has requests in flight for are not worth asking for ahead of time.
inline constexpr std::size_t maximum_stream_count = 8;

/// What is done between parts of the elements. `after` does not throw; what else it needs stands behind, in a struct derived from this.
struct TileParts {
  std::size_t length;  ///< elements, a multiple of a tile's
  void (*after)(const TileParts& parts, std::size_t first);  ///< the part from `first` on is done
};

/// The same, asking for the elements of later tiles while it runs: for up to `maximum_stream_count` arrays that are not in a cache. With `parts`, which
/// may be null, the elements are run part by part; they are whole parts.
using RunTilesAhead = void (*)(const BoundInstruction* const* segments, std::size_t segment_count, std::size_t first, std::size_t last,
                               std::size_t tile_length, const InputStream* streams, std::size_t stream_count, const TileParts* parts);

/// Copies a rectangle of elements of which in `from` those of a column, in `to` those of a row lie one after another; the strides between
/// columns and rows are in bytes. Both counts are multiples of 8. Lines that come later are asked for ahead of time.
using Transpose = void (*)(unsigned char* to, std::ptrdiff_t to_row, const unsigned char* from, std::ptrdiff_t from_column,
                           std::size_t row_count, std::size_t column_count);

/// One CPU target's instruction functions.
struct Target {
  const char* name;           // "x86-64-v3"
  std::size_t vector_bytes;   // 16, 32 or 64
  RunTile run_tile;
  RunTiles run_tiles;
  RunTilesAhead run_tiles_ahead;
  /// Returns the function, or null where the target has no such form. `dtype` is that of the operands (of `where`: of the last two).
  InstructionFunction (*find)(Opcode opcode, DType dtype, std::size_t lane_bytes, InstructionForm form);
  /// Returns the fold of a reduction for operands of a dtype in memory, or null where bind never asks for it.
  const Folder* (*find_folder)(Reduction reduction, DType dtype);
  Transpose transpose_4_bytes;  // for elements of that size
  Transpose transpose_8_bytes;

  /// Elements.
  std::size_t tile_length(std::size_t lane_bytes) const { return vectors_per_tile * vector_bytes / lane_bytes; }
};

/// How far ahead of what is in work the elements of arrays in memory are asked for.
struct ReadAhead {
  std::size_t near_bytes;  ///< into the first cache
  std::size_t far_bytes;   ///< into the second; 0: not at all
};

/// Returns what suits this machine's processor for each array, where there are so many. bench/README.md has the measurements.
ReadAhead machine_read_ahead(size_t array_count) noexcept;

/// Returns the best target of this machine, chosen once; LANEWISE_TARGET (a target's name) overrides.
/// Throws UnsupportedMachine E601 if no target fits or the forced one is unknown or cannot run here.
const Target& machine_target();

/// Returns every target compiled in that this machine can run, the best first.
std::span<const Target* const> runnable_targets();

}  // namespace lanewise::inline v0
