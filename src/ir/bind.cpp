// Turns a SyntaxTree into a typed Graph: what names mean, what literals are worth, and in which order operations are applied.
//
// The tree is in post-order, so binding is one loop over it with a stack of values: linear in the text, and no deeper than a few calls.
// A name means an input, else a local, else a constant (pi, e, inf, nan); a function is known by the bracket that follows it. Locals keep
// what was bound, so a weak one takes a type anew wherever it is used.
// Looked for here, found elsewhere: types and casts (operation_binder.cpp), the wording of errors (bind_errors.cpp).

#include "ir/bind.hpp"

#include <algorithm>
#include <limits>
#include <numbers>
#include <string>
#include <unordered_map>
#include <vector>

#include "ir/bind_errors.hpp"
#include "ir/operation_binder.hpp"

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
  return dtype.is_integer() ? DType::int64 : DType::float64;
}

struct Local {
  BoundValue value;
  SourceSpan defined;
};

class Binder {
 public:
  Binder(const SyntaxTree& tree, const Schema& inputs, const Promotion& promotion, EvaluateConstant evaluate_constant, const Limits& limits)
      : tree_(tree), limits_(limits), graph_(inputs), operations_(tree, graph_, promotion, evaluate_constant) {
    if (inputs.entries().size() > limits.input_count) {
      throw LimitError(ErrorCode::too_many_inputs, "more than " + std::to_string(limits.input_count) + " inputs");
    }
    for (const SchemaEntry& entry : graph_.schema().entries()) add_input_name(entry.name);
  }

  Graph bind() {
    for (std::uint32_t index = 0; index < tree_.nodes.size(); ++index) {
      const SyntaxNode& node = tree_.nodes[index];
      const std::span<const BoundValue> children = std::span(values_).last(node.child_count);
      BoundValue value = bind_node(node, index, children);
      values_.resize(values_.size() - node.child_count);
      values_.push_back(value);
      if (graph_.nodes().size() > limits_.node_count) throw too_many_nodes(node);
    }
    graph_.set_outputs({operations_.node_of(values_.back())});
    return std::move(graph_);
  }

 private:
  BoundValue bind_node(const SyntaxNode& node, std::uint32_t index, std::span<const BoundValue> children) {
    switch (node.kind) {
      case SyntaxKind::integer_literal: return integer_literal(node, index);
      case SyntaxKind::float_literal: return {Scalar::of(node.real), DType::float64, true, index};
      case SyntaxKind::truth_literal: return {Scalar::of(node.integer != 0), DType::bool_, true, index};
      case SyntaxKind::string_literal: throw refused_literal(node, " is a string; only numbers and truth values have a meaning here");
      case SyntaxKind::imaginary_literal: throw refused_literal(node, " is imaginary; there are no complex dtypes");
      case SyntaxKind::name: return name(node, index);
      case SyntaxKind::operation: return operation_node(node, index, children);
      case SyntaxKind::chain: return chain(node, index, children);
      case SyntaxKind::conditional: return conditional(node, index, children);
      case SyntaxKind::call: return call(node, index, children);
      case SyntaxKind::assignment: return assignment(node, children[0]);
      case SyntaxKind::keyword_argument:
      case SyntaxKind::attribute:
      case SyntaxKind::tuple: throw SyntaxError(ErrorCode::unsupported_syntax, "this has no meaning here yet", node.token);
      case SyntaxKind::program: break;
    }
    return children.back();
  }

  static BoundValue integer_literal(const SyntaxNode& node, std::uint32_t index) {
    if (!node.integer_overflow && node.integer <= largest_int64) {
      return {Scalar::of(static_cast<std::int64_t>(node.integer)), DType::int64, true, index};
    }
    const double rounded = node.integer_overflow ? node.real : static_cast<double>(node.integer);
    const bool negative_is_least = !node.integer_overflow && node.integer == largest_int64 + 1;
    return {WideInteger{rounded, negative_is_least}, DType::int64, true, index};
  }

  BoundValue name(const SyntaxNode& node, std::uint32_t index) {
    const std::string_view name = tree_.text(node.token);
    if (const auto input = input_index_.find(name); input != input_index_.end()) {
      const SchemaEntry& entry = graph_.schema().entries()[input->second];
      if (entry.weak) return {WeakInput{input->second}, weak_dtype(entry.dtype), true, index};
      return {graph_.add_input(input->second, entry.dtype, node.extent), entry.dtype, false, index};
    }
    if (const auto local = locals_.find(name); local != locals_.end()) {
      BoundValue value = local->second.value;
      value.syntax_index = index;
      return value;
    }
    for (const NamedConstant& constant : named_constants) {
      if (constant.name == name) return {Scalar::of(constant.value), DType::float64, true, index};
    }
    if (const auto function = find_function(name)) throw function_as_value(name, node.token, *function);
    throw unknown_value(name, node.token, value_names(), input_index_.size());
  }

