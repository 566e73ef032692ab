#include "program/stages.hpp"

#include <vector>

#include <lanewise/expression.hpp>

namespace lanewise::inline v0::program {

Explanation explain_stage(Calculator& calculator, std::string_view stage, std::string_view text, const RunOptions& options) {
  if (stage == "tree") return calculator.explain(text, Stage::tree, options);
  if (stage == "graph") return calculator.explain(text, Stage::graph, options);
  if (stage == "simplified") return calculator.explain(text, Stage::simplified, options);
  if (stage == "program") return calculator.explain(text, Stage::program, options);
  return calculator.explain_plan(text, options);
}

// A plan begins with its target.
std::string cpu_target() {
  std::vector<double> elements(2);
  const std::string plan = Expression::compile("x + x", {{"x", DType::float64}}).explain({{"x", elements}}, MutableArrayView(elements));
  return plan.substr(0, plan.find(':'));
}

}  // namespace lanewise::inline v0::program
