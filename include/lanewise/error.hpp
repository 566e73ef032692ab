#pragma once
// Every error that lanewise throws: a stable code, a sentence, and the place in the text that it is about.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <lanewise/export.hpp>

namespace lanewise::inline v0 {

/// A run of bytes in the text of an expression. A length of 0 points between two bytes.
struct SourceSpan {
  std::size_t offset_bytes = 0;
  std::size_t length_bytes = 0;
  friend constexpr bool operator==(SourceSpan, SourceSpan) noexcept = default;
};

/// What went wrong; the number is stable and printed as "E201".
enum class ErrorCode : std::uint16_t {
  // SyntaxError
  unexpected_token = 101,
  unexpected_end = 102,
  unclosed_bracket = 103,
  unmatched_bracket = 104,
  malformed_number = 105,
  unknown_character = 106,
  reserved_word = 107,
  unsupported_syntax = 108,
  // NameError, DTypeError
  unknown_name = 201,
  wrong_argument_count = 202,
  wrong_output_dtype = 203,
  unsupported_operand_dtype = 204,
  literal_out_of_range = 205,
  name_defined_twice = 206,
  negative_integer_power = 207,
  missing_input = 208,
  wrong_input_dtype = 209,
  argument_not_constant = 210,
  read_only_name = 211,
  // ShapeError, AliasError
  shape_mismatch = 301,
  unsupported_layout = 302,
  not_one_element = 303,
  shape_overflow = 304,
  partial_overlap = 305,
  axis_out_of_range = 306,
  empty_reduction = 307,
  wrong_output_count = 308,
  index_out_of_range = 309,
  // LimitError
  text_too_long = 401,
  nesting_too_deep = 402,
  too_many_nodes = 403,
  too_many_inputs = 404,
  too_many_dimensions = 405,
  memory_limit = 406,
  too_many_names = 407,
  too_many_results = 408,
  // Cancelled
  cancelled = 501,
  time_limit = 502,
  // UnsupportedMachine
  unsupported_machine = 601,
  // FileError
  unreadable_file = 701,
  damaged_file = 702,
  unsupported_file = 703,
  unwritable_file = 704,
  unknown_column = 705,
  file_not_allowed = 706,
  // Error, of calculators
  assertion_failed = 801,
};

/// The base of all errors. `what()` is one sentence; `report()` shows it under the text it is about.
///
/// Threads     an Error is a value; reading one from several threads is safe.
class LANEWISE_API Error : public std::runtime_error {
 public:
  struct Note {
    std::string message;
    SourceSpan span;
  };

  Error(ErrorCode code, const std::string& message, SourceSpan span = {}, std::optional<Note> note = {});
  Error(const Error&) = default;
  Error& operator=(const Error&) = default;
  ~Error() override;

  /// Returns the stable code, such as "E201".
  std::string code() const;
  ErrorCode error_code() const noexcept { return code_; }

  /// Returns the place in the text; meaningless where the text is not at fault (a wrong array, say).
  SourceSpan span() const noexcept { return span_; }
  const std::optional<Note>& note() const noexcept { return note_; }

  /// Returns the message, the source line with a caret under the exact bytes, and the note, a line each.
  std::string report() const;

  /// Gives `report()` the text to quote; the stages below the driver know only positions.
  void attach_source(std::string_view source);

 private:
  ErrorCode code_;
  SourceSpan span_;
  std::optional<Note> note_;
  std::string source_;
};

#define LANEWISE_ERROR_KIND(Kind)     \
  class LANEWISE_API Kind : public Error { \
   public:                            \
    using Error::Error;               \
    ~Kind() override;                 \
  }

LANEWISE_ERROR_KIND(SyntaxError);         // E1xx: the text is not in the language
LANEWISE_ERROR_KIND(NameError);           // E2xx: an unknown, missing or repeated name
LANEWISE_ERROR_KIND(DTypeError);          // E2xx: an operation has no meaning for these types
LANEWISE_ERROR_KIND(ShapeError);          // E3xx: arrays that do not fit together
LANEWISE_ERROR_KIND(AliasError);          // E305: the output overlaps an input, but not exactly
LANEWISE_ERROR_KIND(LimitError);          // E4xx: text or arrays beyond a limit
LANEWISE_ERROR_KIND(Cancelled);           // E50x: stopped by EvaluateOptions::stop
LANEWISE_ERROR_KIND(UnsupportedMachine);  // E601: this processor lacks the instructions
LANEWISE_ERROR_KIND(FileError);           // E7xx: a file that cannot be read, understood or written

#undef LANEWISE_ERROR_KIND

}  // namespace lanewise::inline v0
