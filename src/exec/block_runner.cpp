#include "exec/block_runner.hpp"

#include <algorithm>
#include <cstdlib>
#include <span>

#include "exec/stage.hpp"
#include "kernels/prefetch.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t round_up(std::size_t bytes) { return (bytes + 63) / 64 * 64; }

/// Where a row of the block begins.
std::byte* row_of(const StridedOperand& array, const BlockRange& block, std::size_t row) {
  return array.data + offset_of(array.rows, block.first_row + row) + offset_of(array.columns, block.first_column);
}

/// Whether addresses move by as much from each row of the pass to the next: then they are counted up.
bool has_even_rows(const PassPlan& plan) {
  const auto is_even = [](const PassOperand& operand) { return operand.is_staged() || operand.array.rows.size() <= (operand.is_repeated ? 0 : 1); };
  return std::ranges::all_of(plan.operands, is_even) &&
         std::ranges::all_of(plan.outputs, [](const PassOutput& output) { return !output.is_in_place() || output.target.rows.size() <= 1; });
}

bool may_run_twice(const PassPlan& plan) {
  if (plan.streams_results || plan.pass->program.each.host_call_count > 0) return false;
  return std::ranges::none_of(plan.outputs, [&](const PassOutput& output) {
    return output.is_in_place() && std::ranges::any_of(plan.operands, [&](const PassOperand& operand) { return operand.array.data == output.target.data; });
  });
}

/// A buffer has no gaps.
std::ptrdiff_t program_step(const PassOperand& operand) {
  return operand.is_staged() ? static_cast<std::ptrdiff_t>(operand.array.element_bytes) : operand.array.step_bytes;
}

/// A buffer for a part of a block is written over and over.
std::int32_t output_mask(const PassPlan& plan, const PassOutput& output) {
  return output.is_in_place() || plan.run_columns == plan.block_columns ? -1 : static_cast<std::int32_t>(plan.run_columns - 1);
}

/// Whether what the program reads and writes lies without gaps, in a cache.
bool may_run_natively(const PassPlan& plan) {
  const auto has_gaps = [](const PassOperand& operand) {
    return operand.is_read_by_program && (operand.is_repeated || program_step(operand) != static_cast<std::ptrdiff_t>(operand.array.element_bytes));
  };
  return !plan.reads_ahead && !plan.streams_results && std::ranges::none_of(plan.operands, has_gaps) &&
         std::ranges::all_of(plan.outputs, [&](const PassOutput& output) { return output_mask(plan, output) == -1; });
}

/// Whether it is read in place, and anew in each row.
bool may_be_streamed(const PassPlan& plan, const PassOperand& operand) {
  const bool is_one_row = plan.row_count > 1 && operand.array.rows.empty();
  return operand.buffer_offset == no_buffer && !is_one_row && operand.array.step_bytes >= 0;
}

/// Of a row with fewer bytes than so many times the distance much of what is asked for would be behind its end.
constexpr std::size_t shortest_row_distances = 4;

/// What was read so many bytes ago is still in the second cache, or near.
constexpr std::ptrdiff_t remembered_bytes = 256 << 10;

}  // namespace

BlockRunner::BlockRunner(const PassPlan& plan, std::byte* memory) : plan_(plan), memory_(memory), has_even_rows_(has_even_rows(plan)) {
  const LoadedProgram& program = plan.pass->program;
  std::byte* place = memory + (plan.pass->has_program() ? round_up(program.each.workspace_bytes()) : 0);
  inputs_ = reinterpret_cast<const std::byte**>(place);
  outputs_ = reinterpret_cast<std::byte**>(place) + plan.value_count;
  steps_ = reinterpret_cast<std::ptrdiff_t*>(outputs_ + plan.outputs.size());
  std::fill_n(inputs_, plan.value_count, nullptr);
  std::fill_n(outputs_, plan.outputs.size(), nullptr);
  output_masks_ = reinterpret_cast<std::int32_t*>(steps_ + plan.value_count);
  std::fill_n(steps_, plan.value_count, 0);
  for (std::size_t o = 0; o < plan.outputs.size(); ++o) output_masks_[o] = output_mask(plan, plan.outputs[o]);
  for (const PassOperand& operand : plan.operands) steps_[operand.value] = operand.is_repeated ? 0 : program_step(operand);
  arguments_ = {inputs_, outputs_, plan.slots.data(), plan.streams_results, streams_.data(), 0, steps_, output_masks_, may_run_twice(plan)};
  if (plan.pass->has_program() && may_run_natively(plan)) arguments_.native_code = program.native_code_for(plan.element_count());
  if (plan.pass->has_program()) part_.emplace(program, program.each, arguments_, memory);
}

/// Streaming stores are aligned.
std::size_t BlockRunner::head_length() const {
  constexpr std::size_t line_bytes = 64;
  const std::size_t past_line = reinterpret_cast<std::uintptr_t>(outputs_[0]) % line_bytes;
  return (line_bytes - past_line) % line_bytes / plan_.outputs[0].element_bytes;
}

