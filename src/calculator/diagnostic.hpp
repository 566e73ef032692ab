#pragma once
// What is said of a statement that threw.

#include <chrono>
#include <exception>
#include <string_view>

#include <lanewise/calculator.hpp>

namespace lanewise::inline v0::calculator {

/// Describes an exception of a statement of `text`. `time_limit` is that of the run if it is over, else 0.
Diagnostic diagnostic_of(const std::exception_ptr& exception, std::string_view text, std::chrono::nanoseconds time_limit);

}  // namespace lanewise::inline v0::calculator
