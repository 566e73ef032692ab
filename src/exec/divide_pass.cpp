// Blocks that fit into cache with what is staged for them, items for tasks, and the memory of a task.
//
// Whether an operand must be staged depends on the shape of blocks, and that on how much is staged: so blocks are chosen as if nothing were,
// and again when something is.

#include "exec/divide_pass.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <utility>

#include "exec/block_length.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t whole_call = 65'536;         // elements of a block where nothing is staged, as in block_length.cpp
constexpr std::size_t longest_staged = 4'096;      // elements; with two buffers of float64 as much as a first-level cache
constexpr std::size_t staged_target_bytes = 32 * 1024;
constexpr std::size_t staged_limit_bytes = 256 * 1024;  // with the levels of folds less than the 512 KiB a thread may use
constexpr std::size_t levels_limit_bytes = 128 * 1024;
constexpr std::size_t partials_limit_bytes = 256 * 1024;
constexpr std::size_t longest_group = 512;         // lanes side by side
constexpr std::size_t longest_transposed = 16'384; // elements: the longer the stretches of both orders in a block, the fewer pages change hands
constexpr std::size_t transposed_columns = 128;
constexpr std::ptrdiff_t cache_line_bytes = 64;
constexpr std::size_t longest_gap_free_row = 512;  // columns from which on a row is a block of its own, where one array has gaps between rows
constexpr std::size_t most_counted_arrays = 8;     // whose memory is told apart

/// Rough costs of an element, only to decide whether more threads are worth it.
constexpr double staged_element_nanoseconds = 0.4;
constexpr double folded_element_nanoseconds = 0.15;

constexpr std::size_t round_up(std::size_t value, std::size_t unit) { return (value + unit - 1) / unit * unit; }

class PassDivider {
 public:
  PassDivider(PassPlan& plan, bool has_transposed, const EvaluateOptions& options, CallMemory& memory)
      : plan_(plan), has_transposed_(has_transposed), options_(options), memory_(memory) {}

  void divide() {
    if (plan_.element_count() == 0) return;
    choose_blocks(whole_call);
    if (const std::size_t bytes = staged_element_bytes(); bytes > 0) {
      std::size_t length = has_transposed_ ? longest_transposed : std::clamp(staged_target_bytes / bytes, longest_staged / 4, longest_staged);
      while (length > fold_column_count && length * bytes > staged_limit_bytes) length /= 2;
      choose_blocks(length);
    }
    choose_items();
    lay_out_task();
  }

 private:
  std::size_t lane_partial_bytes() const {
    std::size_t bytes = 0;
    for (const PassFold& fold : plan_.folds) bytes += fold.lane_partial_bytes();
    return bytes;
  }

  // Blocks ------------------------------------------------------------------------------------------------------------------------

  /// Whether every block finds the array's elements where the walk wants them.
  bool lies_in_blocks(const StridedOperand& array) const {
    std::ptrdiff_t column_stride = 0;
    std::ptrdiff_t row_stride = 0;
    const auto size = static_cast<std::ptrdiff_t>(array.element_bytes);
    if (array.is_index || !has_one_stride(array.columns, size, column_stride)) return false;
    if (plan_.column_count > 1 && column_stride != size) return false;
    if (plan_.block_rows == 1) return true;
    const bool whole_rows = plan_.block_columns == plan_.column_count;
    return has_one_stride(array.rows, 0, row_stride) && whole_rows &&
           (plan_.row_count == 1 || row_stride == size * static_cast<std::ptrdiff_t>(plan_.column_count));
  }

  /// Folds can leave gaps between rows.
  bool lies_in_rows(const StridedOperand& array) const {
    const auto size = static_cast<std::ptrdiff_t>(array.element_bytes);
    std::ptrdiff_t column_stride = 0;
    std::ptrdiff_t row_stride = 0;
    return !array.is_index && has_one_stride(array.columns, size, column_stride) &&
           (plan_.column_count == 1 || column_stride == size) && (plan_.block_rows == 1 || has_one_stride(array.rows, 0, row_stride));
  }

  bool needs_buffer(const PassOperand& operand) const {
    return operand.is_read_by_program ? !lies_in_blocks(operand.array) : !lies_in_rows(operand.array);
  }
  bool needs_buffer(const PassOutput& output) const { return !output.is_result || !lies_in_blocks(output.target); }

  std::size_t staged_element_bytes() const {
    std::size_t bytes = 0;
    for (const PassOperand& operand : plan_.operands) bytes += needs_buffer(operand) ? operand.array.element_bytes : 0;
    for (const PassOutput& output : plan_.outputs) bytes += needs_buffer(output) ? output.element_bytes : 0;
    return bytes;
  }

