#pragma once
// Reductions as a specialist writes them: vectors as wide as the machine's, eight sums at a time, all threads.

#include <cstddef>
#include <string_view>

namespace bench {

/// Returns a function that reduces u and v; `name` is a row reduction.* of expressions.txt.
double (*hand_reduction(std::string_view name))(const double* u, const double* v, std::size_t count);

}  // namespace bench