/// Whether another operand comes by the same elements shortly before, as in a stencil the row below comes by those of the row above.
bool BlockRunner::is_read_before(const PassOperand& operand) const {
  return std::ranges::any_of(plan_.operands, [&](const PassOperand& other) {
    if (other.buffer_offset != no_buffer || other.array.step_bytes != operand.array.step_bytes) return false;
    const std::ptrdiff_t lead_bytes = inputs_[other.value] - inputs_[operand.value];
    return lead_bytes >= static_cast<std::ptrdiff_t>(cache_line_bytes) && lead_bytes < remembered_bytes;
  });
}

/// Of the same cache lines one after the other, or nearly: as two fields of the same records, or neighbours in a row.
bool BlockRunner::is_beside(const PassOperand& operand, const PassOperand& other) const {
  return operand.array.step_bytes == other.array.step_bytes &&
         std::abs(inputs_[operand.value] - inputs_[other.value]) < static_cast<std::ptrdiff_t>(cache_line_bytes);
}

/// What is read in place is asked for ahead of time, unless it is in a cache already: the same for all rows, or read before.
void BlockRunner::list_streams(const BlockRange& block, std::size_t row) {
  std::array<const PassOperand*, maximum_stream_count> streamed;
  std::size_t count = 0;
  for (const PassOperand& operand : plan_.operands) {
    if (count == maximum_stream_count || !may_be_streamed(plan_, operand) || is_read_before(operand)) continue;
    const auto is_listed = [&](const PassOperand* other) { return is_beside(operand, *other); };
    if (std::none_of(streamed.begin(), streamed.begin() + static_cast<std::ptrdiff_t>(count), is_listed)) streamed[count++] = &operand;
  }
  const ReadAhead distances = machine_read_ahead(count);
  for (std::size_t s = 0; s < count; ++s) set_stream(s, *streamed[s], distances, block, row);
  arguments_.stream_count = count;
}

/// Behind the end of a short row lie elements of other blocks, so rows further on are asked for instead.
void BlockRunner::set_stream(std::size_t number, const PassOperand& operand, ReadAhead distances, const BlockRange& block, std::size_t row) {
  const auto step_bytes = static_cast<std::size_t>(operand.array.step_bytes);
  const std::size_t row_bytes = block.column_count * step_bytes;
  const bool is_short = plan_.runs_rows && row_bytes < shortest_row_distances * distances.near_bytes;
  const auto rows_ahead = [&](std::size_t distance_bytes) { return is_short ? (distance_bytes + row_bytes - 1) / row_bytes : 0; };
  const auto ahead = [&](std::size_t distance_bytes) -> const std::byte* {
    if (distance_bytes == 0) return nullptr;
    if (!is_short) return inputs_[operand.value] + distance_bytes;
    return row_of(operand.array, block, std::min(row + rows_ahead(distance_bytes), block.row_count - 1));
  };
  streams_[number] = {ahead(distances.near_bytes), ahead(distances.far_bytes), step_bytes};
  stream_rows_[number] = {row_step(operand, block), rows_ahead(distances.near_bytes), rows_ahead(distances.far_bytes)};
}

/// Rows that are all the same stay in their buffer from block to block.
bool BlockRunner::is_staged_already(const PassOperand& operand, const BlockRange& block) const {
  return operand.array.rows.empty() && block.first_column == first_staged_column_ && block.column_count == staged_columns_ &&
         block.row_count <= staged_rows_;
}

/// Where the program runs on rows, one row is enough if all are the same.
BlockRange BlockRunner::range_to_stage(const PassOperand& operand, const BlockRange& block) const {
  const bool one_row = plan_.runs_rows && operand.array.rows.empty();
  return {block.first_row, one_row ? 1 : block.row_count, block.first_column, block.column_count};
}

std::ptrdiff_t BlockRunner::staged_row_bytes(const PassOperand& operand, const BlockRange& block) const {
  const bool one_row = plan_.runs_rows && operand.array.rows.empty();
  return one_row ? 0 : static_cast<std::ptrdiff_t>(block.column_count * operand.array.element_bytes);
}

void BlockRunner::stage(const BlockRange& block) {
  for (const PassOperand& operand : plan_.operands) {
    if (!operand.is_staged() || is_staged_already(operand, block)) continue;
    gather(operand.array, range_to_stage(operand, block), memory_ + operand.buffer_offset);
  }
  first_staged_column_ = block.first_column;
  staged_rows_ = block.row_count;
  staged_columns_ = block.column_count;
}

void BlockRunner::bind_block(const BlockRange& block) {
  for (const PassOperand& operand : plan_.operands) {
    inputs_[operand.value] = operand.is_staged() ? memory_ + operand.buffer_offset : find_contiguous(operand.array, block);
  }
  for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
    const PassOutput& output = plan_.outputs[o];
    outputs_[o] = output.is_in_place() ? find_contiguous(output.target, block) : memory_ + output.buffer_offset;
  }
}

