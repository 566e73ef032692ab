#pragma once
// Prints results as tables, and writes them as JSON.

#include <string>
#include <vector>

#include "support/contest.hpp"
#include "support/machine.hpp"

namespace bench {

void print_table(const Results& results);

/// Throws std::runtime_error if the file cannot be written.
void write_json(const std::string& path, const Machine& machine, const std::vector<Results>& all_results);

}  // namespace bench
