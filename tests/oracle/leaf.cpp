// Prepared expressions are kept for the life of the program, one a function and dtype (for powers: and exponent).

#include "oracle/leaf.hpp"

#include <array>
#include <charconv>
#include <lanewise/error.hpp>
#include <lanewise/expression.hpp>
#include <map>
#include <string>
#include <vector>

namespace lanewise::inline v0::oracle {
namespace {

constexpr std::size_t most_operands = 3;
constexpr std::string_view names = "xyz";

std::string call_text(std::string_view function, std::size_t operand_count) {
  constexpr std::string_view arguments = "x, y, z";
  return std::string(function).append("(").append(arguments.substr(0, 3 * operand_count - 2)).append(")");
}

Expression compile(const std::string& source, DType dtype, std::size_t operand_count) {
  std::vector<SchemaEntry> entries;
  for (std::size_t i = 0; i < operand_count; ++i) entries.push_back({std::string(names.substr(i, 1)), dtype});
  return Expression::compile(source, Schema(entries));
}

const Expression& prepared(const std::string& source, DType dtype, std::size_t operand_count) {
  static std::map<std::pair<std::string, DType::Code>, Expression> expressions;
  const auto found = expressions.find({source, dtype.code});
  if (found != expressions.end()) return found->second;
  if (expressions.size() > 10'000) expressions.clear();
  return expressions.try_emplace({source, dtype.code}, compile(source, dtype, operand_count)).first->second;
}

Value evaluate_one(const Expression& expression, std::span<const Value> operands) {
  constexpr std::array<std::size_t, 1> one{1};
  std::array<std::complex<double>, most_operands> memory{};
  std::array<ArrayView, most_operands> views;
  bool specified = true;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    write_value(operands[i], &memory[i]);
    views[i] = ArrayView(&memory[i], operands[i].dtype(), one);
    specified = specified && operands[i].specified;
  }
  std::complex<double> result;
  expression.evaluate_positional(std::span(views).first(operands.size()), MutableArrayView(&result, expression.result_dtype(), one));
  Value value = read_value(&result, expression.result_dtype());
  value.specified = specified;
  return value;
}

// Digits enough to read back the same number. A power of a float has a float as its exponent, and a negative one may stand alone.
std::string literal(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::scientific).ptr;
  return {text.data(), end};
}

std::string exponent_text(const Value& exponent) {
  const auto parts = cast(exponent, DType::complex128).as<std::complex<double>>();
  if (!exponent.dtype().is_complex()) return literal(parts.real());
  return "complex(" + literal(parts.real()) + ", " + literal(parts.imag()) + ")";
}

}  // namespace

Value call_function(std::string_view function, std::span<const Value> operands) {
  return evaluate_one(prepared(call_text(function, operands.size()), operands[0].dtype(), operands.size()), operands);
}

Value call_power_of_constant(const Value& base, const Value& exponent) {
  Value result = evaluate_one(prepared("x ** (" + exponent_text(exponent) + ")", base.dtype(), 1), {&base, 1});
  result.specified = result.specified && exponent.specified;
  return result;
}

bool is_function_of(std::string_view function, std::size_t operand_count, DType dtype) {
  try {
    (void)compile(call_text(function, operand_count), dtype, operand_count);
    return true;
  } catch (const DTypeError&) {
    return false;
  }
}

}  // namespace lanewise::inline v0::oracle
