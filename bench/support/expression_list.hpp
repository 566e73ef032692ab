#pragma once
// bench/expressions.txt as values.

#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct NamedExpression {
  std::string name;
  std::vector<std::string> inputs;
  std::string text;
};

/// Returns the expression of that name; throws std::runtime_error if the file or the name is missing.
NamedExpression find_expression(std::string_view name);

}  // namespace bench
