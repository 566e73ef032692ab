// How a pass is planned: first the order of its walk, then the operands in that order, then blocks that fit into cache with what is staged for
// them, then items for tasks.

#include "exec/plan_pass.hpp"

#include <algorithm>
#include <bit>

#include "exec/block_length.hpp"
#include "exec/shape.hpp"
#include "exec/walk_order.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t whole_call = 65'536;         // elements of a block where nothing is staged, as in block_length.cpp
constexpr std::size_t longest_staged = 4'096;      // elements; with two buffers of float64 as much as a first-level cache
constexpr std::size_t staged_target_bytes = 32 * 1024;
constexpr std::size_t staged_limit_bytes = 256 * 1024;  // with the levels of folds less than the 512 KiB a thread may use
constexpr std::size_t levels_limit_bytes = 128 * 1024;
constexpr std::size_t partials_limit_bytes = 256 * 1024;
constexpr std::size_t longest_group = 512;         // lanes side by side
constexpr std::size_t transposed_columns = 64;
constexpr std::size_t longest_gap_free_row = 512;  // columns from which on a row is a block of its own

/// Rough costs of an element, only to decide whether more threads are worth it.
constexpr double staged_element_nanoseconds = 0.4;
constexpr double folded_element_nanoseconds = 0.15;

constexpr std::size_t round_up(std::size_t value, std::size_t unit) { return (value + unit - 1) / unit * unit; }

class PassPlanner {
 public:
  PassPlanner(const PassQuestion& question, CallMemory& memory)
      : question_(question),
        pass_(question.schedule.passes[question.pass_index]),
        memory_(memory),
        plan_(memory.resource()),
        operand_strides_(memory.resource()),
        output_strides_(memory.resource()) {}

  PassPlan plan() {
    plan_.pass = &question_.loaded;
    plan_.value_count = question_.values.size();
    choose_order();
    add_operands();
    add_outputs();
    add_folds();
    divide();
    lay_out_task();
    return std::move(plan_);
  }

 private:
  // The walk ----------------------------------------------------------------------------------------------------------------------

  void choose_order() {
    std::pmr::vector<AxisStrides> in_memory(memory_.resource());
    for (const std::uint32_t value : question_.loaded.array_values) {
      operand_strides_.push_back(strides_of(value));
      if (question_.values[value].data != nullptr) in_memory.push_back(operand_strides_.back());
    }
    for (const PassResult& result : pass_.results) {
      const MutableArrayView& output = question_.outputs[result.output];
      output_strides_.push_back(broadcast_strides(question_.domain.size(), output.shape(), output.strides_bytes()));
    }
    const bool keeps_positions = std::ranges::any_of(
        pass_.reductions, [](const PassReduction& reduction) { return operation(reduction.operation).type_rule == TypeRule::position; });
    order_ = choose_walk_order({question_.domain, in_memory, output_strides_, !pass_.reductions.empty(), question_.reduced, keeps_positions});
    plan_.steps_are_rows = order_.steps_are_rows;
    plan_.row_count = place_count(order_.rows);
    plan_.column_count = place_count(order_.columns);
  }

  std::size_t place_count(const AxisList& axes) const {
    std::size_t count = 1;
    for (const std::uint8_t axis : axes.values()) count *= question_.domain[axis];
    return count;
  }

  AxisStrides strides_of(std::uint32_t value) const {
    const CallValue& own = question_.values[value];
    if (own.data != nullptr) return broadcast_strides(question_.domain.size(), own.shape, own.strides_bytes);
    const ScheduledValue& index = question_.schedule.values[value - question_.schedule.input_count];
    const std::uint32_t counted = resolve_axes(index.axes, question_.domain.size(), index.span);
    AxisStrides strides;
    strides.resize(question_.domain.size());
    std::ptrdiff_t stride = 1;
    for (std::size_t axis = question_.domain.size(); axis-- > 0;) {
      const bool is_counted = (counted >> axis & 1U) != 0;
      strides[axis] = is_counted ? stride : 0;
      if (is_counted) stride *= static_cast<std::ptrdiff_t>(question_.domain[axis]);
    }
    return strides;
  }

  StridedOperand walk(std::byte* data, std::size_t element_bytes, const AxisStrides& strides) const {
    return {data, element_bytes, join_runs(order_.rows, question_.domain, strides.values()),
            join_runs(order_.columns, question_.domain, strides.values())};
  }

  // Operands, outputs, folds ------------------------------------------------------------------------------------------------------

  void add_operands() {
    const std::vector<bool>& is_used = question_.loaded.program.program.input_is_used;
    for (std::size_t i = 0; i < question_.loaded.array_values.size(); ++i) {
      const std::uint32_t value = question_.loaded.array_values[i];
      const CallValue& own = question_.values[value];
      plan_.operands.push_back({value, walk(own.data, own.dtype.size_bytes(), operand_strides_[i]), value < is_used.size() && is_used[value]});
    }
  }

