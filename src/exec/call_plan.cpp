// A call, from its arrays to the plans of its passes. All shapes are known beforehand, as those of reductions follow from their operands'.

#include "exec/call_plan.hpp"

#include <algorithm>
#include <cstring>

#include <lanewise/error.hpp>

#include "exec/check_arrays.hpp"
#include "exec/overlap.hpp"
#include "exec/plan_pass.hpp"
#include "exec/run_pass.hpp"
#include "exec/scalar_input.hpp"
#include "exec/slots.hpp"
#include "exec/stage.hpp"
#include "exec/view_layout.hpp"

namespace lanewise::inline v0 {
namespace {

std::span<const std::ptrdiff_t> contiguous_strides(CallMemory& memory, std::span<const std::size_t> shape, std::size_t element_bytes) {
  auto* strides = reinterpret_cast<std::ptrdiff_t*>(memory.allocate(std::max<std::size_t>(shape.size(), 1) * sizeof(std::ptrdiff_t)));
  auto stride = static_cast<std::ptrdiff_t>(element_bytes);
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    strides[axis] = stride;
    stride *= static_cast<std::ptrdiff_t>(shape[axis]);
  }
  return {strides, shape.size()};
}

/// Nothing writes through an input's address.
std::byte* data_of(const ArrayView& input) { return const_cast<std::byte*>(static_cast<const std::byte*>(input.data())); }

bool is_aligned(const void* address, std::size_t element_bytes) { return reinterpret_cast<std::uintptr_t>(address) % std::min<std::size_t>(element_bytes, 8) == 0; }

}  // namespace

CallPlan::CallPlan(const LoadedSchedule& schedule, const CallArrays& arrays, const EvaluateOptions& options)
    : loaded_(schedule),
      schedule_(schedule.schedule),
      arrays_(arrays),
      options_(options),
      shapes_(schedule_, arrays_, memory_.resource()),
      values_(memory_.resource()),
      values_in_outputs_(memory_.resource()),
      passes_(memory_.resource()) {
  check_inputs(arrays.schema, arrays.given());
  check_outputs();
  check_overlaps();
  values_.reserve(schedule_.input_count + schedule_.values.size());
  add_input_values();
  check_memory();
  for (const ScheduledValue& value : schedule_.values) add_scheduled_value(value);
  check_view_overlaps();
  plan_passes();
}

// Checks ----------------------------------------------------------------------------------------------------------------------------

void CallPlan::check_outputs() {
  for (std::size_t o = 0; o < arrays_.outputs.size(); ++o) {
    const MutableArrayView& output = arrays_.outputs[o];
    check_output(output, schedule_.results[o].dtype, o, arrays_.outputs.size());
    const Shape& shape = shapes_.of_set(schedule_.results[o].set);
    if (std::ranges::equal(shape.values(), output.shape())) continue;
    const bool is_single = arrays_.outputs.size() == 1 || output.size() == 1;
    if (is_single && element_count_of(shape.values()) == 1) continue;  // one element fills a single output, and one element of several
    const std::string which = arrays_.outputs.size() == 1 ? "" : " " + std::to_string(o);
    throw ShapeError(ErrorCode::shape_mismatch, (which.empty() ? "the result has shape " : "result" + which + " has shape ") +
                                                    shape_text(shape.values()) + ", but the output array has " + shape_text(output.shape()));
  }
}

bool CallPlan::reads(std::size_t pass, std::uint32_t value) const {
  const LoadedPass& loaded = loaded_.passes[pass];
  return std::ranges::find(loaded.array_values, value) != loaded.array_values.end();
}

bool CallPlan::is_read(std::uint32_t value) const {
  bool is_read = false;
  for (std::size_t p = 0; p < schedule_.passes.size(); ++p) is_read |= reads(p, value);
  return is_read;
}

/// In place is safe where the pass that writes the output is the last to read the value, and reads each element first.
bool CallPlan::is_safe_in_place(std::size_t output, std::uint32_t value) const {
  if (schedule_.results[output].value) return false;  // a reduction's result stands elsewhere than its operands
  bool is_written = false;
  for (std::size_t p = 0; p < schedule_.passes.size(); ++p) {
    if (is_written && reads(p, value)) return false;
    for (const PassResult& result : schedule_.passes[p].results) {
      if (result.output != output) continue;
      is_written = true;
      if (!reads_before_writing(loaded_.passes[p].program.program, value, result.program_output)) return false;
    }
  }
  return true;
}

