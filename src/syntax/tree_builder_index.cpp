// Indices: `u[1:-1, 0]`. A `[` after a name, or after another index, opens a frame like that of a call; a colon in it opens the frame of a
// slice, which the next comma or `]` ends.
//
// `...` and `None` are entries of an index and no values, so they are taken only where nothing but the frame of an index or a slice waits.

#include <bit>

#include "syntax/source_span.hpp"
#include "syntax/tree_builder.hpp"

namespace lanewise::inline v0 {

void TreeBuilder::index_bracket(SourceSpan token) {
  if (last_token_kind_ != TokenKind::name && last_token_kind_ != TokenKind::index) throw_index_of_expression(place_of(token));
  push_nested({.kind = Frame::Kind::index, .binding_power = bracket_power, .token = token, .bracket = token});
  ++open_bracket_count_;
  took(token, TokenKind::opening_bracket, Expected::value);
}

void TreeBuilder::index_word(SyntaxKind kind, SourceSpan token) {
  const Frame::Kind waiting = frames_.back().kind;
  const bool is_part = waiting == Frame::Kind::slice && kind == SyntaxKind::new_axis;
  if (waiting != Frame::Kind::index && !is_part) throw_misplaced_index_word(place_of(token));
  literal({.kind = kind, .token = token});
  expected_ = Expected::index_end;
}

void TreeBuilder::ellipsis(SourceSpan token) { index_word(SyntaxKind::ellipsis, token); }
void TreeBuilder::new_axis(SourceSpan token) { index_word(SyntaxKind::new_axis, token); }

void TreeBuilder::colon(SourceSpan token) {
  const Frame* bracket = innermost_bracket();
  const bool follows_value = expected_ != Expected::value;
  if (bracket == nullptr || bracket->kind != Frame::Kind::index) throw_misplaced_colon(place_of(token), !follows_value);
  if (follows_value) finish_expression(token);
  const Frame::Kind waiting = frames_.back().kind;
  if (waiting != Frame::Kind::index && waiting != Frame::Kind::slice) throw_missing_value(place_of(token));
  if (follows_value && tree_.nodes.back().kind == SyntaxKind::ellipsis) throw_missing_index_end(place_of(token));
  if (waiting == Frame::Kind::index) frames_.push_back({.kind = Frame::Kind::slice, .binding_power = bracket_power, .token = token});
  Frame& slice = frames_.back();
  if (follows_value) slice.slice_parts |= 1U << slice.operand_count;
  if (++slice.operand_count > 2) {
    throw SyntaxError(ErrorCode::unexpected_token, "a slice has two colons at most: start:stop:step", token);
  }
  took(token, TokenKind::other, Expected::value);
}

// The last part is there unless a colon has just been taken.
void TreeBuilder::finish_slice() {
  Frame slice = pop_frame();
  const bool has_last_part = expected_ != Expected::value;
  if (has_last_part) slice.slice_parts |= 1U << slice.operand_count;
  const auto part_count = static_cast<std::size_t>(std::popcount(slice.slice_parts));
  const bool has_start = (slice.slice_parts & 1U) != 0;
  const std::size_t begin_bytes = has_start ? operands_[operands_.size() - part_count].begin_bytes : slice.token.offset_bytes;
  const std::size_t end_bytes = has_last_part ? operands_.back().end_bytes : end_of(last_token_);
  join_operands({.kind = SyntaxKind::slice, .integer = slice.slice_parts, .token = slice.token}, part_count, begin_bytes, end_bytes);
}

// As in Python, u[(1, 2)] is u[1, 2], and u[()] has no entry.
void TreeBuilder::finish_index(const Frame& frame, std::size_t item_count, SourceSpan closing) {
  const SyntaxNode last = tree_.nodes.back();
  if (frame.operand_count == 0 && last.kind == SyntaxKind::tuple) {
    tree_.nodes.pop_back();
    operands_.pop_back();
    item_count = last.child_count;
    operands_.resize(operands_.size() + item_count);
  }
  const SourceSpan brackets = span_between(frame.bracket.offset_bytes, end_of(closing));
  const std::size_t begin_bytes = operands_[operands_.size() - item_count - 1].begin_bytes;
  join_operands({.kind = SyntaxKind::subscript, .token = brackets}, item_count + 1, begin_bytes, end_of(closing));
}

}  // namespace lanewise::inline v0
