// A graph on one line repeats what is shared; tests of sharing use to_text.

#include "ir/graph_of.hpp"

#include "ir/bind.hpp"
#include "ir/scalar_machine.hpp"
#include "ir/simplify.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0::testing_ir {

namespace {

std::string flat_node(const Graph& graph, NodeIndex index) {
  const Node& node = graph.node(index);
  if (node.kind == Node::Kind::input) {
    const SchemaEntry& entry = graph.schema().entries()[node.input_index];
    return entry.weak ? entry.name + "." + std::string(short_name(node.dtype)) : entry.name;
  }
  if (node.kind == Node::Kind::constant) return to_text(node.value);
  std::string text(operation(node.operation).name);
  char separator = '(';
  for (const NodeIndex operand : node.operand_list()) {
    text += separator + (separator == ',' ? " " : std::string()) + flat_node(graph, operand);
    separator = ',';
  }
  return text + ")";
}

}  // namespace

Schema letters() {
  return {{"b", DType::bool_},       {"m", DType::bool_},       {"i", DType::int32},       {"j", DType::int32},
          {"l", DType::int64},       {"f", DType::float32},     {"g", DType::float32},     {"a", DType::float64},
          {"u", DType::float64},     {"v", DType::float64},     {"x", DType::float64},     {"y", DType::float64},
          {"p", DType::bool_, true}, {"k", DType::int64, true}, {"n", DType::int32, true}, {"s", DType::float64, true}};
}

Graph bound(std::string_view source, const Schema& inputs) {
  try {
    return lanewise::bind(parse(source), inputs, numpy_promotion, evaluate_scalar);
  } catch (Error& error) {
    error.attach_source(source);
    throw;
  }
}

Graph simplified(std::string_view source, const Schema& inputs) { return simplify(bound(source, inputs), evaluate_scalar); }

std::string flat(const Graph& graph) {
  const NodeIndex output = graph.outputs()[0];
  return std::string(short_name(graph.node(output).dtype)) + ": " + flat_node(graph, output);
}

std::string report_of(std::string_view source, const Schema& inputs) {
  try {
    bound(source, inputs);
  } catch (const Error& error) {
    return error.report();
  }
  return "no error";
}

}  // namespace lanewise::inline v0::testing_ir
