#pragma once
// The sentences of syntax errors that depend on what came before; those of single tokens are in grammar/messages.hpp.

#include <optional>
#include <string>
#include <string_view>

#include <lanewise/error.hpp>

namespace lanewise::inline v0 {

/// Returns `text` in single quotes, its middle left out where it is long.
std::string quoted(std::string_view text);

/// Returns `message` with each `{}` replaced by `text`, shortened as in `quoted`.
std::string filled(std::string_view message, std::string_view text);

/// Returns the sentence for a character of no token, such as "unknown character '×' (U+00D7, multiplication sign); write '*'".
std::string describe_unknown_character(std::string_view source, std::size_t offset_bytes);

/// Where the parser stands when it finds that something is missing or too much.
struct ErrorPlace {
  std::string_view source;
  SourceSpan last_token;                   ///< empty before the first token
  SourceSpan found;                        ///< the token that does not fit; empty at the end of the text
  std::optional<SourceSpan> open_bracket;  ///< the innermost
};

/// The text or the line ends, or a `;` stands, where a value is expected.
[[noreturn]] void throw_missing_value(const ErrorPlace& place);
/// What follows a `.` is no name.
[[noreturn]] void throw_missing_attribute_name(const ErrorPlace& place);
/// The text ends, or a `;` stands, inside brackets.
[[noreturn]] void throw_unclosed_bracket(const ErrorPlace& place);
/// A closing bracket closes nothing, or a bracket of another shape.
[[noreturn]] void throw_unmatched_bracket(const ErrorPlace& place);
/// What follows `...` or `None` in an index is neither a comma nor a bracket.
[[noreturn]] void throw_missing_index_end(const ErrorPlace& place);
/// Nothing stands between `[` and `]`.
[[noreturn]] void throw_empty_index(const ErrorPlace& place);
/// A `:` stands outside of an index; `is_value_expected` where a value is.
[[noreturn]] void throw_misplaced_colon(const ErrorPlace& place, bool is_value_expected);
/// A `...` or `None` is no entry of an index.
[[noreturn]] void throw_misplaced_index_word(const ErrorPlace& place);
/// A `[` follows what is no name.
[[noreturn]] void throw_index_of_expression(const ErrorPlace& place);
/// Something ends an expression that has an `if` without its `else`.
[[noreturn]] void throw_missing_else(const ErrorPlace& place, SourceSpan if_token);
/// A value follows a value. `is_after_type` tells that the one before is a type in brackets, as in C's casts.
[[noreturn]] void throw_missing_operator(const ErrorPlace& place, bool is_after_type);

}  // namespace lanewise::inline v0