  BoundValue operation_node(const SyntaxNode& node, std::uint32_t index, std::span<const BoundValue> children) {
    const bool sign = node.operation == OperationId::negative || node.operation == OperationId::positive;
    if (sign && std::holds_alternative<WideInteger>(children[0].content)) return signed_wide_integer(node, index, children[0]);
    return operations_.apply(node.operation, children, index, node.token);
  }

  // A sign belongs to the literal: -9223372036854775808 is an int64.
  static BoundValue signed_wide_integer(const SyntaxNode& node, std::uint32_t index, const BoundValue& operand) {
    BoundValue result = operand;
    result.syntax_index = index;
    if (node.operation == OperationId::positive) return result;
    const auto wide = std::get<WideInteger>(operand.content);
    if (wide.negative_is_least_int64) {
      result.content = Scalar::of(std::numeric_limits<std::int64_t>::min());
    } else {
      result.content = WideInteger{-wide.value, false};
    }
    return result;
  }

  BoundValue chain(const SyntaxNode& node, std::uint32_t index, std::span<const BoundValue> children) {
    const auto link = [&](std::size_t i) {
      const SyntaxTree::ChainOperator& comparison = tree_.chain_operators[node.first_chain_operator + i];
      return operations_.apply(comparison.operation, children.subspan(i, 2), index, comparison.token);
    };
    BoundValue result = link(0);
    for (std::size_t i = 1; i + 1 < children.size(); ++i) {
      const BoundValue both[] = {result, link(i)};
      result = operations_.apply(OperationId::logical_and, both, index, node.token);
    }
    return result;
  }

  BoundValue conditional(const SyntaxNode& node, std::uint32_t index, std::span<const BoundValue> children) {
    const BoundValue in_order_of_where[] = {children[1], children[0], children[2]};
    return operations_.apply(OperationId::where, in_order_of_where, index, node.token);
  }

  BoundValue call(const SyntaxNode& node, std::uint32_t index, std::span<const BoundValue> children) {
    const std::string_view name = tree_.text(node.token);
    const auto function = find_function(name);
    if (!function) throw is_value(name) ? value_as_function(name, node.token) : unknown_function(name, node.token);
    if (children.size() != static_cast<std::size_t>(operation(*function).form.operand_count)) {
      throw wrong_argument_count(name, node.token, *function, children.size());
    }
    return operations_.apply(*function, children, index, node.token);
  }

  BoundValue assignment(const SyntaxNode& node, const BoundValue& value) {
    const std::string_view name = tree_.text(node.token);
    if (input_index_.contains(name)) {
      throw NameError(ErrorCode::name_defined_twice, "'" + std::string(name) + "' is an input and cannot be assigned to", node.token);
    }
    const auto [local, inserted] = locals_.try_emplace(name, Local{value, node.token});
    if (!inserted) {
      throw NameError(ErrorCode::name_defined_twice, "'" + std::string(name) + "' is already defined; a local name is bound once",
                      node.token, Error::Note{"first defined here", local->second.defined});
    }
    return value;
  }

  void add_input_name(std::string_view name) {
    const bool inserted = input_index_.emplace(name, static_cast<std::uint32_t>(input_index_.size())).second;
    if (!inserted) throw NameError(ErrorCode::name_defined_twice, "two inputs are called '" + std::string(name) + "'");
  }

  bool is_value(std::string_view name) const {
    const auto is_named = [&](const NamedConstant& constant) { return constant.name == name; };
    return input_index_.contains(name) || locals_.contains(name) || std::ranges::any_of(named_constants, is_named);
  }

  std::vector<std::string_view> value_names() const {
    std::vector<std::string_view> names;
    for (const SchemaEntry& entry : graph_.schema().entries()) names.push_back(entry.name);
    for (const auto& [name, local] : locals_) names.push_back(name);
    std::sort(names.begin() + static_cast<std::ptrdiff_t>(input_index_.size()), names.end());
    for (const NamedConstant& constant : named_constants) names.push_back(constant.name);
    return names;
  }

  SyntaxError refused_literal(const SyntaxNode& node, std::string_view reason) const {
    return {ErrorCode::unsupported_syntax, std::string(tree_.text(node.token)) + std::string(reason), node.token};
  }

  LimitError too_many_nodes(const SyntaxNode& node) const {
    return {ErrorCode::too_many_nodes, "more than " + std::to_string(limits_.node_count) + " operations, inputs and constants", node.token};
  }

  const SyntaxTree& tree_;
  const Limits& limits_;
  Graph graph_;
  OperationBinder operations_;
  std::unordered_map<std::string_view, std::uint32_t> input_index_;
  std::unordered_map<std::string_view, Local> locals_;
  std::vector<BoundValue> values_;
};

}  // namespace

Graph bind(const SyntaxTree& tree, const Schema& inputs, const Promotion& promotion, EvaluateConstant evaluate_constant,
           const Limits& limits) {
  return Binder(tree, inputs, promotion, evaluate_constant, limits).bind();
}

}  // namespace lanewise::inline v0
