// The driver: text to program when an expression is compiled, program to filled array when it is evaluated.

#include <lanewise/expression.hpp>

#include <algorithm>
#include <string>

#include <lanewise/error.hpp>

#include "api/compile.hpp"
#include "api/expression_state.hpp"
#include "exec/evaluate_call.hpp"
#include "exec/floating_point_environment.hpp"
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

/// The views of a call by position, in memory that a warm call need not ask for.
class CallInputs {
 public:
  explicit CallInputs(std::size_t count) : workspace_(count * sizeof(void*)), views_(reinterpret_cast<const ArrayView**>(workspace_.data()), count) {}
  CallInputs(std::span<const SchemaEntry> schema, const Inputs& inputs) : CallInputs(schema.size()) { find_inputs(schema, inputs, views_); }
  CallInputs(std::span<const SchemaEntry> schema, std::span<const ArrayView> inputs) : CallInputs(schema.size()) {
    if (inputs.size() != schema.size()) {
      throw NameError(ErrorCode::missing_input, "the expression has " + std::to_string(schema.size()) + " inputs, but " +
                                                    std::to_string(inputs.size()) + " are given");
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) views_[i] = &inputs[i];
  }

  std::span<const ArrayView* const> views() const { return views_; }

 private:
  Workspace workspace_;
  std::span<const ArrayView*> views_;
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

void Expression::run(std::span<const ArrayView* const> inputs, std::span<const MutableArrayView> outputs, const EvaluateOptions& options) const {
  with_source_of_call(state_->source, [&] { evaluate_call(*state_->schedule_for(inputs), {this->inputs(), inputs, outputs}, options); });
}

void Expression::evaluate(const Inputs& inputs, MutableArrayView out, const EvaluateOptions& options) const {
  require_outputs(1, use_evaluate_all);
  run(CallInputs(this->inputs(), inputs).views(), {&out, 1}, options);
}

Array Expression::evaluate(const Inputs& inputs, const EvaluateOptions& options) const {
  require_outputs(1, use_evaluate_all);
  return std::move(evaluate_all(inputs, options).front());
}

std::vector<Array> Expression::evaluate_all(const Inputs& inputs, const EvaluateOptions& options) const {
  const CallInputs views(this->inputs(), inputs);
  return with_source_of_call(state_->source, [&] {
    const State::ScheduleReference schedule = state_->schedule_for(views.views());
    const std::vector<PerDimension<std::size_t>> shapes = lanewise::result_shapes(*schedule, this->inputs(), views.views());
    std::vector<Array> results;
    for (std::size_t o = 0; o < shapes.size(); ++o) results.emplace_back((*schedule).schedule.results[o].dtype, shapes[o].values());
    const std::vector<MutableArrayView> outputs(results.begin(), results.end());
    evaluate_call(*schedule, {this->inputs(), views.views(), outputs}, options);
    return results;
  });
}

void Expression::evaluate_all(const Inputs& inputs, std::span<const MutableArrayView> outputs, const EvaluateOptions& options) const {
  require_outputs(outputs.size(), "");
  run(CallInputs(this->inputs(), inputs).views(), outputs, options);
}

std::vector<std::vector<std::size_t>> Expression::result_shapes(const Inputs& inputs) const {
  const CallInputs views(this->inputs(), inputs);
  return with_source_of_call(state_->source, [&] {
    const State::ScheduleReference schedule = state_->schedule_for(views.views());
    std::vector<std::vector<std::size_t>> shapes;
    for (const PerDimension<std::size_t>& shape : lanewise::result_shapes(*schedule, this->inputs(), views.views())) {
      shapes.emplace_back(shape.values().begin(), shape.values().end());
    }
    return shapes;
  });
}

void Expression::evaluate_positional(std::span<const ArrayView> inputs, MutableArrayView out, const EvaluateOptions& options) const {
  require_outputs(1, use_evaluate_all);
  run(CallInputs(this->inputs(), inputs).views(), {&out, 1}, options);
}

std::string Expression::explain(Stage stage) const {
  const State& state = *state_;
  if (stage == Stage::simplified) return to_text(state.graph);
  if (stage == Stage::program) {
    return to_text(make_schedule(state.graph, std::vector<InputPattern>(inputs().size(), {1, Rate::element})), state.graph);
  }
  if (stage == Stage::graph) return to_text(bind_text(state.source, state.graph.schema(), state.options));
  const FloatingPointEnvironment environment;
  return to_text(parse(state.source, state.options.limits));
}

std::string Expression::explain(const Inputs& inputs, MutableArrayView out, const EvaluateOptions& options) const {
  return explain(inputs, std::span<const MutableArrayView>(&out, 1), options);
}

std::string Expression::explain(const Inputs& inputs, std::span<const MutableArrayView> outputs, const EvaluateOptions& options) const {
  require_outputs(outputs.size(), "");
  const CallInputs views(this->inputs(), inputs);
  return with_source_of_call(state_->source, [&] {
    return explain_call(*state_->schedule_for(views.views()), {this->inputs(), views.views(), outputs}, options);
  });
}

}  // namespace lanewise::inline v0
