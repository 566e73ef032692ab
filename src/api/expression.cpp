// The driver: text to program when an expression is compiled, program to filled array when it is evaluated.

#include <lanewise/expression.hpp>

#include <algorithm>
#include <string>

#include <lanewise/error.hpp>

#include "api/compile.hpp"
#include "api/expression_state.hpp"
#include "exec/check_arrays.hpp"
#include "exec/evaluate_call.hpp"
#include "exec/result_order.hpp"
#include "exec/floating_point_environment.hpp"
#include "exec/input_views.hpp"
#include "exec/workspace.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr char use_evaluate_all[] = "; use evaluate_all, which takes an output for each";

/// Runs a call, most of whose errors are about arrays and not about a place in the text.
template <class Stages>
auto with_source_of_call(std::string_view source, Stages&& stages) {
  try {
    return stages();
  } catch (Error& error) {
    if (error.span().length_bytes > 0) error.attach_source(source);
    throw;
  }
}

void find_inputs(std::span<const SchemaEntry> schema, const Inputs& inputs, std::span<const ArrayView*> views) {
  std::ranges::fill(views, nullptr);
  auto expected = schema.begin();  // most callers keep the order of the schema
  for (const Input& input : inputs) {
    const bool in_order = expected != schema.end() && expected->name == input.name;
    const auto entry = in_order ? expected : std::ranges::find(schema, input.name, &SchemaEntry::name);
    if (expected != schema.end()) ++expected;
    if (entry == schema.end()) {
      throw NameError(ErrorCode::unknown_name, "the expression has no input '" + std::string(input.name) + "'");
    }
    const ArrayView*& view = views[static_cast<std::size_t>(entry - schema.begin())];
    if (view != nullptr) throw NameError(ErrorCode::name_defined_twice, "input '" + entry->name + "' is given twice");
    view = &input.view;
  }
  const auto missing = std::ranges::find(views, nullptr);
  if (missing == views.end()) return;
  const std::string& name = schema[static_cast<std::size_t>(missing - views.begin())].name;
  throw NameError(ErrorCode::missing_input, "input '" + name + "' is missing");
}

/// The arrays of a call by position in the graph, in memory that a warm call need not ask for.
class CallInputs {
 public:
  CallInputs(const Graph& graph, const Inputs& inputs) : CallInputs(graph) {
    find_inputs(graph.schema().entries(), inputs, arrays_.first(graph.schema().entries().size()));
    form(graph);
  }
  CallInputs(const Graph& graph, std::span<const ArrayView> inputs) : CallInputs(graph) {
    const std::size_t count = graph.schema().entries().size();
    if (inputs.size() != count) {
      throw NameError(ErrorCode::missing_input,
                      "the expression has " + std::to_string(count) + " inputs, but " + std::to_string(inputs.size()) + " are given");
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) arrays_[i] = &inputs[i];
    form(graph);
  }

  std::span<const ArrayView* const> arrays() const { return arrays_; }

 private:
  // Workspaces are aligned, so the views stand first.
  explicit CallInputs(const Graph& graph)
      : workspace_(graph.views().size() * sizeof(ArrayView) + graph.inputs().size() * sizeof(void*)),
        views_(reinterpret_cast<ArrayView*>(workspace_.data())),
        arrays_(reinterpret_cast<const ArrayView**>(views_ + graph.views().size()), graph.inputs().size()) {}

  void form(const Graph& graph) {
    if (!graph.views().empty()) form_views(graph, arrays_, views_);
  }

  static_assert(std::is_trivially_destructible_v<ArrayView>, "views are left to the workspace");
  Workspace workspace_;
  ArrayView* views_;
  std::span<const ArrayView*> arrays_;
};

}  // namespace

Expression Expression::compile(std::string_view source, const Schema& inputs, const CompileOptions& options) {
  return Expression(std::make_shared<const State>(std::string(source), options, compile_graph(source, inputs, options)));
}

std::span<const SchemaEntry> Expression::inputs() const noexcept { return state_->graph.schema().entries(); }

DType Expression::result_dtype() const noexcept { return state_->graph.node(state_->graph.outputs()[0]).dtype; }

std::vector<DType> Expression::result_dtypes() const {
  std::vector<DType> dtypes;
  for (const NodeIndex output : state_->graph.outputs()) dtypes.push_back(state_->graph.node(output).dtype);
  return dtypes;
}

void Expression::require_outputs(std::size_t given, const char* instead) const {
  const std::size_t count = state_->graph.outputs().size();
  if (given == count) return;
  throw ShapeError(ErrorCode::wrong_output_count, "the expression has " + std::to_string(count) + (count == 1 ? " result" : " results") + ", but " +
                                                      std::to_string(given) + (given == 1 ? " output is" : " outputs are") + " given" + instead);
}

template <class Use>
auto Expression::with_arrays(const Inputs& given, std::span<const MutableArrayView> outputs, Use&& use) const {
  const Graph& graph = state_->graph;
  return with_source_of_call(state_->source, [&] {
    const CallInputs inputs(graph, given);
    return use(state_->schedule_for(inputs.arrays()), state_->call_arrays(inputs.arrays(), outputs));
  });
}

