#pragma once
// Arrays from files, named on the command line: x=@x.npy
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
};

/// Returns the parts of NAME=@FILE; nothing of any other definition. FILE is all that follows the sign, whatever characters it has.
std::optional<InputFile> find_input_file(std::string_view definition);

/// Throws      FileError E701, E702, E703; std::bad_alloc.
NamedValue load(const InputFile& file);

}  // namespace lanewise::inline v0::calculator
