// Blocks that fit into cache with what is staged for them, items for tasks, and the memory of a task.
//
// Whether an operand must be staged depends on the shape of blocks, and that on how much is staged: so blocks are chosen as if nothing
// were, and again when something is.

#include "exec/divide_pass.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "exec/block_length.hpp"
#include "exec/pass_layout.hpp"
#include "exec/pass_streaming.hpp"
#include "exec/stage.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t whole_call = 65'536;     // elements of a block where nothing is staged, as in block_length.cpp
constexpr std::size_t longest_staged = 4'096;  // elements; with two buffers of float64 as much as a first-level cache
constexpr std::size_t staged_target_bytes = 32 * 1024;
constexpr std::size_t staged_limit_bytes = 256 * 1024;  // with the levels of folds less than the 512 KiB a thread may use
constexpr std::size_t longest_part = 1'024;  // elements
constexpr std::size_t levels_limit_bytes = 128 * 1024;
constexpr std::size_t partials_limit_bytes = 256 * 1024;
constexpr std::size_t longest_group = 512;          // lanes side by side
/// Of transposed operands; in memory for long stretches in both orders, in a cache for a buffer that stays in the first one.
constexpr std::size_t far_transposed_columns = 128, near_transposed_columns = 512;
constexpr std::size_t shortest_row_alone = 512;  // columns, where one array is not copied for it

/// Rough costs of an element, only to decide whether more threads are worth it.
constexpr double staged_element_nanoseconds = 0.4;
constexpr double folded_element_nanoseconds = 0.15;

/// Rounds rows or columns of transposed operands down, if there are more than one square has.
constexpr std::size_t whole_squares(std::size_t count) { return count > square_side ? count / square_side * square_side : count; }

constexpr std::size_t round_up(std::size_t value, std::size_t unit) { return (value + unit - 1) / unit * unit; }

class PassDivider {
 public:
  PassDivider(PassPlan& plan, bool has_transposed, const EvaluateOptions& options, CallMemory& memory)
      : plan_(plan), has_transposed_(has_transposed), options_(options), memory_(memory) {}

  void divide() {
    if (plan_.element_count() == 0) return;
    is_far_ = exceeds_caches(plan_);
    choose_blocks(whole_call);
    std::size_t part_length = whole_call;
    if (const std::size_t bytes = staged_element_bytes(); bytes > 0) {
      std::size_t length = has_transposed_ && is_far_ ? whole_call : std::clamp(staged_target_bytes / bytes, longest_staged / 4, longest_staged);
      while (length > fold_column_count && length * bytes > staged_limit_bytes) length /= 2;
      if (may_run_in_parts()) {
        part_length = std::min(std::bit_floor(length), longest_part);
      } else {
        choose_blocks(std::max(length, transposed_fold_length(bytes)));
      }
    }
    choose_items();
    choose_parts(part_length);
    lay_out_task();
  }

 private:
  std::size_t lane_partial_bytes() const {
    std::size_t bytes = 0;
    for (const PassFold& fold : plan_.folds) bytes += fold.lane_partial_bytes();
    return bytes;
  }

  /// Where only results go through buffers, these are written over and over within a block.
  bool may_run_in_parts() const {
    const auto is_staged_operand = [&](const PassOperand& operand) { return is_staged(plan_, operand); };
    return plan_.block_rows == 1 && !plan_.steps_are_rows && !has_transposed_ && std::ranges::none_of(plan_.operands, is_staged_operand);
  }

  /// Where the program reads transposed operands to fold what it computes along the columns, blocks have as many of their rows as may be staged, whole
  /// squares if they are enough. Returns the elements of such a block, or 0 if there are no such operands or their rows are too long.
  std::size_t transposed_fold_length(std::size_t staged_bytes) const {
    std::size_t row_length = 0;
    for (const PassOperand& operand : plan_.operands) {
      if (!is_staged(plan_, operand) || operand.array.is_index) continue;
      if (has_transposed_columns(operand.array)) row_length = std::max(row_length, operand.array.columns[1].extent);
      if (has_transposed_rows(operand.array)) row_length = std::max(row_length, plan_.column_count);
    }
    const bool is_possible = row_length > 0 && !plan_.folds.empty() && !plan_.steps_are_rows;
    const std::size_t rows = is_possible ? std::min(staged_limit_bytes / staged_bytes, whole_call) / row_length : 0;  // longer blocks would be run in parts
    return rows < 2 ? 0 : whole_squares(rows) * row_length;
  }

