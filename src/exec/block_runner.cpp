#include "exec/block_runner.hpp"

#include <algorithm>

#include "exec/stage.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t round_up(std::size_t bytes) { return (bytes + 63) / 64 * 64; }

BlockRows rows_in_buffer(const std::byte* buffer, const BlockRange& block, std::size_t element_bytes) {
  return {buffer, static_cast<std::ptrdiff_t>(block.column_count * element_bytes)};
}

}  // namespace

BlockRunner::BlockRunner(const PassPlan& plan, std::byte* memory) : plan_(plan), memory_(memory) {
  const LoadedProgram& program = plan.pass->program;
  const std::size_t program_bytes = plan.pass->has_program() ? round_up(program.each.workspace_bytes()) : 0;
  inputs_ = reinterpret_cast<const std::byte**>(memory + program_bytes);
  outputs_ = reinterpret_cast<std::byte**>(memory + program_bytes) + plan.value_count;
  std::fill_n(inputs_, plan.value_count, nullptr);
  std::fill_n(outputs_, plan.outputs.size(), nullptr);
  arguments_ = {inputs_, outputs_, plan.slots.data(), plan.streams_results, streams_.data(), 0};
  if (plan.pass->has_program()) part_.emplace(program, program.each, arguments_, memory);
}

/// Streaming stores are aligned.
std::size_t BlockRunner::head_length() const {
  constexpr std::size_t line_bytes = 64;
  const std::size_t past_line = reinterpret_cast<std::uintptr_t>(outputs_[0]) % line_bytes;
  return (line_bytes - past_line) % line_bytes / plan_.outputs[0].element_bytes;
}

/// What is read in place is asked for ahead of time.
void BlockRunner::list_streams() {
  arguments_.stream_count = 0;
  for (const PassOperand& operand : plan_.operands) {
    if (operand.buffer_offset != no_buffer || arguments_.stream_count == maximum_stream_count) continue;
    streams_[arguments_.stream_count++] = {inputs_[operand.value], operand.array.element_bytes};
  }
}

/// Rows that are all the same stay in their buffer from block to block.
bool BlockRunner::is_staged_already(std::size_t operand, const BlockRange& block) const {
  return plan_.operands[operand].array.rows.empty() && block.first_column == first_staged_column_ &&
         block.column_count == staged_columns_ && block.row_count <= staged_rows_;
}

void BlockRunner::stage(const BlockRange& block) {
  for (std::size_t o = 0; o < plan_.operands.size(); ++o) {
    const PassOperand& operand = plan_.operands[o];
    std::byte* address = operand.is_read_by_program ? find_contiguous(operand.array, block) : nullptr;
    if (address == nullptr && operand.buffer_offset != no_buffer) {
      address = memory_ + operand.buffer_offset;
      if (!is_staged_already(o, block)) gather(operand.array, block, address);
    }
    inputs_[operand.value] = address;
  }
  first_staged_column_ = block.first_column;
  staged_rows_ = block.row_count;
  staged_columns_ = block.column_count;
}

void BlockRunner::run(const BlockRange& block) {
  if (!part_) return;
  for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
    const PassOutput& output = plan_.outputs[o];
    std::byte* const target = output.is_result ? find_contiguous(output.target, block) : nullptr;
    outputs_[o] = target != nullptr ? target : memory_ + output.buffer_offset;
  }
  part_->rebind_arrays();
  if (plan_.streams_results) list_streams();
  part_->run(block.element_count(), plan_.streams_results ? head_length() : 0);
  part_->rethrow();
  for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
    const PassOutput& output = plan_.outputs[o];
    if (output.is_result && output.buffer_offset != no_buffer && outputs_[o] == memory_ + output.buffer_offset) {
      scatter(output.target, block, outputs_[o]);
    }
  }
}

BlockRows BlockRunner::rows_of(const PassFold& fold, const BlockRange& block) const {
  if (!fold.folds_operand) {
    const PassOutput& output = plan_.outputs[fold.source];
    return rows_in_buffer(outputs_[fold.source], block, output.element_bytes);
  }
  const PassOperand& operand = plan_.operands[fold.source];
  BlockRows rows{};
  rows.first = find_rows(operand.array, block, rows.row_bytes);
  if (rows.first != nullptr) return rows;
  return rows_in_buffer(inputs_[operand.value], block, operand.array.element_bytes);
}

}  // namespace lanewise::inline v0
