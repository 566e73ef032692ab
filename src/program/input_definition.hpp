#pragma once
// Inputs named on the command line: NAME=EXPRESSION, or arrays from files, x=@x.npy, x=@t.csv:mass for the column mass of a table, x=@t.csv for
// its column x.

#include <optional>
#include <string>
#include <string_view>

#include <lanewise/calculator.hpp>

namespace lanewise::inline v0::program {

struct Definition {
  std::string_view name;
  std::string_view right_side;  ///< without the blanks before it
};
/// Returns the two sides of `NAME=...`; nothing if the text does not begin so.
std::optional<Definition> split_definition(std::string_view text);

struct InputFile {
  std::string path;
  std::optional<std::string> column;  ///< of a CSV file
};
/// Returns the file of NAME=@FILE or NAME=@FILE:COLUMN; nothing of any other definition. FILE:COLUMN is all that follows the sign,
/// whatever characters it has: a colon ends a file name only after .csv.
std::optional<InputFile> input_file(const Definition& definition);

/// Returns the statement that does the same in a session: `x = load("x.npy")`.
std::string load_statement(std::string_view name, const InputFile& file);

/// Gives the name to the array in the file.
///
/// Throws      FileError E701, E702, E703, E705; NameError for a name that cannot be bound; std::bad_alloc.
void set_from_file(Calculator& calculator, std::string_view name, const InputFile& file);

}  // namespace lanewise::inline v0::program
