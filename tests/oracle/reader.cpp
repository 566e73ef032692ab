// Literals, names, operators and statements, in the order of the tree's array, where operands stand before operations.
//
// A constant is computed at once, a weak one in bool, int64, float64 or complex128, and is converted where it meets something typed.

#include "oracle/reader.hpp"

#include <algorithm>
#include <numbers>

namespace lanewise::inline v0::oracle {
namespace {

constexpr std::uint64_t largest_int64 = (std::uint64_t{1} << 63) - 1;

std::optional<double> named_constant(std::string_view name) {
  if (name == "pi") return std::numbers::pi;
  if (name == "e") return std::numbers::e;
  if (name == "inf") return std::numeric_limits<double>::infinity();
  if (name == "nan") return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

DType weak_dtype(DType dtype) {
  if (dtype.is_bool()) return DType::bool_;
  if (dtype.is_complex()) return DType::complex128;
  return dtype.is_integer() ? DType::int64 : DType::float64;
}

}  // namespace

std::vector<std::size_t> Reader::read(const SyntaxTree& tree) {
  Scope scope{tree, false, {}, {}};
  const Meaning result = read_tree(scope);
  std::vector<std::size_t> outputs;
  for (const Meaning& value : result.is_tuple ? result.tuple : Arguments{result}) {
    const Type& type = nodes_[value.node].type;
    outputs.push_back(type.wide ? conversion(value.node, DType::int64, true) : value.node);
  }
  return outputs;
}

Meaning Reader::read_tree(Scope& scope) {
  Arguments pending;  // those whose parent has not come yet
  for (const SyntaxNode& node : scope.tree.nodes) {
    const auto first_child = pending.end() - node.child_count;
    Arguments children(first_child, pending.end());
    pending.erase(first_child, pending.end());
    pending.push_back(read_node(scope, node, std::move(children)));
  }
  return pending.back();
}

Meaning Reader::read_node(Scope& scope, const SyntaxNode& node, Arguments children) {
  const std::string_view text = scope.tree.text(node.token);
  switch (node.kind) {
    case SyntaxKind::name: return {read_name(scope, text)};
    case SyntaxKind::operation: return {read_operation(text, children)};
    case SyntaxKind::call: return {read_call(scope, text, children)};
    case SyntaxKind::chain: return {read_chain(scope, node, children)};
    case SyntaxKind::conditional: return {operation("where", {children[1].node, children[0].node, children[2].node})};
    case SyntaxKind::attribute: return {operation(text, {children[0].node})};
    case SyntaxKind::assignment: assign(scope, text, children[0].node); return children[0];
    case SyntaxKind::subscript: return {read_subscript(children)};
    case SyntaxKind::slice: return read_slice(node, children);
    case SyntaxKind::ellipsis: return {.entry = Entry{Entry::Kind::ellipsis}};
    case SyntaxKind::new_axis: return {.entry = Entry{Entry::Kind::new_axis}};
    case SyntaxKind::tuple: return {0, true, std::move(children)};
    case SyntaxKind::keyword_argument: children[0].keyword = text; return children[0];
    case SyntaxKind::program: return children.back();
    default: return {read_literal(node)};
  }
}

std::size_t Reader::read_literal(const SyntaxNode& node) {
  switch (node.kind) {
    case SyntaxKind::truth_literal: return constant(Value{node.integer != 0}, true);
    case SyntaxKind::float_literal: return constant(Value{node.real}, true);
    case SyntaxKind::imaginary_literal: return constant(Value{std::complex<double>(0, node.real)}, true);
    case SyntaxKind::integer_literal: break;
    default: throw Refusal(ErrorCode::unsupported_syntax, "literal of a kind without values");
  }
  if (!node.integer_overflow && node.integer <= largest_int64) return constant(Value{static_cast<std::int64_t>(node.integer)}, true);
  const long double wide = node.integer_overflow ? static_cast<long double>(node.real) : static_cast<long double>(node.integer);
  return add({.type = {DType::int64, true, Value{std::int64_t{0}}, wide}});
}

std::size_t Reader::read_name(const Scope& scope, std::string_view name) {
  for (const auto& [local, node] : scope.locals) {
    if (local == name) return node;
  }
  for (std::size_t i = 0; i < inputs_.size() && !scope.is_definition; ++i) {
    if (inputs_[i].name != name) continue;
    const DType dtype = inputs_[i].weak ? weak_dtype(inputs_[i].dtype) : inputs_[i].dtype;
    return add({.kind = Node::Kind::input, .type = {dtype, inputs_[i].weak}, .input_index = i});
  }
  const std::optional<double> value = named_constant(name);
  if (!value) throw Refusal(ErrorCode::unknown_name, "unknown name " + std::string(name));
  return constant(Value{*value}, true);
}

std::size_t Reader::read_operation(std::string_view spelling, const Arguments& operands) {
  const Row* row = find_operator(spelling, operands.size());
  std::vector<std::size_t> nodes;
  for (const Meaning& operand : operands) nodes.push_back(operand.node);
  const Type& first = nodes_[nodes[0]].type;
  const bool is_sign = operands.size() == 1 && (spelling == "-" || spelling == "+");
  if (!is_sign || !first.wide) return operation(*row, std::move(nodes));
  if (spelling == "+") return nodes[0];
  // A sign belongs to the literal.
  if (*first.wide == static_cast<long double>(largest_int64) + 1) return constant(Value{std::numeric_limits<std::int64_t>::min()}, true);
  return add({.type = {DType::int64, true, first.constant, -*first.wide}});
}

std::size_t Reader::read_chain(const Scope& scope, const SyntaxNode& node, const Arguments& operands) {
  std::optional<std::size_t> all;
  for (std::size_t i = 0; i + 1 < operands.size(); ++i) {
    const std::string_view spelling = scope.tree.text(scope.tree.chain_operators[node.first_chain_operator + i].token);
    const std::size_t link = operation(*find_operator(spelling, 2), {operands[i].node, operands[i + 1].node});
    all = all ? operation("logical_and", {*all, link}) : link;
  }
  return *all;
}

std::int64_t Reader::position_of(const Meaning& value) const {
  const Type& type = nodes_[value.node].type;
  if (value.entry || value.is_tuple || !type.constant || type.wide || type.dtype != DType::int64) {
    throw Refusal(ErrorCode::argument_not_constant, "an index is a whole number");
  }
  return type.constant->as<std::int64_t>();
}

Meaning Reader::read_slice(const SyntaxNode& node, const Arguments& parts) const {
  Entry entry{Entry::Kind::slice};
  std::optional<std::int64_t>* const places[] = {&entry.start, &entry.stop, &entry.step};
  auto next = parts.begin();
  for (unsigned part = 0; part < 3; ++part) {
    if ((node.integer >> part & 1U) == 0) continue;
    const Meaning& given = *next++;
    if (!given.entry) *places[part] = position_of(given);  // else None
  }
  if (entry.step == 0) throw Refusal(ErrorCode::argument_not_constant, "step 0");
  return {.entry = entry};
}

std::size_t Reader::read_subscript(const Arguments& children) {
  std::vector<Entry> entries;
  for (std::size_t i = 1; i < children.size(); ++i) {
    entries.push_back(children[i].entry ? *children[i].entry : Entry{Entry::Kind::position, position_of(children[i])});
  }
  const Node& whole = nodes_[children[0].node];
  if (whole.type.weak || !(whole.may_have_axes || whole.has_index)) throw Refusal(ErrorCode::unsupported_operand_dtype, "no axes");
  if (whole.has_index) throw Refusal(ErrorCode::unsupported_operand_dtype, "depends on positions");
  return add({.kind = Node::Kind::part, .type = whole.type, .operands = {children[0].node}, .entries = std::move(entries)});
}

void Reader::assign(Scope& scope, std::string_view name, std::size_t value) {
  const auto is_input = [&](const SchemaEntry& entry) { return entry.name == name; };
  const auto is_local = [&](const auto& local) { return local.first == name; };
  if ((!scope.is_definition && std::ranges::any_of(inputs_, is_input)) || std::ranges::any_of(scope.locals, is_local)) {
    throw Refusal(ErrorCode::name_defined_twice, std::string(name) + " is defined already");
  }
  scope.locals.emplace_back(name, value);
}

std::size_t Reader::operation(std::string_view name, std::vector<std::size_t> operands) {
  return operation(*find_row(name), std::move(operands));
}

std::size_t Reader::operation(const Row& row, std::vector<std::size_t> operands) {
  const std::vector<Type> types = types_of(operands);
  const auto* target = std::get_if<DType>(&row.meaning);
  const Resolution resolution = target != nullptr ? resolve_cast(types[0], *target) : resolve(row.rule, types);
  if (resolution.unchanged) return operands[0];
  Node node{.kind = Node::Kind::operation,
            .type = {resolution.result, resolution.weak},
            .row = &row,
            .operand_dtype = resolution.operands,
            .operands = std::move(operands)};
  if (std::ranges::all_of(types, [](const Type& type) { return type.constant.has_value(); })) {
    std::vector<Value> values;
    for (const Type& type : types) values.push_back(*type.constant);
    return constant(compute(node, types, values), resolution.weak);
  }
  return add(std::move(node));
}

std::size_t Reader::conversion(std::size_t operand, DType dtype, bool weak) {
  const Type& type = nodes_[operand].type;
  if (type.dtype == dtype && type.weak == weak && !type.wide) return operand;
  if (type.constant) return constant(type.weak ? convert_constant(type, dtype) : cast(*type.constant, dtype), weak);
  return add({.kind = Node::Kind::conversion, .type = {dtype, weak}, .operands = {operand}});
}

std::size_t Reader::constant(Value value, bool weak) { return add({.type = {value.dtype(), weak, value}}); }

std::size_t Reader::add(Node node) {
  // A reduction has an index of its own inside, an extent asks for none.
  const bool passes_on = node.kind == Node::Kind::operation || node.kind == Node::Kind::conversion;
  node.has_index = node.kind == Node::Kind::index ||
                   (passes_on && std::ranges::any_of(node.operands, [&](std::size_t operand) { return nodes_[operand].has_index; }));
  const bool keeps_axes = node.kind == Node::Kind::reduction && (!node.axes.all || node.axes.keepdims);
  const bool is_array = (node.kind == Node::Kind::input && !node.type.weak) || node.kind == Node::Kind::part;
  node.may_have_axes = keeps_axes || is_array || (passes_on && std::ranges::any_of(node.operands, [&](std::size_t operand) {
                         return nodes_[operand].may_have_axes;
                       }));
  nodes_.push_back(std::move(node));
  return nodes_.size() - 1;
}

std::vector<Type> Reader::types_of(std::span<const std::size_t> operands) const {
  std::vector<Type> types;
  for (const std::size_t operand : operands) types.push_back(nodes_[operand].type);
  return types;
}

}  // namespace lanewise::inline v0::oracle
