// Evaluates or compiles one expression of expressions.txt some times over, for bench/instruction_counts.py to count the instructions of.
//
// usage: lanewise-bench-instructions NAME ELEMENTS TURNS     (0 elements: the text is compiled)

#include <cstdlib>
#include <lanewise/lanewise.hpp>
#include <vector>

#include "support/expression_list.hpp"

int main(int argument_count, char** arguments) {
  if (argument_count != 4) return EXIT_FAILURE;
  const bench::NamedExpression named = bench::find_expression(arguments[1]);
  const auto element_count = static_cast<std::size_t>(std::atol(arguments[2]));
  const long turns = std::atol(arguments[3]);
  if (element_count == 0) {
    for (long turn = 0; turn < turns; ++turn) static_cast<void>(named.compiled());
    return EXIT_SUCCESS;
  }
  const lanewise::Expression expression = named.compiled();
  const std::vector<double> values(element_count, 1.5);
  const std::vector<lanewise::ArrayView> inputs(named.inputs.size(), lanewise::ArrayView(values));
  std::vector<std::size_t> shape;
  if (!named.name.starts_with("reduction.")) shape.push_back(element_count);
  std::vector<double> out(element_count);
  const lanewise::MutableArrayView result(out.data(), shape);
  for (long turn = 0; turn < turns; ++turn) expression.evaluate_positional(inputs, result);
}
