// The stacks of the parser. How and why: tree_builder.hpp. What errors say: syntax_errors.cpp.

#include "syntax/tree_builder.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "ops/operation_table.hpp"
#include "syntax/source_span.hpp"

namespace lanewise::inline v0 {

namespace {

constexpr int tightest_left_power = [] {
  int power = 0;
  for (const Operation& row : operation_table) {
    if (row.form.kind == OperationForm::Kind::infix_left) power = std::max(power, row.form.binding_power);
  }
  return power;
}();

// C's names for what the language writes as functions: no name of ours, so only for telling a cast from a missing `*`.
bool is_type_name(std::string_view name) {
  constexpr std::array<std::string_view, 6> c_types = {"char", "double", "float", "int", "long", "short"};
  if (std::ranges::find(c_types, name) != c_types.end()) return true;
  const std::optional<OperationId> function = find_function(name);
  return function && operation(*function).name.starts_with("cast_");
}

}  // namespace

TreeBuilder::TreeBuilder(std::string_view source, const Limits& limits) : source_(source), limits_(limits) {
  frames_.push_back({.kind = Frame::Kind::statement, .binding_power = bracket_power});
}

ErrorPlace TreeBuilder::place_of(SourceSpan found) const {
  ErrorPlace place{source_, last_token_, found, std::nullopt};
  if (const Frame* frame = innermost_bracket()) place.open_bracket = frame->bracket;
  return place;
}

const TreeBuilder::Frame* TreeBuilder::innermost_bracket() const {
  const auto frame = std::find_if(frames_.rbegin(), frames_.rend(), [](const Frame& f) { return f.bracket.length_bytes != 0; });
  return frame == frames_.rend() ? nullptr : &*frame;
}

void TreeBuilder::took(SourceSpan token, TokenKind kind, Expected expected) {
  last_token_ = token;
  last_token_kind_ = kind;
  expected_ = expected;
  is_statement_begun_ = true;
}

void TreeBuilder::push_nested(Frame frame) {
  if (++nesting_depth_ > limits_.nesting_depth) {
    throw LimitError(ErrorCode::nesting_too_deep,
                     "more than " + std::to_string(limits_.nesting_depth) +
                         " brackets, signs or conditionals inside each other; bind inner parts to names: 'name = expression'",
                     frame.bracket.length_bytes != 0 ? frame.bracket : frame.token);
  }
  frame.is_nested = true;
  frames_.push_back(frame);
}

TreeBuilder::Frame TreeBuilder::pop_frame() {
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (frame.is_nested) --nesting_depth_;
  return frame;
}

void TreeBuilder::push_node(const SyntaxNode& node) {
  if (tree_.nodes.size() >= limits_.node_count) {
    throw LimitError(ErrorCode::too_many_nodes,
                     "more than " + std::to_string(limits_.node_count) + " operations, names and numbers in one text", node.token);
  }
  tree_.nodes.push_back(node);
}

void TreeBuilder::join_operands(SyntaxNode node, std::size_t operand_count, std::size_t begin_bytes, std::size_t end_bytes) {
  node.child_count = static_cast<std::uint32_t>(operand_count);
  node.extent = span_between(begin_bytes, end_bytes);
  operands_.resize(operands_.size() - operand_count);
  operands_.push_back({tree_.nodes.size(), begin_bytes, end_bytes});
  push_node(node);
}

void TreeBuilder::literal(const SyntaxNode& node) {
  operands_.push_back({tree_.nodes.size(), node.token.offset_bytes, end_of(node.token)});
  push_node(node);
  tree_.nodes.back().extent = node.token;
  took(node.token, TokenKind::other, Expected::infix);
}

void TreeBuilder::name(SourceSpan token) {
  literal({.kind = SyntaxKind::name, .token = token});
  last_token_kind_ = TokenKind::name;
}

// Takes back the name that has just become a value: what follows shows that it is a function's, a keyword or assigned to.
SourceSpan TreeBuilder::take_name() {
  const SourceSpan name = tree_.nodes.back().token;
  tree_.nodes.pop_back();
  operands_.pop_back();
  return name;
}

void TreeBuilder::dot(SourceSpan token) { took(token, TokenKind::other, Expected::attribute_name); }

// A dot binds tighter than all that waits, so the value before it is finished.
void TreeBuilder::attribute_name(SourceSpan token) {
  join_operands({.kind = SyntaxKind::attribute, .token = token}, 1, operands_.back().begin_bytes, end_of(token));
  took(token, TokenKind::attribute, Expected::infix);
}

// `a + not b` is no Python: `not` binds weaker than `+`, so its operand would reach over the `+`. The right operand of `**` is the
// exception: a sign binds weaker than `**` and may stand there all the same.
void TreeBuilder::check_prefix(OperationId id, SourceSpan token) const {
  const Frame& waiting = frames_.back();
  const int power = operation(id).form.binding_power;
  if (waiting.binding_power <= power) return;
  const bool is_right_operand =
      waiting.kind == Frame::Kind::infix && operation(waiting.operation).form.kind == OperationForm::Kind::infix_right;
  if (is_right_operand && power > tightest_left_power) return;
  const std::string word(text_of(token));
  throw SyntaxError(
      ErrorCode::unexpected_token,
      quoted(word) + " binds weaker than " + quoted(text_of(waiting.token)) + " before it; write it in brackets: '(" + word + " x)'",
      token);
}

void TreeBuilder::prefix_operator(OperationId id, SourceSpan token) {
  check_prefix(id, token);
  push_nested({.kind = Frame::Kind::prefix, .operation = id, .binding_power = operation(id).form.binding_power, .token = token});
  took(token, TokenKind::other, Expected::value);
}

void TreeBuilder::push_chain_operator(OperationId id, SourceSpan token, int binding_power) {
  const bool continues = frames_.back().kind == Frame::Kind::chain && frames_.back().binding_power == binding_power;
  if (!continues) {
    frames_.push_back({.kind = Frame::Kind::chain, .operation = id, .binding_power = binding_power, .operand_count = 1, .token = token});
  }
  ++frames_.back().operand_count;
  waiting_chain_operators_.push_back({id, token});
}

void TreeBuilder::infix_operator(OperationId id, SourceSpan token) {
  const OperationForm form = operation(id).form;
  const bool ends_equal_power = form.kind == OperationForm::Kind::infix_left;
  finish_operators(ends_equal_power ? form.binding_power : form.binding_power + 1);
  const Frame frame{.kind = Frame::Kind::infix, .operation = id, .binding_power = form.binding_power, .token = token};
  if (form.kind == OperationForm::Kind::infix_chain) {
    push_chain_operator(id, token, form.binding_power);
  } else if (form.kind == OperationForm::Kind::infix_right) {
    push_nested(frame);
  } else {
    frames_.push_back(frame);
  }
  took(token, TokenKind::other, Expected::value);
}

void TreeBuilder::if_word(SourceSpan token) {
  finish_operators(conditional_power + 1);
  if (frames_.back().kind == Frame::Kind::condition) throw_missing_else(place_of(token), frames_.back().token);
  push_nested({.kind = Frame::Kind::condition, .binding_power = conditional_power, .token = token});
  took(token, TokenKind::other, Expected::value);
}

void TreeBuilder::else_word(SourceSpan token) {
  finish_operators(conditional_power + 1);
  if (frames_.back().kind != Frame::Kind::condition) {
    throw SyntaxError(ErrorCode::unexpected_token, "'else' without an 'if' before it; write 'x if condition else y'", token);
  }
  frames_.back().kind = Frame::Kind::alternative;
  took(token, TokenKind::other, Expected::value);
}

void TreeBuilder::take_chain_operators(SyntaxNode& node, std::size_t operator_count) {
  const auto begin = waiting_chain_operators_.end() - static_cast<std::ptrdiff_t>(operator_count);
  if (operator_count > 1) {
    node.kind = SyntaxKind::chain;
    node.operation = {};
    node.first_chain_operator = static_cast<std::uint32_t>(tree_.chain_operators.size());
    tree_.chain_operators.insert(tree_.chain_operators.end(), begin, waiting_chain_operators_.end());
  }
  waiting_chain_operators_.erase(begin, waiting_chain_operators_.end());
}

void TreeBuilder::finish_top_operator() {
  const Frame frame = pop_frame();
  SyntaxNode node{.kind = SyntaxKind::operation, .operation = frame.operation, .token = frame.token};
  std::size_t operand_count = 2;
  if (frame.kind == Frame::Kind::prefix) {
    operand_count = 1;
  } else if (frame.kind == Frame::Kind::chain) {
    operand_count = frame.operand_count;
    take_chain_operators(node, operand_count - 1);
  } else if (frame.kind == Frame::Kind::alternative) {
    operand_count = 3;
    node.kind = SyntaxKind::conditional;
  }
  const Operand& first = operands_[operands_.size() - operand_count];
  const std::size_t begin_bytes = frame.kind == Frame::Kind::prefix ? frame.token.offset_bytes : first.begin_bytes;
  join_operands(node, operand_count, begin_bytes, operands_.back().end_bytes);
}

// Turns waiting operators into nodes while they bind at least as tightly as `lowest_power`.
void TreeBuilder::finish_operators(int lowest_power) {
  while (frames_.back().binding_power >= lowest_power) finish_top_operator();
}

// Finishes all that waits inside the innermost bracket; `found` ends it.
void TreeBuilder::finish_expression(SourceSpan found) {
  finish_operators(conditional_power + 1);
  if (frames_.back().kind == Frame::Kind::condition) throw_missing_else(place_of(found), frames_.back().token);
  finish_operators(conditional_power);
}

void TreeBuilder::misplaced_operand(SourceSpan token) const {
  const SyntaxNode& before = tree_.nodes.back();
  throw_missing_operator(place_of(token), before.kind == SyntaxKind::name && before.parenthesised && is_type_name(text_of(before.token)));
}

}  // namespace lanewise::inline v0