void CallPlan::check_overlap(std::size_t output, std::uint32_t value, const Layout& in, std::uint32_t input) {
  const Layout out = layout_of(arrays_.outputs[output]);
  if (!may_overlap(in, out)) return;
  const bool is_same = is_same_array(in, out);
  if (is_same && is_safe_in_place(output, value)) return;
  refuse_overlap(output_name(output, arrays_.outputs.size()) + " overlaps " + (value == input ? "" : "a slice of ") + "input '" + arrays_.schema[input].name + "'" +
                 (is_same ? ", which is read again after it is written" : " without being exactly that array"));
}

void CallPlan::check_overlaps() {
  for (std::size_t o = 0; o < arrays_.outputs.size(); ++o) {
    const Layout out = layout_of(arrays_.outputs[o]);
    for (std::uint32_t i = 0; i < schedule_.input_count; ++i) {
      if (arrays_.inputs[i]->size() == 1) continue;  // copied before anything is written
      const Layout in = layout_of(*arrays_.inputs[i]);
      if (may_overlap(in, out) && is_read(i)) check_overlap(o, i, in, i);
    }
    for (std::size_t other = 0; other < o; ++other) {
      if (!may_overlap(layout_of(arrays_.outputs[other]), out)) continue;
      refuse_overlap(output_name(o, arrays_.outputs.size()) + " overlaps " + output_name(other, arrays_.outputs.size()));
    }
  }
}

/// Views of inputs, which check_overlaps does not know: what else they may be of lies in memory of the call or in an output.
void CallPlan::check_view_overlaps() {
  for (std::uint32_t v = 0; v < schedule_.values.size(); ++v) {
    if (schedule_.values[v].kind != ScheduledValue::Kind::view || !is_read(schedule_.input_count + v)) continue;
    std::uint32_t array = schedule_.values[v].array;
    while (array >= schedule_.input_count && schedule_.values[array - schedule_.input_count].kind == ScheduledValue::Kind::view) {
      array = schedule_.values[array - schedule_.input_count].array;
    }
    if (array >= schedule_.input_count) continue;
    const std::uint32_t value = schedule_.input_count + v;
    const CallValue& view = values_[value];
    const Layout in{view.data, view.dtype.size_bytes(), view.shape, view.strides_bytes};
    for (std::size_t o = 0; o < arrays_.outputs.size(); ++o) check_overlap(o, value, in, array);
  }
}

// Values ----------------------------------------------------------------------------------------------------------------------------

void CallPlan::add_input_values() {
  for (std::uint32_t i = 0; i < schedule_.input_count; ++i) {
    const ArrayView& view = *arrays_.inputs[i];
    values_.push_back({data_of(view), view.dtype(), view.shape(), view.strides_bytes()});
  }
}

/// The memory of a reduction's result is an output's own where it lies there as it is folded.
std::optional<std::size_t> CallPlan::output_for(std::uint32_t value, std::size_t count) const {
  for (std::size_t o = 0; o < arrays_.outputs.size(); ++o) {
    const MutableArrayView& output = arrays_.outputs[o];
    if (schedule_.results[o].value != value || output.size() != count || !output.is_contiguous()) continue;
    if (is_aligned(output.data(), output.dtype().size_bytes())) return o;
  }
  return std::nullopt;
}

/// What add_scheduled_value will ask for.
void CallPlan::check_memory() {
  if (options_.memory_limit_bytes == no_memory_limit) return;
  NeededMemory needed(options_.memory_limit_bytes);
  for (std::size_t v = 0; v < schedule_.values.size(); ++v) {
    const ScheduledValue& value = schedule_.values[v];
    if (value.kind != ScheduledValue::Kind::reduction && value.kind != ScheduledValue::Kind::small) continue;
    const std::span<const std::size_t> shape = shapes_.of_set(value.set).values();
    if (!output_for(schedule_.input_count + static_cast<std::uint32_t>(v), element_count_of(shape))) needed.add(shape, value.dtype);
  }
}

