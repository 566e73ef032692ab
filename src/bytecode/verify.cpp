// Checks a program against the rules of its machine: for tests and assertions, as no input may lead to a program that breaks them.

#include <string>

#include "bytecode/program.hpp"
#include "bytecode/segment.hpp"
#include "ops/operation.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

bool is_accumulator(OperandKind kind) { return kind == OperandKind::a || kind == OperandKind::b; }

bool has_unary_form(Cost cost, OperandKind destination, OperandKind left) {
  return left == destination || (cost == Cost::cheap && left == OperandKind::memory);
}

bool has_binary_form(const Operation& row, OperandKind destination, OperandKind left, OperandKind right) {
  const bool cheap = row.cost == Cost::cheap;
  if (right == OperandKind::same) return cheap && row.algebra.commutative && (left == destination || left == OperandKind::memory);
  if (left == OperandKind::constant && right == OperandKind::constant) return false;
  if (left == right && left != OperandKind::memory) return false;
  if (!is_accumulator(left) && !is_accumulator(right)) {
    return cheap && !(row.algebra.commutative && left == OperandKind::constant);
  }
  if (row.algebra.commutative) return left == destination;
  return left == destination || right == destination;
}

/// Forms of operations on complex values: see InstructionForm.
bool has_complex_form(const Operation& row, OperandKind left, OperandKind right) {
  const auto waits = [](OperandKind kind) { return kind == OperandKind::memory || kind == OperandKind::constant; };
  if (row.form.operand_count == 1) return left == OperandKind::a && right == OperandKind::none;
  if (row.form.operand_count == 3) return left == OperandKind::memory && right == OperandKind::memory;
  return (left == OperandKind::a && waits(right)) || (right == OperandKind::a && waits(left) && !row.algebra.commutative);
}

bool has_form(const Instruction& instruction) {
  const OperandKind destination = instruction.destination == Source::a ? OperandKind::a : OperandKind::b;
  const OperandKind left = kind_of(instruction.left);
  const OperandKind right = kind_of(instruction.right);
  const auto index = static_cast<std::size_t>(instruction.opcode);
  if (index < kernel_operation_count) {
    const Operation& row = operation(static_cast<OperationId>(index));
    if (instruction.dtype.is_complex()) return destination == OperandKind::a && has_complex_form(row, left, right);
    if (row.form.operand_count == 1) return right == OperandKind::none && has_unary_form(row.cost, destination, left);
    if (row.form.operand_count == 2) return has_binary_form(row, destination, left, right);
    const auto fits = [&](OperandKind kind) { return kind != destination && kind != OperandKind::none && kind != OperandKind::same; };
    return fits(left) && fits(right) && !(is_accumulator(left) && is_accumulator(right));
  }
  switch (instruction.opcode) {
    case Opcode::multiply_difference:
      if (left == OperandKind::constant) return right == OperandKind::memory;
      [[fallthrough]];
    case Opcode::add_product:
    case Opcode::subtract_product:
    case Opcode::subtract_from_product:
    case Opcode::multiply_sum:
      return left == OperandKind::memory &&
             (right == OperandKind::memory || right == OperandKind::constant || right == OperandKind::same);
    case Opcode::power_of_constant: return left == destination && right == OperandKind::constant;
    case Opcode::sine_cosine: return left == OperandKind::a && right == OperandKind::none;
    case Opcode::load: return left == OperandKind::memory || left == OperandKind::constant;
    case Opcode::load_strided: return left == OperandKind::memory && right == OperandKind::constant;
    case Opcode::wrap_int8:
    case Opcode::wrap_int16:
    case Opcode::wrap_uint8:
    case Opcode::wrap_uint16: return left == destination && right == OperandKind::none;
    case Opcode::call_host: return left == OperandKind::memory && right == OperandKind::memory;
    case Opcode::end: return left == OperandKind::none;
    default: return left == OperandKind::memory;
  }
}

bool ends_segment(Opcode opcode) {
  return opcode == Opcode::store_last || opcode == Opcode::stream_last || opcode == Opcode::sum_last || opcode == Opcode::end;
}

/// Follows one part from its first instruction to its last.
class PartVerifier {
 public:
  explicit PartVerifier(const ProgramPart& part) : part_(part), tile_written_(part.scratch_tile_count) {}

  std::string verify() {
    for (std::size_t s = 0; s < part_.segment_starts.size(); ++s) {
      const std::size_t begin = part_.segment_starts[s];
      const std::size_t end = s + 1 < part_.segment_starts.size() ? part_.segment_starts[s + 1] : part_.instructions.size();
      if (end - begin > maximum_segment_length) return "segment " + std::to_string(s) + " is too long";
      a_written_ = b_written_ = false;
      for (std::size_t i = begin; i < end; ++i) {
        if (const std::string wrong = verify_instruction(part_.instructions[i]); !wrong.empty()) {
          return "instruction " + std::to_string(i) + ": " + wrong;
        }
        if (ends_segment(part_.instructions[i].opcode) != (i + 1 == end)) return "instruction " + std::to_string(i) + ": end of segment";
      }
    }
    return {};
  }

 private:
  std::string verify_instruction(const Instruction& instruction) {
    if (!has_form(instruction)) return "no kernel has this form";
    has_call_ = has_call_ || instruction.opcode == Opcode::call_host;
    const AccumulatorUse use = accumulator_use(instruction);
    if ((use.reads_a && !a_written_) || (use.reads_b && !b_written_)) return "reads an accumulator that holds nothing";
    for (const Operand operand : {instruction.left, instruction.right}) {
      if (operand.source != Source::scratch) continue;
      if (operand.index >= tile_written_.size()) return "scratch tile out of range";
      const bool is_written = instruction.opcode == Opcode::spill || instruction.opcode == Opcode::store;
      if (!is_written && !tile_written_[operand.index] && !is_result_of_call()) return "reads a scratch tile that holds nothing";
      tile_written_[operand.index] = true;
    }
    a_written_ |= use.writes_a;
    b_written_ |= use.writes_b;
    return {};
  }

  /// The tile after the arguments of a call is written by the host.
  bool is_result_of_call() const { return has_call_; }

  const ProgramPart& part_;
  bool has_call_ = false;
  std::vector<bool> tile_written_;
  bool a_written_ = false;
  bool b_written_ = false;
};

}  // namespace

std::string verify(const Program& program) {
  if (!program.once.instructions.empty()) {
    if (std::string wrong = PartVerifier(program.once).verify(); !wrong.empty()) return "once, " + wrong;
  }
  return PartVerifier(program.each).verify();
}

}  // namespace lanewise::inline v0
