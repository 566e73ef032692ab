#pragma once
// The language as PEGTL rules: what may stand where.
//
// A text alternates between two positions: where a value is expected (operand) and where one has just ended (operator); others are the
// name after a dot (attribute) and what follows `...` or `None` in an index (index_end). A rule for each position matches one token of it; which position comes next, which bracket a `)` closes and
// how tightly an operator binds is the parser's knowledge (src/syntax/tree_builder.hpp). So no rule refers to itself, and nesting costs no
// stack.
//
// Every position accepts any byte at all: what is not a token of the language is a known mistake, with a sentence of its own in
// messages.hpp, or `unknown_character`. Mistakes stand before the tokens they begin like (`&&` before `&`), and only where Python too
// refuses the text or means a thing that the language does not have. A rule that the parser acts on is an alternative of a position and
// never a part of another token, as it would be acted on there too.

#include "grammar/tokens.hpp"

namespace lanewise::inline v0::grammar {

// Known mistakes

struct identifier_tail : pegtl::star<pegtl::identifier_other> {};
struct number_start : pegtl::seq<pegtl::opt<pegtl::one<'.'>>, pegtl::digit> {};
/// All that was meant as one number, for the caret.
struct number_run : pegtl::seq<pegtl::at<number_start>, pegtl::plus<pegtl::sor<exponent, pegtl::identifier_other, pegtl::one<'.'>>>> {};

struct based_number_mistake : pegtl::seq<base_prefix, pegtl::opt<number_run>, identifier_tail> {};
struct leading_zero
    : pegtl::seq<pegtl::one<'0'>, pegtl::plus<pegtl::sor<pegtl::digit, pegtl::one<'_'>>>, pegtl::not_at<pegtl::identifier_other>> {};
struct missing_exponent
    : pegtl::seq<pegtl::sor<point_float, decimal_digits>, pegtl::one<'e', 'E'>, pegtl::opt<pegtl::one<'+', '-'>>, word_end> {};
/// The dot belongs to the number, as in Python.
struct number_attribute : pegtl::seq<decimal_digits, pegtl::one<'.'>, pegtl::sor<TAO_PEGTL_KEYWORD("real"), TAO_PEGTL_KEYWORD("imag")>> {};
struct number_with_letters : pegtl::seq<pegtl::sor<real_number, decimal_digits>, pegtl::alpha, identifier_tail> {};
struct misplaced_underscore
    : pegtl::seq<pegtl::at<decimal_digits, pegtl::opt<pegtl::one<'.'>, pegtl::opt<decimal_digits>>, pegtl::one<'_'>>, number_run> {};
struct malformed_number : number_run {};

struct triple_quote : pegtl::sor<pegtl::three<'"'>, pegtl::three<'\''>> {};
struct string_prefix : pegtl::seq<pegtl::rep_min_max<1, 2, pegtl::one<'b', 'B', 'f', 'F', 'r', 'R', 'u', 'U'>>, pegtl::at<quote>> {};
template <char Quote>
struct unclosed : pegtl::seq<pegtl::one<Quote>, string_body<Quote>, pegtl::at<pegtl::sor<pegtl::eof, line_break>>> {};
struct unclosed_string : pegtl::sor<unclosed<'\''>, unclosed<'"'>> {};

struct lambda : TAO_PEGTL_KEYWORD("lambda") {};
struct list_display : pegtl::one<'['> {};
struct set_display : pegtl::one<'{'> {};
struct exclamation_mark : pegtl::one<'!'> {};

struct misplaced_word : pegtl::sor<TAO_PEGTL_KEYWORD("and"), TAO_PEGTL_KEYWORD("or"), TAO_PEGTL_KEYWORD("is"), TAO_PEGTL_KEYWORD("in"),
                                   TAO_PEGTL_KEYWORD("if"), TAO_PEGTL_KEYWORD("else")> {};
struct misplaced_operator : pegtl::sor<any_operator<infix_operators>, pegtl::one<'=', '.', '@'>> {};

struct doubled_ampersand : pegtl::two<'&'> {};
struct doubled_bar : pegtl::two<'|'> {};
struct angle_brackets : pegtl::string<'<', '>'> {};
struct turned_comparison : pegtl::sor<pegtl::string<'=', '>'>, pegtl::string<'=', '<'>> {};
struct third_equals_sign : pegtl::seq<pegtl::one<'=', '!'>, pegtl::two<'='>> {};
struct walrus : pegtl::string<':', '='> {};
struct question_mark : pegtl::one<'?'> {};
struct at_sign : pegtl::one<'@'> {};
struct backslash : pegtl::one<'\\'> {};
struct block_comment : pegtl::string<'/', '*'> {};
struct augmented_assignment : pegtl::seq<pegtl::sor<pegtl::string<'*', '*'>, pegtl::string<'/', '/'>, pegtl::string<'<', '<'>,
                                                    pegtl::string<'>', '>'>, pegtl::one<'+', '-', '*', '/', '%', '&', '|', '^', '@'>>,
                                         pegtl::one<'='>> {};
/// Matlab's and Julia's operators for what is the rule here.
struct dotted_operator : pegtl::seq<pegtl::one<'.'>, pegtl::one<'*', '/', '^', '+', '-'>> {};
struct brace : pegtl::one<'{'> {};

struct word_is : TAO_PEGTL_KEYWORD("is") {};
struct word_in : pegtl::sor<TAO_PEGTL_KEYWORD("in"), pegtl::seq<TAO_PEGTL_STRING("not"), blanks, TAO_PEGTL_KEYWORD("in")>> {};
struct word_for : TAO_PEGTL_KEYWORD("for") {};
struct capital_and : pegtl::seq<pegtl::istring<'a', 'n', 'd'>, word_end> {};
struct capital_or : pegtl::seq<pegtl::istring<'o', 'r'>, word_end> {};
struct word_xor : pegtl::seq<pegtl::istring<'x', 'o', 'r'>, word_end> {};
struct word_mod : pegtl::seq<pegtl::istring<'m', 'o', 'd'>, word_end> {};
struct word_div : pegtl::seq<pegtl::istring<'d', 'i', 'v'>, word_end> {};

/// A value, or the beginning of one, where the value before it has just ended.
struct misplaced_operand : pegtl::sor<pegtl::identifier, number_run, quote, any_operator<prefix_operators>> {};

/// Any other character, and any byte that is not UTF-8.
struct unknown_character : pegtl::sor<pegtl::utf8::any, pegtl::any> {};

/// Anything but a comma, a colon or a bracket after `...` or `None`.
struct missing_index_end : pegtl::sor<pegtl::identifier, number_run, quote, any_operator<infix_operators>, pegtl::ascii::print> {};

/// Anything but a name after a dot.
struct missing_attribute_name : pegtl::sor<number_run, quote, any_operator<infix_operators>, pegtl::ascii::print> {};

template <char Quote>
struct broken_string : pegtl::seq<pegtl::one<Quote>, string_body<Quote>, unknown_character> {};

// Positions

struct white_space : pegtl::sor<blanks, comment, byte_order_mark> {};
struct number_mistake : pegtl::sor<based_number_mistake, leading_zero, missing_exponent, number_attribute, number_with_letters,
                                   misplaced_underscore, malformed_number> {};
struct value : pegtl::sor<truth, imaginary_literal, float_literal, integer_literal, number_mistake, string_prefix, name> {};
struct text_value : pegtl::sor<triple_quote, string_literal, unclosed_string, broken_string<'\''>, broken_string<'"'>> {};
struct operand_mistake : pegtl::sor<lambda, misplaced_word, reserved_word, exclamation_mark, misplaced_operator, list_display, set_display, question_mark, backslash> {};
struct operator_mistake : pegtl::sor<question_mark, at_sign, backslash, brace, word_is, word_in, word_for,
                                     capital_and, capital_or, word_xor, word_mod, word_div, misplaced_operand, exclamation_mark> {};
/// Mistakes that begin with an operator of the language.
struct long_operator_mistake : pegtl::sor<augmented_assignment, block_comment, doubled_ampersand, doubled_bar, angle_brackets,
                                          turned_comparison, third_equals_sign, dotted_operator> {};

/// One token where a value is expected.
struct operand_position : pegtl::sor<white_space, line_break, prefix_operator, value, text_value, opening_bracket, closing_bracket, comma,
                                     semicolon, ellipsis, new_axis, walrus, colon, operand_mistake, unknown_character> {};
/// One token where a value has just ended.
struct operator_position : pegtl::sor<white_space, line_break, long_operator_mistake, infix_operator, if_word, else_word, opening_bracket,
                                      index_bracket, closing_bracket, comma, semicolon, equals_sign, dot, walrus, colon, operator_mistake,
                                      unknown_character> {};
/// One token where the name of an attribute is expected.
struct attribute_position : pegtl::sor<white_space, line_break, attribute_name, reserved_word, missing_attribute_name, unknown_character> {
};

/// One token after `...` or `None`.
struct index_end_position : pegtl::sor<white_space, line_break, closing_bracket, comma, walrus, colon, missing_index_end, unknown_character> {};

}  // namespace lanewise::inline v0::grammar
