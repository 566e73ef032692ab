// How a pass is planned: first the order of its walk, then what it reads, stores and folds in that order. Blocks and items:
// divide_pass.cpp.

#include "exec/plan_pass.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "exec/divide_pass.hpp"
#include "exec/shape.hpp"
#include "exec/walk_order.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::ptrdiff_t longest_step_bytes = 64;  // a cache line

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
    point_at(plan_, pass_, question_.values, question_.outputs);
    if (!order_.has_transposed) read_in_steps();
    divide_pass(plan_, order_.has_transposed, question_.options, memory_);
    return std::move(plan_);
  }

 private:
  // The walk ----------------------------------------------------------------------------------------------------------------------

  void choose_order() {
    operand_strides_.reserve(question_.loaded.array_values.size());
    std::size_t in_memory_count = 0;  // indices come last: see load()
    for (const std::uint32_t value : question_.loaded.array_values) {
      operand_strides_.push_back(keep<std::ptrdiff_t>(strides_of(value).values()));
      in_memory_count += !question_.values[value].is_index;
    }
    const std::span<const AxisStrides> in_memory = std::span(operand_strides_).first(in_memory_count);
    for (const PassResult& result : pass_.results) {
      const MutableArrayView& output = question_.outputs[result.output];
      output_strides_.push_back(
          keep<std::ptrdiff_t>(broadcast_strides(question_.domain.size(), output.shape(), output.strides_bytes()).values()));
    }
    for (const PassValue& small : pass_.values) output_strides_.push_back(keep<std::ptrdiff_t>(strides_of(small.value).values()));
    const bool keeps_positions = std::ranges::any_of(
        pass_.reductions, [](const PassReduction& reduction) { return operation(reduction.operation).type_rule == TypeRule::position; });
    order_ =
        choose_walk_order({question_.domain, in_memory, output_strides_, !pass_.reductions.empty(), question_.reduced, keeps_positions});
    plan_.steps_are_rows = order_.steps_are_rows;
    plan_.row_count = place_count(order_.rows);
    plan_.column_count = place_count(order_.columns);
  }

  std::size_t place_count(const AxisList& axes) const {
    std::size_t count = 1;
    for (const std::uint8_t axis : axes.values()) count *= question_.domain[axis];
    return count;
  }

  PerDimension<std::ptrdiff_t> strides_of(std::uint32_t value) const {
    const CallValue& own = question_.values[value];
    if (!own.is_index) return broadcast_strides(question_.domain.size(), own.shape, own.strides_bytes);
    const ScheduledValue& index = question_.schedule.values[value - question_.schedule.input_count];
    const std::uint32_t counted = resolve_axes(index.axes, question_.domain.size(), index.span);
    PerDimension<std::ptrdiff_t> strides;
    strides.resize(question_.domain.size());
    std::ptrdiff_t stride = 1;
    for (std::size_t axis = question_.domain.size(); axis-- > 0;) {
      const bool is_counted = (counted >> axis & 1U) != 0;
      strides[axis] = is_counted ? stride : 0;
      if (is_counted) stride *= static_cast<std::ptrdiff_t>(question_.domain[axis]);
    }
    return strides;
  }

  StridedOperand walk(std::size_t element_bytes, AxisStrides strides, bool is_index) {
    return {nullptr, element_bytes, keep<Run>(join_runs(order_.rows, question_.domain, strides).values()),
            keep<Run>(join_runs(order_.columns, question_.domain, strides).values()), is_index};
  }

  /// Copies a list of few numbers to the memory of the call: there may be thousands of operands.
  template <class T>
  std::span<const T> keep(std::span<const T> list) {
    if (list.empty()) return {};
    auto* copy = static_cast<T*>(memory_.resource()->allocate(list.size() * sizeof(T), alignof(T)));
    std::uninitialized_copy(list.begin(), list.end(), copy);
    return {copy, list.size()};
  }

  // Operands, outputs, folds ------------------------------------------------------------------------------------------------------

  void add_operands() {
    const std::vector<bool>& is_used = question_.loaded.program.program.input_is_used;
    plan_.operands.reserve(question_.loaded.array_values.size());
    for (std::size_t i = 0; i < question_.loaded.array_values.size(); ++i) {
      const std::uint32_t value = question_.loaded.array_values[i];
      const CallValue& own = question_.values[value];
      plan_.operands.push_back(
          {value, walk(own.dtype.size_bytes(), operand_strides_[i], own.is_index), value < is_used.size() && is_used[value]});
    }
  }

  void add_outputs() {
    const std::vector<DType>& dtypes = question_.loaded.program.program.output_dtypes;
    for (const DType dtype : dtypes) plan_.outputs.push_back({dtype.size_bytes(), false, {}});
    std::size_t listed = 0;
    const auto set_target = [&](std::uint32_t program_output) {
      PassOutput& output = plan_.outputs[program_output];
      output.is_result = true;
      output.target = walk(output.element_bytes, output_strides_[listed++], false);
    };
    for (const PassResult& result : pass_.results) set_target(result.program_output);
    for (const PassValue& small : pass_.values) set_target(small.program_output);
  }

  void add_folds() {
    for (std::size_t r = 0; r < pass_.reductions.size(); ++r) {
      const PassReduction& reduction = pass_.reductions[r];
      const bool folds_operand = reduction.operand_value.has_value();
      const auto& values = question_.loaded.array_values;
      const std::size_t source = folds_operand
                                     ? static_cast<std::size_t>(std::ranges::find(values, *reduction.operand_value) - values.begin())
                                     : reduction.program_output;
      (folds_operand ? plan_.operands[source].is_folded : plan_.outputs[source].is_folded) = true;
      plan_.folds.push_back({question_.loaded.folders[r], folds_operand, source, reduction.operand_dtype.size_bytes(), nullptr, nullptr, 0});
    }
  }

  /// Rows with gaps between their elements are read in place where all their loads can. Where each element has a cache line of its own,
  /// copying asks for the right lines ahead of time.
  void read_in_steps() {
    const std::vector<bool>& reads_strided = question_.loaded.program.reads_strided;
    for (PassOperand& operand : plan_.operands) {
      const bool can = operand.is_read_by_program && !operand.is_folded && operand.value < reads_strided.size() && reads_strided[operand.value];
      std::ptrdiff_t stride = 0;
      if (can && has_one_stride(operand.array.columns, 0, stride) && stride != 0 && std::abs(stride) <= longest_step_bytes) {
        operand.array.step_bytes = stride;
      }
    }
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

void point_at(PassPlan& plan, const Pass& pass, std::span<const CallValue> values, std::span<const MutableArrayView> outputs) {
  for (PassOperand& operand : plan.operands) operand.array.data = values[operand.value].data;
  for (const PassResult& result : pass.results) plan.outputs[result.program_output].target.data = static_cast<std::byte*>(outputs[result.output].data());
  for (const PassValue& small : pass.values) plan.outputs[small.program_output].target.data = values[small.value].data;
  for (std::size_t r = 0; r < pass.reductions.size(); ++r) plan.folds[r].results = values[pass.reductions[r].value].data;
}

PassPlan plan_pass(const PassQuestion& question, CallMemory& memory) { return PassPlanner(question, memory).plan(); }

}  // namespace lanewise::inline v0
