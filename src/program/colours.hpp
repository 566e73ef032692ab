#pragma once
// Colours, as codes of ECMA-48, where they are wanted.

#include <string>
#include <string_view>

#include <lanewise/calculator.hpp>

namespace lanewise::inline v0::program {

/// Decides by the option --color. `auto`: the descriptor is a terminal that is not dumb, and the environment has no NO_COLOR (no-color.org).
bool wants_colours(std::string_view option, int descriptor);

/// Returns the text with the session's words in colours.
std::string highlighted(const Calculator& calculator, std::string_view text);

/// Returns a report with its first words, up to the colon, and its carets in colours.
std::string coloured_report(std::string_view report);

}  // namespace lanewise::inline v0::program
