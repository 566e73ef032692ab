#pragma once
// The state of bind while it walks over a tree: the graph so far, and what names mean.
//
// A call of a row that is defined by an expression is bound by walking over that expression in a scope of its own, whose locals are the
// arguments. Everything it makes points at the call in the text.

#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <lanewise/options.hpp>

#include "ir/operation_binder.hpp"
#include "ir/slicer.hpp"

namespace lanewise::inline v0 {

struct Local {
  BoundValue value;
  SourceSpan defined;
};

/// The call of a definition that is being bound.
struct Caller {
  std::uint32_t syntax_index;  ///< of the call in the text
  SourceSpan token;
  std::optional<Axes> axes;    ///< of a reduction: what those inside run along if they do not say
};

/// The text, or the expression of a definition.
struct Scope {
  const SyntaxTree& tree;
  std::optional<Caller> caller;
  std::unordered_map<std::string_view, Local> locals = {};
};

class Binder {
 public:
  Binder(const SyntaxTree& tree, const Schema& inputs, const Promotion& promotion, EvaluateConstant evaluate_constant, const Limits& limits,
         const FunctionSet* functions);
  Graph bind();

 private:
  // The walk (bind.cpp)
  BoundValue bind_tree(Scope& scope);
  BoundValue bind_node(Scope& scope, std::uint32_t node_index, std::span<const BoundValue> children);
  BoundValue name(Scope& scope, std::uint32_t node_index, std::uint32_t syntax_index);
  BoundValue operation_node(const SyntaxNode& node, const BoundCall& call, std::span<const BoundValue> children);
  BoundValue chain(const Scope& scope, const SyntaxNode& node, std::uint32_t syntax_index, std::span<const BoundValue> children);
  BoundValue conditional(const BoundCall& call, std::span<const BoundValue> children);
  BoundValue attribute(const Scope& scope, const SyntaxNode& node, std::uint32_t syntax_index, const BoundValue& value);
  BoundValue assignment(Scope& scope, const SyntaxNode& node, const BoundValue& value);
  void add_input_name(std::string_view name);
  bool is_value(const Scope& scope, std::string_view name) const;
  std::vector<std::string_view> value_names(const Scope& scope) const;
  void refuse_tuples(const Scope& scope, const SyntaxNode& node, std::span<const BoundValue> children) const;

  // Subscripts (bind_subscript.cpp)
  BoundValue slice(const Scope& scope, const SyntaxNode& node, std::uint32_t syntax_index, std::span<const BoundValue> parts);
  BoundValue subscript(const Scope& scope, std::uint32_t syntax_index, std::span<const BoundValue> children);
  Subscript subscript_of(const Scope& scope, std::span<const BoundValue> entries) const;

  // Calls (bind_call.cpp)
  BoundValue call(Scope& scope, const SyntaxNode& node, std::uint32_t syntax_index, std::span<const BoundValue> arguments);
  BoundValue call_reduction(const Scope& scope, const BoundCall& call, std::span<const BoundValue> arguments);
  BoundValue call_definition(const Scope& scope, const BoundCall& call, std::span<const BoundValue> arguments);
  std::vector<BoundValue> arguments_in_order(const BoundCall& call, std::span<const BoundValue> arguments) const;
  BoundValue bind_definition(const BoundCall& call, std::span<const BoundValue> arguments, std::optional<Axes> axes);
  BoundValue call_host(const SyntaxNode& node, std::uint32_t syntax_index, std::shared_ptr<const detail::HostFunction> function,
                       std::span<const BoundValue> arguments);
  BoundValue call_special(const Scope& scope, const BoundCall& call, std::span<const BoundValue> arguments);
  BoundValue select(const BoundCall& call, std::span<const BoundValue> arguments);
  BoundValue round_to(const BoundCall& call, std::span<const BoundValue> arguments);
  BoundValue size(const Scope& scope, const BoundCall& call, std::span<const BoundValue> arguments);
  BoundValue index(const BoundCall& call, std::span<const BoundValue> arguments);
  Axes axes_of(const Scope& scope, const BoundCall& call, std::span<const BoundValue> arguments, std::size_t position) const;
  BoundValue apply(const BoundCall& call, OperationId id, std::initializer_list<BoundValue> operands);

  const SyntaxTree& tree_;
  const Limits& limits_;
  const FunctionSet* functions_;  ///< of the host, or null
  Graph graph_;
  OperationBinder operations_;
  Slicer slicer_;
  std::unordered_map<std::string_view, std::uint32_t> input_index_;
};

}  // namespace lanewise::inline v0
