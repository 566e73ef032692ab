#pragma once
// Lines of text, wherever they come from, to statements and commands.
//
// A line may hold several statements; the first that fails ends it. While a bracket is open the next line belongs to it. A line that begins with a colon
// is a command (commands.hpp), as are ?name and name?.

#include <istream>
#include <string>
#include <string_view>

#include "program/workspace.hpp"

namespace lanewise::inline v0::program {

enum class Next { go_on, leave };

/// True if the line after `text` belongs to it.
bool is_unfinished(const Calculator& calculator, std::string_view text);

/// Reads a line, and those behind it as long as a bracket is open. Returns how many were read.
std::size_t read_lines(const Calculator& calculator, std::istream& in, std::string& text);

/// Runs what `read_lines` has read. Its failures are shown, and the first one's status is the workspace's. Throws OutputFailed.
struct LineOutcome {
  Next next;
  bool is_done;  ///< nothing failed
};
LineOutcome run_line(Workspace& workspace, std::string_view line);

/// Runs all lines, up to the first that fails or leaves. `name` is what reports begin with, "script.lw:3: "; if it is empty they begin with nothing.
LineOutcome run_lines(Workspace& workspace, std::istream& in, const std::string& name = {});

/// Runs a script. Throws FileError E701 if it cannot be read.
LineOutcome run_script(Workspace& workspace, const std::string& path);

}  // namespace lanewise::inline v0::program
