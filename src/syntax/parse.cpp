// The parse stage: PEGTL matches one token at a time, and each token's action tells the TreeBuilder.
//
// In: text. Out: a SyntaxTree, or a SyntaxError or LimitError at the first token that does not fit.
// Which of the positions of grammar/expression.hpp to match is the builder's knowledge. Mistakes that have a row in
// grammar/messages.hpp are thrown by one action for all of them.

#include "syntax/parse.hpp"

#include <string>
#include <type_traits>

#include <tao/pegtl.hpp>

#include "grammar/expression.hpp"
#include "grammar/messages.hpp"
#include "syntax/literal.hpp"
#include "syntax/syntax_errors.hpp"
#include "syntax/tree_builder.hpp"

namespace lanewise::inline v0 {

namespace {

namespace pegtl = tao::pegtl;

// Positions are pointers into the text: lines and columns are counted only when an error is shown.
using TextInput = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*>;

template <class Input>
SourceSpan span_of(const Input& token, const TreeBuilder& builder) {
  return {static_cast<std::size_t>(token.begin() - builder.source().data()), token.size()};
}

template <class Rule>
struct throw_mistake {
  template <class Input>
  static void apply(const Input& token, const TreeBuilder& builder) {
    throw SyntaxError(grammar::message<Rule>.code, filled(grammar::message<Rule>.text, token.string_view()), span_of(token, builder));
  }
};

template <class Rule>
struct action : std::conditional_t<grammar::Mistake<Rule>, throw_mistake<Rule>, pegtl::nothing<Rule>> {};

// A token that the builder takes by its place alone.
template <void (TreeBuilder::*take)(SourceSpan)>
struct hand_over {
  template <class Input>
  static void apply(const Input& token, TreeBuilder& builder) {
    (builder.*take)(span_of(token, builder));
  }
};

template <>
struct action<grammar::name> : hand_over<&TreeBuilder::name> {};
template <>
struct action<grammar::if_word> : hand_over<&TreeBuilder::if_word> {};
template <>
struct action<grammar::else_word> : hand_over<&TreeBuilder::else_word> {};
template <>
struct action<grammar::equals_sign> : hand_over<&TreeBuilder::equals_sign> {};
template <>
struct action<grammar::dot> : hand_over<&TreeBuilder::dot> {};
template <>
struct action<grammar::attribute_name> : hand_over<&TreeBuilder::attribute_name> {};
template <>
struct action<grammar::opening_bracket> : hand_over<&TreeBuilder::opening_bracket> {};
template <>
struct action<grammar::index_bracket> : hand_over<&TreeBuilder::index_bracket> {};
template <>
struct action<grammar::colon> : hand_over<&TreeBuilder::colon> {};
template <>
struct action<grammar::ellipsis> : hand_over<&TreeBuilder::ellipsis> {};
template <>
struct action<grammar::new_axis> : hand_over<&TreeBuilder::new_axis> {};
template <>
struct action<grammar::closing_bracket> : hand_over<&TreeBuilder::closing_bracket> {};
template <>
struct action<grammar::comma> : hand_over<&TreeBuilder::comma> {};
template <>
struct action<grammar::semicolon> : hand_over<&TreeBuilder::semicolon> {};
template <>
struct action<grammar::line_break> : hand_over<&TreeBuilder::line_break> {};

template <>
struct action<grammar::misplaced_operand> {
  template <class Input>
  static void apply(const Input& token, const TreeBuilder& builder) {
    builder.misplaced_operand(span_of(token, builder));
  }
};

template <>
struct action<grammar::missing_index_end> {
  template <class Input>
  static void apply(const Input& token, const TreeBuilder& builder) {
    throw_missing_index_end(builder.place_of(span_of(token, builder)));
  }
};

template <>
struct action<grammar::missing_attribute_name> {
  template <class Input>
  static void apply(const Input& token, const TreeBuilder& builder) {
    throw_missing_attribute_name(builder.place_of(span_of(token, builder)));
  }
};

template <>
struct action<grammar::prefix_operator> {
  template <class Input>
  static void apply(const Input& token, TreeBuilder& builder) {
    builder.prefix_operator(find_prefix_operator(token.string_view()).value(), span_of(token, builder));
  }
};

template <>
struct action<grammar::infix_operator> {
  template <class Input>
  static void apply(const Input& token, TreeBuilder& builder) {
    builder.infix_operator(find_infix_operator(token.string_view()).value(), span_of(token, builder));
  }
};

template <>
struct action<grammar::truth> {
  template <class Input>
  static void apply(const Input& token, TreeBuilder& builder) {
    builder.literal(
        {.kind = SyntaxKind::truth_literal, .integer = token.string_view() == "True" ? 1u : 0u, .token = span_of(token, builder)});
  }
};

template <>
struct action<grammar::integer_literal> {
  template <class Input>
  static void apply(const Input& token, TreeBuilder& builder) {
    const IntegerValue value = integer_value(token.string_view());
    builder.literal({.kind = SyntaxKind::integer_literal,
                     .integer_overflow = value.exceeds_64_bits,
                     .integer = value.integer,
                     .real = value.real,
                     .token = span_of(token, builder)});
  }
};

template <>
struct action<grammar::float_literal> {
  template <class Input>
  static void apply(const Input& token, TreeBuilder& builder) {
    builder.literal({.kind = SyntaxKind::float_literal, .real = real_value(token.string_view()), .token = span_of(token, builder)});
  }
};

template <>
struct action<grammar::imaginary_literal> {
  template <class Input>
  static void apply(const Input& token, TreeBuilder& builder) {
    std::string_view digits = token.string_view();
    digits.remove_suffix(1);
    builder.literal({.kind = SyntaxKind::imaginary_literal, .real = real_value(digits), .token = span_of(token, builder)});
  }
};

template <>
struct action<grammar::string_literal> {
  template <class Input>
  static void apply(const Input& token, TreeBuilder& builder) {
    builder.literal({.kind = SyntaxKind::string_literal, .token = span_of(token, builder)});
  }
};

template <>
struct action<grammar::unknown_character> {
  template <class Input>
  static void apply(const Input& token, const TreeBuilder& builder) {
    const SourceSpan span = span_of(token, builder);
    throw SyntaxError(ErrorCode::unknown_character, describe_unknown_character(builder.source(), span.offset_bytes), span);
  }
};

bool match_token(TextInput& input, TreeBuilder& builder) {
  switch (builder.expected()) {
    case TreeBuilder::Expected::value: return pegtl::parse<grammar::operand_position, action>(input, builder);
    case TreeBuilder::Expected::infix: return pegtl::parse<grammar::operator_position, action>(input, builder);
    case TreeBuilder::Expected::index_end: return pegtl::parse<grammar::index_end_position, action>(input, builder);
    case TreeBuilder::Expected::attribute_name: break;
  }
  return pegtl::parse<grammar::attribute_position, action>(input, builder);
}

void check_length(std::string_view source, const Limits& limits) {
  if (source.size() <= limits.text_bytes) return;
  throw LimitError(ErrorCode::text_too_long, "the text has " + std::to_string(source.size()) + " bytes; at most " +
                                                 std::to_string(limits.text_bytes) + " are allowed");
}

}  // namespace

SyntaxTree parse(std::string_view source, const Limits& limits) {
  check_length(source, limits);
  TreeBuilder builder(source, limits);
  TextInput input(source.data(), source.data() + source.size(), "expression");
  while (!input.empty() && match_token(input, builder)) {
  }
  return builder.finish();
}

}  // namespace lanewise::inline v0
