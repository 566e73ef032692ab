#pragma once
// Where text comes to stand on a terminal: widths of characters, rows of a line that wraps, lists in columns.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace lanewise::inline v0::program {

/// A place on the terminal, relative to where a prompt begins.
struct ScreenPlace {
  std::size_t row = 0;
  std::size_t column = 0;
  friend constexpr bool operator==(ScreenPlace, ScreenPlace) noexcept = default;
};

/// Returns where the cursor stands after `text` was written from `begin` on, as libedit writes it: a control character as ^A; at the right edge
/// the cursor goes on to the next row at once.
ScreenPlace place_after(std::wstring_view text, ScreenPlace begin, std::size_t column_count);

/// Returns the columns that the text takes in one row. Widths are the locale's (LC_CTYPE).
std::size_t width_of(std::wstring_view text);

/// Returns the words in as many columns as fit, sorted downwards as ls does; lines end in a line break.
std::string in_columns(std::span<const std::string> words, std::size_t column_count);

/// Returns `in_columns` of as many words as fit in so many rows, with a row behind it that says how many are left out, if any are.
std::string in_rows_and_columns(std::span<const std::string> words, std::size_t row_count, std::size_t column_count);

/// Returns the lines with breaks between words where they are wider than the screen. What follows goes under the last column of the line, if one
/// stands in its left half, or a little to the right of the line's beginning.
std::string wrapped(std::string_view text, std::size_t column_count);

/// True if the terminal knows no codes, by $TERM.
bool is_plain_terminal();

struct ScreenSize {
  std::size_t row_count;
  std::size_t column_count;
};
/// Returns the size of the terminal at a descriptor; 24 rows of 80 columns where it is not known.
ScreenSize screen_size(int descriptor);

}  // namespace lanewise::inline v0::program
