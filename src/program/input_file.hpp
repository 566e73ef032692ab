#pragma once
// Arrays from files, named on the command line: x=@x.npy, x=@t.csv:mass for the column mass of a table, x=@t.csv for its column x.
//
// Only there: whoever writes a script or a line in a pipe may be somebody else than whose files these are.

#include <optional>
#include <string>
#include <string_view>

#include <lanewise/calculator.hpp>

namespace lanewise::inline v0::program {

/// NAME=VALUE, without blanks around the two.
struct Definition {
  std::string_view name;
  std::string_view value;
};
/// Returns the parts, or nothing if that is not NAME=…
std::optional<Definition> split_definition(std::string_view definition);

struct InputFile {
  std::string_view name;  ///< what the array is called
  std::string path;
  std::optional<std::string> column;  ///< of a CSV file
};

/// Returns the parts of NAME=@FILE or NAME=@FILE:COLUMN; nothing of any other definition. FILE:COLUMN is all that follows the sign,
/// whatever characters it has: a colon ends a file name only after .csv.
std::optional<InputFile> find_input_file(std::string_view definition);

/// Throws      FileError E701, E702, E703, E705; NameError; std::bad_alloc.
void define(Calculator& calculator, const InputFile& file);

}  // namespace lanewise::inline v0::program