  bool may_sum_in_program() const {
    return plan_.only_folds_output() && !plan_.runs_rows && plan_.folds[0].folder->take_leaf != nullptr &&
           plan_.pass->program.each.stores[0].summing != nullptr;
  }

  /// The length is a power of two, and so is that of a tile.
  void choose_parts(std::size_t length) {
    if (fold_leaf_steps <= length && length < plan_.block_columns && may_sum_in_program()) {
      plan_.sums_in_program = true;
      plan_.run_columns = fold_leaf_steps;
      return;
    }
    const bool folds_from_memory = plan_.reads_ahead && !plan_.folds.empty();
    if (folds_from_memory && length < plan_.block_columns) length = std::min(length, fold_leaf_steps);  // while a part is folded nothing is asked for
    plan_.run_columns = std::min(std::max(length, tile_length()), plan_.block_columns);
  }

  // Blocks ------------------------------------------------------------------------------------------------------------------------

  std::size_t staged_element_bytes() const {
    std::size_t bytes = 0;
    for (const PassOperand& operand : plan_.operands) bytes += is_staged(plan_, operand) ? operand.array.element_bytes : 0;
    for (const PassOutput& output : plan_.outputs) bytes += needs_buffer(plan_, output) ? output.element_bytes : 0;
    return bytes;
  }

  void choose_blocks(std::size_t block_length) {
    plan_.runs_rows = false;
    if (plan_.folds.empty()) {
      choose_elementwise_blocks(block_length);
    } else if (plan_.steps_are_rows) {
      const std::size_t levels_bytes = fold_level_count(plan_.row_count) * lane_partial_bytes();
      const std::size_t lanes = std::clamp<std::size_t>(levels_limit_bytes / levels_bytes, 1, longest_group);
      plan_.block_columns = std::min({plan_.column_count, lanes, block_length});
      plan_.block_rows =
          std::min(plan_.row_count, round_up(std::max<std::size_t>(block_length / plan_.block_columns, 1), fold_column_count));
    } else {
      plan_.block_columns = std::min(plan_.column_count, std::max(block_length, fold_column_count));
      if (plan_.block_columns < plan_.column_count) plan_.block_columns = round_up(plan_.block_columns, fold_column_count);
      plan_.block_rows =
          plan_.block_columns < plan_.column_count ? 1 : std::clamp<std::size_t>(block_length / plan_.column_count, 1, plan_.row_count);
    }
    choose_rows();
  }

  void choose_elementwise_blocks(std::size_t block_length) {
    const std::size_t columns = has_transposed_ ? transposed_columns(block_length) : round_up(block_length, tile_length());
    plan_.block_columns = std::min(plan_.column_count, columns);
    const bool whole_rows = plan_.block_columns == plan_.column_count || has_transposed_;
    plan_.block_rows = whole_rows ? std::clamp<std::size_t>(block_rows_of(block_length), 1, plan_.row_count) : 1;
  }

  std::size_t transposed_columns(std::size_t block_length) const {
    return whole_squares(std::min(is_far_ ? far_transposed_columns : near_transposed_columns, block_length / square_side));
  }

  std::size_t block_rows_of(std::size_t block_length) const {
    const std::size_t rows = block_length / plan_.block_columns;
    return has_transposed_ ? whole_squares(rows) : rows;
  }

  /// To run a row by itself costs the start of a block; to run several at once, copies of the arrays whose rows do not follow each other.
  void choose_rows() {
    if (!plan_.pass->has_program()) return;
    const auto is_helped = [&](const StridedOperand& array) {
      return !lies_in_blocks(plan_, array) && (lies_along_rows(plan_, array) || repeats_in_rows(plan_, array));
    };
    std::size_t helped_count = 0;
    for (const PassOperand& operand : plan_.operands) helped_count += operand.is_read_by_program && is_helped(operand.array);
    for (const PassOutput& output : plan_.outputs) helped_count += output.is_result && is_helped(output.target);
    plan_.runs_rows = (has_transposed_ && helped_count > 0) || plan_.block_columns * helped_count >= shortest_row_alone;
  }

  std::size_t tile_length() const { return plan_.pass->has_program() ? plan_.pass->program.each.tile_length : 1; }