void Expression::run(const Inputs& given, std::span<const MutableArrayView> outputs, const EvaluateOptions& options) const {
  with_source_of_call(state_->source, [&] {
    const CallInputs inputs(state_->graph, given);
    if (outputs.size() == 1 && state_->evaluate_in_short(inputs.arrays(), outputs[0], options)) return;
    state_->evaluate_arrays(state_->schedule_for(inputs.arrays()), state_->call_arrays(inputs.arrays(), outputs), options);
  });
}

void Expression::evaluate(const Inputs& inputs, const MutableArrayView& out, const EvaluateOptions& options) const {
  require_outputs(1, use_evaluate_all);
  run(inputs, {&out, 1}, options);
}

Array Expression::evaluate(const Inputs& given, const EvaluateOptions& options) const {
  require_outputs(1, use_evaluate_all);
  std::optional<Array> result;
  if (state_->graph.views().empty()) {
    result = with_source_of_call(state_->source, [&] { return state_->evaluate_in_short(CallInputs(state_->graph, given).arrays(), options); });
  }
  return result ? *std::move(result) : std::move(evaluate_all(given, options).front());
}

std::vector<Array> Expression::evaluate_all(const Inputs& inputs, const EvaluateOptions& options) const {
  return with_arrays(inputs, {}, [&](const State::ScheduleReference& reference, CallArrays arrays) {
    const LoadedSchedule& schedule = *reference;
    const std::vector<PerDimension<std::size_t>> shapes = lanewise::result_shapes(schedule, arrays);
    NeededMemory needed(options.memory_limit_bytes);
    for (std::size_t o = 0; o < shapes.size(); ++o) needed.add(shapes[o].values(), schedule.schedule.results[o].dtype);
    std::vector<Array> results;
    for (std::size_t o = 0; o < shapes.size(); ++o) {
      const PerDimension<std::size_t> axes = order_of_result(options.order, shapes[o].values(), arrays.inputs);
      results.emplace_back(schedule.schedule.results[o].dtype, shapes[o].values(), axes.values());
    }
    const std::vector<MutableArrayView> outputs(results.begin(), results.end());
    if (outputs.size() == 1 && state_->evaluate_in_short(arrays.inputs, outputs[0], options)) return results;
    arrays.outputs = outputs;
    if (options.memory_limit_bytes == no_memory_limit) {
      state_->evaluate_arrays(reference, arrays, options);
    } else {
      EvaluateOptions call_options = options;
      call_options.memory_limit_bytes = needed.left_bytes();
      state_->evaluate_arrays(reference, arrays, call_options);
    }
    return results;
  });
}

void Expression::evaluate_all(const Inputs& inputs, std::span<const MutableArrayView> outputs, const EvaluateOptions& options) const {
  require_outputs(outputs.size(), "");
  run(inputs, outputs, options);
}

std::vector<std::vector<std::size_t>> Expression::result_shapes(const Inputs& inputs) const {
  return with_arrays(inputs, {}, [](const State::ScheduleReference& schedule, const CallArrays& arrays) {
    std::vector<std::vector<std::size_t>> shapes;
    for (const PerDimension<std::size_t>& shape : lanewise::result_shapes(*schedule, arrays)) {
      shapes.emplace_back(shape.values().begin(), shape.values().end());
    }
    return shapes;
  });
}

void Expression::evaluate_positional(std::span<const ArrayView> inputs, const MutableArrayView& out, const EvaluateOptions& options) const {
  with_source_of_call(state_->source, [&] {
    if (!state_->evaluate_in_short(inputs, out, options)) evaluate_long(inputs, out, options);
  });
}

/// Not inlined: its memory on the stack would cost short calls some nanoseconds.
__attribute__((noinline)) void Expression::evaluate_long(std::span<const ArrayView> inputs, const MutableArrayView& out, const EvaluateOptions& options) const {
  require_outputs(1, use_evaluate_all);
  const CallInputs arrays(state_->graph, inputs);
  state_->evaluate_arrays(state_->schedule_for(arrays.arrays()), state_->call_arrays(arrays.arrays(), {&out, 1}), options);
}

std::string Expression::explain(Stage stage) const {
  const State& state = *state_;
  if (stage == Stage::simplified) return to_text(state.graph);
  if (stage == Stage::program) {
    std::vector<InputPattern> pattern(inputs().size(), {1, Rate::element});
    pattern.resize(state.graph.inputs().size(), {2, Rate::element});  // views, as a stencil has them
    return to_text(make_schedule(state.graph, std::move(pattern)), state.graph);
  }
  if (stage == Stage::graph) return to_text(bind_text(state.source, state.graph.schema(), state.options));
  const FloatingPointEnvironment environment;
  return to_text(parse(state.source, state.options.limits));
}

std::string Expression::explain(const Inputs& inputs, const MutableArrayView& out, const EvaluateOptions& options) const {
  return explain(inputs, std::span<const MutableArrayView>(&out, 1), options);
}

std::string Expression::explain(const Inputs& inputs, std::span<const MutableArrayView> outputs, const EvaluateOptions& options) const {
  require_outputs(outputs.size(), "");
  return with_arrays(inputs, outputs,
                     [&](const State::ScheduleReference& schedule, const CallArrays& arrays) { return explain_call(*schedule, arrays, options); });
}

}  // namespace lanewise::inline v0
