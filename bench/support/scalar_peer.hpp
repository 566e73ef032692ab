#pragma once
// Other libraries that evaluate an expression for one element, where they are installed.

#include <string>
#include <vector>

#include "support/contest.hpp"

namespace bench {

/// Returns a contender for each peer that this build has: muParser or none. The text's variables are `a` and `b`.
std::vector<Contender> scalar_peers(const std::string& text, double a, double b, double* out);

}  // namespace bench
