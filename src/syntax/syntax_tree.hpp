#pragma once
// SyntaxTree: what the text says, before names and types have a meaning.
//
// Nodes stand in post-order in one array: each node after its children, children in the order of the text, so that every later
// stage is a loop, however deep the tree. The last node is the program.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <lanewise/error.hpp>

#include "ops/operation.hpp"

namespace lanewise::inline v0 {

enum class SyntaxKind : std::uint8_t {
  integer_literal,    // value in `integer`, and in `real` where it exceeds 64 bits
  float_literal,      // value in `real`
  truth_literal,      // value in `integer`, 0 or 1
  string_literal,     // refused by bind
  imaginary_literal,  // value of the imaginary part in `real`
  name,               // `text(token)`
  operation,          // an operator of one or two operands
  chain,              // a < b <= c: `child_count` operands; the operators are in SyntaxTree::chain_operators
  conditional,        // x if c else y: children x, c, y
  call,               // `text(token)` is the function's name; arguments by position stand before those by name
  keyword_argument,   // `text(token)` is the argument's name, the child its value; of a call only
  attribute,          // z.real: `text(token)` is the name after the dot, the child the value before it
  tuple,              // a, b: `child_count` values; the token is the first comma, of `()` both brackets
  subscript,          // u[1:-1, 0]: children u and what stands in the brackets; the token is all from `[` to `]`
  slice,              // 1:-1, of a subscript only: `integer` says which parts are children; the token is the first colon
  ellipsis,           // of a subscript only
  new_axis,           // None: of a subscript, or a part of a slice that is left out
  assignment,         // `text(token)` = child
  program,            // one child a statement; the last is the result
};

struct SyntaxNode {
  SyntaxKind kind;
  OperationId operation{};        ///< of `operation`
  bool integer_overflow = false;  ///< the literal exceeds 64 bits unsigned: only `real` is meaningful
  bool parenthesised = false;     ///< written in brackets of its own
  std::uint32_t child_count = 0;
  std::uint32_t first_chain_operator = 0;  ///< of `chain`: child_count - 1 entries from here
  std::uint64_t integer = 0;  ///< of a slice: bit 0 start, 1 stop, 2 step
  double real = 0;
  SourceSpan token = {};   ///< the operator, name or literal itself: where a caret belongs
  SourceSpan extent = {};  ///< the whole subexpression, its own brackets not included, but for `()`
};

struct SyntaxTree {
  struct ChainOperator {
    OperationId operation;
    SourceSpan token;
  };

  std::string source;
  std::vector<SyntaxNode> nodes;
  std::vector<ChainOperator> chain_operators;

  std::string_view text(SourceSpan span) const { return std::string_view(source).substr(span.offset_bytes, span.length_bytes); }
};

/// Returns the tree as nested lists: `u**2 + 1` is "(+ (** u 2) 1)"; `a < b <= c` "(chain a < b <= c)"; `x if c else y`
/// "(if c x y)"; `f(x, axis=0)` "(f x (= axis 0))"; `-x` "(- x)"; `z.real` "(. z real)"; `a, b` "(, a b)" and `()` "(,)";
/// `u[1:, 0]` "([] u (: 1 . .) 0)"; `k = 2` "(= k 2)"; statements are joined by "; ".
std::string to_text(const SyntaxTree& tree);

}  // namespace lanewise::inline v0
