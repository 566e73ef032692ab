#pragma once
// Evaluation as a library without fusing does it: each step of the expression is a loop over whole arrays, its result a temporary.
//
// Kinder than NumPy: the temporaries are kept between calls, so no page is touched for the first time while the clock runs, and the cube
// is multiplied instead of going through pow.

#include <cstddef>
#include <functional>
#include <string_view>

namespace bench {

/// Returns a function that computes the expression of that name over `count` elements on one thread.
std::function<void()> one_temporary_per_step(std::string_view formula, const double* u, const double* v, double* out, std::size_t count);

}  // namespace bench