  void choose_blocks(std::size_t block_length) {
    if (plan_.folds.empty()) {
      choose_elementwise_blocks(block_length);
    } else if (plan_.steps_are_rows) {
      const std::size_t levels_bytes = fold_level_count(plan_.row_count) * lane_partial_bytes();
      const std::size_t lanes = std::clamp<std::size_t>(levels_limit_bytes / levels_bytes, 1, longest_group);
      plan_.block_columns = std::min({plan_.column_count, lanes, block_length});
      plan_.block_rows = std::min(plan_.row_count, round_up(std::max<std::size_t>(block_length / plan_.block_columns, 1), fold_column_count));
    } else {
      plan_.block_columns = std::min(plan_.column_count, std::max(block_length, fold_column_count));
      if (plan_.block_columns < plan_.column_count) plan_.block_columns = round_up(plan_.block_columns, fold_column_count);
      plan_.block_rows = plan_.block_columns < plan_.column_count ? 1 : std::clamp<std::size_t>(block_length / plan_.column_count, 1, plan_.row_count);
    }
  }

  void choose_elementwise_blocks(std::size_t block_length) {
    if (has_transposed_) {
      plan_.block_columns = std::min(plan_.column_count, transposed_columns);
      plan_.block_rows = std::clamp<std::size_t>(block_length / plan_.block_columns, 1, plan_.row_count);
    } else if (plan_.column_count * std::max<std::size_t>(count_arrays_with_gaps(), 1) >= longest_gap_free_row) {
      plan_.block_columns = std::min(plan_.column_count, round_up(block_length, tile_length()));
      plan_.block_rows = 1;
    } else {
      plan_.block_columns = plan_.column_count;
      plan_.block_rows = std::clamp<std::size_t>(block_length / plan_.column_count, 1, plan_.row_count);
    }
  }

  /// A row by itself costs the start of a block, a block of several rows the copies of arrays with gaps between rows.
  std::size_t count_arrays_with_gaps() const {
    const auto has_gaps = [&](const StridedOperand& array) {
      std::ptrdiff_t column_stride = 0, row_stride = 0;
      const auto size = static_cast<std::ptrdiff_t>(array.element_bytes);
      if (array.is_index || !has_one_stride(array.columns, size, column_stride) || column_stride != size) return false;
      return !has_one_stride(array.rows, 0, row_stride) || row_stride != size * static_cast<std::ptrdiff_t>(plan_.column_count);
    };
    std::size_t count = 0;
    for (const PassOperand& operand : plan_.operands) count += has_gaps(operand.array);
    for (const PassOutput& output : plan_.outputs) count += has_gaps(output.target);
    return count;
  }

  std::size_t tile_length() const { return plan_.pass->has_program() ? plan_.pass->program.tile_length : 1; }

  // Items -------------------------------------------------------------------------------------------------------------------------

  double nanoseconds() const {
    double element = folded_element_nanoseconds * static_cast<double>(plan_.folds.size());
    for (const PassOperand& operand : plan_.operands) element += needs_buffer(operand) ? staged_element_nanoseconds : 0;
    if (plan_.pass->has_program()) element += plan_.pass->program.each.tile_nanoseconds / static_cast<double>(tile_length());
    return element * static_cast<double>(plan_.element_count());
  }

  void choose_items() {
    plan_.worker_count = choose_worker_count(nanoseconds(), options_);
    if (plan_.folds.empty()) {
      share_elementwise();
    } else {
      share_folds();
    }
    plan_.group_count = (plan_.kept_count() + plan_.group_length - 1) / plan_.group_length;
    plan_.unit_count = (plan_.step_count() + plan_.unit_length - 1) / plan_.unit_length;
    plan_.worker_count = std::clamp<std::size_t>(plan_.item_count(), 1, plan_.worker_count);
    for (PassFold& fold : plan_.folds) {
      if (plan_.unit_count > 1) fold.partials = memory_.allocate(plan_.kept_count() * plan_.unit_count * fold.lane_partial_bytes());
    }
  }

  /// Elementwise, rows are as if kept and columns as if folded: an item is a block.
  void share_elementwise() {
    const std::size_t even_share = choose_block_length(plan_.element_count(), plan_.worker_count, 1);
    if (plan_.block_rows == 1) {
      plan_.block_columns = std::min(plan_.block_columns, round_up(std::max<std::size_t>(even_share, 1), tile_length()));
    } else {
      plan_.block_rows = std::clamp<std::size_t>(even_share / plan_.block_columns, 1, plan_.block_rows);
    }
    plan_.streams_results = can_stream();
    plan_.group_length = plan_.block_rows;
    plan_.unit_length = plan_.block_columns;
  }