  void add_outputs() {
    const std::vector<DType>& dtypes = question_.loaded.program.program.output_dtypes;
    for (const DType dtype : dtypes) plan_.outputs.push_back({dtype.size_bytes(), false, {}});
    for (std::size_t r = 0; r < pass_.results.size(); ++r) {
      PassOutput& output = plan_.outputs[pass_.results[r].program_output];
      auto* data = static_cast<std::byte*>(question_.outputs[pass_.results[r].output].data());
      output.is_result = true;
      output.target = walk(data, output.element_bytes, output_strides_[r]);
    }
  }

  void add_folds() {
    for (std::size_t r = 0; r < pass_.reductions.size(); ++r) {
      const PassReduction& reduction = pass_.reductions[r];
      const bool folds_operand = reduction.operand_value.has_value();
      const auto& values = question_.loaded.array_values;
      const std::size_t source =
          folds_operand ? static_cast<std::size_t>(std::ranges::find(values, *reduction.operand_value) - values.begin()) : reduction.program_output;
      plan_.folds.push_back({question_.loaded.folders[r], folds_operand, source, reduction.operand_dtype.size_bytes(),
                             question_.values[reduction.value].data, nullptr, 0});
    }
  }

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
    if (array.data == nullptr || !has_one_stride(array.columns, size, column_stride)) return false;
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
    return array.data != nullptr && has_one_stride(array.columns, size, column_stride) &&
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

  void divide() {
    if (plan_.element_count() == 0) return;
    choose_blocks(whole_call);
    if (const std::size_t bytes = staged_element_bytes(); bytes > 0) {
      std::size_t length = std::clamp(staged_target_bytes / bytes, longest_staged / 4, longest_staged);
      while (length > fold_column_count && length * bytes > staged_limit_bytes) length /= 2;
      choose_blocks(length);
    }
    choose_items();
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
    if (order_.has_transposed) {
      plan_.block_columns = std::min(plan_.column_count, transposed_columns);
      plan_.block_rows = std::clamp<std::size_t>(std::min(block_length, longest_staged) / plan_.block_columns, 1, plan_.row_count);
    } else if (plan_.column_count >= longest_gap_free_row) {
      plan_.block_columns = std::min(plan_.column_count, round_up(block_length, tile_length()));
      plan_.block_rows = 1;
    } else {
      plan_.block_columns = plan_.column_count;
      plan_.block_rows = std::clamp<std::size_t>(block_length / plan_.column_count, 1, plan_.row_count);
    }
  }

  std::size_t tile_length() const { return question_.loaded.has_program() ? question_.loaded.program.tile_length : 1; }

  // Items -------------------------------------------------------------------------------------------------------------------------

  double nanoseconds() const {
    double element = folded_element_nanoseconds * static_cast<double>(plan_.folds.size());
    for (const PassOperand& operand : plan_.operands) element += needs_buffer(operand) ? staged_element_nanoseconds : 0;
    if (question_.loaded.has_program()) element += question_.loaded.program.each.tile_nanoseconds / static_cast<double>(tile_length());
    return element * static_cast<double>(plan_.element_count());
  }

  void choose_items() {
    plan_.worker_count = choose_worker_count(nanoseconds(), question_.options);
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
    plan_.group_length = plan_.block_rows;
    plan_.unit_length = plan_.block_columns;
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
    std::size_t bytes = question_.loaded.has_program() ? round_up(question_.loaded.program.each.workspace_bytes(), 64) : 0;
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

  const PassQuestion& question_;
  const Pass& pass_;
  CallMemory& memory_;
  PassPlan plan_;
  WalkOrder order_;
  std::pmr::vector<AxisStrides> operand_strides_;
  std::pmr::vector<AxisStrides> output_strides_;
};

}  // namespace

PassPlan plan_pass(const PassQuestion& question, CallMemory& memory) { return PassPlanner(question, memory).plan(); }

std::string to_text(const PassPlan& plan) {
  const auto counted = [](std::size_t count, const std::string& what) { return std::to_string(count) + " " + what + (count == 1 ? "" : "s"); };
  std::size_t staged = 0;
  for (const PassOperand& operand : plan.operands) staged += operand.buffer_offset != no_buffer;
  std::string text = counted(plan.row_count, "row") + " of " + counted(plan.column_count, "column");
  if (!plan.folds.empty()) text += plan.steps_are_rows ? ", folded along the rows" : ", folded along the columns";
  if (plan.element_count() == 0) return text;
  return text + "; blocks of " + std::to_string(plan.block_rows) + " by " + std::to_string(plan.block_columns) + "; " +
         (staged == 0 ? "nothing" : counted(staged, "operand")) + " staged; " + counted(plan.item_count(), "item") + " on " +
         counted(plan.worker_count, "thread");
}

}  // namespace lanewise::inline v0
