#pragma once
// The tokens of the language as PEGTL rules: white space, names, literals, operators.
//
// Operators come from the operation table, the longest first, so that `**` is never read as two `*`.
// Numbers and reserved words are Python's (reference manual, section 2: Lexical analysis), as far as the language has them.
// A rule that ends a word looks ahead, so that `order` is a name and not `or` followed by `der`.
// Where a token may stand is in expression.hpp; what a faulty one is told is in messages.hpp.

#include <cstddef>
#include <type_traits>
#include <utility>

#include <tao/pegtl.hpp>

#include "ops/operation_table.hpp"

namespace lanewise::inline v0::grammar {

namespace pegtl = tao::pegtl;

// White space

struct blanks : pegtl::plus<pegtl::one<' ', '\t', '\f'>> {};
struct line_break : pegtl::sor<pegtl::string<'\r', '\n'>, pegtl::one<'\n', '\r'>> {};
/// Any character but the ends of a line and those that no text may hold: the null byte and bytes that are not UTF-8.
struct line_character : pegtl::utf8::not_one<U'\0', U'\n', U'\r'> {};
struct comment : pegtl::seq<pegtl::one<'#'>, pegtl::star<line_character>> {};
struct byte_order_mark : pegtl::seq<pegtl::bof, pegtl::utf8::bom> {};

// Words

struct word_end : pegtl::not_at<pegtl::identifier_other> {};
struct truth : pegtl::sor<TAO_PEGTL_KEYWORD("True"), TAO_PEGTL_KEYWORD("False")> {};
struct if_word : TAO_PEGTL_KEYWORD("if") {};
struct else_word : TAO_PEGTL_KEYWORD("else") {};
struct reserved_word
    : pegtl::sor<TAO_PEGTL_KEYWORD("False"), TAO_PEGTL_KEYWORD("None"), TAO_PEGTL_KEYWORD("True"), TAO_PEGTL_KEYWORD("and"),
                 TAO_PEGTL_KEYWORD("as"), TAO_PEGTL_KEYWORD("assert"), TAO_PEGTL_KEYWORD("async"), TAO_PEGTL_KEYWORD("await"),
                 TAO_PEGTL_KEYWORD("break"), TAO_PEGTL_KEYWORD("class"), TAO_PEGTL_KEYWORD("continue"), TAO_PEGTL_KEYWORD("def"),
                 TAO_PEGTL_KEYWORD("del"), TAO_PEGTL_KEYWORD("elif"), TAO_PEGTL_KEYWORD("else"), TAO_PEGTL_KEYWORD("except"),
                 TAO_PEGTL_KEYWORD("finally"), TAO_PEGTL_KEYWORD("for"), TAO_PEGTL_KEYWORD("from"), TAO_PEGTL_KEYWORD("global"),
                 TAO_PEGTL_KEYWORD("if"), TAO_PEGTL_KEYWORD("import"), TAO_PEGTL_KEYWORD("in"), TAO_PEGTL_KEYWORD("is"),
                 TAO_PEGTL_KEYWORD("lambda"), TAO_PEGTL_KEYWORD("nonlocal"), TAO_PEGTL_KEYWORD("not"), TAO_PEGTL_KEYWORD("or"),
                 TAO_PEGTL_KEYWORD("pass"), TAO_PEGTL_KEYWORD("raise"), TAO_PEGTL_KEYWORD("return"), TAO_PEGTL_KEYWORD("try"),
                 TAO_PEGTL_KEYWORD("while"), TAO_PEGTL_KEYWORD("with"), TAO_PEGTL_KEYWORD("yield")> {};
struct name : pegtl::seq<pegtl::not_at<reserved_word>, pegtl::identifier> {};
/// What stands after a dot.
struct attribute_name : name {};

// Numbers

template <class Digit>
struct more_digits : pegtl::star<pegtl::opt<pegtl::one<'_'>>, Digit> {};
struct decimal_digits : pegtl::seq<pegtl::digit, more_digits<pegtl::digit>> {};
struct exponent : pegtl::seq<pegtl::one<'e', 'E'>, pegtl::opt<pegtl::one<'+', '-'>>, decimal_digits> {};
struct point_float
    : pegtl::sor<pegtl::seq<decimal_digits, pegtl::one<'.'>, pegtl::opt<decimal_digits>>, pegtl::seq<pegtl::one<'.'>, decimal_digits>> {};
struct real_number : pegtl::sor<pegtl::seq<point_float, pegtl::opt<exponent>>, pegtl::seq<decimal_digits, exponent>> {};

template <class Digit, char... Letters>
struct based_integer : pegtl::seq<pegtl::one<'0'>, pegtl::one<Letters...>, pegtl::plus<pegtl::opt<pegtl::one<'_'>>, Digit>> {};
/// `0o` always begins an octal number, so that `0or x` is none at all.
struct base_prefix : pegtl::seq<pegtl::one<'0'>, pegtl::one<'x', 'X', 'o', 'O', 'b', 'B'>> {};
struct decimal_integer
    : pegtl::sor<pegtl::seq<pegtl::range<'1', '9'>, more_digits<pegtl::digit>>, pegtl::seq<pegtl::one<'0'>, more_digits<pegtl::one<'0'>>>> {
};
struct based_number : pegtl::sor<based_integer<pegtl::xdigit, 'x', 'X'>, based_integer<pegtl::odigit, 'o', 'O'>,
                                 based_integer<pegtl::range<'0', '1'>, 'b', 'B'>> {};

/// A word that may follow a number without a blank, as in Python: `1if x else 2`.
struct word_after_number
    : pegtl::sor<TAO_PEGTL_KEYWORD("and"), TAO_PEGTL_KEYWORD("else"), TAO_PEGTL_KEYWORD("if"), TAO_PEGTL_KEYWORD("or")> {};
struct number_end : pegtl::sor<word_end, pegtl::at<word_after_number>> {};

struct imaginary_literal : pegtl::seq<pegtl::sor<real_number, decimal_digits>, pegtl::one<'j', 'J'>, number_end> {};
struct float_literal : pegtl::seq<real_number, number_end> {};
/// A dot after decimal digits is theirs, after others it is that of an attribute.
struct integer_literal : pegtl::sor<pegtl::seq<based_number, number_end>,
                                    pegtl::seq<pegtl::not_at<base_prefix>, decimal_integer, number_end, pegtl::not_at<pegtl::one<'.'>>>> {};

// Strings

struct quote : pegtl::one<'\'', '"'> {};
struct escape : pegtl::seq<pegtl::one<'\\'>, pegtl::sor<pegtl::string<'\r', '\n'>, pegtl::utf8::not_one<U'\0'>>> {};
template <char Quote>
struct string_body : pegtl::star<pegtl::sor<escape, pegtl::utf8::not_one<U'\0', U'\n', U'\r', U'\\', static_cast<char32_t>(Quote)>>> {};
template <char Quote>
struct quoted : pegtl::seq<pegtl::one<Quote>, string_body<Quote>, pegtl::one<Quote>> {};
struct string_literal : pegtl::sor<quoted<'\''>, quoted<'"'>> {};

// Operators

/// The operator at `Index` of the sorted array `operators`: its spelling, which must end where a word ends if it is one.
template <const auto& operators, std::size_t Index, class = std::make_index_sequence<operators[Index].text.size()>>
struct operator_text;
template <const auto& operators, std::size_t Index, std::size_t... Position>
struct operator_text<operators, Index, std::index_sequence<Position...>>
    : std::conditional_t<(operators[Index].text[0] >= 'a' && operators[Index].text[0] <= 'z'),
                         pegtl::keyword<operators[Index].text[Position]...>, pegtl::string<operators[Index].text[Position]...>> {};

/// Any of `operators`. They are sorted by text, so that a spelling stands before those that it begins: taken from the end, the longest
/// wins.
template <const auto& operators, class = std::make_index_sequence<operators.size()>>
struct any_operator;
template <const auto& operators, std::size_t... Index>
struct any_operator<operators, std::index_sequence<Index...>> : pegtl::sor<operator_text<operators, operators.size() - 1 - Index>...> {};

struct infix_operator : any_operator<infix_operators> {};
struct prefix_operator : any_operator<prefix_operators> {};

// Punctuation

struct opening_bracket : pegtl::one<'('> {};
/// Of an index: `[` after a value.
struct index_bracket : pegtl::one<'['> {};
struct closing_bracket : pegtl::one<')', ']', '}'> {};
struct comma : pegtl::one<','> {};
struct semicolon : pegtl::one<';'> {};
struct equals_sign : pegtl::one<'='> {};
/// Between the parts of a slice.
struct colon : pegtl::one<':'> {};
struct ellipsis : pegtl::three<'.'> {};
struct new_axis : TAO_PEGTL_KEYWORD("None") {};
/// Between a value and the name of its attribute.
struct dot : pegtl::seq<pegtl::one<'.'>, pegtl::not_at<pegtl::digit>> {};

}  // namespace lanewise::inline v0::grammar
