#include "exec/evaluate_constant.hpp"

#include <array>

#include "bytecode/emit.hpp"
#include "exec/floating_point_environment.hpp"
#include "exec/loaded_program.hpp"
#include "exec/run_block.hpp"
#include "exec/workspace.hpp"

namespace lanewise::inline v0 {

Scalar evaluate_constant(OperationId operation, DType result_dtype, std::span<const Scalar> operands) {
  Graph graph{Schema{}};
  std::vector<NodeIndex> nodes;
  for (const Scalar operand : operands) nodes.push_back(graph.add_constant(operand, {}));
  const std::array root = {graph.add_operation(operation, result_dtype, nodes, {})};
  const LoadedProgram program = load(emit(graph, root, {}), machine_target(), Elements::one);

  std::array<std::byte, largest_element_bytes> element;
  const std::array outputs = {element.data()};
  const FloatingPointEnvironment environment;
  Workspace workspace(program.each.workspace_bytes());
  const CallArguments arguments{nullptr, outputs.data(), nullptr, false, nullptr, 0};
  BoundPart(program, program.each, arguments, workspace.data()).run_partial_tile(0, 1);
  Scalar result{result_dtype};
  result.read(element.data());
  return result;
}

}  // namespace lanewise::inline v0
