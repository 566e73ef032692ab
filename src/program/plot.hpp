#pragma once
// Values as a picture: in a terminal by characters, or as an SVG file.
//
// Of a line, element numbers run to the right and values up; neighbours are joined, and where many elements share a column it shows all they span.
// A histogram counts values in bins of equal width. nan and infinities leave gaps and are told in a line below.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace lanewise::inline v0::program {

enum class PlotKind { line, histogram };

/// The room for a plot, labels included, in characters.
struct PlotSize {
  std::size_t column_count = 80;
  std::size_t row_count = 20;
};

/// Returns the picture as lines, each ending in a line break; of no finite value a sentence that says so.
std::string plot_text(std::span<const double> values, PlotKind kind, PlotSize size);

/// Returns the picture as an SVG document with axes and a title.
std::string plot_svg(std::span<const double> values, PlotKind kind, std::string_view title);

}  // namespace lanewise::inline v0::program
