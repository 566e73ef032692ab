#pragma once
// bench/expressions.txt as values.

#include <lanewise/lanewise.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct NamedExpression {
  std::string name;
  std::vector<std::string> inputs;
  std::string text;

  /// Compiles the text for inputs of float64.
  lanewise::Expression compiled() const;
};

/// Returns the expression of that name; throws std::runtime_error if the file or the name is missing.
NamedExpression find_expression(std::string_view name);

/// Returns the expressions whose names begin so, in the order of the file.
std::vector<NamedExpression> expressions_of(std::string_view beginning);

}  // namespace bench