CallValue CallPlan::view_of(const ScheduledValue& scheduled) {
  const CallValue& array = values_[scheduled.array];
  const ShapeClass& seen = schedule_.classes[scheduled.shape_class - 1];
  const Shape& whole = shapes_.of_set(seen.operand_set);
  const ViewLayout layout = layout_of_view(schedule_.subscripts[seen.subscript], whole.values(), array.shape, array.strides_bytes);
  CallValue value{array.data + layout.offset_bytes, scheduled.dtype, shapes_.of_set(scheduled.set).values(), {}};
  auto* strides = reinterpret_cast<std::ptrdiff_t*>(memory_.allocate(std::max<std::size_t>(value.shape.size(), 1) * sizeof(std::ptrdiff_t)));
  std::ranges::copy(layout.strides_bytes.values(), strides);
  value.strides_bytes = {strides, value.shape.size()};
  const bool is_one_element_of_input = scheduled.array < schedule_.input_count && arrays_.inputs[scheduled.array]->size() == 1;
  if (!is_one_element_of_input || element_count_of(value.shape) == 0) return value;
  // It may be a scalar of another dtype, and is read before anything is written.
  const ArrayView& given = *arrays_.inputs[scheduled.array];
  Scalar element{scheduled.dtype};
  read_scalar(given.data(), given.dtype(), arrays_.schema[scheduled.array].name, element);
  value.data = memory_.allocate(scheduled.dtype.size_bytes());
  element.write(value.data);
  return value;
}

void CallPlan::add_scheduled_value(const ScheduledValue& scheduled) {
  if (scheduled.kind == ScheduledValue::Kind::view) {
    values_.push_back(view_of(scheduled));
    return;
  }
  CallValue value{nullptr, scheduled.dtype, {}, {}, scheduled.kind == ScheduledValue::Kind::index};
  if (scheduled.kind == ScheduledValue::Kind::extent) {
    const Shape& shape = shapes_.of_set(scheduled.set);
    const auto extent = static_cast<std::int64_t>(extent_along(shape.values(), resolve_axes(scheduled.axes, shape.values().size(), scheduled.span)));
    value.data = memory_.allocate(sizeof(extent));
    std::memcpy(value.data, &extent, sizeof(extent));
  } else if (scheduled.kind != ScheduledValue::Kind::index) {
    value.shape = shapes_.of_set(scheduled.set).values();
    const std::size_t count = element_count_of(value.shape);
    value.strides_bytes = contiguous_strides(memory_, value.shape, scheduled.dtype.size_bytes());
    const auto number = static_cast<std::uint32_t>(values_.size());
    if (const std::optional<std::size_t> output = output_for(number, count)) {
      value.data = static_cast<std::byte*>(arrays_.outputs[*output].data());
      values_in_outputs_.push_back({number, *output});
    } else {
      value.data = memory_.allocate(std::max<std::size_t>(count, 1) * scheduled.dtype.size_bytes());
    }
  }
  values_.push_back(value);
}

// Passes ----------------------------------------------------------------------------------------------------------------------------

/// One element that fills a larger output is stored for each element of that.
Shape CallPlan::domain_of(const Pass& pass) {
  Shape domain = shapes_.of_set(pass.set);
  const bool fills = !pass.results.empty() && pass.reductions.empty() && arrays_.outputs.size() == 1 && element_count_of(domain.values()) == 1;
  if (fills) domain.assign(arrays_.outputs[0].shape());
  return domain;
}

/// Reductions of no elements: what their rows say, or an error.
void CallPlan::fill_empty(const Pass& pass, std::uint32_t reduced, std::span<const std::size_t> domain) {
  for (std::size_t r = 0; r < pass.reductions.size(); ++r) {
    const PassReduction& reduction = pass.reductions[r];
    std::size_t axis = 0;
    while (axis < domain.size() && ((reduced >> axis & 1U) == 0 || domain[axis] != 0)) ++axis;
    const bool folds_nothing = axis < domain.size();  // even where no result asks for it, as in NumPy
    if (folds_nothing && operation(reduction.operation).empty == Empty::error) {
      throw ShapeError(ErrorCode::empty_reduction, "'" + std::string(operation(reduction.operation).spelling()) +
                                                       "' of no elements: axis " + std::to_string(axis) + " of shape " + shape_text(domain) +
                                                       " is empty", reduction.span);
    }
  }
}

