#pragma once
// What each known mistake of expression.hpp is told: a row a rule. `{}` stands for the text that matched.
//
// A sentence says what was found, why it is wrong, and what to write instead. Mistakes that depend on what came before (a bracket that
// matches none, a text that ends too early) are worded in src/syntax/syntax_errors.cpp.

#include <string_view>

#include <lanewise/error.hpp>

#include "grammar/expression.hpp"

namespace lanewise::inline v0::grammar {

struct Message {
  ErrorCode code;
  std::string_view text;
};

/// Empty for a rule that is no mistake.
template <class Rule>
inline constexpr Message message{};

template <class Rule>
concept Mistake = !message<Rule>.text.empty();

#define LANEWISE_MESSAGE(rule, code, text) \
  template <>                              \
  inline constexpr Message message<rule> { \
    ErrorCode::code, text                  \
  }

// Numbers
LANEWISE_MESSAGE(based_number_mistake, malformed_number,
                 "'{}' is not a number: after 0x stand digits 0-9 and a-f, after 0o 0-7, after 0b 0 and 1");
LANEWISE_MESSAGE(leading_zero, malformed_number, "'{}' begins with a zero; write the number without it, or with 0o if it is octal");
LANEWISE_MESSAGE(missing_exponent, malformed_number,
                 "'{}' is not a number: its exponent has no digits; write it as in 1e-3, or '*e' to multiply by e");
LANEWISE_MESSAGE(number_attribute, malformed_number, "'{}' is not a number: its '.' is that of a float; write '1.0.real' or '(1).real'");
LANEWISE_MESSAGE(number_with_letters, malformed_number, "'{}' is neither a number nor a name; to multiply, write '*' after the number");
LANEWISE_MESSAGE(misplaced_underscore, malformed_number, "'{}' is not a number: a '_' stands between two digits, as in 1_000");
LANEWISE_MESSAGE(malformed_number, malformed_number, "'{}' is not a number; write it as in 12, 0.5 or 1e-3");

// Strings
LANEWISE_MESSAGE(triple_quote, unsupported_syntax, "strings in three quotes are not in the language; use one quote on each side");
LANEWISE_MESSAGE(string_prefix, unsupported_syntax, "the string prefix '{}' is not in the language; leave it out");
LANEWISE_MESSAGE(unclosed_string, unclosed_bracket, "the quote that begins here is not closed on its line; end it with the same quote");

// Where a value is expected
LANEWISE_MESSAGE(lambda, unsupported_syntax,
                 "'lambda' is not in the language; write the expression itself, or bind parts of it: 'y = x + 1; y*y'");
LANEWISE_MESSAGE(misplaced_word, unexpected_token, "found '{}' where a value is expected: a number, a name or '('");
LANEWISE_MESSAGE(misplaced_operator, unexpected_token, "found '{}' where a value is expected: a number, a name or '('");
LANEWISE_MESSAGE(reserved_word, reserved_word, "'{}' is a reserved word of Python; choose another name, such as '{}_'");
LANEWISE_MESSAGE(list_display, unsupported_syntax, "lists are not in the language; give the values as an input array");
LANEWISE_MESSAGE(set_display, unsupported_syntax, "'{' is not in the language; group with '(' and ')'");
LANEWISE_MESSAGE(exclamation_mark, unsupported_syntax,
                 "'!' is not an operator; write 'not x' for truth values, '~x' for bits, 'x != y' to compare");

// Where an operator is expected
LANEWISE_MESSAGE(doubled_ampersand, unsupported_syntax, "'&&' is not an operator; write 'and' for truth values, '&' for bits");
LANEWISE_MESSAGE(doubled_bar, unsupported_syntax, "'||' is not an operator; write 'or' for truth values, '|' for bits");
LANEWISE_MESSAGE(angle_brackets, unsupported_syntax, "'<>' is not an operator; write '!='");
LANEWISE_MESSAGE(turned_comparison, unsupported_syntax, "'{}' is not an operator; write '>=' or '<='");
LANEWISE_MESSAGE(third_equals_sign, unsupported_syntax, "'{}' is not an operator; write '==' or '!='");
LANEWISE_MESSAGE(walrus, unsupported_syntax, "':=' is not in the language; bind a name in a statement of its own: 'name = expression'");
LANEWISE_MESSAGE(question_mark, unsupported_syntax, "'?' is not an operator; write 'x if condition else y' or 'where(condition, x, y)'");
LANEWISE_MESSAGE(at_sign, unsupported_syntax, "matrix products ('@') are not in the language; '*' multiplies element by element");
LANEWISE_MESSAGE(backslash, unsupported_syntax,
                 "'\\' is not in the language; to continue on the next line, put the expression in brackets");
LANEWISE_MESSAGE(block_comment, unsupported_syntax, "'/*' is not in the language; a comment begins with '#' and ends with its line");
LANEWISE_MESSAGE(augmented_assignment, unsupported_syntax, "'{}' is not in the language; bind another name: 'name = expression'");
LANEWISE_MESSAGE(dotted_operator, unsupported_syntax,
                 "'{}' is not an operator; every operation works element by element: write '*', '/', '**', '+' or '-'");
LANEWISE_MESSAGE(brace, unsupported_syntax, "'{' is not in the language; group with '(' and ')'");
LANEWISE_MESSAGE(word_is, unsupported_syntax, "'is' is not in the language; compare with '=='");
LANEWISE_MESSAGE(word_in, unsupported_syntax, "'{}' is not in the language; compare with '==' and join with 'or'");
LANEWISE_MESSAGE(word_for, unsupported_syntax, "'for' is not in the language; every operation works on whole arrays, element by element");
LANEWISE_MESSAGE(capital_and, unexpected_token, "found '{}' where an operator is expected; write 'and'");
LANEWISE_MESSAGE(capital_or, unexpected_token, "found '{}' where an operator is expected; write 'or'");
LANEWISE_MESSAGE(word_xor, unexpected_token, "found '{}' where an operator is expected; write '^' for bits, '!=' for truth values");
LANEWISE_MESSAGE(word_mod, unexpected_token, "found '{}' where an operator is expected; write '%', or 'remainder(x, y)'");
LANEWISE_MESSAGE(word_div, unexpected_token, "found '{}' where an operator is expected; write '/', or '//' to round down");

#undef LANEWISE_MESSAGE

}  // namespace lanewise::inline v0::grammar
