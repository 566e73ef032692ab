// Listings of schedules.

#include <algorithm>

#include "bytecode/schedule.hpp"

namespace lanewise::inline v0 {
namespace {

std::string class_text(const Schedule& schedule, const Graph& graph, std::uint32_t shape_class) {
  const ShapeClass& shape = schedule.classes[shape_class - 1];
  return shape.kind == ShapeClass::Kind::input ? graph.inputs()[shape.input].name : "%" + std::to_string(shape.node);
}

std::string domain_text(const Schedule& schedule, const Graph& graph, const Pass& pass) {
  std::string text;
  for (const std::uint32_t shape_class : schedule.sets[pass.set]) text += (text.empty() ? "" : ", ") + class_text(schedule, graph, shape_class);
  return text.empty() ? "one element" : "over " + text;
}

std::string pass_text(const Schedule& schedule, const Graph& graph, const Pass& pass) {
  std::string stores;
  const auto append = [&](const std::string& what) { stores += (stores.empty() ? "" : ", ") + what; };
  for (const PassReduction& reduction : pass.reductions) {
    const NodeIndex n = schedule.values[reduction.value - schedule.input_count].node;
    append("%" + std::to_string(n) + " = " + std::string(operation(reduction.operation).spelling()) + " of %" +
           std::to_string(graph.node(n).operands[0]));
  }
  for (const PassResult& result : pass.results) append(schedule.results.size() == 1 ? "out" : "out" + std::to_string(result.output));
  for (const PassValue& small : pass.values) append("%" + std::to_string(schedule.values[small.value - schedule.input_count].node));
  return domain_text(schedule, graph, pass) + ": " + stores;
}

/// Returns " with in1 = %4": the values beyond the inputs that the program reads.
std::string values_text(const Schedule& schedule, const Program& program) {
  std::string text;
  for (std::size_t value = schedule.input_count; value < program.input_is_used.size(); ++value) {
    if (!program.input_is_used[value]) continue;
    const std::string name = "in" + std::to_string(value) + " = %" + std::to_string(schedule.values[value - schedule.input_count].node);
    text += (text.empty() ? ", with " : ", ") + name;
  }
  return text;
}

/// Returns "in1 = u[1:], in2 = u[:-1]" on a line of its own: the views among the inputs, if there are any.
std::string views_text(const Graph& graph) {
  std::string text;
  for (std::size_t input = graph.schema().entries().size(); input < graph.inputs().size(); ++input) {
    text += (text.empty() ? "" : ", ") + ("in" + std::to_string(input) + " = ") + graph.inputs()[input].name;
  }
  return text.empty() ? text : text + "\n";
}

}  // namespace

std::string to_text(const Schedule& schedule, const Graph& graph) {
  std::string text = views_text(graph);
  if (schedule.is_elementwise()) return text + to_text(schedule.passes[0].program);
  for (std::size_t p = 0; p < schedule.passes.size(); ++p) {
    const Pass& pass = schedule.passes[p];
    text += (p == 0 ? "pass " : "\npass ") + std::to_string(p) + ": " + pass_text(schedule, graph, pass) + values_text(schedule, pass.program);
    if (!pass.program.output_dtypes.empty()) text += "\n" + to_text(pass.program);
  }
  return text;
}

}  // namespace lanewise::inline v0
