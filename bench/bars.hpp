#pragma once
// What must be reached, as numbers.

#include <cstddef>
#include <vector>

#include "support/contest.hpp"

namespace bench {

/// Sizes of the contests; smaller ones serve tests.
struct Sizes {
  std::size_t in_memory = 60'000'000;
  std::size_t in_first_cache = 1'000;
  std::size_t in_cache = 60'000;
  std::vector<std::size_t> lengths = {1'000, 10'000, 100'000, 1'000'000};
  std::vector<std::size_t> sweep = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
  std::size_t side = 8'192;  // of the square arrays of several layouts
};

/// Measures and prints each bar as "P1 cubic 60M: 1.04 (bar 1.1) PASS". Returns the number of misses.
int check_bars(const Sizes& sizes, const ContestRules& memory_rules, const ContestRules& cache_rules);

}  // namespace bench
