// Prepared expressions are kept for the life of the program, one a function and dtype (for powers: and exponent).

#include "oracle/leaf.hpp"

#include <array>
#include <charconv>
#include <lanewise/expression.hpp>
#include <map>
#include <string>

namespace lanewise::inline v0::oracle {
namespace {

const Expression& prepared(const std::string& source, DType dtype, std::size_t operand_count) {
  static std::map<std::pair<std::string, DType::Code>, Expression> expressions;
  const auto found = expressions.find({source, dtype.code});
  if (found != expressions.end()) return found->second;
  if (expressions.size() > 10'000) expressions.clear();
  std::vector<SchemaEntry> entries{{"x", dtype}};
  if (operand_count == 2) entries.push_back({"y", dtype});
  return expressions.try_emplace({source, dtype.code}, Expression::compile(source, Schema(entries))).first->second;
}

Value evaluate_one(const Expression& expression, std::span<const Value> operands) {
  constexpr std::array<std::size_t, 1> one{1};
  std::array<double, 2> memory{};
  std::array<ArrayView, 2> views;
  bool specified = true;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    write_value(operands[i], &memory[i]);
    views[i] = ArrayView(&memory[i], operands[i].dtype(), one);
    specified = specified && operands[i].specified;
  }
  double result = 0;
  expression.evaluate_positional(std::span(views).first(operands.size()), MutableArrayView(&result, expression.result_dtype(), one));
  Value value = read_value(&result, expression.result_dtype());
  value.specified = specified;
  return value;
}

// Digits enough to read back the same number.
std::string literal(const Value& value) {
  const double number = cast(value, DType::float64).as<double>();
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "(-inf)" : "inf";
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::scientific).ptr;
  return "(" + std::string(text.data(), end) + ")";
}

}  // namespace

Value call_function(std::string_view function, std::span<const Value> operands) {
  const std::string source = std::string(function) + (operands.size() == 1 ? "(x)" : "(x, y)");
  return evaluate_one(prepared(source, operands[0].dtype(), operands.size()), operands);
}

Value call_power_of_constant(const Value& base, const Value& exponent) {
  Value result = evaluate_one(prepared("x ** " + literal(exponent), base.dtype(), 1), {&base, 1});
  result.specified = result.specified && exponent.specified;
  return result;
}

}  // namespace lanewise::inline v0::oracle
