#pragma once
// What the loop of a program keeps in registers. Knows no processor but by how many vectors it holds.

#include <cstddef>
#include <optional>
#include <vector>

#include "bytecode/program.hpp"

namespace lanewise::inline v0 {

/// An array, a constant or a slot, and where a bound program holds its address or value.
struct HeldOperand {
  Operand operand;
  std::size_t word_offset;    ///< bytes from the first instruction on
  std::size_t element_bytes;  ///< in memory
};

/// Values are the accumulators, the scratch tiles, and the inputs that are read more than once, if there is room; of each there are as many vectors as the loop
/// computes in a turn. The registers hold the values, then temporaries; from the last one down the masks that steps need, then as many constants as there is room for.
struct LoopRegisters {
  std::vector<HeldOperand> arrays;     ///< inputs and outputs
  std::vector<HeldOperand> constants;  ///< constants and slots
  std::vector<Operand> kept_inputs;    ///< loaded at the begin of a turn
  std::size_t accumulator_count = 1;   ///< `b` is not always used
  std::size_t scratch_count = 0;
  bool uses_sign_bit = false;          ///< of every lane
  bool uses_true_bytes = false;        ///< a 1 in every byte
  std::size_t vectors = 0;             ///< of a value
  std::size_t held_constant_count = 0;

  static constexpr std::size_t temporary_count = 3;
  static constexpr std::size_t most_arrays = 10;  ///< an address is in a register of its own

  std::size_t value_count() const { return accumulator_count + scratch_count + kept_inputs.size(); }
  std::size_t mask_count() const { return (uses_sign_bit ? 1U : 0U) + (uses_true_bytes ? 1U : 0U); }
  std::size_t taken_count() const { return value_count() * vectors + temporary_count + mask_count(); }

  /// The number of an operand among the values, or nothing if it is none of them; likewise among arrays and constants.
  std::optional<std::size_t> value_number(Operand operand) const;
  std::optional<std::size_t> array_number(Operand operand) const;
  std::optional<std::size_t> constant_number(Operand operand) const;
};

/// Returns nothing if the program asks for more registers than there are. `most_vectors` is 4, or 8 where tiles are that long.
std::optional<LoopRegisters> assign_registers(const Program& program, std::size_t register_count, std::size_t most_vectors);

}  // namespace lanewise::inline v0