  /// As choose_streaming of plan.cpp. Blocks begin anywhere, so each runs a head up to the next cache line, the same for all results.
  bool can_stream() const {
    if (!plan_.pass->program.can_stream) return false;
    const PassOutput& first = plan_.outputs[0];
    if (static_cast<std::size_t>(cache_line_bytes) > tile_length() * first.element_bytes) return false;  // a head is less than a tile
    std::size_t element_bytes = 0;
    for (const PassOutput& output : plan_.outputs) {
      const auto distance = output.target.data - first.target.data;
      const bool is_aligned = reinterpret_cast<std::uintptr_t>(output.target.data) % output.element_bytes == 0;
      const auto same_memory = [&](const PassOperand& operand) { return operand.array.data == output.target.data; };
      if (output.element_bytes != first.element_bytes || distance % cache_line_bytes != 0 || !is_aligned) return false;
      if (!lies_in_blocks(output.target) || std::ranges::any_of(plan_.operands, same_memory)) return false;
      element_bytes += output.element_bytes;
    }
    element_bytes += read_element_bytes();
    return element_bytes * plan_.element_count() >= streaming_threshold_bytes();
  }

  /// Bytes that are read for an element; arrays that lie over each other, as the slices of a stencil do, count once.
  std::size_t read_element_bytes() const {
    std::array<std::intptr_t, most_counted_arrays> counted{};
    std::size_t count = 0, bytes = 0;
    for (const PassOperand& operand : plan_.operands) {
      if (plan_.row_count > 1 && operand.array.rows.empty()) continue;
      const auto half = static_cast<std::intptr_t>(plan_.element_count() * operand.array.element_bytes / 2);
      const auto place = reinterpret_cast<std::intptr_t>(operand.array.data);
      const auto is_near = [&](std::intptr_t other) { return std::abs(place - other) < half; };
      if (std::any_of(counted.begin(), counted.begin() + static_cast<std::ptrdiff_t>(count), is_near)) continue;
      if (count < counted.size()) counted[count++] = place;
      bytes += operand.array.element_bytes;
    }
    return bytes;
  }

  void share_folds() {
    constexpr std::size_t items_per_worker = 8;
    const std::size_t wanted = plan_.worker_count == 1 ? 1 : items_per_worker * plan_.worker_count;
    const std::size_t kept = plan_.kept_count();
    if (plan_.steps_are_rows) {
      plan_.group_length = plan_.block_columns;
    } else {
      plan_.group_length = std::clamp<std::size_t>(kept / wanted, 1, std::max<std::size_t>(whole_call / plan_.column_count, 1));
      plan_.block_rows = std::min(plan_.block_rows, plan_.group_length);
    }
    plan_.unit_length = plan_.step_count();
    const std::size_t groups = (kept + plan_.group_length - 1) / plan_.group_length;
    if (groups >= wanted) return;
    const std::size_t affordable = partials_limit_bytes * plan_.worker_count / (kept * lane_partial_bytes());
    const std::size_t units = std::min((wanted + groups - 1) / groups, affordable);
    if (units < 2) return;
    const std::size_t leaves = (plan_.step_count() + fold_leaf_steps - 1) / fold_leaf_steps;
    plan_.unit_length = std::bit_ceil((leaves + units - 1) / units) * fold_leaf_steps;
    if (!plan_.steps_are_rows && plan_.unit_length < plan_.column_count) plan_.block_rows = 1;  // parts of rows have gaps between them
  }

  // The memory of a task ----------------------------------------------------------------------------------------------------------

  /// In this order: program, addresses of inputs and outputs, buffers, levels of folds.
  void lay_out_task() {
    std::size_t bytes = plan_.pass->has_program() ? round_up(plan_.pass->program.each.workspace_bytes(), 64) : 0;
    const auto take = [&](std::size_t size_bytes) { return std::exchange(bytes, bytes + round_up(size_bytes, 64)); };
    take((plan_.value_count + plan_.outputs.size()) * sizeof(void*));
    const std::size_t block_length = plan_.block_rows * plan_.block_columns;
    for (PassOperand& operand : plan_.operands) {
      if (needs_buffer(operand)) operand.buffer_offset = take(block_length * operand.array.element_bytes);
    }
    for (PassOutput& output : plan_.outputs) {
      if (needs_buffer(output)) output.buffer_offset = take(block_length * output.element_bytes);
    }
    const std::size_t lanes = plan_.steps_are_rows ? plan_.block_columns : 1;
    for (PassFold& fold : plan_.folds) fold.levels_offset = take(fold_level_count(plan_.unit_length) * fold.lane_partial_bytes() * lanes);
    plan_.task_bytes = bytes;
  }

  PassPlan& plan_;
  const bool has_transposed_;
  const EvaluateOptions& options_;
  CallMemory& memory_;
};

}  // namespace

void divide_pass(PassPlan& plan, bool has_transposed, const EvaluateOptions& options, CallMemory& memory) {
  PassDivider(plan, has_transposed, options, memory).divide();
}

}  // namespace lanewise::inline v0
