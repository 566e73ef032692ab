#pragma once
// Program: straight-line instructions over two accumulators and scratch tiles. Knows no CPU, address or thread.
//
// A call runs the `once` part on one tile, for what depends on scalars alone; its results, like the scalar inputs, become *slots*: values that
// the other part sees as constants. Then the `each` part runs on every tile of elements.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <lanewise/dtype.hpp>
#include <lanewise/function_set.hpp>

#include "ops/instruction_set.hpp"
#include "ops/scalar.hpp"

namespace lanewise::inline v0 {

/// An operand, and for those that are not accumulators which one.
struct Operand {
  enum class Source : std::uint8_t { none, a, b, same, input, scratch, constant, slot, host, output };
  Source source = Source::none;
  std::uint32_t index = 0;
  friend bool operator==(Operand, Operand) noexcept = default;
};

/// Returns what a kernel sees of the operand.
OperandKind kind_of(Operand operand) noexcept;

struct Instruction {
  Opcode opcode;
  DType dtype;          ///< travelling dtype of the operands; of load, store and stream: of the value in memory
  Operand::Source destination = Operand::Source::a;  ///< a or b
  Operand left;
  Operand right;
};

/// What a slot holds before the `each` part starts.
struct Slot {
  DType dtype;
  bool is_input;              ///< else a result of the `once` part
  std::uint32_t input_index;  ///< of an input: its number in the call
};

/// Instructions in segments of at most `maximum_segment_length`, at whose ends no accumulator is in use.
struct ProgramPart {
  std::vector<Instruction> instructions;
  std::vector<std::uint32_t> segment_starts;  ///< indices into `instructions`, ascending from 0
  std::uint32_t scratch_tile_count = 0;
};

struct Program {
  std::size_t lane_bytes = wide_lane_bytes;  ///< 4 or 8
  std::vector<bool> input_is_used = {};      ///< by number; those beyond the end are not
  std::vector<DType> output_dtypes = {};
  std::vector<Scalar> constants = {};
  std::vector<Slot> slots = {};              ///< those of scalar inputs first
  std::vector<std::shared_ptr<const detail::HostFunction>> functions = {};  ///< that `call_host` calls
  ProgramPart once = {};         ///< its `output i` is slot i
  ProgramPart each = {};
};

inline constexpr std::size_t maximum_segment_length = 64;

/// Returns one line an instruction: "0  multiply.f64  a   <- in0 in0"; constants and slots are explained where they first occur.
std::string to_text(const Program& program);

/// Returns an empty string, or what is wrong: an operand that was never written, a form that no kernel has, a segment that is too long or
/// leaves an accumulator in use. For tests and assertions.
std::string verify(const Program& program);

}  // namespace lanewise::inline v0
