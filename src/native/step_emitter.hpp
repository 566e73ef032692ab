#pragma once
// The machine instructions of one step, for x86-64-v3 (vectors of 32 bytes) and v4 (64), encoded by Xbyak.

#include <array>
#include <cstddef>
#include <cstdint>

#include <xbyak/xbyak.h>

#include "native/loop_registers.hpp"

namespace lanewise::inline v0 {

/// Of vectors of 64 bytes a machine instruction can name 32, else 16.
constexpr std::size_t vector_register_count(std::size_t vector_bytes) { return vector_bytes == 64 ? 32 : 16; }

class StepEmitter : public Xbyak::CodeGenerator {
 public:
  using Vector = Xbyak::Ymm;  // or what is derived from it: a Zmm

  /// Code goes to memory of its own, which can be written and not executed until setProtectModeRE. Throws Xbyak::Error, as all that emits does.
  StepEmitter(std::size_t code_bytes, const LoopRegisters& registers, std::size_t vector_bytes, std::size_t element_bytes)
      : Xbyak::CodeGenerator(code_bytes, Xbyak::DontSetProtectRWE),
        registers_(registers),
        vector_bytes_(vector_bytes),
        element_bytes_(element_bytes) {}

  const LoopRegisters& registers() const { return registers_; }
  std::size_t vector_bytes() const { return vector_bytes_; }
  std::size_t element_bytes() const { return element_bytes_; }
  bool is_wide() const { return vector_bytes_ == 64; }
  bool is_double() const { return element_bytes_ == sizeof(double); }

  /// Vector `v` of a value.
  Vector value(std::size_t number, std::size_t v) const { return vector(number * registers_.vectors + v); }
  Vector constant(std::size_t number) const { return vector(vector_register_count(vector_bytes_) - 2 - number); }
  Vector sign_bit() const { return vector(vector_register_count(vector_bytes_) - 1); }
  /// The address of the first element of the turn.
  Xbyak::Reg64& pointer(std::size_t array_number) { return pointers_[array_number]; }

  /// Vector `v` of an array.
  Xbyak::Address in_array(Operand operand, std::size_t v) const {
    return ptr[pointers_[*registers_.array_number(operand)] + v * vector_bytes_];
  }

  /// Emits the step for vector `v`. Returns false, with nothing emitted, for what is not translated.
  bool emit_step(const Instruction& step, std::size_t v);

 private:
  Vector vector(std::size_t number) const {
    const int index = static_cast<int>(number);
    return is_wide() ? Vector(Xbyak::Zmm(index)) : Vector(index);
  }
  Vector temporary(std::size_t number) const { return vector(registers_.value_count() * registers_.vectors + number); }

  template <class Use>
  void with(Operand operand, std::size_t v, Use&& use);
  template <class Use>
  void with_right(const Instruction& step, std::size_t v, const Vector& left, Use&& use);
  Vector in_register(Operand operand, std::size_t v, const Vector& otherwise);

  bool emit_move(const Instruction& step, const Vector& d, std::size_t v);
  bool emit_arithmetic(const Instruction& step, const Vector& d, std::size_t v);
  bool emit_choice(const Instruction& step, const Vector& d, std::size_t v);
  bool emit_logic(const Instruction& step, const Vector& d, std::size_t v);
  void emit_extreme(const Instruction& step, const Vector& d, std::size_t v);
  void emit_comparison(const Instruction& step, const Vector& d, std::size_t v, std::uint8_t predicate);
  void emit_not(const Vector& d, const Vector& x);
  void combine(Opcode opcode, const Vector& to, const Instruction& step, std::size_t v);
  void arithmetic(Opcode opcode, const Vector& to, const Vector& left, const Xbyak::Operand& right);

  LoopRegisters registers_;
  std::size_t vector_bytes_;
  std::size_t element_bytes_;
  std::array<Xbyak::Reg64, LoopRegisters::most_arrays> pointers_;
};

}  // namespace lanewise::inline v0
