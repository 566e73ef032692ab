#include "api/expression_state.hpp"

#include <algorithm>
#include <utility>

#include "exec/check_arrays.hpp"
#include "exec/evaluate_call.hpp"
#include "kernels/registry.hpp"

namespace lanewise::inline v0 {
namespace {

/// Patterns to keep schedules for; nearly every expression meets one or two.
constexpr int maximum_kept = 64;

Rate rate_of(const ArrayView& view) { return view.size() == 1 ? Rate::call : Rate::element; }

bool have_equal_shapes(const ArrayView& left, const ArrayView& right) { return std::ranges::equal(left.shape(), right.shape()); }

/// The class of input `i` in C order of first occurrence: that of the first input of the same shape, or one more than those so far.
std::uint32_t class_of(std::span<const ArrayView* const> inputs, std::size_t i, std::span<const InputPattern> before, std::uint32_t count) {
  if (inputs[i]->rank() == 0) return 0;
  for (std::size_t earlier = 0; earlier < i; ++earlier) {
    if (have_equal_shapes(*inputs[earlier], *inputs[i])) return before[earlier].shape_class;
  }
  return count + 1;
}

/// Fewer elements than this are not worth a pass of their own.
constexpr std::size_t shortest_domain = 65'536;
constexpr std::size_t least_repetition = 8;

/// The elements of what the inputs broadcast to, as far as they do, if that is long; else 0.
std::size_t long_domain(std::span<const ArrayView* const> inputs) {
  std::size_t rank = 0;
  for (const ArrayView* input : inputs) rank = std::max(rank, input->rank());
  if (rank < 2) return 0;
  std::size_t count = 1;
  for (std::size_t back = 1; back <= rank; ++back) {
    std::size_t extent = 1;
    for (const ArrayView* input : inputs) {
      if (back <= input->rank()) extent = std::max(extent, input->shape()[input->rank() - back]);
    }
    if (__builtin_mul_overflow(count, extent, &count)) return 0;
  }
  return count >= shortest_domain ? count : 0;
}

/// Whether loads that step over gaps may be of use.
bool is_spread(const ArrayView& input) {
  if (input.is_contiguous()) return false;
  bool has_stride = false;
  for (std::size_t axis = 0; axis < input.rank(); ++axis) {
    const std::ptrdiff_t stride = input.strides_bytes()[axis];
    if (input.shape()[axis] == 1 || stride == 0) continue;
    if (stride == static_cast<std::ptrdiff_t>(input.dtype().size_bytes())) return false;
    has_stride = true;
  }
  return has_stride;
}

bool is_one_element(const ArrayView& input, const SchemaEntry& entry, std::size_t rank) {
  if (input.data() == nullptr || input.dtype() != entry.dtype || entry.weak) return false;  // weak ones may be used as of another type
  return input.rank() == 0 || (input.rank() == rank && input.size() == 1);
}

/// Whether a call is asked to stop or to tell of its progress on the way.
bool is_observed(const EvaluateOptions& options) { return options.progress || options.stop.stop_possible(); }

bool is_limited(const EvaluateOptions& options) { return options.memory_limit_bytes != no_memory_limit; }

/// Elements of a result that are surely computed by one thread.
constexpr std::size_t short_length = 8'192;

/// Returns an input whose shape is that of the result: if those that are no scalars are of one shape, in C order and not too long; else null.
const ArrayView* common_array(const GivenArrays& inputs) {
  const ArrayView* first = nullptr;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const ArrayView& input = inputs[i];
    if (input.rank() == 0) continue;
    if (!input.is_contiguous() || input.size() > short_length) return nullptr;
    if (first == nullptr) first = &input;
    if (!have_equal_shapes(*first, input)) return nullptr;
  }
  return first == nullptr && inputs.size() > 0 ? &inputs[0] : first;
}

bool is_small(const ArrayView& input, std::size_t domain) { return input.size() > 1 && input.size() < domain / least_repetition; }

}  // namespace

bool reads_each_input(const Graph& graph) {
  std::vector<bool> is_read(graph.nodes().size()), is_input_read(graph.schema().entries().size());
  for (const NodeIndex output : graph.outputs()) is_read[output] = true;
  for (NodeIndex n = static_cast<NodeIndex>(is_read.size()); n-- > 0;) {  // operands stand before what reads them
    const Node& node = graph.node(n);
    if (!is_read[n]) continue;
    for (const NodeIndex operand : node.operand_list()) is_read[operand] = true;
    if (node.kind == Node::Kind::input && node.input_index < is_input_read.size()) is_input_read[node.input_index] = true;
  }
  return std::ranges::find(is_input_read, false) == is_input_read.end();
}

Expression::State::~State() {
  for (Kept* kept = first_kept_; kept != nullptr;) delete std::exchange(kept, kept->next);
}

