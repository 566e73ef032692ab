#pragma once
// Compares a contender's output with the formula evaluated element by element, every step rounded by itself.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bench {

/// The bound on the error of a loop that may contract to fused multiply-add, in units of epsilon × the terms' magnitude.
inline constexpr double contraction_tolerance = 4.0;

/// Returns what is wrong with `out`, or nothing. `exact` asks for every bit. `v` is `u` where the formula has one input.
std::optional<std::string> find_fault(std::string_view formula, std::span<const double> u, std::span<const double> v,
                                      std::span<const double> out, bool exact);

}  // namespace bench
