#pragma once

#include <span>

#include "ir/rewriter.hpp"

namespace lanewise::inline v0 {

/// Returns the rewrites that keep every bit, in the order in which they are tried.
std::span<const Rule> exact_rules();

}  // namespace lanewise::inline v0
