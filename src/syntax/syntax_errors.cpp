// Words the errors of the parser: what was found, what is expected there, and what to write.
//
// What is missing at the end of a line or of the text is reported just after the last token, not after the blanks that may follow.

#include "syntax/syntax_errors.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "grammar/look_alikes.hpp"
#include "syntax/source_span.hpp"
#include "syntax/utf8.hpp"

namespace lanewise::inline v0 {

namespace {

constexpr std::string_view expected_value = "expected a value: a number, a name or '('";

std::string shortened(std::string_view text) {
  constexpr std::size_t longest_bytes = 40;
  constexpr std::size_t kept_bytes = 16;
  if (text.size() <= longest_bytes) return std::string(text);
  std::size_t head_bytes = kept_bytes;
  while (is_utf8_continuation(text[head_bytes])) --head_bytes;
  std::size_t tail_index = text.size() - kept_bytes;
  while (is_utf8_continuation(text[tail_index])) --tail_index;
  return std::string(text.substr(0, head_bytes)) + "..." + std::string(text.substr(tail_index));
}

std::string_view text_of(const ErrorPlace& place, SourceSpan span) { return place.source.substr(span.offset_bytes, span.length_bytes); }

std::optional<Error::Note> bracket_note(const ErrorPlace& place) {
  if (!place.open_bracket) return std::nullopt;
  return Error::Note{quoted(text_of(place, *place.open_bracket)) + " was opened here", *place.open_bracket};
}

// A bracket on an earlier line is likely to be the cause: what the writer took for a line of its own is still inside it.
std::optional<Error::Note> bracket_note_of_earlier_line(const ErrorPlace& place) {
  if (!place.open_bracket) return std::nullopt;
  const std::size_t begin = place.open_bracket->offset_bytes;
  const bool is_on_earlier_line =
      place.source.substr(begin, place.found.offset_bytes - begin).find_first_of("\r\n") != std::string_view::npos;
  return is_on_earlier_line ? bracket_note(place) : std::nullopt;
}

bool is_line_end(std::string_view found) { return found.starts_with('\n') || found.starts_with('\r'); }

std::string after_last_token(const ErrorPlace& place) {
  const std::string_view before = text_of(place, place.last_token);
  return before.empty() || is_line_end(before) ? std::string() : " after " + quoted(before);
}

char closing_of(const ErrorPlace& place) { return text_of(place, *place.open_bracket) == "[" ? ']' : ')'; }

const grammar::LookAlike* find_look_alike(char32_t character) {
  const auto found = std::ranges::find(grammar::look_alikes, character, &grammar::LookAlike::character);
  return found == grammar::look_alikes.end() ? nullptr : &*found;
}

}  // namespace

std::string quoted(std::string_view text) { return "'" + shortened(text) + "'"; }

std::string filled(std::string_view message, std::string_view text) {
  const std::string inserted = shortened(text);
  std::string result;
  for (std::size_t hole = message.find("{}"); hole != std::string_view::npos; hole = message.find("{}")) {
    result.append(message.substr(0, hole)).append(inserted);
    message.remove_prefix(hole + 2);
  }
  return result.append(message);
}

std::string describe_unknown_character(std::string_view source, std::size_t offset_bytes) {
  const Utf8Character character = decode_utf8(source.substr(offset_bytes));
  std::array<char, 16> number{};
  if (!character.is_valid) {
    std::snprintf(number.data(), number.size(), "0x%02X", static_cast<unsigned>(character.value));
    return std::string("the byte ") + number.data() + " is not UTF-8; save the text as UTF-8";
  }
  std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned>(character.value));
  const std::string shown = is_invisible(character.value)
                                ? "invisible character "
                                : "unknown character '" + std::string(source.substr(offset_bytes, character.length_bytes)) + "' ";
  if (character.value >= grammar::first_full_width && character.value <= grammar::last_full_width) {
    const char narrow = static_cast<char>('!' + (character.value - grammar::first_full_width));
    return shown + "(" + number.data() + ", a full-width form); write '" + narrow + "'";
  }
  if (const grammar::LookAlike* row = find_look_alike(character.value)) {
    const std::string advice = row->instead.empty() ? "; delete it" : "; write " + std::string(row->instead);
    return shown + "(" + number.data() + ", " + std::string(row->name) + ")" + advice;
  }
  const std::string_view advice = is_invisible(character.value) ? "; delete it"
                                  : character.value < 0x80      ? "; the language has no such sign"
                                                                : "; names are made of the letters a-z and A-Z, digits and '_'";
  return shown + "(" + number.data() + ")" + std::string(advice);
}

void throw_missing_value(const ErrorPlace& place) {
  const std::string_view found = text_of(place, place.found);
  if (!found.empty() && !is_line_end(found)) {
    throw SyntaxError(ErrorCode::unexpected_token, "found " + quoted(found) + after_last_token(place) + "; " + std::string(expected_value),
                      place.found, bracket_note_of_earlier_line(place));
  }
  const SourceSpan after{end_of(place.last_token), 0};
  const std::string_view before = place.source.substr(0, after.offset_bytes);
  std::string message = (found.empty() ? "the text ends" : "the line ends") + after_last_token(place) + "; " + std::string(expected_value);
  if (before.ends_with("++") || before.ends_with("--")) {
    message += " ('++' and '--' are not operators)";
  } else if (!found.empty()) {
    message += "; to continue on the next line, put the expression in brackets";
  }
  throw SyntaxError(ErrorCode::unexpected_end, message, after, bracket_note(place));
}

