#pragma once
// The stages of a compilation by name, and the machine they end in.

#include <string>
#include <string_view>

#include <lanewise/calculator.hpp>

namespace lanewise::inline v0::program {

/// Returns the text of the stage called tree, graph, simplified, program or plan, of the last statement of `text`. Precondition: `stage` is one of
/// them.
Explanation explain_stage(Calculator& calculator, std::string_view stage, std::string_view text, const RunOptions& options);

/// Returns the name of the CPU target that evaluations use: "x86-64-v4".
std::string cpu_target();

}  // namespace lanewise::inline v0::program
