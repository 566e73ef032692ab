#pragma once
// Applies one operation of the table to values that are bound already: finds the dtype they meet in, casts them, and adds the node.

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "ir/bound_value.hpp"
#include "ops/promotion.hpp"
#include "syntax/syntax_tree.hpp"

namespace lanewise::inline v0 {

class OperationBinder {
 public:
  OperationBinder(const SyntaxTree& tree, Graph& graph, const Promotion& promotion, EvaluateConstant evaluate_constant)
      : tree_(tree), graph_(graph), promotion_(promotion), evaluate_constant_(evaluate_constant) {}

  /// Returns the operation's value; `token` is its operator or name, where errors point. Throws DTypeError E204, E205, E207.
  BoundValue apply(OperationId id, std::span<const BoundValue> operands, std::uint32_t syntax_index, SourceSpan token);

  /// Returns the value of a reduction of `operand` along `axes`. Throws DTypeError E204.
  BoundValue reduce(const BoundCall& call, const BoundValue& operand, Axes axes);

  /// Returns the arguments of a definition, cast as its row's rule says, and the dtype that its result is to be cast to, if any.
  /// Throws DTypeError E204, E205.
  struct TypedArguments {
    std::vector<BoundValue> values;
    std::optional<DType> result;
    bool unchanged = false;  ///< the definition leaves values of this dtype as they are
  };
  TypedArguments type_arguments(const BoundCall& call, std::span<const BoundValue> arguments);

  /// Returns the value in another dtype, still weak if it was.
  BoundValue converted(const BoundValue& value, DType dtype, const CastReason& reason);
  /// Returns the dtype that values are promoted to together.
  DType meet(std::span<const BoundValue> values) const;

  /// Returns the value's node, in its own dtype. Throws DTypeError E205 for an integer beyond int64.
  NodeIndex node_of(const BoundValue& value);

 private:
  /// An operand in the dtype that its operation takes.
  using Operand = std::variant<Scalar, NodeIndex>;
  using Call = BoundCall;

  BoundValue apply_arithmetic(const Call& call, std::span<const BoundValue> operands);
  BoundValue apply_comparison(const Call& call, const BoundValue& left, const BoundValue& right);
  BoundValue compare_signs(const Call& call, const BoundValue& left, const BoundValue& right);
  BoundValue compare_with_bound(const Call& call, const BoundValue& operand, DType dtype, bool literal_is_greater, bool literal_is_right);
  BoundValue apply_select(const Call& call, std::span<const BoundValue> operands);
  BoundValue apply_logical(const Call& call, std::span<const BoundValue> operands);
  BoundValue apply_cast(const Call& call, const BoundValue& operand);

  /// The same, but int8 and uint16, whose values are all values of float32, meet there if the row takes floats.
  DType meet_for(TypeRule rule, std::span<const BoundValue> values) const;
  OperandTyping typed(const Call& call, std::span<const BoundValue> operands, DType met) const;
  void refuse_negative_power(const BoundValue& base, const BoundValue& exponent) const;

  Operand truth_of(const BoundValue& value);
  Operand convert(const BoundValue& value, DType dtype);
  Operand convert_constant(const BoundValue& value, Scalar constant, DType dtype) const;
  Operand convert_wide(const BoundValue& value, const WideInteger& integer, DType dtype) const;
  Operand cast(const Operand& operand, DType dtype, SourceSpan span);
  NodeIndex node_of(const Operand& operand, SourceSpan span);
  DType dtype_of_operand(const Operand& operand) const;
  SourceSpan extent(std::uint32_t syntax_index) const { return tree_.nodes[syntax_index].extent; }

  BoundValue finish(const Call& call, std::span<const Operand> operands, DType result);
  Scalar fold(OperationId id, DType result, std::span<const Scalar> operands) const;
  Scalar fold_power(DType result, Scalar base, Scalar exponent) const;

  const SyntaxTree& tree_;
  Graph& graph_;
  const Promotion& promotion_;
  EvaluateConstant evaluate_constant_;
  CastReason reason_;  ///< of the casts that are added now
};

/// Returns the reason that an operation has for casting these operands.
CastReason reason_of(OperationId id, std::span<const BoundValue> operands);

}  // namespace lanewise::inline v0
