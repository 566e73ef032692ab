#pragma once
// A tree-walking evaluator: the slow second implementation that the fast one is checked against, bit for bit.
//
// It walks the SyntaxTree once for the types and then once for each element, and shares nothing with binding, rewriting, bytecode,
// execution or the kernels of exact operations. Elementary functions are the library's own, one element at a time (leaf.hpp).
// It assumes the default floating-point environment.

#include <cstddef>
#include <lanewise/schema.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "oracle/typing.hpp"
#include "oracle/value.hpp"
#include "syntax/syntax_tree.hpp"

namespace lanewise::inline v0::oracle {

class Oracle {
 public:
  /// Gives names and types a meaning. Throws Refusal where the text has none; `tree` must outlive the oracle.
  Oracle(const SyntaxTree& tree, const Schema& inputs);

  DType result_dtype() const { return nodes_.back().type.dtype; }

  /// Returns the result for one element of each input, in the order and of the dtypes of the schema. Unspecified where a weak input, or a
  /// value computed from weak inputs alone, does not fit the integer type it meets.
  Value evaluate(std::span<const Value> inputs) const;

 private:
  // A node of the tree with its meaning.
  struct TypedNode {
    enum class Kind { constant, input, alias, operation, chain } kind = Kind::constant;
    Type type;
    std::size_t input_index = 0;
    const Row* row = nullptr;
    DType operand_dtype = {};
    std::vector<std::size_t> operands = {};   // nodes, in the order of the operation's arguments
    std::vector<TypedNode> comparisons = {};  // of a chain, a link each
    bool constant_exponent = false;           // of a power
  };

  void type_node(std::size_t index, std::vector<std::size_t> children);
  TypedNode type_literal(const SyntaxNode& node) const;
  TypedNode type_name(const SyntaxNode& node) const;
  TypedNode type_chain(const SyntaxNode& node, const std::vector<std::size_t>& operands) const;
  TypedNode type_operation(const Row* row, std::vector<std::size_t> operands) const;
  void fold(TypedNode& node) const;
  Value compute(const TypedNode& node, const std::vector<Value>& values) const;
  Value operand_value(std::size_t operand, const std::vector<Value>& values, DType dtype) const;
  static Value apply_row(const TypedNode& node, std::span<const Value> operands);

  const SyntaxTree& tree_;
  std::vector<SchemaEntry> inputs_;
  std::vector<std::pair<std::string_view, std::size_t>> locals_;
  std::vector<TypedNode> nodes_;
};

}  // namespace lanewise::inline v0::oracle
