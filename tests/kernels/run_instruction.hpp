#pragma once
// One instruction as a little program: operands are loaded as its form says, the instruction runs, both accumulators are stored.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "kernels/registry.hpp"
#include "ops/scalar.hpp"

namespace lanewise::inline v0::kernel_tests {

/// An array of elements of one dtype, deliberately not aligned to vectors.
class Elements {
 public:
  Elements(DType dtype, std::size_t count);
  Elements(DType dtype, const std::vector<Scalar>& values);

  DType dtype() const { return dtype_; }
  std::size_t size() const { return count_; }
  std::byte* data() { return bytes_.data() + dtype_.size_bytes(); }
  const std::byte* data() const { return bytes_.data() + dtype_.size_bytes(); }
  Scalar operator[](std::size_t index) const;

 private:
  DType dtype_;
  std::size_t count_;
  std::vector<std::byte> bytes_;
};

/// What to run. Of one operand only `left` counts; a constant operand is the first element of its array.
struct InstructionCase {
  const Target* target;
  Opcode opcode;
  DType operand_dtype;  ///< of `left` and `right`
  DType result_dtype;
  std::size_t lane_bytes;
  InstructionForm form;
};

struct InstructionResult {
  Elements values;
  bool other_accumulator_kept;
};

/// Returns whether the target has the form.
bool has_form(const InstructionCase& instruction);

/// Runs the instruction over the elements of `left`, a multiple of every target's tile. `state` is what the destination holds before, for
/// operations of three operands; empty where it does not matter. None is kept beside a complex value, and in forms of one accumulator.
InstructionResult run_instruction(const InstructionCase& instruction, const Elements& left, const Elements& right,
                                  const Elements* state = nullptr);

/// Returns whether the instruction must have computed the element.
bool counts(const InstructionCase& instruction, std::size_t element_index);

/// Returns "x86-64-v3 add.f64 lanes of 8 bytes: a <- a memory".
std::string to_text(const InstructionCase& instruction);

/// Returns the forms that instruction_set.hpp promises for an operation on operands of `dtype`, or for one of the machine's own products.
std::vector<InstructionForm> promised_forms(Opcode opcode, DType dtype);

/// Returns the value in the dtype that it travels as.
Scalar as_it_travels(Scalar value);

/// The dtypes that values travel as.
inline constexpr DType travelling_dtypes[] = {DType::bool_,  DType::int32,   DType::int64,   DType::uint32,   DType::uint64,
                                              DType::float32, DType::float64, DType::complex64, DType::complex128};

/// Equal bits, or two nans: the sign and payload of a nan are nobody's promise.
bool same_value(Scalar x, Scalar y);

/// Returns the elements that instructions change at a time whose destination is `accumulator`.
std::size_t tile_length(const Target& target, std::size_t lane_bytes, OperandKind accumulator);

/// A multiple of the tiles of all targets, in elements.
inline constexpr std::size_t whole_tiles = 128;

}  // namespace lanewise::inline v0::kernel_tests
