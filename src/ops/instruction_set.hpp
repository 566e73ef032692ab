#pragma once
// What a program is made of: opcodes, the two accumulators, the places operands may come from. src/README.md explains the machine.
//
// Shared by the programs (bytecode), the functions that run them (kernels) and the code that joins both (exec).
// Needs nothing of the standard library, as kernels are compiled for CPU targets that not every machine has.

#include <cstddef>
#include <cstdint>

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

/// The operations of the table, then the machine's own instructions. `d` is the destination, `l` and `r` the operands.
enum class Opcode : std::uint16_t {
#define OPERATION(id, ...) id,
#include "ops/operations.def"
#undef OPERATION
  add_product,         // d := d + l * r, both roundings kept
  subtract_product,    // d := d - l * r
  subtract_from_product,  // d := l * r - d
  load,                // d := l, an array's memory or a constant (one byte a bool becomes a lane mask)
  reload,              // d := l, a scratch tile, in the form values travel in
  spill,               // scratch tile l := d
  store,               // output l := d
  store_last,          // the same, and the tile is done
  stream,              // store past the caches; l is aligned to a vector of the target
  stream_last,
  end,                 // the segment is done
  count_
};
inline constexpr std::size_t opcode_count = static_cast<std::size_t>(Opcode::count_);

/// Where an operand of an instruction comes from.
enum class OperandKind : std::uint8_t {
  none,
  a,         // accumulator
  b,         // accumulator
  memory,    // address + (element index & mask) * element size
  constant,  // one value for all lanes, held in the instruction
  same,      // as a right operand: the left one again, read once
};
inline constexpr std::size_t operand_kind_count = 6;

/// The shape of an instruction. An operation of three operands takes its first in the destination.
///
/// With d the destination and o the other accumulator, kernels offer:
///   one operand     (d) always; (memory) where the body is cheap
///   two operands    (d o) (d memory) (d constant); (memory memory) (memory constant) where the body is cheap;
///                   unless commutative also each with left and right exchanged;
///                   where cheap and commutative also (d same) (memory same)
///   where           any two of o, memory, constant but not (o o)
///   add_product …   (memory memory) (memory constant) (memory same)
///   load            (memory) (constant);  reload (memory);  spill, store, stream (memory), d being the source
struct InstructionForm {
  OperandKind destination;  // a or b
  OperandKind left;
  OperandKind right;
  friend constexpr bool operator==(InstructionForm, InstructionForm) noexcept = default;
};

/// Lanes of a program are as wide as its widest dtype: 4 or 8 bytes. A bool travels as a mask of a whole lane; a 4-byte value in an
/// 8-byte program fills half a vector.
inline constexpr std::size_t narrow_lane_bytes = 4;
inline constexpr std::size_t wide_lane_bytes = 8;

/// Vectors in an accumulator, and so in a tile.
inline constexpr std::size_t vectors_per_tile = 4;

}  // namespace lanewise::inline v0