  // Items -------------------------------------------------------------------------------------------------------------------------

  double nanoseconds() const {
    double element = folded_element_nanoseconds * static_cast<double>(plan_.folds.size());
    for (const PassOperand& operand : plan_.operands) element += is_staged(plan_, operand) ? staged_element_nanoseconds : 0;
    if (plan_.pass->has_program()) element += plan_.pass->program.each.tile_nanoseconds / static_cast<double>(tile_length());
    return element * static_cast<double>(plan_.element_count());
  }

  void choose_items() {
    plan_.worker_count = choose_worker_count(nanoseconds(), read_bytes(plan_), options_);
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

  /// Elementwise, rows are as if kept and columns as if folded: an item is a block, or several that follow each other in memory.
  void share_elementwise() {
    const std::size_t even_share = choose_block_length(plan_.element_count(), plan_.worker_count, 1);
    if (has_transposed_) {
      plan_.block_columns = std::min(plan_.block_columns, std::max(transposed_columns(even_share), std::size_t{1}));
      choose_rows();
    }
    if (plan_.block_rows == 1) {
      plan_.block_columns = std::min(plan_.block_columns, round_up(std::max<std::size_t>(even_share, 1), tile_length()));
    } else {
      plan_.block_rows = std::clamp<std::size_t>(block_rows_of(even_share), 1, plan_.block_rows);
    }
    plan_.streams_results = is_far_ && can_stream(plan_);
    plan_.reads_ahead = is_far_ && (plan_.streams_results || !has_transposed_);  // what a transposition keeps in the cache would be evicted
    const std::size_t blocks = std::max<std::size_t>(even_share / (plan_.block_rows * plan_.block_columns), 1);
    const std::size_t blocks_across = (plan_.column_count + plan_.block_columns - 1) / plan_.block_columns;
    plan_.unit_length = std::min(blocks, blocks_across) * plan_.block_columns;
    plan_.group_length = std::max<std::size_t>(blocks / blocks_across, 1) * plan_.block_rows;
  }

  void share_folds() {
    // The more items, the shorter one worker waits for another at the end.
    const std::size_t items_per_worker = std::clamp<std::size_t>(plan_.element_count() / (whole_call * plan_.worker_count), 8, 64);
    const std::size_t wanted = plan_.worker_count == 1 ? 1 : items_per_worker * plan_.worker_count;
    const std::size_t kept = plan_.kept_count();
    if (plan_.steps_are_rows) {
      plan_.group_length = plan_.block_columns;
    } else {
      plan_.group_length = std::clamp<std::size_t>(kept / wanted, 1, std::max<std::size_t>(whole_call / plan_.column_count, 1));
      plan_.block_rows = std::min(plan_.block_rows, plan_.group_length);
      plan_.group_length -= plan_.group_length % plan_.block_rows;
    }
    plan_.reads_ahead = read_bytes(plan_) >= streaming_threshold_bytes();
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
    take(2 * (plan_.value_count + plan_.outputs.size()) * sizeof(void*));
    const std::size_t block_length = plan_.block_rows * plan_.block_columns;
    for (PassOperand& operand : plan_.operands) {
      operand.is_repeated = is_repeated(plan_, operand);
      if (operand.is_repeated) operand.buffer_offset = take(tile_length() * operand.array.element_bytes);
      if (is_staged(plan_, operand)) operand.buffer_offset = take(block_length * operand.array.element_bytes);
    }
    for (PassOutput& output : plan_.outputs) {
      if (needs_buffer(plan_, output)) output.buffer_offset = take(plan_.block_rows * plan_.run_columns * output.element_bytes);
    }
    const std::size_t lanes = plan_.steps_are_rows ? plan_.block_columns : 1;
    for (PassFold& fold : plan_.folds) fold.levels_offset = take(fold_level_count(plan_.unit_length) * fold.lane_partial_bytes() * lanes);
    plan_.task_bytes = bytes;
  }

  PassPlan& plan_;
  const bool has_transposed_;
  bool is_far_ = false;
  const EvaluateOptions& options_;
  CallMemory& memory_;
};

}  // namespace

void divide_pass(PassPlan& plan, bool has_transposed, const EvaluateOptions& options, CallMemory& memory) {
  PassDivider(plan, has_transposed, options, memory).divide();
}

}  // namespace lanewise::inline v0
