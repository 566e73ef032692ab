#pragma once
// :plot, from its text to the picture.

#include <string>
#include <string_view>

#include "program/plot.hpp"
#include "program/workspace.hpp"

namespace lanewise::inline v0::program {

struct PlotRequest {
  PlotKind kind = PlotKind::line;
  std::string svg_path;  ///< empty: in the terminal
  std::string_view expression;
};
/// Reads `[--hist] [--svg FILE] EXPRESSION`; FILE may stand in quotation marks. Throws SyntaxError E101, E102.
PlotRequest parse_plot(std::string_view argument);

/// Evaluates and draws. Throws CommandFailed; DTypeError E204, ShapeError E301 for what is no array of one dimension of real numbers; FileError.
void run_plot(Workspace& workspace, std::string_view argument);

}  // namespace lanewise::inline v0::program
