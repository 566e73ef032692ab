// Reads bench/expressions.txt: a row is a name, the inputs joined by commas, and the text to the end of the line.
#include "support/expression_list.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bench {

NamedExpression find_expression(std::string_view name) {
  std::ifstream file(BENCH_EXPRESSIONS_FILE);
  if (!file) throw std::runtime_error("cannot read " BENCH_EXPRESSIONS_FILE);
  for (std::string line; std::getline(file, line);) {
    std::istringstream row(line);
    NamedExpression expression;
    std::string inputs;
    row >> expression.name >> inputs >> std::ws;
    if (expression.name != name) continue;
    std::getline(row, expression.text);
    std::istringstream names(inputs);
    for (std::string input; std::getline(names, input, ',');) expression.inputs.push_back(input);
    return expression;
  }
  throw std::runtime_error("no expression '" + std::string(name) + "' in " BENCH_EXPRESSIONS_FILE);
}

}  // namespace bench
