#pragma once
// What the table says of its rows, in words: for :help, the reference manual and whoever lists operations.

#include <string>
#include <string_view>

#include "ops/operation.hpp"

namespace lanewise::inline v0 {

/// Returns the chapter of the manual that a family is.
std::string_view chapter_title(Family family) noexcept;

/// Returns how a row is written, with names for its operands: "x + y", "sqrt(x)", "var(x, axis=None, keepdims=False, ddof=0)".
std::string signature(const Operation& row);

/// Returns one sentence: which types operands may have, and which type comes out.
std::string describe(TypeRule rule);

}  // namespace lanewise::inline v0
