// One element, a word for each accumulator and scratch tile: values as they travel (ops/instruction_set.hpp).

#include "bytecode/run_program.hpp"

#include "ir/scalar_machine.hpp"
#include "ops/operation.hpp"

namespace lanewise::inline v0 {
namespace {

using testing_ir::cast_scalar;
using testing_ir::evaluate_scalar;
using Source = Operand::Source;

constexpr std::uint64_t noise = 0xA5A5'5A5A'C3C3'3C3C;

/// A value as it travels: one word, or two of a complex one.
struct Words {
  std::uint64_t real = 0, imaginary = 0;
};

Words travelling(Scalar value) { return {value.travelling_bits(), value.imaginary_bits}; }

/// The scalar that words of a travelling dtype stand for.
Scalar scalar_of(Words words, DType dtype) {
  Scalar result{dtype};
  const DType part = dtype.is_complex() ? part_of(dtype) : dtype;
  const std::uint64_t mask = part.size_bytes() == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * part.size_bytes())) - 1;
  result.bits = words.real & mask;
  if (dtype.is_bool()) result.bits = words.real != 0;
  if (dtype.is_complex()) result.imaginary_bits = words.imaginary & mask;
  return result;
}

/// The dtype that a kernel's result has in memory, of operands that travel as `operand`.
DType result_dtype(Opcode opcode, DType operand) {
  const TypeRule rule = operation(static_cast<OperationId>(opcode)).type_rule;
  return is_cast(rule) ? cast_target(rule) : type_operands(rule, operand, false).result;
}

