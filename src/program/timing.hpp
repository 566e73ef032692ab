#pragma once
// What :time and :timeit say.

#include <span>
#include <string>
#include <string_view>

#include "program/workspace.hpp"

namespace lanewise::inline v0::program {

/// Returns "12.3 ms for all, 10.1 ms evaluating; 5.9e+09 elements/s, 95 GB/s".
std::string time_text(const Reply& reply);

/// Seconds of one evaluation each.
struct Timings {
  double least;
  double median;
  double quarter, three_quarters;  ///< half of the runs took between these
};
/// Precondition: there is at least one.
Timings timings_of(std::span<const double> seconds);

/// Evaluates the text for about a second, results into one memory, and returns the least and the median time with their spread, elements and bytes a
/// second by the least, and the plan, which names threads and CPU target. No name changes.
///
/// Throws      CommandFailed.
std::string measured_text(Workspace& workspace, std::string_view text);

}  // namespace lanewise::inline v0::program
