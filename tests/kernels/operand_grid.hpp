#pragma once
// Values to try kernels on: the special ones of a dtype, and random ones of all magnitudes. The same on every run.

#include <vector>

#include "kernels/run_instruction.hpp"

namespace lanewise::inline v0::kernel_tests {

/// Zeros, ones, edges of the range, infinities, nan, neighbours of powers of two.
std::vector<Scalar> special_values(DType dtype);

/// Half of any bits, half of everyday magnitude.
std::vector<Scalar> random_values(DType dtype, std::size_t count, std::uint64_t seed);

/// Special values, then random ones; `size()` is a multiple of `whole_tiles` and at least `count`.
Elements grid_of_one(DType dtype, std::size_t count);

/// Every pair of special values, then random pairs.
struct PairGrid {
  Elements left, right;
};
PairGrid grid_of_two(DType dtype, std::size_t random_count);

}  // namespace lanewise::inline v0::kernel_tests
