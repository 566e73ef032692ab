// Turns a SyntaxTree into a typed Graph: what names mean, what literals are worth, and in which order operations are applied.
//
// The tree is in post-order, so binding is one loop over it with a stack of values: linear in the text, and no deeper than a few calls.
// A name means an input, else a local, else a constant (pi, e, inf, nan); a function is known by the bracket that follows it. Locals keep
// what was bound, so a weak one takes a type anew wherever it is used.
// Looked for here, found elsewhere: calls (bind_call.cpp), subscripts (bind_subscript.cpp), types and casts (operation_binder.cpp), the wording of errors (bind_errors.cpp).

#include "ir/bind.hpp"

#include <algorithm>
#include <limits>
#include <numbers>
#include <string>

#include "ir/bind_errors.hpp"
#include "ir/binder.hpp"

namespace lanewise::inline v0 {

namespace {

struct NamedConstant {
  std::string_view name;
  double value;
};
constexpr NamedConstant named_constants[] = {
    {"pi", std::numbers::pi},
    {"e", std::numbers::e},
    {"inf", std::numeric_limits<double>::infinity()},
    {"nan", std::numeric_limits<double>::quiet_NaN()},
};

constexpr std::uint64_t largest_int64 = std::numeric_limits<std::int64_t>::max();

/// A bare scalar is as wide as a literal of its kind.
DType weak_dtype(DType dtype) {
  if (dtype.is_bool()) return DType::bool_;
  if (dtype.is_complex()) return DType::complex128;
  return dtype.is_integer() ? DType::int64 : DType::float64;
}

BoundValue integer_literal(const SyntaxNode& node, std::uint32_t syntax_index) {
  if (!node.integer_overflow && node.integer <= largest_int64) {
    return {Scalar::of(static_cast<std::int64_t>(node.integer)), DType::int64, true, syntax_index};
  }
  if (node.integer_overflow) return {WideInteger{node.real, 0}, DType::int64, true, syntax_index};
  return {WideInteger{static_cast<double>(node.integer), node.integer}, DType::int64, true, syntax_index};
}

// A sign belongs to the literal: -9223372036854775808 is an int64.
BoundValue signed_wide_integer(const BoundCall& call, const BoundValue& operand) {
  BoundValue result = operand;
  result.syntax_index = call.syntax_index;
  if (call.id == OperationId::positive) return result;
  const auto wide = std::get<WideInteger>(operand.content);
  if (wide.magnitude == largest_int64 + 1 && !wide.is_negative()) {
    result.content = Scalar::of(std::numeric_limits<std::int64_t>::min());
  } else {
    result.content = WideInteger{-wide.value, wide.magnitude};
  }
  return result;
}

SyntaxError refused_literal(const SyntaxTree& tree, const SyntaxNode& node) {
  return {ErrorCode::unsupported_syntax,
          std::string(tree.text(node.token)) + " is a string; only numbers and truth values have a meaning here", node.token};
}

/// True for the whole value of `dtype=float32`.
bool is_dtype_argument(const Scope& scope, std::uint32_t node_index) {
  const SyntaxNode& parent = scope.tree.nodes[node_index + 1];
  return parent.kind == SyntaxKind::keyword_argument && scope.tree.text(parent.token) == "dtype";
}

std::optional<DType> named_dtype(const Scope& scope, std::uint32_t node_index) {
  if (!is_dtype_argument(scope, node_index)) return {};
  const auto function = find_function(scope.tree.text(scope.tree.nodes[node_index].token));
  if (!function || !is_cast(operation(*function).type_rule)) return {};
  return cast_target(operation(*function).type_rule);
}

}  // namespace

Binder::Binder(const SyntaxTree& tree, const Schema& inputs, const Promotion& promotion, EvaluateConstant evaluate_constant,
               const Limits& limits, const FunctionSet* functions)
    : tree_(tree),
      limits_(limits),
      functions_(functions),
      graph_(inputs),
      operations_(tree, graph_, promotion, evaluate_constant),
      slicer_(graph_) {
  if (inputs.entries().size() > limits.input_count) {
    throw LimitError(ErrorCode::too_many_inputs, "more than " + std::to_string(limits.input_count) + " inputs");
  }
  for (const SchemaEntry& entry : graph_.schema().entries()) add_input_name(entry.name);
}

Graph Binder::bind() {
  Scope scope{tree_, {}};
  const BoundValue result = bind_tree(scope);
  std::vector<NodeIndex> outputs;
  if (const auto* tuple = std::get_if<BoundTuple>(&result.content)) {
    for (const BoundValue& value : tuple->values) outputs.push_back(operations_.node_of(value));
  } else {
    outputs.push_back(operations_.node_of(result));
  }
  if (outputs.empty()) throw SyntaxError(ErrorCode::unsupported_syntax, "() has no value; write the results between the brackets", tree_.nodes.back().extent);
  if (outputs.size() > limits_.result_count) {
    throw LimitError(ErrorCode::too_many_results,
                     std::to_string(outputs.size()) + " results, of which there may be " + std::to_string(limits_.result_count),
                     tree_.nodes.back().extent);
  }
  graph_.set_outputs(std::move(outputs));
  return std::move(graph_);
}

BoundValue Binder::bind_tree(Scope& scope) {
  std::vector<BoundValue> values;
  for (std::uint32_t index = 0; index < scope.tree.nodes.size(); ++index) {
    const SyntaxNode& node = scope.tree.nodes[index];
    BoundValue value = bind_node(scope, index, std::span(values).last(node.child_count));
    values.resize(values.size() - node.child_count);
    values.push_back(std::move(value));
    if (graph_.nodes().size() > limits_.node_count) {
      throw LimitError(ErrorCode::too_many_nodes, "more than " + std::to_string(limits_.node_count) + " operations, inputs and constants",
                       scope.caller ? scope.caller->token : node.token);
    }
  }
  return values.back();
}

BoundValue Binder::bind_node(Scope& scope, std::uint32_t node_index, std::span<const BoundValue> children) {
  const SyntaxNode& node = scope.tree.nodes[node_index];
  const std::uint32_t index = scope.caller ? scope.caller->syntax_index : node_index;
  const BoundCall call_here{node.operation, index, scope.caller ? scope.caller->token : node.token};
  refuse_tuples(scope, node, children);
  switch (node.kind) {
    case SyntaxKind::integer_literal: return integer_literal(node, index);
    case SyntaxKind::float_literal: return {Scalar::of(node.real), DType::float64, true, index};
    case SyntaxKind::imaginary_literal: return {Scalar::of(std::complex<double>(0, node.real)), DType::complex128, true, index};
    case SyntaxKind::truth_literal: return {Scalar::of(node.integer != 0), DType::bool_, true, index};
    case SyntaxKind::string_literal: throw refused_literal(scope.tree, node);
    case SyntaxKind::name: return name(scope, node_index, index);
    case SyntaxKind::operation: return operation_node(node, call_here, children);
    case SyntaxKind::chain: return chain(scope, node, index, children);
    case SyntaxKind::conditional: return conditional(call_here, children);
    case SyntaxKind::call: return call(scope, node, index, children);
    case SyntaxKind::attribute: return attribute(scope, node, index, children[0]);
    case SyntaxKind::assignment: return assignment(scope, node, children[0]);
    case SyntaxKind::subscript: return subscript(scope, index, children);
    case SyntaxKind::slice: return slice(scope, node, index, children);
    case SyntaxKind::ellipsis: return {SubscriptEntry{SubscriptEntry::Kind::ellipsis}, DType::int64, true, index};
    case SyntaxKind::new_axis: return {SubscriptEntry{SubscriptEntry::Kind::new_axis}, DType::int64, true, index};
    case SyntaxKind::tuple: return {BoundTuple{{children.begin(), children.end()}}, DType::int64, false, index};
    case SyntaxKind::keyword_argument: {
      BoundValue value = children[0];
      value.keyword = scope.tree.text(node.token);
      return value;
    }
    case SyntaxKind::program: break;
  }
  return children.back();
}

// A tuple lists axes or results; it is no value to compute with.
void Binder::refuse_tuples(const Scope& scope, const SyntaxNode& node, std::span<const BoundValue> children) const {
  const bool may_hold = node.kind == SyntaxKind::program || node.kind == SyntaxKind::call || node.kind == SyntaxKind::keyword_argument;
  if (may_hold) return;
  const auto tuple = std::ranges::find_if(children, &BoundValue::is_tuple);
  if (tuple == children.end()) return;
  const SourceSpan place = scope.tree.nodes[tuple->syntax_index].extent;
  throw SyntaxError(ErrorCode::unsupported_syntax,
                    "a list of values in brackets is no value; it may only be the result, or the axes of a reduction", place);
}

BoundValue Binder::name(Scope& scope, std::uint32_t node_index, std::uint32_t syntax_index) {
  const SyntaxNode& node = scope.tree.nodes[node_index];
  const std::string_view name = scope.tree.text(node.token);
  if (const auto input = input_index_.find(name); input != input_index_.end() && !scope.caller) {
    const SchemaEntry& entry = graph_.schema().entries()[input->second];
    if (entry.weak) return {WeakInput{input->second}, weak_dtype(entry.dtype), true, syntax_index};
    return {graph_.add_input(input->second, entry.dtype, node.extent), entry.dtype, false, syntax_index};
  }
  if (const auto local = scope.locals.find(name); local != scope.locals.end()) {
    BoundValue value = local->second.value;
    value.syntax_index = syntax_index;
    value.keyword = {};
    return value;
  }
  for (const NamedConstant& constant : named_constants) {
    if (constant.name == name) return {Scalar::of(constant.value), DType::float64, true, syntax_index};
  }
  if (const auto dtype = named_dtype(scope, node_index)) return {DTypeName{*dtype}, *dtype, false, syntax_index};
  if (is_dtype_argument(scope, node_index)) throw unknown_dtype(name, node.token);
  if (const auto function = find_function(name)) throw function_as_value(name, node.token, *function);
  const auto binds = [&](const SyntaxNode& later) { return later.kind == SyntaxKind::assignment && scope.tree.text(later.token) == name; };
  const auto definition = std::ranges::find_if(scope.tree.nodes, binds);
  if (definition != scope.tree.nodes.end()) throw used_before_definition(name, node.token, definition->token);
  throw unknown_value(name, node.token, value_names(scope), input_index_.size());
}

BoundValue Binder::operation_node(const SyntaxNode& node, const BoundCall& call, std::span<const BoundValue> children) {
  const bool sign = node.operation == OperationId::negative || node.operation == OperationId::positive;
  if (sign && std::holds_alternative<WideInteger>(children[0].content)) return signed_wide_integer(call, children[0]);
  return operations_.apply(node.operation, children, call.syntax_index, call.token);
}

BoundValue Binder::chain(const Scope& scope, const SyntaxNode& node, std::uint32_t syntax_index, std::span<const BoundValue> children) {
  const auto link = [&](std::size_t i) {
    const SyntaxTree::ChainOperator& comparison = scope.tree.chain_operators[node.first_chain_operator + i];
    const SourceSpan token = scope.caller ? scope.caller->token : comparison.token;
    return operations_.apply(comparison.operation, children.subspan(i, 2), syntax_index, token);
  };
  BoundValue result = link(0);
  for (std::size_t i = 1; i + 1 < children.size(); ++i) {
    const BoundValue both[] = {result, link(i)};
    result = operations_.apply(OperationId::logical_and, both, syntax_index, node.token);
  }
  return result;
}

BoundValue Binder::conditional(const BoundCall& call, std::span<const BoundValue> children) {
  return apply(call, OperationId::where, {children[1], children[0], children[2]});
}

BoundValue Binder::attribute(const Scope& scope, const SyntaxNode& node, std::uint32_t syntax_index, const BoundValue& value) {
  const std::string_view name = scope.tree.text(node.token);
  if (name != "real" && name != "imag") throw unknown_attribute(scope.tree, node.token);
  return apply({{}, syntax_index, node.token}, *find_function(name), {value});
}

BoundValue Binder::assignment(Scope& scope, const SyntaxNode& node, const BoundValue& value) {
  const std::string_view name = scope.tree.text(node.token);
  if (input_index_.contains(name)) {
    throw NameError(ErrorCode::name_defined_twice, "'" + std::string(name) + "' is an input and cannot be assigned to", node.token);
  }
  const auto [local, inserted] = scope.locals.try_emplace(name, Local{value, node.token});
  if (!inserted) {
    throw NameError(ErrorCode::name_defined_twice, "'" + std::string(name) + "' is already defined; a local name is bound once",
                    node.token, Error::Note{"first defined here", local->second.defined});
  }
  return value;
}

BoundValue Binder::apply(const BoundCall& call, OperationId id, std::initializer_list<BoundValue> operands) {
  return operations_.apply(id, std::span(operands.begin(), operands.size()), call.syntax_index, call.token);
}

void Binder::add_input_name(std::string_view name) {
  const bool inserted = input_index_.emplace(name, static_cast<std::uint32_t>(input_index_.size())).second;
  if (!inserted) throw NameError(ErrorCode::name_defined_twice, "two inputs are called '" + std::string(name) + "'");
}

bool Binder::is_value(const Scope& scope, std::string_view name) const {
  const auto is_named = [&](const NamedConstant& constant) { return constant.name == name; };
  return input_index_.contains(name) || scope.locals.contains(name) || std::ranges::any_of(named_constants, is_named);
}

std::vector<std::string_view> Binder::value_names(const Scope& scope) const {
  std::vector<std::string_view> names;
  for (const SchemaEntry& entry : graph_.schema().entries()) names.push_back(entry.name);
  for (const auto& [name, local] : scope.locals) names.push_back(name);
  std::sort(names.begin() + static_cast<std::ptrdiff_t>(input_index_.size()), names.end());
  for (const NamedConstant& constant : named_constants) names.push_back(constant.name);
  return names;
}

Graph bind(const SyntaxTree& tree, const Schema& inputs, const Promotion& promotion, EvaluateConstant evaluate_constant,
           const Limits& limits, const FunctionSet* functions) {
  return Binder(tree, inputs, promotion, evaluate_constant, limits, functions).bind();
}

}  // namespace lanewise::inline v0
