#pragma once
// What the word before the cursor may become, and the names of files for it.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lanewise::inline v0::program {

struct Choices {
  std::size_t begin = 0;           ///< the bytes [begin, cursor) are what each word replaces
  std::vector<std::string> words;  ///< sorted; a folder ends in a slash
};

/// Returns the longest text that all words begin with.
std::string common_beginning(const std::vector<std::string>& words);

/// Completes the name of a file: folders with a slash, hidden files only where the name begins with a point. ~/ is the home folder.
Choices complete_file(std::string_view text, std::size_t begin, std::size_t cursor);

/// Returns the path with the home folder in place of a ~ that begins it, before a slash; as it is where the home folder is not known.
std::string with_home(std::string_view path);

/// Returns where the name of a file begins that ends at the cursor: within an unclosed string in the brackets of load( or save(. Else npos.
std::size_t file_name_begin(std::string_view text, std::size_t cursor);

}  // namespace lanewise::inline v0::program
