// The driver: text to program when an expression is compiled, program to filled array when it is evaluated.

#include <lanewise/expression.hpp>

#include <algorithm>
#include <string>

#include <lanewise/error.hpp>

#include "api/expression_state.hpp"
#include "exec/check_arrays.hpp"
#include "exec/evaluate_constant.hpp"
#include "exec/execute.hpp"
#include "exec/floating_point_environment.hpp"
#include "exec/plan.hpp"
#include "exec/workspace.hpp"
#include "ir/bind.hpp"
#include "ir/simplify.hpp"
#include "ops/promotion.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0 {
namespace {

/// Runs stages that know only positions; their errors leave with the text.
template <class Stages>
auto with_source(std::string_view source, Stages&& stages) {
  try {
    return stages();
  } catch (Error& error) {
    error.attach_source(source);
    throw;
  }
}

Graph compile_graph(std::string_view source, const Schema& inputs, const CompileOptions& options) {
  const SyntaxTree tree = parse(source, options.limits);
  const Graph written = bind(tree, inputs, numpy_promotion, evaluate_constant, options.limits, options.functions);
  return simplify(written, evaluate_constant);
}

/// The views of a call by position, in the memory of a workspace.
std::span<const ArrayView*> view_pointers(Workspace& workspace, std::size_t count) {
  return {reinterpret_cast<const ArrayView**>(workspace.data()), count};
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

void run(const LoadedProgram& program, const CallArrays& arrays, const EvaluateOptions& options) {
  Workspace workspace(plan_workspace_bytes(program));
  execute(plan(program, arrays, options, workspace.data()), options.stop);
}

}  // namespace

Expression Expression::compile(std::string_view source, const Schema& inputs, const CompileOptions& options) {
  const FloatingPointEnvironment environment;  // reading "0.1" rounds
  return with_source(source, [&] {
    return Expression(std::make_shared<const State>(std::string(source), options, compile_graph(source, inputs, options)));
  });
}

std::span<const SchemaEntry> Expression::inputs() const noexcept { return state_->graph.schema().entries(); }

DType Expression::result_dtype() const noexcept { return state_->graph.node(state_->graph.outputs()[0]).dtype; }

void Expression::evaluate(const Inputs& inputs, MutableArrayView out, const EvaluateOptions& options) const {
  Workspace workspace(this->inputs().size() * sizeof(void*));
  const std::span<const ArrayView*> views = view_pointers(workspace, this->inputs().size());
  find_inputs(this->inputs(), inputs, views);
  run(*state_->program_for(views), {this->inputs(), views, {&out, 1}}, options);
}

Array Expression::evaluate(const Inputs& inputs, const EvaluateOptions& options) const {
  Workspace workspace(this->inputs().size() * sizeof(void*));
  const std::span<const ArrayView*> views = view_pointers(workspace, this->inputs().size());
  find_inputs(this->inputs(), inputs, views);
  check_inputs(this->inputs(), views);
  const State::ProgramReference program = state_->program_for(views);
  Array result(result_dtype(), result_shape(this->inputs(), views, (*program).program.input_is_used).values());
  const MutableArrayView out = result;
  run(*program, {this->inputs(), views, {&out, 1}}, options);
  return result;
}

void Expression::evaluate_positional(std::span<const ArrayView> inputs, MutableArrayView out, const EvaluateOptions& options) const {
  const std::span<const SchemaEntry> schema = this->inputs();
  if (inputs.size() != schema.size()) {
    throw NameError(ErrorCode::missing_input, "the expression has " + std::to_string(schema.size()) + " inputs, but " +
                                                  std::to_string(inputs.size()) + " are given");
  }
  Workspace workspace(schema.size() * sizeof(void*));
  const std::span<const ArrayView*> views = view_pointers(workspace, schema.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) views[i] = &inputs[i];
  run(*state_->program_for(views), {schema, views, {&out, 1}}, options);
}

std::string Expression::explain(Stage stage) const {
  const State& state = *state_;
  if (stage == Stage::simplified) return to_text(state.graph);
  if (stage == Stage::program) return to_text(emit_for(state.graph, std::vector<Rate>(inputs().size(), Rate::element)));
  const FloatingPointEnvironment environment;
  const SyntaxTree tree = parse(state.source, state.options.limits);
  if (stage == Stage::tree) return to_text(tree);
  return to_text(bind(tree, state.graph.schema(), numpy_promotion, evaluate_constant, state.options.limits));
}

std::string Expression::explain(const Inputs& inputs, MutableArrayView out, const EvaluateOptions& options) const {
  Workspace workspace(this->inputs().size() * sizeof(void*));
  const std::span<const ArrayView*> views = view_pointers(workspace, this->inputs().size());
  find_inputs(this->inputs(), inputs, views);
  const State::ProgramReference program = state_->program_for(views);
  Workspace plan_workspace(plan_workspace_bytes(*program));
  return to_text(plan(*program, {this->inputs(), views, {&out, 1}}, options, plan_workspace.data()));
}

}  // namespace lanewise::inline v0
