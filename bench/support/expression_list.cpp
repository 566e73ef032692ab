// Reads bench/expressions.txt: a row is a name, the inputs joined by commas, and the text to the end of the line.
#include "support/expression_list.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bench {

lanewise::Expression NamedExpression::compiled() const {
  std::vector<lanewise::SchemaEntry> schema;
  for (const std::string& input : inputs) schema.push_back({input, lanewise::DType::float64});
  return lanewise::Expression::compile(text, lanewise::Schema(std::move(schema)));
}

std::vector<NamedExpression> expressions_of(std::string_view beginning) {
  std::ifstream file(BENCH_EXPRESSIONS_FILE);
  if (!file) throw std::runtime_error("cannot read " BENCH_EXPRESSIONS_FILE);
  std::vector<NamedExpression> expressions;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(beginning)) continue;
    std::istringstream row(line);
    NamedExpression& expression = expressions.emplace_back();
    std::string inputs;
    row >> expression.name >> inputs >> std::ws;
    std::getline(row, expression.text);
    std::istringstream names(inputs);
    for (std::string input; std::getline(names, input, ',');) expression.inputs.push_back(input);
  }
  return expressions;
}

NamedExpression find_expression(std::string_view name) {
  for (NamedExpression& expression : expressions_of(name)) {
    if (expression.name == name) return std::move(expression);
  }
  throw std::runtime_error("no expression '" + std::string(name) + "' in " BENCH_EXPRESSIONS_FILE);
}

}  // namespace bench
