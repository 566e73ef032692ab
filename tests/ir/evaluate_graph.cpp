#include "ir/evaluate_graph.hpp"

#include <stdexcept>

#include "ir/power_form.hpp"
#include "ir/scalar_machine.hpp"

namespace lanewise::inline v0::testing_ir {

namespace {

/// A power with a constant exponent is what the language defines it to be.
Scalar power(DType dtype, Scalar base, Scalar exponent) {
  const auto apply = [&](OperationId id, Scalar left, Scalar right) {
    const Scalar operands[] = {left, right};
    return evaluate_scalar(id, dtype, operands);
  };
  const PowerForm form = power_form(exponent);
  switch (form.kind) {
    case PowerForm::Kind::product:
      return product(base, form.factor_count, [&](Scalar left, Scalar right) { return apply(OperationId::multiply, left, right); });
    case PowerForm::Kind::reciprocal: return apply(OperationId::divide, cast_scalar(Scalar::of(true), dtype), base);
    case PowerForm::Kind::square_root: return evaluate_scalar(OperationId::sqrt, dtype, std::span(&base, 1));
    case PowerForm::Kind::general: break;
  }
  return apply(OperationId::power, base, exponent);
}

Scalar value_of(const Graph& graph, const Node& node, std::span<const Scalar> operands) {
  const bool has_constant_exponent = node.operation == OperationId::power && graph.node(node.operands[1]).kind == Node::Kind::constant;
  return has_constant_exponent ? power(node.dtype, operands[0], operands[1]) : evaluate_scalar(node.operation, node.dtype, operands);
}

}  // namespace

std::vector<Scalar> evaluate_graph(const Graph& graph, std::span<const Scalar> inputs) {
  std::vector<Scalar> values;
  for (const Node& node : graph.nodes()) {
    std::vector<Scalar> operands;
    for (const NodeIndex operand : node.operand_list()) operands.push_back(values[operand]);
    switch (node.kind) {
      case Node::Kind::input: values.push_back(cast_scalar(inputs[node.input_index], node.dtype)); break;
      case Node::Kind::constant: values.push_back(node.value); break;
      case Node::Kind::operation: values.push_back(value_of(graph, node, operands)); break;
      default: throw std::logic_error("no value of one element");
    }
  }
  std::vector<Scalar> outputs;
  for (const NodeIndex output : graph.outputs()) outputs.push_back(values[output]);
  return outputs;
}

}  // namespace lanewise::inline v0::testing_ir
