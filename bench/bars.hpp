#pragma once
// What must be reached, as numbers.

#include <cstddef>

#include "support/contest.hpp"

namespace bench {

/// Sizes of the contests; smaller ones serve tests.
struct Sizes {
  std::size_t in_memory = 60'000'000;
  std::size_t in_cache = 60'000;
  std::size_t short_array = 10'000;
  std::size_t side = 8'192;  // of the square arrays of several layouts
};

/// Measures and prints each bar as "name: value (bar X) PASS|MISS". Returns the number of misses.
int check_bars(const Sizes& sizes, const ContestRules& memory_rules, const ContestRules& cache_rules);

}  // namespace bench