/// Where the program reads a row of the operand; a repeated element is copied there.
const std::byte* BlockRunner::bound_row(const PassOperand& operand, const BlockRange& block, std::size_t row) {
  if (operand.buffer_offset == no_buffer) return row_of(operand.array, block, row);
  std::byte* const buffer = memory_ + operand.buffer_offset;
  if (!operand.is_repeated) return buffer + static_cast<std::ptrdiff_t>(row) * staged_row_bytes(operand, block);
  const bool is_another = row == 0 || !operand.array.rows.empty();
  if (is_another) gather(operand.array, {block.first_row + row, 1, 0, plan_.pass->program.each.tile_length}, buffer);
  return buffer;
}

void BlockRunner::bind_row(const BlockRange& block, std::size_t row) {
  for (const PassOperand& operand : plan_.operands) inputs_[operand.value] = bound_row(operand, block, row);
  for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
    const PassOutput& output = plan_.outputs[o];
    outputs_[o] = output.is_in_place() ? row_of(output.target, block, row)
                                       : memory_ + output.buffer_offset + row * block.column_count * output.element_bytes;
  }
}

std::ptrdiff_t BlockRunner::row_step(const PassOperand& operand, const BlockRange& block) const {
  if (operand.is_staged()) return staged_row_bytes(operand, block);
  return operand.array.rows.empty() ? 0 : operand.array.rows[0].stride;
}

/// Moves everything from the row before to this one, where rows are even. What is asked for stops at the last row.
void BlockRunner::bind_next_row(const BlockRange& block, std::size_t row) {
  for (const PassOperand& operand : plan_.operands) inputs_[operand.value] += row_step(operand, block);
  for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
    const PassOutput& output = plan_.outputs[o];
    if (!output.is_in_place()) {
      outputs_[o] += block.column_count * output.element_bytes;
    } else if (!output.target.rows.empty()) {
      outputs_[o] += output.target.rows[0].stride;
    }
  }
  for (std::size_t s = 0; s < arguments_.stream_count; ++s) {
    const StreamRows& rows = stream_rows_[s];
    if (row + rows.near < block.row_count) streams_[s].near_address += rows.step_bytes;
    if (streams_[s].far_address != nullptr && row + rows.far < block.row_count) streams_[s].far_address += rows.step_bytes;
  }
}

void BlockRunner::bind(const BlockRange& block) {
  stage(block);
  if (!part_ || plan_.runs_rows) return;
  bind_block(block);
  if (plan_.reads_ahead) list_streams(block, 0);
  part_->rebind_arrays();
  first_bound_column_ = block.first_column;
}

void BlockRunner::run_bound(std::size_t first, std::size_t element_count) {
  part_->run(first, first + element_count, plan_.streams_results ? head_length() : 0);
}

std::size_t BlockRunner::columns_in_parts(const BlockRange& block) const {
  if (!part_ || plan_.runs_rows || plan_.streams_results || plan_.run_columns == plan_.block_columns) return 0;
  return block.column_count - block.column_count % plan_.run_columns;
}

void BlockRunner::run_parts(std::size_t column_count, const TileParts& parts) {
  part_->run_parts(0, column_count, parts);
  part_->rethrow();
}

void BlockRunner::sum_parts(std::size_t column_count, const TileParts& parts, unsigned char* leaf) {
  part_->sum_parts(column_count, parts, leaf);
  part_->rethrow();
}

void BlockRunner::run(const BlockRange& part) {
  if (!part_) return;
  if (plan_.runs_rows) {
    for (std::size_t row = 0; row < part.row_count; ++row) {
      if (row > 0 && has_even_rows_) {
        bind_next_row(part, row);
      } else {
        bind_row(part, row);
        if (plan_.reads_ahead) list_streams(part, row);
      }
      part_->rebind_arrays();
      run_bound(0, part.column_count);
    }
  } else {
    run_bound(part.first_column - first_bound_column_, part.element_count());
  }
  part_->rethrow();
  store_results(part);
}

void BlockRunner::store_results(const BlockRange& part) const {
  for (const PassOutput& output : plan_.outputs) {
    if (output.is_result && !output.is_in_place()) scatter(output.target, part, memory_ + output.buffer_offset);
  }
}

BlockRows BlockRunner::rows_of(const PassFold& fold, const BlockRange& part) const {
  BlockRows rows{};
  if (fold.folds_operand) {
    const PassOperand& operand = plan_.operands[fold.source];
    if (operand.is_staged()) return {memory_ + operand.buffer_offset, staged_row_bytes(operand, part)};
    rows.first = find_rows(operand.array, part, rows.row_bytes);
  } else {
    const PassOutput& output = plan_.outputs[fold.source];
    if (!output.is_in_place()) {
      return {memory_ + output.buffer_offset, static_cast<std::ptrdiff_t>(part.column_count * output.element_bytes)};
    }
    rows.first = find_rows(output.target, part, rows.row_bytes);
  }
  return rows;
}

}  // namespace lanewise::inline v0
