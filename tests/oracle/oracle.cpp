// Typing, then evaluation, both in the order of the tree's array, where operands stand before operations.
//
// A weak value is computed at once, in bool, int64 or float64, and converted where it meets something typed.

#include "oracle/oracle.hpp"

#include <algorithm>
#include <array>
#include <numbers>

#include "oracle/leaf.hpp"

namespace lanewise::inline v0::oracle {
namespace {

constexpr std::uint64_t lowest_magnitude = std::uint64_t{1} << 63;

std::optional<double> named_constant(std::string_view name) {
  if (name == "pi") return std::numbers::pi;
  if (name == "e") return std::numbers::e;
  if (name == "inf") return std::numeric_limits<double>::infinity();
  if (name == "nan") return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

const Row& require_row(const Row* row, std::string_view name, std::size_t operand_count) {
  if (row == nullptr) throw Refusal(ErrorCode::unknown_name, "no operation " + std::string(name));
  if (row->operand_count != operand_count) throw Refusal(ErrorCode::wrong_argument_count, "operands of " + std::string(name));
  return *row;
}

}  // namespace

Oracle::Oracle(const SyntaxTree& tree, const Schema& inputs) : tree_(tree), inputs_(inputs.entries()) {
  std::vector<std::size_t> pending;  // nodes whose parent has not come yet
  for (std::size_t index = 0; index < tree.nodes.size(); ++index) {
    const auto first_child = pending.end() - tree.nodes[index].child_count;
    std::vector<std::size_t> children(first_child, pending.end());
    pending.erase(first_child, pending.end());
    type_node(index, std::move(children));
    pending.push_back(index);
  }
}

void Oracle::type_node(std::size_t index, std::vector<std::size_t> children) {
  const SyntaxNode& node = tree_.nodes[index];
  const std::string_view text = tree_.text(node.token);
  TypedNode typed;
  switch (node.kind) {
    case SyntaxKind::name: typed = type_name(node); break;
    case SyntaxKind::operation:
      typed = type_operation(&require_row(find_operator(text, children.size()), text, children.size()), children);
      break;
    case SyntaxKind::call: typed = type_operation(&require_row(find_function(text), text, children.size()), children); break;
    case SyntaxKind::chain: typed = type_chain(node, children); break;
    case SyntaxKind::conditional: typed = type_operation(find_function("where"), {children[1], children[0], children[2]}); break;
    case SyntaxKind::assignment: locals_.emplace_back(text, children[0]); [[fallthrough]];
    case SyntaxKind::program:
      typed = TypedNode{.kind = TypedNode::Kind::alias, .type = nodes_[children.back()].type, .operands = {children.back()}};
      break;
    default: typed = type_literal(node);
  }
  fold(typed);
  nodes_.push_back(std::move(typed));
}

Oracle::TypedNode Oracle::type_literal(const SyntaxNode& node) const {
  Value value;
  switch (node.kind) {
    case SyntaxKind::truth_literal: value.content = node.integer != 0; break;
    case SyntaxKind::float_literal: value.content = node.real; break;
    case SyntaxKind::integer_literal:
      if (node.integer_overflow || node.integer > lowest_magnitude) throw Refusal(ErrorCode::literal_out_of_range, "literal beyond int64");
      value.content = static_cast<std::int64_t>(node.integer);
      break;
    default: throw Refusal(ErrorCode::unsupported_syntax, "literal of a kind without values");
  }
  return TypedNode{.type = {value.dtype(), true, value}};
}

Oracle::TypedNode Oracle::type_name(const SyntaxNode& node) const {
  const std::string_view name = tree_.text(node.token);
  for (const auto& [local, value_index] : locals_) {
    if (local == name) return TypedNode{.kind = TypedNode::Kind::alias, .type = nodes_[value_index].type, .operands = {value_index}};
  }
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (inputs_[i].name == name)
      return TypedNode{.kind = TypedNode::Kind::input, .type = {inputs_[i].dtype, inputs_[i].weak}, .input_index = i};
  }
  const std::optional<double> constant = named_constant(name);
  if (!constant) throw Refusal(ErrorCode::unknown_name, "unknown name " + std::string(name));
  return TypedNode{.type = {DType::float64, true, Value{*constant}}};
}

Oracle::TypedNode Oracle::type_chain(const SyntaxNode& node, const std::vector<std::size_t>& operands) const {
  TypedNode chain{.kind = TypedNode::Kind::chain, .type = {DType::bool_, true}, .operands = operands};
  bool constant = true;
  for (std::size_t i = 0; i + 1 < operands.size(); ++i) {
    const std::string_view spelling = tree_.text(tree_.chain_operators[node.first_chain_operator + i].token);
    TypedNode link = type_operation(&require_row(find_operator(spelling, 2), spelling, 2), {operands[i], operands[i + 1]});
    chain.type.weak = chain.type.weak && link.type.weak;
    constant = constant && link.type.constant.has_value();
    chain.comparisons.push_back(std::move(link));
  }
  if (constant) chain.type.constant = Value{};
  return chain;
}

Oracle::TypedNode Oracle::type_operation(const Row* row, std::vector<std::size_t> operands) const {
  std::vector<Type> types;
  for (std::size_t operand : operands) types.push_back(nodes_[operand].type);
  const Resolution resolution = resolve(*row, types);
  TypedNode node{.kind = TypedNode::Kind::operation,
                 .type = {resolution.result, resolution.weak},
                 .row = row,
                 .operand_dtype = resolution.operands,
                 .operands = std::move(operands)};
  node.constant_exponent = row->rule == Rule::power && types[1].constant.has_value();
  if (std::ranges::all_of(types, [](const Type& type) { return type.constant.has_value(); })) node.type.constant = Value{};
  return node;
}

// Gives a node of constants its value; `constant` holds any value until then.
void Oracle::fold(TypedNode& node) const {
  if (!node.type.constant || node.kind == TypedNode::Kind::constant || node.kind == TypedNode::Kind::alias) return;
  std::vector<Value> values(nodes_.size());
  for (std::size_t operand : node.operands) values[operand] = *nodes_[operand].type.constant;
  node.type.constant = compute(node, values);
}

Value Oracle::evaluate(std::span<const Value> inputs) const {
  std::vector<Value> values(nodes_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const TypedNode& node = nodes_[i];
    if (node.type.constant) {
      values[i] = *node.type.constant;
    } else if (node.kind == TypedNode::Kind::input) {
      values[i] = inputs[node.input_index];
    } else {
      values[i] = compute(node, values);
    }
  }
  return values.back();
}

Value Oracle::operand_value(std::size_t operand, const std::vector<Value>& values, DType dtype) const {
  Value converted = cast(values[operand], dtype);
  const Type& type = nodes_[operand].type;
  if (type.weak && type.dtype.is_integer() && dtype.is_integer() && !same_bits(cast(converted, type.dtype), values[operand]))
    converted.specified = false;
  return converted;
}

Value Oracle::compute(const TypedNode& node, const std::vector<Value>& values) const {
  if (node.kind == TypedNode::Kind::alias) return values[node.operands[0]];
  if (node.kind == TypedNode::Kind::chain) {
    Value all{true};
    for (const TypedNode& link : node.comparisons) {
      const Value holds = compute(link, values);
      all = Value{all.as<bool>() && holds.as<bool>(), all.specified && holds.specified};
    }
    return all;
  }
  std::array<Value, 3> operands;
  for (std::size_t i = 0; i < node.operands.size(); ++i) {
    const bool is_condition = node.row->rule == Rule::select && i == 0;
    operands[i] = operand_value(node.operands[i], values, is_condition ? DType::bool_ : node.operand_dtype);
  }
  return apply_row(node, std::span(operands).first(node.operands.size()));
}

Value Oracle::apply_row(const TypedNode& node, std::span<const Value> operands) {
  const Row& row = *node.row;
  if (const auto* exact = std::get_if<Exact>(&row.meaning)) return apply(*exact, operands);
  if (const auto* target = std::get_if<DType>(&row.meaning)) return cast(operands[0], *target);
  if (row.rule != Rule::power) return call_function(row.name(), operands);
  if (node.operand_dtype.is_integer()) return integer_power(operands[0], operands[1]);
  if (!node.constant_exponent) return call_function(row.name(), operands);
  if (const auto value = float_power_of_constant(operands[0], operands[1])) return *value;
  return call_power_of_constant(operands[0], operands[1]);
}

}  // namespace lanewise::inline v0::oracle
