#pragma once
// What a program is made of: opcodes, the two accumulators, the places operands may come from. src/README.md explains the machine.
//
// Shared by the programs (bytecode), the functions that run them (kernels) and the code that joins both (exec).
// Needs nothing of the standard library, as kernels are compiled for CPU targets that not every machine has.

#include <cstddef>
#include <cstdint>

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

/// The operations of the table that have a kernel, then the machine's own instructions. `d` is the destination, `l` and `r` the operands.
enum class Opcode : std::uint16_t {
#define OPERATION(id, ...) id,
#include "ops/operations.def"
  add_product,         // d := d + l * r, both roundings kept; not of complex values
  subtract_product,    // d := d - l * r
  subtract_from_product,  // d := l * r - d
  multiply_sum,        // d := d * (l + r), both roundings kept; not of complex values
  multiply_difference, // d := d * (l - r)
  power_of_constant,   // d := l ** r, r a constant of a whole or half, in magnitude at most 64; of float32 and float64
  sine_cosine,         // d := sine of l, the other accumulator := its cosine; of float32 and float64
  wrap_int8,           // d := l (int32), its low bits as a value of the narrower type
  wrap_int16,
  wrap_uint8,
  wrap_uint16,
  load,                // d := l, an array's memory or a constant, in the form values travel in
  load_strided,        // d := l, an array's memory with r bytes from each element to the next; of elements of 4 and 8 bytes that travel as they lie
  reload,              // d := l, a scratch tile
  spill,               // scratch tile l := d
  store,               // output l := d; integers of 8 and 16 bits keep their low bits, float16 rounds to nearest, ties to even
  store_last,          // the same, and the tile is done
  stream,              // store past the caches; l is aligned to a vector of the target
  stream_last,
  sum_last,            // column (element index mod 32) of l := itself + d, and the tile is done: a sum's leaf (kernels/fold.hpp); of float64
  call_host,           // calls host function r with arguments in memory layout in the scratch tiles from l on; the result goes into the
                       // tile after them; a and b are lost
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
  array,     // address + element index * element size: what is walked needs no mask
  constant,  // one value for all lanes, held in the instruction
  same,      // as a right operand: the left one again, read once
  both,      // a and b as one accumulator of twice as many vectors
  first_of_a,  // a, of whose vectors the first alone counts; to a store, of whose elements the first alone
  first_of_b,
};

/// The shape of an instruction. An operation of three operands takes its first in the destination.
///
/// The dtype of an instruction is the travelling dtype of its operands (of `where`: of the last two); of load, store and stream the dtype in
/// memory. With d the destination and o the other accumulator, kernels offer, of real values:
///   one operand     (d) always; (memory) where the body is cheap
///   two operands    (d o) (d memory) (d constant); (memory memory) (memory constant) where the body is cheap;
///                   unless commutative also each with left and right exchanged;
///                   where cheap and commutative also (d same) (memory same)
///   three operands  any two of o, memory, constant but not (o o)
///   add_product …, multiply_sum, multiply_difference  (memory memory) (memory constant) (memory same); of the difference also (constant memory)
///   power_of_constant (d constant)
///   sine_cosine     (a), d being a or b
///   wrap …          (d)
///   load            (memory) (constant);  load_strided (memory constant);  reload (memory);  spill, store, stream, sum (memory), d being the source
///   call_host       (a memory memory), of dtype int32
///
/// Programs that use `a` alone may run on tiles of twice the length, whose vectors fill `b` too. For that the forms of cheap operations, products with sums,
/// wrap, load, load_strided, reload, spill, store, stream and end whose only accumulator is `a` exist with `both` in its place. Those of them with
/// `memory` exist with `array` in the place of each `memory` too, but for load_strided and for operations on truth values.
/// Where one element is wanted, the first vector of a tile is enough: operations of one and two operands with a real result, power_of_constant and sine_cosine have the
/// forms of heavy ones with `first_of_a` and `first_of_b` in the place of `a` and `b` too. The other vectors are then of no meaning. So has store_last of what lies in
/// memory as it travels: it writes one element.
///
/// A complex value is in both accumulators, its real part in `a` and its imaginary part in `b`; the destination is `a`. A complex constant is
/// in both words of the instruction. A complex scratch tile is two tiles, real parts first; complex arrays in memory are read by load and
/// written by store alone.
///   one operand     (a)
///   two operands    (a memory) (a constant), exchanged unless commutative; memory is a scratch tile
///   where           (memory memory): a := a if the truth values of the left scratch tile hold, else the complex right one
///   complex         of real dtype: a := the pair of (a b), (b a), (a memory), (a constant), (memory a), (constant a)
///   cast_complex …  of real dtype: (a); the imaginary part is 0
///   a result that is no complex value is in `a`; `b` is then undefined
///   load            (memory) (constant);  reload, spill, store, stream (memory)
struct InstructionForm {
  OperandKind destination;  // a or b
  OperandKind left;
  OperandKind right;
  friend constexpr bool operator==(InstructionForm, InstructionForm) noexcept = default;
};

/// Lanes of a program are as wide as its widest dtype (of a complex one: its parts): 4 or 8 bytes. A bool travels as a mask of a whole lane; a 4-byte value in an
/// 8-byte program fills half a vector.
inline constexpr std::size_t narrow_lane_bytes = 4;
inline constexpr std::size_t wide_lane_bytes = 8;

/// The dtype of a value while it travels between instructions: integers of 8 and 16 bits are int32 within their own range, float16 is float32.
constexpr DType travelling_dtype(DType dtype) noexcept {
  switch (dtype.code) {
    case DType::Code::int8:
    case DType::Code::int16:
    case DType::Code::uint8:
    case DType::Code::uint16: return DType::int32;
    case DType::Code::float16: return DType::float32;
    default: return dtype;
  }
}

/// The lanes that a value of `dtype` needs: of a complex value those of its parts.
constexpr std::size_t lane_bytes_of(DType dtype) noexcept {
  const std::size_t part_bytes = dtype.is_complex() ? dtype.size_bytes() / 2 : dtype.size_bytes();
  return part_bytes == wide_lane_bytes ? wide_lane_bytes : narrow_lane_bytes;
}

/// Vectors in an accumulator, and so in a tile.
inline constexpr std::size_t vectors_per_tile = 4;

}  // namespace lanewise::inline v0