class Runner {
 public:
  Runner(const Program& program, std::span<const Scalar> inputs) : program_(program), inputs_(inputs), slots_(program.slots.size()) {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (!program.slots[i].is_input) continue;
      slots_[i] = inputs[program.slots[i].input_index];
      expect(slots_[i].dtype == program.slots[i].dtype, "a slot of another dtype than its input");
    }
  }

  std::vector<Scalar> run() {
    if (!program_.once.instructions.empty()) {
      run_part(program_.once, slots_.size());
      for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (!program_.slots[i].is_input) slots_[i] = outputs_.at(i);
      }
    }
    run_part(program_.each, program_.output_dtypes.size());
    for (std::size_t i = 0; i < outputs_.size(); ++i) expect(outputs_[i].dtype == program_.output_dtypes[i], "an output of another dtype");
    return outputs_;
  }

 private:
  static void expect(bool holds, const char* what) {
    if (!holds) throw BrokenProgram(what);
  }

  void run_part(const ProgramPart& part, std::size_t output_count) {
    tiles_.assign(part.scratch_tile_count, noise);
    outputs_.assign(output_count, Scalar{});
    a_ = b_ = noise;
    for (const Instruction& instruction : part.instructions) step(instruction);
  }

  Words read(Operand operand, const Instruction& instruction) const {
    const bool is_load = instruction.opcode == Opcode::load;
    const auto of_scalar = [&](Scalar value, bool in_memory) {
      const DType dtype = in_memory && is_load ? value.dtype : travelling_dtype(value.dtype);
      expect(dtype == instruction.dtype, "an operand of another dtype than its instruction");
      expect(!in_memory || is_load || (value.dtype == dtype && !dtype.is_bool()), "an array that must be loaded first");
      return travelling(value);
    };
    switch (operand.source) {
      case Source::a: return {a_, b_};
      case Source::b: return {b_, noise};
      case Source::input: return of_scalar(inputs_[operand.index], true);
      case Source::constant: return of_scalar(program_.constants[operand.index], false);
      case Source::slot: return of_scalar(slots_[operand.index], false);
      case Source::scratch: return {tiles_.at(operand.index), instruction.dtype.is_complex() ? tiles_.at(operand.index + 1) : noise};
      case Source::same: return read(instruction.left, instruction);
      default: throw BrokenProgram("an operand that cannot be read");
    }
  }

  void write(const Instruction& instruction, Words words, bool is_complex) {
    if (is_complex) {
      expect(instruction.destination == Source::a, "a complex value whose real part is not in a");
      a_ = words.real;
      b_ = words.imaginary;
      return;
    }
    (instruction.destination == Source::a ? a_ : b_) = words.real;
    if (instruction.dtype.is_complex()) b_ = noise;
  }

  void step(const Instruction& instruction) {
    const DType dtype = instruction.dtype;
    const Words destination = instruction.destination == Source::a ? Words{a_, b_} : Words{b_, noise};
    switch (instruction.opcode) {
      case Opcode::load:
      case Opcode::reload: return write(instruction, read(instruction.left, instruction), dtype.is_complex());
      case Opcode::spill:
        tiles_.at(instruction.left.index) = destination.real;
        if (dtype.is_complex()) tiles_.at(instruction.left.index + 1) = destination.imaginary;
        return;
      case Opcode::store:
      case Opcode::store_last: outputs_.at(instruction.left.index) = stored(destination, dtype); return;
      case Opcode::end: a_ = b_ = noise; return;
      case Opcode::wrap_int8: return write(instruction, wrapped(destination, DType::int8), false);
      case Opcode::wrap_int16: return write(instruction, wrapped(destination, DType::int16), false);
      case Opcode::wrap_uint8: return write(instruction, wrapped(destination, DType::uint8), false);
      case Opcode::wrap_uint16: return write(instruction, wrapped(destination, DType::uint16), false);
      case Opcode::add_product:
      case Opcode::subtract_product:
      case Opcode::subtract_from_product: return write(instruction, with_product(instruction, destination), false);
      case Opcode::multiply_sum: return write(instruction, times(instruction, OperationId::add, destination), false);
      case Opcode::multiply_difference: return write(instruction, times(instruction, OperationId::subtract, destination), false);
      case Opcode::power_of_constant: {
        Instruction power = instruction;
        power.opcode = static_cast<Opcode>(OperationId::power);
        return compute(power, destination);
      }
      case Opcode::sine_cosine: {
        const Scalar angle = scalar_of({a_, noise}, dtype);
        a_ = travelling(evaluate_scalar(OperationId::sin, dtype, {&angle, 1})).real;
        b_ = travelling(evaluate_scalar(OperationId::cos, dtype, {&angle, 1})).real;
        if (instruction.destination == Source::b) std::swap(a_, b_);
        return;
      }
      default: return compute(instruction, destination);
    }
  }

  static Words wrapped(Words words, DType narrow) { return travelling(scalar_of(words, narrow)); }

  static Scalar stored(Words words, DType dtype) {
    if (dtype == DType::float16) return cast_scalar(scalar_of(words, DType::float32), dtype);
    return scalar_of(words, dtype);
  }

  Words with_product(const Instruction& instruction, Words destination) const {
    const DType dtype = instruction.dtype;
    const Scalar factors[] = {scalar_of(read(instruction.left, instruction), dtype),
                              scalar_of(read(instruction.right, instruction), dtype)};
    const Scalar product = evaluate_scalar(OperationId::multiply, dtype, factors), addend = scalar_of(destination, dtype);
    const bool turned = instruction.opcode == Opcode::subtract_from_product;
    const Scalar terms[] = {turned ? product : addend, turned ? addend : product};
    return travelling(evaluate_scalar(instruction.opcode == Opcode::add_product ? OperationId::add : OperationId::subtract, dtype, terms));
  }

  Words times(const Instruction& instruction, OperationId inner, Words destination) const {
    const DType dtype = instruction.dtype;
    const Scalar terms[] = {scalar_of(read(instruction.left, instruction), dtype), scalar_of(read(instruction.right, instruction), dtype)};
    const Scalar factors[] = {scalar_of(destination, dtype), evaluate_scalar(inner, dtype, terms)};
    return travelling(evaluate_scalar(OperationId::multiply, dtype, factors));
  }

  void compute(const Instruction& instruction, Words destination) {
    const DType dtype = instruction.dtype;
    const auto id = static_cast<OperationId>(instruction.opcode);
    if (id == OperationId::where && dtype.is_complex()) {
      const bool holds = tiles_.at(instruction.left.index) != 0;
      return write(instruction, holds ? Words{a_, b_} : read(instruction.right, instruction), true);
    }
    std::vector<Scalar> operands;
    if (id == OperationId::where) operands.push_back(scalar_of(destination, DType::bool_));
    for (const Operand operand : {instruction.left, instruction.right}) {
      if (operand.source != Source::none) operands.push_back(scalar_of(read(operand, instruction), dtype));
    }
    const DType result = result_dtype(instruction.opcode, dtype);
    write(instruction, travelling(evaluate_scalar(id, result, operands)), result.is_complex());
  }

  const Program& program_;
  std::span<const Scalar> inputs_;
  std::vector<Scalar> slots_, outputs_;
  std::vector<std::uint64_t> tiles_;
  std::uint64_t a_ = noise, b_ = noise;
};

}  // namespace

std::vector<Scalar> run_program(const Program& program, std::span<const Scalar> inputs) { return Runner(program, inputs).run(); }

}  // namespace lanewise::inline v0
