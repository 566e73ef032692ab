#include "bytecode/program_of.hpp"

#include "bytecode/emit.hpp"
#include "exec/evaluate_constant.hpp"
#include "ir/bind.hpp"
#include "ir/simplify.hpp"
#include "ops/promotion.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0 {

Program program_of(std::string_view text) {
  const Schema schema{{"x", DType::float64}, {"y", DType::float64}, {"z", DType::float64}, {"f", DType::float32},
                      {"i", DType::int32},   {"j", DType::int64},   {"p", DType::bool_},   {"q", DType::bool_},
                      {"A", DType::float64}, {"B", DType::float64}, {"C", DType::float64}};
  const SyntaxTree tree = parse(text);
  const Graph written = lanewise::bind(tree, schema, numpy_promotion, evaluate_constant);
  const Graph graph = simplify(written, evaluate_constant);
  std::vector<Leaf> leaves;
  for (NodeIndex n = 0; n < graph.nodes().size(); ++n) {
    if (graph.node(n).kind != Node::Kind::input) continue;
    const std::uint32_t input = graph.node(n).input_index;
    leaves.push_back({n, input, schema.entries()[input].name < "a" ? Rate::call : Rate::element});
  }
  return emit(graph, graph.outputs(), leaves);
}

}  // namespace lanewise::inline v0
