// Translation for x86-64-v3 and v4: a loop around the steps of a program.
//
// The code is a function of the bound instructions and the elements to run. It reads what addresses and constants these hold when it is called, so binding
// a program to other arrays is all that a new call needs.

#include <algorithm>
#include <exception>

#include <xbyak/xbyak_util.h>

#include "native/native_code.hpp"
#include "native/step_emitter.hpp"

namespace lanewise::inline v0 {
namespace {

/// Of longer programs the time to translate them, or to find that they need too many registers, would be felt.
constexpr std::size_t most_steps = 256;

/// More than a program becomes: a step is at most ten machine instructions a vector, the longest of 11 bytes.
std::size_t code_bytes_for(const ProgramPart& part, const LoopRegisters& registers) {
  constexpr std::size_t step_bytes = 10 * 11;
  constexpr std::size_t frame_bytes = 2048;
  return frame_bytes + part.instructions.size() * registers.vectors * step_bytes;
}

class LoopEmitter {
 public:
  LoopEmitter(CodeMemory& memory, const Program& program, const LoopRegisters& registers, std::size_t vector_bytes)
      : program_(program), emit_(memory, registers, vector_bytes, program.lane_bytes), turn_length_(registers.vectors * vector_bytes / program.lane_bytes) {}

  void emit_function() {
    const auto turn_length = static_cast<std::uint32_t>(turn_length_);
    Xbyak::util::StackFrame frame(&emit_, 3, static_cast<int>(arrays().size()), 0, false);
    const Xbyak::Reg64 instructions = frame.p[0], first = frame.p[1], last = frame.p[2], rest = emit_.rax;
    for (std::size_t i = 0; i < arrays().size(); ++i) addresses_[i] = frame.t[i];
    emit_.set_addresses(instructions, addresses_);
    emit_.load_constants();
    Xbyak::Label begin, turn, done;
    emit_.L(begin);
    point_at(instructions, first);
    emit_.mov(rest, last);
    emit_.sub(rest, first);
    emit_.align(wide_vector_bytes);
    emit_.L(turn);
    emit_turn();
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
  }

 private:
  const std::vector<HeldOperand>& arrays() const { return emit_.registers().arrays; }

  void point_at(const Xbyak::Reg64& instructions, const Xbyak::Reg64& element) {
    for (std::size_t i = 0; i < arrays().size(); ++i) {
      emit_.mov(addresses_[i], emit_.ptr[instructions + arrays()[i].word_offset]);
      emit_.lea(addresses_[i], emit_.ptr[addresses_[i] + element * static_cast<int>(arrays()[i].element_bytes)]);
    }
  }

  void emit_turn() {
    const LoopRegisters& registers = emit_.registers();
    for (const Operand input : registers.kept_inputs) {
      for (std::size_t v = 0; v < registers.vectors; ++v) emit_.vmovups(emit_.value(*registers.value_number(input), v), emit_.in_array(input, v));
    }
    for (std::span<const Instruction> steps = program_.each.instructions; !steps.empty();) steps = steps.subspan(emit_.emit(steps));
    for (std::size_t i = 0; i < arrays().size(); ++i) emit_.add(addresses_[i], static_cast<std::uint32_t>(turn_length_ * arrays()[i].element_bytes));
  }

  const Program& program_;
  StepEmitter emit_;
  std::size_t turn_length_;  ///< elements
  std::array<Xbyak::Reg64, LoopRegisters::most_arrays> addresses_;
};

}  // namespace

bool NativeCode::can_translate(const Program& program, const Target& target) noexcept {
  constexpr std::size_t least_vector_bytes = 32;
  const DType dtype = program.lane_bytes == sizeof(double) ? DType::float64 : DType::float32;
  return target.vector_bytes >= least_vector_bytes && program.each.instructions.size() <= most_steps &&
         std::ranges::all_of(program.each.instructions, [&](const Instruction& step) { return StepEmitter::knows(step, dtype, target.vector_bytes); });
}

std::unique_ptr<const NativeCode> NativeCode::translate(const Program& program, const Target& target, std::size_t tile_length) noexcept try {
  const auto registers =
      assign_registers(program, vector_register_count(target.vector_bytes), tile_length * program.lane_bytes / target.vector_bytes);
  if (!registers) return nullptr;
  std::unique_ptr<NativeCode> code(new NativeCode(code_bytes_for(program.each, *registers)));
  if (code->memory_.data() == nullptr) return nullptr;
  LoopEmitter(code->memory_, program, *registers, target.vector_bytes).emit_function();
  if (!code->memory_.make_executable()) return nullptr;
  code->function_ = reinterpret_cast<Function>(code->memory_.data());
  return code;
} catch (const std::exception&) {
  return nullptr;  // no memory: the machine runs the program as well
}

}  // namespace lanewise::inline v0
