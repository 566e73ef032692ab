// Translation for x86-64-v3 and v4: a loop around the steps of a program.
//
// The code is a function of the bound instructions and the elements to run. It reads what addresses and constants these hold when it is called, so binding
// a program to other arrays is all that a new call needs.

#include <exception>

#include <xbyak/xbyak_util.h>

#include "native/native_code.hpp"
#include "native/step_emitter.hpp"

namespace lanewise::inline v0 {
namespace {

/// More than a program becomes: a step is at most eight machine instructions, the longest of 11 bytes.
std::size_t code_bytes_for(const ProgramPart& part) {
  constexpr std::size_t step_bytes = 8 * 11 * LoopRegisters::most_vectors;
  constexpr std::size_t frame_bytes = 2048;
  return frame_bytes + part.instructions.size() * step_bytes;
}

class Loop final : public NativeCode {
 public:
  Loop(const Program& program, const LoopRegisters& registers, std::size_t vector_bytes)
      : emit_(code_bytes_for(program.each), registers, vector_bytes, program.lane_bytes) {}

  /// Returns false if a step is not translated, or the system refuses. Of the memory nothing is ever writable and executable.
  bool translate(const ProgramPart& part) {
    if (!emit_function(part) || !emit_.setProtectModeRE(false)) return false;
    function_ = emit_.getCode<Function>();
    return true;
  }

 private:
  std::size_t turn_bytes() const { return emit_.registers().vectors * emit_.vector_bytes(); }

  bool emit_function(const ProgramPart& part) {
    const auto turn_length = static_cast<std::uint32_t>(turn_bytes() / emit_.element_bytes());
    const std::size_t array_count = emit_.registers().arrays.size();
    Xbyak::util::StackFrame frame(&emit_, 3, static_cast<int>(array_count), 0, false);
    const Xbyak::Reg64 instructions = frame.p[0], first = frame.p[1], last = frame.p[2], rest = emit_.rax;
    for (std::size_t i = 0; i < array_count; ++i) emit_.pointer(i) = frame.t[i];
    load_constants(instructions);
    Xbyak::Label begin, turn, done;
    emit_.L(begin);
    point_at(instructions, first);
    emit_.mov(rest, last);
    emit_.sub(rest, first);
    emit_.align(64);
    emit_.L(turn);
    if (!emit_turn(part)) return false;
    emit_.sub(rest, turn_length);
    emit_.cmp(rest, turn_length);
    emit_.jae(turn, Xbyak::CodeGenerator::T_NEAR);
    emit_.test(rest, rest);
    emit_.jz(done, Xbyak::CodeGenerator::T_NEAR);
    emit_.lea(first, emit_.ptr[last - turn_length]);  // the last turn, some of whose elements were computed before
    emit_.jmp(begin, Xbyak::CodeGenerator::T_NEAR);
    emit_.L(done);
    emit_.vzeroupper();
    frame.close();
    return true;
  }

  void load_constants(const Xbyak::Reg64& instructions) {
    const std::vector<HeldOperand>& constants = emit_.registers().constants;
    for (std::size_t i = 0; i < constants.size(); ++i) {
      const Xbyak::Address word = emit_.ptr[instructions + constants[i].word_offset];
      emit_.is_double() ? emit_.vbroadcastsd(emit_.constant(i), word) : emit_.vbroadcastss(emit_.constant(i), word);
    }
    const StepEmitter::Vector sign = emit_.sign_bit();
    if (emit_.is_wide()) {
      constexpr std::uint8_t all_ones = 0xFF;
      emit_.vpternlogd(sign, sign, sign, all_ones);
    } else {
      emit_.vpcmpeqd(sign, sign, sign);
    }
    emit_.is_double() ? emit_.vpsllq(sign, sign, 63) : emit_.vpslld(sign, sign, 31);
  }

  void point_at(const Xbyak::Reg64& instructions, const Xbyak::Reg64& element) {
    const std::vector<HeldOperand>& arrays = emit_.registers().arrays;
    for (std::size_t i = 0; i < arrays.size(); ++i) {
      const Xbyak::Reg64& pointer = emit_.pointer(i);
      emit_.mov(pointer, emit_.ptr[instructions + arrays[i].word_offset]);
      emit_.lea(pointer, emit_.ptr[pointer + element * static_cast<int>(emit_.element_bytes())]);
    }
  }

  bool emit_turn(const ProgramPart& part) {
    const LoopRegisters& registers = emit_.registers();
    for (const Operand input : registers.kept_inputs) {
      for (std::size_t v = 0; v < registers.vectors; ++v) emit_.vmovups(emit_.value(*registers.value_number(input), v), emit_.in_array(input, v));
    }
    for (const Instruction& step : part.instructions) {
      for (std::size_t v = 0; v < registers.vectors; ++v) {
        if (!emit_.emit_step(step, v)) return false;
      }
    }
    for (std::size_t i = 0; i < registers.arrays.size(); ++i) emit_.add(emit_.pointer(i), static_cast<std::uint32_t>(turn_bytes()));
    return true;
  }

  StepEmitter emit_;
};

}  // namespace

std::unique_ptr<const NativeCode> NativeCode::translate(const Program& program, const Target& target) noexcept try {
  constexpr std::size_t least_vector_bytes = 32;
  if (target.vector_bytes < least_vector_bytes) return nullptr;
  const auto registers = assign_registers(program, vector_register_count(target.vector_bytes));
  if (!registers) return nullptr;
  auto loop = std::make_unique<Loop>(program, *registers, target.vector_bytes);
  if (!loop->translate(program.each)) return nullptr;
  return loop;
} catch (const std::exception&) {
  return nullptr;  // no memory: the machine runs the program as well
}

}  // namespace lanewise::inline v0
