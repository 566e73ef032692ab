// The scalar function: one element of a graph whose result has the signature's type.

#include <lanewise/function.hpp>

#include <string>

#include <lanewise/error.hpp>

#include "api/compile.hpp"
#include "exec/one_element.hpp"

namespace lanewise::inline v0::detail {
namespace {

Schema schema_of(std::span<const std::string_view> names, std::span<const DType> dtypes) {
  std::vector<SchemaEntry> entries;
  for (std::size_t i = 0; i < names.size(); ++i) entries.push_back({std::string(names[i]), dtypes[i]});
  return Schema(std::move(entries));
}

int kind_rank(DType dtype) { return dtype.is_bool() ? 0 : dtype.is_integer() ? 1 : dtype.is_floating() ? 2 : 3; }

/// Makes the one result of a graph a value of `result`.
void convert_result(Graph& graph, DType result) {
  const NodeIndex root = graph.outputs()[0];
  const DType dtype = graph.node(root).dtype;
  if (graph.outputs().size() != 1) {
    throw DTypeError(ErrorCode::wrong_output_dtype, "a function has one result, but the expression has " + std::to_string(graph.outputs().size()));
  }
  if (dtype == result) return;
  if (kind_rank(dtype) > kind_rank(result)) {
    throw DTypeError(ErrorCode::wrong_output_dtype, "the result is " + std::string(dtype.name()) + ", which the function's " +
                                                        std::string(result.name()) + " cannot hold; write " + std::string(result.name()) +
                                                        "(...) around the expression");
  }
  graph.set_outputs({graph.add_operation(cast_to(result), result, std::span(&root, 1), {})});
}

}  // namespace

struct ScalarFunction::State {
  explicit State(Graph compiled) : graph(std::move(compiled)), element(graph) {}

  Graph graph;
  OneElement element;
};

ScalarFunction::ScalarFunction(std::string_view source, std::span<const std::string_view> names, std::span<const DType> arguments, DType result,
                               const CompileOptions& options) {
  Graph graph = compile_graph(source, schema_of(names, arguments), options);
  convert_result(graph, result);
  if (!is_of_one_element(graph)) {
    throw DTypeError(ErrorCode::unsupported_operand_dtype, "a function of scalars has no array to index, reduce or count; use an Expression");
  }
  state_ = std::make_unique<State>(std::move(graph));
}

ScalarFunction::ScalarFunction(const ScalarFunction& other) : state_(std::make_unique<State>(other.state_->graph)) {}

ScalarFunction& ScalarFunction::operator=(const ScalarFunction& other) {
  state_ = std::make_unique<State>(other.state_->graph);
  return *this;
}

ScalarFunction::ScalarFunction(ScalarFunction&&) noexcept = default;
ScalarFunction& ScalarFunction::operator=(ScalarFunction&&) noexcept = default;
ScalarFunction::~ScalarFunction() = default;

void ScalarFunction::call(const void* const* arguments, void* result) {
  state_->element.call([arguments](std::size_t number) { return arguments[number]; }, result);
}

}  // namespace lanewise::inline v0::detail
