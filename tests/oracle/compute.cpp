// One element of one node.

#include <array>

#include "oracle/leaf.hpp"
#include "oracle/node.hpp"

namespace lanewise::inline v0::oracle {
namespace {

bool is_whole(DType dtype) { return dtype.is_bool() || dtype.is_integer(); }

long double number_of(const Type& type, const Value& value) { return type.wide ? *type.wide : exact_number(value); }

Value power(const Node& node, std::span<const Type> types, std::span<const Value> operands) {
  if (node.operand_dtype.is_integer()) return integer_power(operands[0], operands[1]);
  if (!types[1].constant) return call_function(node.row->name(), operands);
  if (const auto value = power_of_constant(operands[0], operands[1])) return *value;
  return call_power_of_constant(operands[0], operands[1]);
}

Value apply_row(const Node& node, std::span<const Type> types, std::span<const Value> operands) {
  const Row& row = *node.row;
  if (row.rule == Rule::power && operands.size() == 2) return power(node, types, operands);
  if (const auto* exact = std::get_if<Exact>(&row.meaning)) {
    if (const auto result = apply(*exact, operands)) return *result;
  }
  return call_function(row.name(), operands);
}

}  // namespace

Value convert_element(const Type& type, const Value& value, DType dtype) {
  if (type.constant) return type.weak ? convert_constant(type, dtype) : cast(value, dtype);
  Value converted = cast(value, dtype);
  if (type.is_weak_integer() && dtype.is_integer() && exact_number(converted) != exact_number(value)) converted.specified = false;
  return converted;
}

Value compute(const Node& node, std::span<const Type> types, std::span<const Value> operands) {
  if (const auto* target = std::get_if<DType>(&node.row->meaning)) {
    if (!types[0].wide) return cast(operands[0], *target);
    if (!target->is_integer()) return convert_constant(types[0], *target);
    return cast(convert_constant(types[0], DType::uint64), *target);
  }
  const auto* exact = std::get_if<Exact>(&node.row->meaning);
  if (exact != nullptr && is_comparison(*exact) && is_whole(types[0].dtype) && is_whole(types[1].dtype)) {
    const bool holds = compare_numbers(*exact, number_of(types[0], operands[0]), number_of(types[1], operands[1]));
    return Value{holds, operands[0].specified && operands[1].specified};
  }
  std::array<Value, 3> converted;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const bool is_condition = node.row->rule == Rule::select && i == 0;
    converted[i] = convert_element(types[i], operands[i], is_condition ? DType::bool_ : node.operand_dtype);
  }
  return apply_row(node, types, std::span(converted).first(operands.size()));
}

}  // namespace lanewise::inline v0::oracle
