#pragma once
// LoadedProgram: a Program for one CPU target. Functions are chosen and constants are written; what is still open is a list of places in
// which a call writes addresses and slots.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "bytecode/program.hpp"
#include "exec/lazy_native_code.hpp"
#include "kernels/registry.hpp"

namespace lanewise::inline v0 {

/// An operand word that a call fills in.
struct Relocation {
  std::uint32_t instruction_index;
  bool is_right;
  Operand operand;              ///< input, scratch, slot, host or output
  std::uint32_t element_bytes;  ///< of input and output: in memory
};

/// An instruction whose operands in memory are all arrays, and the function that does the same without their masks.
struct WalkFunctions {
  std::uint32_t instruction_index;
  InstructionFunction walking;
};

/// A store and what may stand in its place, or null.
struct StoreFunctions {
  std::uint32_t instruction_index;
  InstructionFunction streaming;  ///< the same past the caches
  InstructionFunction summing;    ///< adds to the columns of a sum's leaf instead
  bool is_of_one_element;         ///< the store itself writes the tile's first element alone
};

/// A load of an input and the instruction that does the same with gaps between the elements, where there is one.
struct LoadFunctions {
  std::uint32_t instruction_index;
  std::uint32_t input;
  InstructionFunction strided;
};

struct LoadedPart {
  std::size_t tile_length = 0;  ///< elements
  std::size_t tile_bytes = 0;   ///< of a scratch tile
  std::vector<BoundInstruction> instructions;
  std::vector<Relocation> relocations;                ///< ascending by instruction
  std::vector<WalkFunctions> walks;                   ///< ascending by instruction
  std::vector<StoreFunctions> stores;
  std::vector<LoadFunctions> loads;                   ///< ascending by instruction
  std::vector<std::uint32_t> segment_starts;          ///< one more than segments: the last is the number of instructions
  std::vector<std::uint32_t> segment_relocations;     ///< likewise, into `relocations`
  std::size_t scratch_bytes = 0;
  std::size_t padding_bytes = 0;                      ///< for a partial tile: one for each array operand of the greediest segment
  std::size_t host_call_count = 0;                    ///< functions of the host that the program names
  double tile_nanoseconds = 0;                        ///< a rough estimate of the work on one tile

  std::size_t segment_count() const { return segment_starts.size() - 1; }
  /// Bytes of workspace that a task needs: see run_block.cpp for the layout.
  std::size_t workspace_bytes() const;
};

struct LoadedProgram {
  const Target* target = nullptr;
  Program program = {};
  bool can_stream = false;      ///< every store has a streaming form
  std::vector<bool> reads_strided = {};  ///< by number: nothing but loads that have a strided form read the input
  LoadedPart once = {};
  LoadedPart each = {};
  std::unique_ptr<LazyNativeCode> native_code = {};  ///< of `each`; null if that cannot be translated

  /// Returns what runs so many elements of arrays without gaps in place of the target's functions, or null.
  const NativeCode* native_code_for(std::size_t element_count) const noexcept {
    return native_code == nullptr ? nullptr : native_code->code_for(program, *target, element_count);
  }
};

/// What a program is loaded for.
enum class Elements : std::uint8_t {
  many,
  one,  ///< of each tile that it stores, the first element alone is wanted
};

LoadedProgram load(Program program, const Target& target, Elements elements = Elements::many);

/// Writes a constant or slot into the word of an operand; a complex one takes both words.
void write_constant(BoundInstruction& instruction, bool is_right, const Scalar& value) noexcept;

/// Returns the bytes of a tile of an array operand: elements may be twice as wide as lanes.
std::size_t padded_tile_bytes(std::size_t tile_bytes, std::size_t tile_length, std::size_t element_bytes) noexcept;

}  // namespace lanewise::inline v0
