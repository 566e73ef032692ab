// Brackets, and what separates values: commas, `=` and the ends of statements. What only an index has: tree_builder_index.cpp. The stacks
// themselves: tree_builder.cpp.
//
// A comma ends a value of the frame it stands in: the statement, a group or a call. In a call the values are arguments; in the other two
// a comma makes the whole a tuple, so that `(a)` is a and `(a,)` a tuple of one.

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "syntax/source_span.hpp"
#include "syntax/tree_builder.hpp"

namespace lanewise::inline v0 {

namespace {

// What those who come from Python write before the dot of a function.
bool is_module_name(std::string_view text) {
  constexpr std::array<std::string_view, 6> modules = {"cmath", "math", "np", "numpy", "scipy", "torch"};
  return std::ranges::find(modules, text) != modules.end();
}

}  // namespace

void TreeBuilder::opening_bracket(SourceSpan token) {
  if (expected_ == Expected::value) {
    push_nested({.kind = Frame::Kind::group, .binding_power = bracket_power, .token = token, .bracket = token});
  } else if (last_token_kind_ == TokenKind::name) {
    const SourceSpan function = take_name();
    push_nested({.kind = Frame::Kind::call, .binding_power = bracket_power, .token = function, .bracket = token});
  } else if (last_token_kind_ == TokenKind::attribute) {
    throw_method(token);
  } else {
    misplaced_operand(token);
  }
  ++open_bracket_count_;
  took(token, TokenKind::opening_bracket, Expected::value);
}

void TreeBuilder::throw_method(SourceSpan bracket) const {
  const SyntaxNode& method = tree_.nodes.back();
  const SyntaxNode& object = tree_.nodes[tree_.nodes.size() - 2];
  const std::string call = quoted(std::string(text_of(method.token)) + "(...)");
  const bool is_module = object.kind == SyntaxKind::name && is_module_name(text_of(object.token));
  throw SyntaxError(ErrorCode::unsupported_syntax,
                    is_module ? "functions belong to no module; write " + call + " without '" + std::string(text_of(object.token)) + ".'"
                              : "methods are not in the language; write " + call + " with the value as its first argument",
                    bracket);
}

// A bracket may close where a value is expected only if it has none, `f()` and `()`, or after a comma, `f(a,)` and `(a,)`, or a colon.
void TreeBuilder::check_closing(SourceSpan token) const {
  const Frame* bracket = innermost_bracket();
  const bool is_index = bracket != nullptr && bracket->kind == Frame::Kind::index;
  if (bracket == nullptr || source_[token.offset_bytes] != (is_index ? ']' : ')')) throw_unmatched_bracket(place_of(token));
  if (can_end_item()) return;
  if (last_token_kind_ == TokenKind::opening_bracket && is_index) throw_empty_index(place_of(token));
  if (last_token_kind_ == TokenKind::opening_bracket || last_token_kind_ == TokenKind::comma) return;
  throw_missing_value(place_of(token));
}

void TreeBuilder::closing_bracket(SourceSpan token) {
  check_closing(token);
  const bool ends_value = can_end_item();
  if (ends_value) finish_item(token);
  const Frame frame = pop_frame();
  --open_bracket_count_;
  const std::size_t item_count = frame.operand_count + (ends_value ? std::size_t{1} : 0);
  if (frame.kind == Frame::Kind::call) {
    check_keywords(frame);
    join_operands({.kind = SyntaxKind::call, .token = frame.token}, item_count, frame.token.offset_bytes, end_of(token));
  } else if (frame.kind == Frame::Kind::index) {
    finish_index(frame, item_count, token);
  } else {
    finish_group(frame, span_between(frame.bracket.offset_bytes, end_of(token)));
  }
  took(token, frame.kind == Frame::Kind::index ? TokenKind::index : TokenKind::other, Expected::infix);
}

// `brackets` reaches from one to the other.
void TreeBuilder::finish_group(const Frame& frame, SourceSpan brackets) {
  if (last_token_kind_ == TokenKind::opening_bracket) {
    join_operands({.kind = SyntaxKind::tuple, .token = brackets}, 0, brackets.offset_bytes, end_of(brackets));
  } else if (frame.operand_count > 0) {
    finish_tuple(frame.operand_count, frame.first_comma);
  }
  tree_.nodes.back().parenthesised = true;
  operands_.back().begin_bytes = brackets.offset_bytes;
  operands_.back().end_bytes = end_of(brackets);
}

// Joins the values that `comma_count` commas separate; after the last of them there may be none.
void TreeBuilder::finish_tuple(std::uint32_t comma_count, SourceSpan first_comma) {
  const bool ends_with_comma = last_token_kind_ == TokenKind::comma;
  const std::size_t count = comma_count + (ends_with_comma ? std::size_t{0} : 1);
  const std::size_t begin_bytes = operands_[operands_.size() - count].begin_bytes;
  const std::size_t end_bytes = ends_with_comma ? end_of(last_token_) : operands_.back().end_bytes;
  join_operands({.kind = SyntaxKind::tuple, .token = first_comma}, count, begin_bytes, end_bytes);
}

// After a colon the item of an index may end without a value.
bool TreeBuilder::can_end_item() const { return expected_ != Expected::value || frames_.back().kind == Frame::Kind::slice; }

// Finishes a value that a comma or a closing bracket ends: also the keyword before it, or the slice it is the last part of.
void TreeBuilder::finish_item(SourceSpan found) {
  if (expected_ != Expected::value) finish_expression(found);
  if (frames_.back().kind == Frame::Kind::slice) {
    finish_slice();
  } else if (frames_.back().kind == Frame::Kind::keyword) {
    const Frame keyword = pop_frame();
    join_operands({.kind = SyntaxKind::keyword_argument, .token = keyword.token}, 1, keyword.token.offset_bytes,
                  operands_.back().end_bytes);
  } else if (frames_.back().kind == Frame::Kind::call && frames_.back().keyword_count > 0) {
    throw SyntaxError(ErrorCode::unexpected_token, "an argument by position stands before those by name; move it, or give it a name",
                      span_between(operands_.back().begin_bytes, operands_.back().end_bytes),
                      Error::Note{"the first argument by name is here", keywords_[keywords_.size() - frames_.back().keyword_count]});
  }
}

// Sorts the names rather than compare each with each: a call may have as many as its text has room for.
void TreeBuilder::check_keywords(const Frame& call) {
  const auto begin = keywords_.end() - static_cast<std::ptrdiff_t>(call.keyword_count);
  std::stable_sort(begin, keywords_.end(), [this](SourceSpan a, SourceSpan b) { return text_of(a) < text_of(b); });
  const auto equal = [this](SourceSpan a, SourceSpan b) { return text_of(a) == text_of(b); };
  if (const auto first = std::adjacent_find(begin, keywords_.end(), equal); first != keywords_.end()) {
    throw SyntaxError(ErrorCode::unexpected_token, "the argument " + quoted(text_of(*first)) + " is given twice; leave one of them out",
                      *(first + 1), Error::Note{"it is first given here", *first});
  }
  keywords_.erase(begin, keywords_.end());
}

void TreeBuilder::comma(SourceSpan token) {
  if (!can_end_item()) throw_missing_value(place_of(token));
  finish_item(token);
  Frame& frame = frames_.back();
  if (++frame.operand_count == 1) frame.first_comma = token;
  took(token, TokenKind::comma, Expected::value);
}

void TreeBuilder::equals_sign(SourceSpan token) {
  const bool is_name = last_token_kind_ == TokenKind::name;
  const Frame& frame = frames_.back();
  if (is_name && frame.kind == Frame::Kind::call) {
    keywords_.push_back(take_name());
    ++frames_.back().keyword_count;
    frames_.push_back({.kind = Frame::Kind::keyword, .binding_power = bracket_power, .token = keywords_.back()});
  } else if (is_name && frame.kind == Frame::Kind::statement && frame.operand_count == 0 && !assigned_name_) {
    assigned_name_ = take_name();
  } else {
    throw_misplaced_equals_sign(token);
  }
  took(token, TokenKind::other, Expected::value);
}

void TreeBuilder::throw_misplaced_equals_sign(SourceSpan token) const {
  const Frame* bracket = innermost_bracket();
  const bool is_statement = frames_.back().kind == Frame::Kind::statement;
  if (bracket != nullptr && bracket->kind == Frame::Kind::call) {
    throw SyntaxError(ErrorCode::unexpected_token,
                      "'=' in a call stands directly after the name of an argument, as in 'axis=0'; to compare, write '=='", token);
  }
  if (frames_.back().kind == Frame::Kind::group && frames_.back().operand_count > 0) {
    throw SyntaxError(ErrorCode::unexpected_token,
                      "these brackets are no call, and only calls have arguments by name; write a function before '('", bracket->bracket,
                      Error::Note{"the '=' is here", token});
  }
  if (is_statement && assigned_name_) {
    throw SyntaxError(ErrorCode::unsupported_syntax,
                      "a statement binds one name; bind the other in a statement of its own (to compare, write '==')", token);
  }
  if (is_statement && (frames_.back().operand_count > 0 || tree_.nodes.back().kind == SyntaxKind::tuple)) {
    throw SyntaxError(ErrorCode::unsupported_syntax,
                      "a statement binds one name, not several; bind each in a statement of its own (to compare, write '==')", token);
  }
  throw SyntaxError(ErrorCode::unexpected_token, "'=' binds a name that stands alone before it; to compare, write '=='", token);
}

// A comma may end a statement: `a,` is a tuple of one.
void TreeBuilder::check_statement_end(SourceSpan found) const {
  const bool ends_with_comma = last_token_kind_ == TokenKind::comma && frames_.back().kind == Frame::Kind::statement;
  if (expected_ == Expected::value && !ends_with_comma) throw_missing_value(place_of(found));
  if (expected_ == Expected::attribute_name) throw_missing_attribute_name(place_of(found));
}

void TreeBuilder::semicolon(SourceSpan token) { end_statement(token); }

void TreeBuilder::line_break(SourceSpan token) {
  if (open_bracket_count_ == 0 && is_statement_begun_) end_statement(token);
}

void TreeBuilder::end_statement(SourceSpan found) {
  check_statement_end(found);
  if (expected_ == Expected::infix) finish_expression(found);
  if (open_bracket_count_ != 0) throw_unclosed_bracket(place_of(found));
  Frame& statement = frames_.front();
  if (statement.operand_count > 0) finish_tuple(std::exchange(statement.operand_count, 0), statement.first_comma);
  if (assigned_name_) {
    join_operands({.kind = SyntaxKind::assignment, .token = *assigned_name_}, 1, assigned_name_->offset_bytes, operands_.back().end_bytes);
    assigned_name_.reset();
  }
  ++statement_count_;
  took(found, TokenKind::none, Expected::value);
  is_statement_begun_ = false;
}

SyntaxTree TreeBuilder::finish() {
  if (is_statement_begun_) end_statement({});
  if (statement_count_ == 0)
    throw SyntaxError(ErrorCode::unexpected_end, "the text has no expression; write one, such as '2*x + 1'", {0, source_.size()});
  const std::size_t begin_bytes = operands_.front().begin_bytes;
  const std::size_t end_bytes = operands_.back().end_bytes;
  join_operands({.kind = SyntaxKind::program, .token = span_between(begin_bytes, end_bytes)}, statement_count_, begin_bytes, end_bytes);
  tree_.source = source_;
  return std::move(tree_);
}

}  // namespace lanewise::inline v0
