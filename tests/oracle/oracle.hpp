#pragma once
// A tree-walking evaluator: the slow second implementation that the fast one is checked against, bit for bit.
//
// It walks the SyntaxTree once for the types (reader.hpp), and then computes node after node, one element at a time. It shares nothing with
// binding, rewriting, bytecode, execution or the kernels of exact operations. Elementary functions are the library's own, one element at
// a time (leaf.hpp). It assumes the default floating-point environment.

#include <cstddef>
#include <lanewise/schema.hpp>
#include <span>
#include <vector>

#include "oracle/node.hpp"
#include "syntax/syntax_tree.hpp"

namespace lanewise::inline v0::oracle {

/// The elements of an array, in C order.
struct ArrayValue {
  std::vector<std::size_t> shape;
  std::vector<Value> elements;
};

class Oracle {
 public:
  /// Gives names and types a meaning. Throws Refusal where the text has none.
  Oracle(const SyntaxTree& tree, const Schema& inputs);

  std::size_t output_count() const { return outputs_.size(); }
  DType result_dtype(std::size_t output) const { return nodes_[outputs_[output]].type.dtype; }

  /// Returns how many reductions there are; where there are some, arrays may be read more than once.
  std::size_t reduction_count() const;
  /// Returns whether some value is part of another, so that elements of arrays are read by others than those in their places.
  bool has_parts() const;

  /// Returns the results for inputs in the order and of the dtypes of the schema. Elements are unspecified where a weak input, or a value
  /// computed from weak inputs alone, does not fit the integer type it meets. Throws Refusal where the shapes have no meaning.
  ///
  /// The order in which several axes are folded is C order unless the layout of arrays suggests another: `orders` has a number for each
  /// reduction that says which, 0 being C order and others further permutations of its axes in lexicographic order.
  std::vector<ArrayValue> evaluate(std::span<const ArrayValue> inputs, std::span<const std::size_t> orders = {}) const;

 private:
  std::vector<Node> nodes_;
  std::vector<std::size_t> outputs_;
};

}  // namespace lanewise::inline v0::oracle