/// A pattern's classes occur in ascending order, so the pattern that `pattern_of` would make is found input by input.
bool Expression::State::matches(std::span<const ArrayView* const> inputs, const std::vector<InputPattern>& pattern) const {
  const std::size_t domain = long_domain(inputs);
  bool classes_matter = !rates_only;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (rate_of(*inputs[i]) != pattern[i].rate || is_small(*inputs[i], domain) != pattern[i].is_small ||
        is_spread(*inputs[i]) != pattern[i].is_spread) {
      return false;
    }
    classes_matter |= pattern[i].is_small;
  }
  if (!classes_matter) return true;
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (class_of(inputs, i, pattern, count) != pattern[i].shape_class) return false;
    count = std::max(count, pattern[i].shape_class);
  }
  return true;
}

std::vector<InputPattern> Expression::State::pattern_of(std::span<const ArrayView* const> inputs) const {
  std::vector<InputPattern> pattern;
  const std::size_t domain = long_domain(inputs);
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::uint32_t shape_class = class_of(inputs, i, pattern, count);
    pattern.push_back({shape_class, rate_of(*inputs[i]), is_small(*inputs[i], domain), is_spread(*inputs[i])});
    count = std::max(count, shape_class);
  }
  return pattern;
}

Expression::State::ScheduleReference Expression::State::schedule_for(std::span<const ArrayView* const> inputs) const {
  for (const Kept* kept = first_kept_.load(std::memory_order_acquire); kept != nullptr; kept = kept->next) {
    if (matches(inputs, kept->pattern)) return {&kept->schedule, nullptr};
  }
  auto fresh = std::make_unique<Kept>(Kept{pattern_of(inputs), {}, nullptr});
  fresh->schedule = load(make_schedule(graph, fresh->pattern), machine_target());
  if (kept_count_.fetch_add(1, std::memory_order_relaxed) >= maximum_kept) {
    kept_count_.fetch_sub(1, std::memory_order_relaxed);
    const LoadedSchedule* schedule = &fresh->schedule;
    return {schedule, std::move(fresh)};
  }
  Kept* kept = fresh.release();
  kept->next = first_kept_.load(std::memory_order_relaxed);
  while (!first_kept_.compare_exchange_weak(kept->next, kept, std::memory_order_release, std::memory_order_relaxed)) {
  }
  return {&kept->schedule, nullptr};
}

bool Expression::State::evaluate_in_short(const GivenArrays& inputs, const MutableArrayView& out, const EvaluateOptions& call_options) const {
  if (!has_result_of_one_element || inputs.size() != input_count || is_observed(call_options)) return false;
  return out.size() == 1 ? evaluate_one_element(inputs, out) : evaluate_short_arrays(inputs, out);
}

std::optional<Array> Expression::State::evaluate_in_short(const GivenArrays& inputs, const EvaluateOptions& call_options) const {
  if (!has_result_of_one_element || !reads_all_inputs || inputs.size() != input_count) return std::nullopt;
  if (is_observed(call_options) || is_limited(call_options)) return std::nullopt;
  const ArrayView* const array = common_array(inputs);
  if (array == nullptr || (call_options.order == Order::fortran && array->rank() > 1)) return std::nullopt;
  Array result(graph.node(graph.outputs()[0]).dtype, array->shape());
  return evaluate_in_short(inputs, MutableArrayView(result), call_options) ? std::optional(std::move(result)) : std::nullopt;
}

bool Expression::State::evaluate_one_element(const GivenArrays& inputs, const MutableArrayView& out) const {
  const std::span<const SchemaEntry> schema = graph.schema().entries();
  if (out.data() == nullptr || out.dtype() != graph.node(graph.outputs()[0]).dtype) return false;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!is_one_element(inputs[i], schema[i], out.rank())) return false;
  }
  const PerThread<OneElement>::Loan element = one_element_.take([&] { return std::make_unique<OneElement>(graph); });
  if (element == nullptr) return false;
  element->call([&inputs](std::size_t number) { return inputs[number].data(); }, out.data());
  return true;
}

bool Expression::State::evaluate_short_arrays(const GivenArrays& inputs, const MutableArrayView& out) const {
  const PerThread<ShortCall>::Loan call = short_call_.take([&] { return ShortCall::suits(inputs, out) ? make_short_call(inputs) : nullptr; });
  return call != nullptr && call->run(inputs, out);
}

void Expression::State::evaluate_arrays(const ScheduleReference& schedule, const CallArrays& arrays, const EvaluateOptions& call_options) const {
  const bool may_be_kept = schedule.own == nullptr && (*schedule).may_keep_plans && KeptCall::suits(arrays) && !is_observed(call_options) && !is_limited(call_options);
  const PerThread<KeptCall>::Loan kept = may_be_kept ? kept_call_.take([] { return std::make_unique<KeptCall>(); }) : PerThread<KeptCall>::Loan();
  evaluate_call(*schedule, arrays, call_options, kept.get());
}

std::unique_ptr<ShortCall> Expression::State::make_short_call(const GivenArrays& inputs) const {
  std::vector<const ArrayView*> addresses(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) addresses[i] = &inputs[i];
  const ScheduleReference schedule = schedule_for(addresses);
  if (schedule.own != nullptr) return nullptr;
  return std::make_unique<ShortCall>(*schedule, graph.schema().entries(), inputs);
}

}  // namespace lanewise::inline v0
