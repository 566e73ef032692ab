#pragma once
// Where the parts of a line stand: its statements, the name that one binds, the call that a right side may be, the names it mentions.
//
// Text goes in, positions come out. Nothing is judged here: whatever is not one of the calculator's own forms is handed to the
// library unchanged, which finds the errors and knows how to report them.

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "calculator/text_range.hpp"

namespace lanewise::inline v0::calculator {

/// Returns the statements of a line: what stands between semicolons and line breaks outside brackets, without outer blanks and the comment
/// behind; empty ones are left out.
std::vector<TextRange> split_statements(std::string_view line);

/// True if a bracket is still open, so that the next line belongs to the same statement.
bool ends_inside_brackets(std::string_view text);

/// `name = right_side`
struct Assignment {
  TextRange name;
  TextRange right_side;
};
std::optional<Assignment> find_assignment(std::string_view text, TextRange statement);

/// `name(arguments)`, and nothing before or after it.
struct Call {
  TextRange name;
  std::vector<TextRange> arguments;
};
std::optional<Call> find_call(std::string_view text, TextRange whole);

/// Returns the names that may stand for values. A name before an opening bracket is a function's, one before an equals sign inside
/// brackets an argument's, one behind a point an attribute's: these are left out.
std::set<std::string_view> mentioned_names(std::string_view text);

/// Returns the text up to the end of `range` with blanks for all that stands before it: positions in the result are positions in `text`.
std::string blank_before(std::string_view text, TextRange range);

}  // namespace lanewise::inline v0::calculator