void CallPlan::plan_one_pass(std::size_t p) {
  const Pass& pass = schedule_.passes[p];
  const Shape domain = domain_of(pass);
  std::uint32_t reduced = 0;
  if (!pass.reductions.empty()) reduced = resolve_axes(pass.axes, domain.values().size(), pass.reductions[0].span);
  if (element_count_of(domain.values()) == 0) fill_empty(pass, reduced, domain.values());
  PassPlan plan = plan_pass({schedule_, p, loaded_.passes[p], domain.values(), reduced, values_, arrays_.outputs, options_}, memory_);
  plan.slots.resize(loaded_.passes[p].program.program.slots.size(), Scalar{DType::bool_});
  read_input_slots(loaded_.passes[p].program.program, arrays_, plan.slots.data());
  passes_.push_back(std::move(plan));
}

void CallPlan::plan_passes() {
  passes_.reserve(schedule_.passes.size());
  for (std::size_t p = 0; p < schedule_.passes.size(); ++p) plan_one_pass(p);
}

// Keeping ---------------------------------------------------------------------------------------------------------------------------

bool CallPlan::is_short() const {
  std::size_t element_count = 0;
  for (const PassPlan& plan : passes_) {
    if (plan.element_count() == 0 || plan.worker_count > 1 || plan.reads_ahead || plan.streams_results) return false;
    element_count += plan.element_count();
  }
  return element_count <= most_short_elements;
}

void CallPlan::rebind() {
  check_overlaps();
  for (std::uint32_t i = 0; i < schedule_.input_count; ++i) values_[i].data = data_of(*arrays_.inputs[i]);
  for (const auto& [value, output] : values_in_outputs_) values_[value].data = static_cast<std::byte*>(arrays_.outputs[output].data());
  for (std::size_t p = 0; p < passes_.size(); ++p) {
    point_at(passes_[p], schedule_.passes[p], values_, arrays_.outputs);
    read_input_slots(loaded_.passes[p].program.program, arrays_, passes_[p].slots.data());
  }
}

// Running ---------------------------------------------------------------------------------------------------------------------------

void CallPlan::fill_slots(PassPlan& plan) {
  if (!plan.pass->has_program()) return;
  const std::vector<Slot>& slots = plan.pass->program.program.slots;
  for (std::size_t s = 0; s < slots.size(); ++s) {
    if (slots[s].is_input && slots[s].input_index >= schedule_.input_count) plan.slots[s].read(values_[slots[s].input_index].data);
  }
  compute_once_slots(plan.pass->program, plan.slots.data());
}

void CallPlan::run() {
  std::size_t element_count = 0;
  for (const PassPlan& plan : passes_) element_count += plan.element_count();
  CallMonitor monitor(options_, element_count);
  for (PassPlan& plan : passes_) {
    for (const PassFold& fold : plan.folds) {
      if (plan.step_count() == 0) fold.folder->fill_empty(fold.results, plan.kept_count());
    }
    fill_slots(plan);
    run_pass(plan, monitor);
  }
  copy_results();
  monitor.finish();
}

/// Reductions' results that were not folded into their outputs; one element fills any output.
void CallPlan::copy_results() {
  for (std::size_t o = 0; o < arrays_.outputs.size(); ++o) {
    const MutableArrayView& output = arrays_.outputs[o];
    if (!schedule_.results[o].value || output.size() == 0) continue;
    const CallValue& value = values_[*schedule_.results[o].value];
    if (value.data == output.data()) continue;
    AxisList axes;
    axes.resize(output.rank());
    for (std::size_t axis = 0; axis < output.rank(); ++axis) axes[axis] = static_cast<std::uint8_t>(axis);
    const auto from_strides = broadcast_strides(output.rank(), value.shape, value.strides_bytes);
    const PerDimension<Run> from_runs = join_runs(axes, output.shape(), from_strides.values());
    const PerDimension<Run> to_runs = join_runs(axes, output.shape(), output.strides_bytes());
    const StridedOperand from{value.data, value.dtype.size_bytes(), {}, from_runs.values()};
    const StridedOperand to{static_cast<std::byte*>(output.data()), value.dtype.size_bytes(), {}, to_runs.values()};
    constexpr std::size_t block_length = 256;
    alignas(64) std::byte buffer[block_length * largest_element_bytes];
    for (std::size_t first = 0; first < output.size(); first += block_length) {
      const BlockRange block{0, 1, first, std::min(block_length, output.size() - first)};
      gather(from, block, buffer);
      scatter(to, block, buffer);
    }
  }
}

}  // namespace lanewise::inline v0