void throw_missing_attribute_name(const ErrorPlace& place) {
  const std::string_view found = text_of(place, place.found);
  const bool is_end = found.empty() || is_line_end(found);
  const std::string what = found.empty() ? "the text ends" : is_end ? "the line ends" : "found " + quoted(found);
  throw SyntaxError(is_end ? ErrorCode::unexpected_end : ErrorCode::unexpected_token,
                    what + " after '.'; expected the name of an attribute, such as 'real'",
                    is_end ? SourceSpan{end_of(place.last_token), 0} : place.found, bracket_note_of_earlier_line(place));
}

// Nothing tells where between the bracket and the end of the text the other one is missing, so all of that is shown.
void throw_unclosed_bracket(const ErrorPlace& place) {
  const std::string_view found = text_of(place, place.found);
  if (found.empty()) {
    throw SyntaxError(ErrorCode::unclosed_bracket,
                      quoted(text_of(place, *place.open_bracket)) + " is not closed; write '" + closing_of(place) + "' where its contents end",
                      span_between(place.open_bracket->offset_bytes, end_of(place.last_token)));
  }
  throw SyntaxError(ErrorCode::unclosed_bracket, "found " + quoted(found) + " inside brackets; expected '" + closing_of(place) + "'", place.found,
                    bracket_note(place));
}

void throw_unmatched_bracket(const ErrorPlace& place) {
  const std::string found = quoted(text_of(place, place.found));
  if (!place.open_bracket) {
    const std::string opening = found == "']'" ? "[" : "(";
    throw SyntaxError(ErrorCode::unmatched_bracket, found + " closes no bracket; delete it, or write '" + opening + "' where the bracket begins",
                      place.found);
  }
  throw SyntaxError(ErrorCode::unmatched_bracket, found + " does not close " + quoted(text_of(place, *place.open_bracket)) + "; write '" + closing_of(place) + "'",
                    place.found, bracket_note(place));
}

void throw_missing_index_end(const ErrorPlace& place) {
  throw SyntaxError(ErrorCode::unexpected_token,
                    "found " + quoted(text_of(place, place.found)) + after_last_token(place) + "; expected ',' or ']'", place.found);
}

void throw_empty_index(const ErrorPlace& place) {
  throw SyntaxError(ErrorCode::unexpected_token, "the index is empty; write a position or a slice, such as 'x[0]' or 'x[1:-1]'",
                    span_between(place.open_bracket->offset_bytes, end_of(place.found)));
}

void throw_misplaced_colon(const ErrorPlace& place, bool is_value_expected) {
  if (is_value_expected) {
    throw SyntaxError(ErrorCode::unexpected_token, "found ':' where a value is expected: a number, a name or '('", place.found);
  }
  throw SyntaxError(ErrorCode::unsupported_syntax,
                    "':' stands only in an index, such as 'x[1:]'; choose between values with 'x if condition else y'", place.found);
}

void throw_misplaced_index_word(const ErrorPlace& place) {
  const bool is_none = text_of(place, place.found) == "None";
  throw SyntaxError(ErrorCode::unsupported_syntax,
                    is_none ? "'None' stands only in an index, for a new axis; for a missing number use nan, for all axes leave the axis out"
                            : "'...' stands only in an index, such as 'x[..., 0]'; expected a number, a name or '('",
                    place.found);
}

void throw_index_of_expression(const ErrorPlace& place) {
  throw SyntaxError(ErrorCode::unsupported_syntax, "only a name has an index; give the value a name first: 'y = ...; y[0]'", place.found);
}

void throw_missing_else(const ErrorPlace& place, SourceSpan if_token) {
  const std::string_view found = text_of(place, place.found);
  const bool is_end = found.empty() || is_line_end(found);
  const std::string what = found.empty() ? "the text ends" : is_end ? "the line ends" : "found " + quoted(found);
  const std::string advice = found == "if" ? "; put one of the two conditionals in brackets" : "; write 'x if condition else y'";
  const SourceSpan span = is_end ? SourceSpan{end_of(place.last_token), 0} : place.found;
  throw SyntaxError(is_end ? ErrorCode::unexpected_end : ErrorCode::unexpected_token, what + " where 'else' is expected" + advice, span,
                    Error::Note{"the 'if' is here", if_token});
}

void throw_missing_operator(const ErrorPlace& place, bool is_after_type) {
  const std::string_view found = text_of(place, place.found);
  const bool may_be_factor = found != "not" && found.find_first_of("\"'.~") != 0;
  const std::string_view advice = is_after_type   ? "write a cast as a function, such as 'float64(x)'"
                                  : may_be_factor ? "to multiply, write '*'"
                                                  : "write one between the two values";
  throw SyntaxError(ErrorCode::unexpected_token, "found " + quoted(found) + " where an operator is expected; " + std::string(advice),
                    place.found, bracket_note_of_earlier_line(place));
}

}  // namespace lanewise::inline v0
