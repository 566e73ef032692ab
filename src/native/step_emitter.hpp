#pragma once
// The machine instructions of one step, for x86-64-v3 (vectors of 32 bytes) and v4 (64), encoded by Xbyak.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <xbyak/xbyak.h>

#include "native/code_memory.hpp"
#include "native/loop_registers.hpp"

namespace lanewise::inline v0 {

/// Of vectors so long a machine instruction can name 32, else 16.
inline constexpr std::size_t wide_vector_bytes = 64;
constexpr std::size_t vector_register_count(std::size_t vector_bytes) { return vector_bytes == wide_vector_bytes ? 32 : 16; }

class StepEmitter : public Xbyak::CodeGenerator {
 public:
  using Vector = Xbyak::Ymm;  // or what is derived from it: a Zmm

  /// Writes into `memory`. Whatever emits throws Xbyak::Error where that is full.
  StepEmitter(CodeMemory& memory, const LoopRegisters& registers, std::size_t vector_bytes, std::size_t element_bytes)
      : Xbyak::CodeGenerator(memory.size_bytes(), memory.data()), registers_(registers), vector_bytes_(vector_bytes), element_bytes_(element_bytes) {}

  const LoopRegisters& registers() const { return registers_; }
  std::size_t vector_bytes() const { return vector_bytes_; }
  std::size_t element_bytes() const { return element_bytes_; }
  bool is_wide() const { return vector_bytes_ == wide_vector_bytes; }
  bool is_double() const { return element_bytes_ == sizeof(double); }
  DType dtype() const { return is_double() ? DType::float64 : DType::float32; }

  /// Where the bound instructions are, and the first elements of the turn.
  void set_addresses(const Xbyak::Reg64& instructions, const std::array<Xbyak::Reg64, LoopRegisters::most_arrays>& arrays) {
    instructions_ = instructions;
    arrays_ = arrays;
  }
  /// Vector `v` of a value, and of an array of values.
  Vector value(std::size_t number, std::size_t v) const { return vector(number * registers_.vectors + v); }
  Xbyak::Address in_array(Operand operand, std::size_t v) const { return ptr[arrays_[*registers_.array_number(operand)] + v * vector_bytes_]; }

  /// Loads the constants that stay in registers, and the masks.
  void load_constants();

  /// Whether there are machine instructions for the step, where values are of `dtype` and vectors of so many bytes.
  static bool knows(const Instruction& step, DType dtype, std::size_t vector_bytes) {
    return find(step, dtype) != nullptr || (vector_bytes == wide_vector_bytes && stores_truth(step));
  }
  /// Emits one step or more, which are known and in order; returns how many.
  std::size_t emit(std::span<const Instruction> steps);

 private:
  /// Emits a step for vector `v`, `d` being that of the destination.
  using Emit = void (StepEmitter::*)(const Instruction& step, const Vector& d, std::size_t v);
  static Emit find(const Instruction& step, DType dtype);
  static Emit find_logic(const Instruction& step);
  static bool stores_truth(const Instruction& step);
  std::size_t emit_result_of_truth(std::span<const Instruction> steps);

  Vector vector(std::size_t number) const {
    const int index = static_cast<int>(number);
    return is_wide() ? Vector(Xbyak::Zmm(index)) : Vector(index);
  }
  Vector destination(const Instruction& step, std::size_t v) const { return value(step.destination == Operand::Source::a ? 0 : 1, v); }
  Vector temporary(std::size_t number) const { return vector(registers_.value_count() * registers_.vectors + number); }
  Vector sign_bit() const { return vector(vector_register_count(vector_bytes_) - 1); }
  Vector true_bytes() const { return vector(vector_register_count(vector_bytes_) - registers_.mask_count()); }
  Vector constant(std::size_t number) const { return vector(vector_register_count(vector_bytes_) - 1 - registers_.mask_count() - number); }
  void broadcast_constant(const Vector& to, std::size_t number);
  void set_all_bits(const Vector& to);

  template <class Use>
  void with(Operand operand, std::size_t v, const Vector& spare, Use&& use);
  template <class Use>
  void with_both(const Instruction& step, std::size_t v, Use&& use);
  Vector in_register(Operand operand, std::size_t v, const Vector& spare);
  Vector right_in_register(const Instruction& step, std::size_t v, const Vector& left);

  void emit_nothing(const Instruction&, const Vector&, std::size_t) {}
  void emit_load(const Instruction& step, const Vector& d, std::size_t v);
  void emit_spill(const Instruction& step, const Vector& d, std::size_t v);
  void emit_store(const Instruction& step, const Vector& d, std::size_t v);
  void emit_arithmetic(const Instruction& step, const Vector& d, std::size_t v);
  void emit_combination(const Instruction& step, const Vector& d, std::size_t v);
  void emit_extreme(const Instruction& step, const Vector& d, std::size_t v);
  void emit_negative(const Instruction& step, const Vector& d, std::size_t v);
  void emit_absolute(const Instruction& step, const Vector& d, std::size_t v);
  void emit_root(const Instruction& step, const Vector& d, std::size_t v);
  void emit_comparison(const Instruction& step, const Vector& d, std::size_t v);
  void emit_where(const Instruction& step, const Vector& d, std::size_t v);
  void emit_logic(const Instruction& step, const Vector& d, std::size_t v);
  void emit_not(const Instruction& step, const Vector& d, std::size_t v);
  void emit_mask(const Xbyak::Opmask& mask, const Instruction& comparison, std::size_t v);
  template <class MakeMask>
  void emit_truth_store(const Instruction& store, MakeMask&& make_mask);
  void arithmetic(Opcode opcode, const Vector& to, const Vector& left, const Xbyak::Operand& right);

  LoopRegisters registers_;
  std::size_t vector_bytes_;
  std::size_t element_bytes_;
  Xbyak::Reg64 instructions_;
  std::array<Xbyak::Reg64, LoopRegisters::most_arrays> arrays_;
};

}  // namespace lanewise::inline v0
