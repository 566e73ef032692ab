#include "bytecode/program_of.hpp"

#include "bytecode/emit.hpp"
#include "ir/bind.hpp"
#include "ir/scalar_machine.hpp"
#include "ir/simplify.hpp"
#include "ops/promotion.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0 {

using testing_ir::evaluate_anything;

const Schema& inputs_of_programs() {
  static const Schema schema{{"x", DType::float64},   {"y", DType::float64},    {"z", DType::float64}, {"f", DType::float32},
                             {"i", DType::int32},     {"j", DType::int64},      {"p", DType::bool_},   {"q", DType::bool_},
                             {"A", DType::float64},   {"B", DType::float64},    {"C", DType::float64}, {"c", DType::complex64},
                             {"d", DType::complex64}, {"w", DType::complex128}, {"h", DType::float16}, {"i8", DType::int8},
                             {"k8", DType::int8},     {"u8", DType::uint8},     {"i16", DType::int16}, {"u16", DType::uint16},
                             {"u32", DType::uint32},  {"u64", DType::uint64},   {"N", DType::int8},    {"Z", DType::complex128}};
  return schema;
}

Graph graph_of_program(std::string_view text) {
  return lanewise::bind(parse(text), inputs_of_programs(), numpy_promotion, evaluate_anything);
}

Program program_of(std::string_view text) { return program_of(simplify(graph_of_program(text), evaluate_anything)); }

Program program_of(const Graph& graph) {
  std::vector<Leaf> leaves;
  for (NodeIndex n = 0; n < graph.nodes().size(); ++n) {
    const Node& node = graph.node(n);
    if (node.kind != Node::Kind::input) continue;
    const bool once = graph.schema().entries()[node.input_index].name < "a";
    leaves.push_back({n, node.input_index, once ? Rate::call : Rate::element});
  }
  return emit(graph, graph.outputs(), leaves);
}

}  // namespace lanewise::inline v0
