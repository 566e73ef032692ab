#pragma once
// Arrays from files, named on the command line: x=@x.npy, x=@t.csv:mass for the column mass of a table, x=@t.csv for its column x.
//
// Only there: whoever writes a script or a line in a pipe may be somebody else than whose files these are.

#include <optional>
#include <string>
#include <string_view>

#include "calculator/text_range.hpp"
#include "calculator/value.hpp"

namespace lanewise::inline v0::calculator {

struct InputFile {
  TextRange name;  ///< of what the array is called, in the definition
  std::string path;
  std::optional<std::string> column;  ///< of a CSV file
};

/// Returns the parts of NAME=@FILE or NAME=@FILE:COLUMN; nothing of any other definition. FILE:COLUMN is all that follows the sign,
/// whatever characters it has: a colon ends a file name only after .csv.
std::optional<InputFile> find_input_file(std::string_view definition);

/// Throws      FileError E701, E702, E703, E705; std::bad_alloc.
NamedValue load(const InputFile& file);

}  // namespace lanewise::inline v0::calculator
