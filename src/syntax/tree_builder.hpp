#pragma once
// Builds a SyntaxTree from tokens, in the order of the text.
//
// In: one call for each token, at a position where the grammar allows it. Out: nodes in post-order.
// How: operator precedence parsing (Floyd, 1963; Dijkstra's shunting yard) by the binding powers of the operation table. Operators that
// wait for their last operand, and open brackets, stand on `frames_`; finished values that no node owns yet on `operands_`. When an
// operator arrives, waiting ones that bind tighter become nodes. Nothing calls itself, so nesting costs memory but no stack, and each
// token is pushed and popped once: the time is linear.
//
// Invariants: the first frame is the statement. Between two brackets (or the statement and a bracket) the powers on `frames_` rise, but
// for signs after `**`. What is counted as nesting: brackets, calls, signs and `not`, right operands of `**`, and conditionals.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <lanewise/error.hpp>
#include <lanewise/options.hpp>

#include "syntax/syntax_errors.hpp"
#include "syntax/syntax_tree.hpp"

namespace lanewise::inline v0 {

class TreeBuilder {
 public:
  /// `source` must outlive the builder.
  TreeBuilder(std::string_view source, const Limits& limits);

  /// What the next token is: the beginning of a value, what follows a value, the name after a dot, or what follows `...` or `None`.
  enum class Expected : std::uint8_t { value, infix, attribute_name, index_end };
  Expected expected() const noexcept { return expected_; }
  std::string_view source() const noexcept { return source_; }
  /// Returns where the parser stands, for an error about `found`.
  ErrorPlace place_of(SourceSpan found) const;

  // Where a value is expected
  void literal(const SyntaxNode& node);
  void name(SourceSpan token);
  void prefix_operator(OperationId id, SourceSpan token);
  void ellipsis(SourceSpan token);
  void new_axis(SourceSpan token);

  // Where a value has just ended
  void infix_operator(OperationId id, SourceSpan token);
  void if_word(SourceSpan token);
  void else_word(SourceSpan token);
  void equals_sign(SourceSpan token);
  void dot(SourceSpan token);
  void index_bracket(SourceSpan token);
  [[noreturn]] void misplaced_operand(SourceSpan token) const;

  // After a dot
  void attribute_name(SourceSpan token);

  // Anywhere
  void opening_bracket(SourceSpan token);
  void closing_bracket(SourceSpan token);
  void comma(SourceSpan token);
  void colon(SourceSpan token);
  void semicolon(SourceSpan token);
  void line_break(SourceSpan token);

  /// Ends the text. The builder is empty afterwards.
  SyntaxTree finish();

 private:
  struct Frame {
    enum class Kind : std::uint8_t { statement, group, call, index, slice, keyword, prefix, infix, chain, condition, alternative } kind;
    OperationId operation{};
    int binding_power = 0;
    std::uint32_t operand_count = 0;  ///< of a statement, group, call or index: its commas so far; of a slice: its colons; of a chain: all its operands
    std::uint32_t keyword_count = 0;  ///< of a call: how many of `keywords_` are its own
    unsigned slice_parts = 0;         ///< of a slice: those that are given, as in SyntaxNode
    SourceSpan token = {};            ///< the operator, the `if`, the name of a function or keyword, the first colon of a slice
    SourceSpan bracket = {};          ///< of a group or a call its `(`, of an index its `[`
    SourceSpan first_comma = {};      ///< of a statement or group
    bool is_nested = false;           ///< counted in `nesting_depth_`
  };
  /// A finished value.
  struct Operand {
    std::size_t node_index;
    std::size_t begin_bytes;  ///< its extent, its own brackets included
    std::size_t end_bytes;
  };
  enum class TokenKind : std::uint8_t { none, name, attribute, index, opening_bracket, comma, other };

  std::string_view text_of(SourceSpan span) const { return source_.substr(span.offset_bytes, span.length_bytes); }
  void took(SourceSpan token, TokenKind kind, Expected expected);
  void push_nested(Frame frame);
  Frame pop_frame();
  void push_node(const SyntaxNode& node);
  SourceSpan take_name();
  /// Makes the last `operand_count` values the children of `node`, which reaches from `begin_bytes` to `end_bytes`.
  void join_operands(SyntaxNode node, std::size_t operand_count, std::size_t begin_bytes, std::size_t end_bytes);
  void finish_operators(int lowest_power);
  void finish_top_operator();
  void take_chain_operators(SyntaxNode& node, std::size_t operator_count);
  void push_chain_operator(OperationId id, SourceSpan token, int binding_power);
  void finish_expression(SourceSpan found);
  void check_prefix(OperationId id, SourceSpan token) const;
  const Frame* innermost_bracket() const;
  bool can_end_item() const;
  void check_closing(SourceSpan token) const;
  void check_keywords(const Frame& call);
  void check_statement_end(SourceSpan found) const;
  [[noreturn]] void throw_method(SourceSpan bracket) const;
  [[noreturn]] void throw_misplaced_equals_sign(SourceSpan token) const;
  void finish_item(SourceSpan found);
  void finish_slice();
  void finish_index(const Frame& frame, std::size_t item_count, SourceSpan closing);
  void index_word(SyntaxKind kind, SourceSpan token);
  void finish_group(const Frame& frame, SourceSpan brackets);
  void finish_tuple(std::uint32_t comma_count, SourceSpan first_comma);
  void end_statement(SourceSpan found);

  std::string_view source_;
  Limits limits_;
  SyntaxTree tree_;
  std::vector<Frame> frames_;
  std::vector<Operand> operands_;
  std::vector<SyntaxTree::ChainOperator> waiting_chain_operators_;
  std::vector<SourceSpan> keywords_;         ///< of the open calls
  std::optional<SourceSpan> assigned_name_;  ///< of the statement
  std::size_t nesting_depth_ = 0;
  std::size_t open_bracket_count_ = 0;
  std::uint32_t statement_count_ = 0;
  SourceSpan last_token_;
  TokenKind last_token_kind_ = TokenKind::none;
  bool is_statement_begun_ = false;
  Expected expected_ = Expected::value;

  // Conditionals bind weaker than every operator; brackets and statements end all that waits inside them.
  static constexpr int conditional_power = 0;
  static constexpr int bracket_power = -1;
};

}  // namespace lanewise::inline v0
