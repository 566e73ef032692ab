// A graph on one line repeats what is shared; tests of sharing use to_text.

#include "ir/graph_of.hpp"

#include "ir/bind.hpp"
#include "ir/scalar_machine.hpp"
#include "ir/simplify.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0::testing_ir {

namespace {

/// Returns "[axis=0,-1 keepdims]", and of all axes nothing.
std::string axes_text(Axes axes) {
  std::string list;
  for (int axis = 0; axis < 32; ++axis) {
    if ((axes.from_front >> axis & 1U) != 0) list += (list.empty() ? "axis=" : ",") + std::to_string(axis);
  }
  for (int axis = 31; axis >= 0; --axis) {
    if ((axes.from_back >> axis & 1U) != 0) list += (list.empty() ? "axis=" : ",") + std::to_string(-1 - axis);
  }
  if (list.empty() && !axes.all) list = "axis=()";
  if (axes.keepdims) list += list.empty() ? "keepdims" : " keepdims";
  return list.empty() ? list : "[" + list + "]";
}

std::string flat_node(const Graph& graph, NodeIndex index) {
  const Node& node = graph.node(index);
  if (node.kind == Node::Kind::input) {
    const SchemaEntry& entry = graph.inputs()[node.input_index];
    return entry.weak ? entry.name + "." + std::string(short_name(node.dtype)) : entry.name;
  }
  if (node.kind == Node::Kind::constant) return to_text(node.value);
  if (node.kind == Node::Kind::index) return "index" + axes_text(node.axes);
  std::string text(node.kind == Node::Kind::extent ? "extent" : operation(node.operation).name);
  if (node.kind == Node::Kind::view) return "view" + to_text(graph.subscripts()[node.subscript]) + "(" + flat_node(graph, node.operands[0]) + ")";
  text += axes_text(node.axes);
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
          {"p", DType::bool_, true}, {"k", DType::int64, true}, {"n", DType::int32, true}, {"s", DType::float64, true},
          {"c", DType::complex64},   {"d", DType::complex64},   {"z", DType::complex128},  {"w", DType::complex128, true},
          {"h", DType::float16},     {"i8", DType::int8},       {"i16", DType::int16},     {"u8", DType::uint8},
          {"u16", DType::uint16},    {"u32", DType::uint32},    {"u64", DType::uint64}};
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
  std::string text;
  for (const NodeIndex output : graph.outputs()) {
    text += (text.empty() ? "" : "; ") + std::string(short_name(graph.node(output).dtype)) + ": " + flat_node(graph, output);
  }
  return text;
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
