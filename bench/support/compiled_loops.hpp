#pragma once
// The compiler-fused loops that this build has: see compiled_loop.cpp.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct CompiledLoop {
  std::string compiler;
  void (*run)(const double* u, const double* v, double* out, unsigned long count);
};

/// Returns the loop of an expression's name by each compiler found at configuring; at least one.
std::vector<CompiledLoop> compiled_loops(std::string_view formula);

}  // namespace bench
