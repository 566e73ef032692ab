// Listings of programs. Checking them: bytecode/verify.cpp.

#include "bytecode/program.hpp"

#include <algorithm>
#include <array>

#include "ops/operation.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

std::string_view opcode_name(Opcode opcode) {
  constexpr std::array<std::string_view, opcode_count - kernel_operation_count> machine_names = {
      "add_product", "subtract_product", "subtract_from_product", "multiply_sum", "multiply_difference", "power_of_constant", "sine_cosine",
      "wrap_int8",   "wrap_int16",       "wrap_uint8",            "wrap_uint16",  "load",                "load_strided",      "reload",
      "spill",       "store",            "store_last",            "stream",       "stream_last",         "sum_last",          "call_host",
      "end"};
  const auto index = static_cast<std::size_t>(opcode);
  return index < kernel_operation_count ? operation(static_cast<OperationId>(index)).name : machine_names[index - kernel_operation_count];
}

std::string operand_text(Operand operand, Operand left, bool single_output) {
  switch (operand.source) {
    case Source::none: return "";
    case Source::a: return "a";
    case Source::b: return "b";
    case Source::same: return operand_text(left, left, single_output);
    case Source::input: return "in" + std::to_string(operand.index);
    case Source::scratch: return "t" + std::to_string(operand.index);
    case Source::constant: return "k" + std::to_string(operand.index);
    case Source::slot: return "s" + std::to_string(operand.index);
    case Source::host: return "f" + std::to_string(operand.index);
    case Source::output: return single_output ? "out" : "out" + std::to_string(operand.index);
  }
  return "";
}

/// Instructions that write memory have their target in `left` and their source in the destination.
bool writes_memory(Opcode opcode) { return opcode >= Opcode::spill && opcode <= Opcode::sum_last; }

/// Instructions of three operands name the destination among them.
bool reads_destination_first(Opcode opcode) {
  return opcode == Opcode::where || (opcode >= Opcode::add_product && opcode <= Opcode::multiply_difference);
}

struct Columns {
  std::string name, target, operands, remark;
};

Columns columns_of(const Instruction& instruction, bool single_output) {
  Columns columns;
  columns.name = opcode_name(instruction.opcode);
  if (instruction.opcode == Opcode::end) return columns;
  if (instruction.opcode == Opcode::call_host) return {columns.name, "", "", ""};
  columns.name += "." + std::string(short_name(instruction.dtype));
  const std::string destination = instruction.destination == Source::a ? "a" : "b";
  const std::string left = operand_text(instruction.left, instruction.left, single_output);
  const std::string right = operand_text(instruction.right, instruction.left, single_output);
  if (writes_memory(instruction.opcode)) {
    columns.target = left;
    columns.operands = destination;
  } else {
    columns.target = destination;
    columns.operands = (reads_destination_first(instruction.opcode) ? destination + " " : "") + left + (right.empty() ? "" : " " + right);
  }
  return columns;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

class Listing {
 public:
  explicit Listing(const Program& program)
      : program_(program), constant_shown_(program.constants.size()), slot_shown_(program.slots.size()) {}

  void add(const ProgramPart& part, bool is_once) {
    std::vector<Columns> rows;
    for (const Instruction& instruction : part.instructions) {
      rows.push_back(columns_of(instruction, !is_once && program_.output_dtypes.size() == 1));
      for (const Operand operand : {instruction.left, instruction.right}) explain(operand, rows.back().remark);
    }
    std::array<std::size_t, 3> widths = {0, 3, 0};
    for (const Columns& row : rows) {
      widths = {std::max(widths[0], row.name.size()), std::max(widths[1], row.target.size()), std::max(widths[2], row.operands.size())};
    }
    const std::size_t number_width = std::to_string(rows.size() - 1).size();
    for (std::size_t i = 0; i < rows.size(); ++i) add_row(i, number_width, rows[i], widths);
  }

  std::string text;

 private:
  void explain(Operand operand, std::string& remark) {
    if (operand.source != Source::constant && operand.source != Source::slot) return;
    const auto append = [&](const std::string& what) { remark += (remark.empty() ? "" : ", ") + what; };
    const std::string name = operand_text(operand, operand, false);
    if (operand.source == Source::constant && !constant_shown_[operand.index]) {
      constant_shown_[operand.index] = true;
      append(name + " = " + to_text(program_.constants[operand.index]));
    } else if (operand.source == Source::slot && !slot_shown_[operand.index]) {
      slot_shown_[operand.index] = true;
      const Slot& slot = program_.slots[operand.index];
      append(name + " = " + (slot.is_input ? "scalar in" + std::to_string(slot.input_index) : "once out" + std::to_string(operand.index)));
    }
  }

  void add_row(std::size_t number, std::size_t number_width, const Columns& row, const std::array<std::size_t, 3>& widths) {
    std::string line = padded(std::to_string(number), number_width) + "  ";
    if (row.target.empty()) {
      line += row.name;
    } else {
      line += padded(row.name, widths[0]) + "  " + padded(row.target, widths[1]) + " <- ";
      line += row.remark.empty() ? row.operands : padded(row.operands, widths[2]) + "   " + row.remark;
    }
    text += (text.empty() ? "" : "\n") + line;
  }

  const Program& program_;
  std::vector<bool> constant_shown_, slot_shown_;
};

}  // namespace

OperandKind kind_of(Operand operand) noexcept {
  switch (operand.source) {
    case Source::none: return OperandKind::none;
    case Source::a: return OperandKind::a;
    case Source::b: return OperandKind::b;
    case Source::same: return OperandKind::same;
    case Source::constant:
    case Source::slot: return OperandKind::constant;
    default: return OperandKind::memory;
  }
}

std::string to_text(const Program& program) {
  Listing listing(program);
  if (!program.once.instructions.empty()) {
    listing.text = "once";
    listing.add(program.once, true);
    listing.text += "\neach";
  }
  listing.add(program.each, false);
  return listing.text;
}

}  // namespace lanewise::inline v0
