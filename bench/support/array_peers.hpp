#pragma once
// Other libraries that evaluate an expression over arrays, where they are installed.

#include <cstddef>
#include <vector>

#include "support/contest.hpp"
#include "support/expression_list.hpp"

namespace bench {

/// Returns a contender for each peer that this build has: Eigen (its formula compiled into the program) and muParser (its text); both on
/// one thread.
std::vector<Contender> array_peers(const NamedExpression& named, double* u, double* v, double* out, std::size_t count);

/// Names the peers, of arrays and of one element, that this build is without: "Eigen, muParser", or nothing.
std::string missing_peers();

}  // namespace bench
