#pragma once
// Files that commands name: who may, where they are, how they are written.

#include <string>
#include <string_view>

#include "program/workspace.hpp"

namespace lanewise::inline v0::program {

/// Throws FileError E706 where the workspace may not use files: statements from a pipe may come from somebody who must not.
void require_files(const Workspace& workspace, std::string_view command);

/// Returns the path as a person writes it: quotation marks around it do not count, and ~/ is the home folder.
std::string expanded_path(std::string_view written);

/// Writes a whole file, in place of one that is there: under another name first, so that it appears whole or not at all.
///
/// Throws      FileError E704.
void write_text_file(const std::string& path, std::string_view text);

}  // namespace lanewise::inline v0::program
