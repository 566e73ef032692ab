#pragma once
// Elementary functions as plain loops over the vector functions of two libraries.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct FunctionLoop {
  std::string library;
  void (*run)(const double* u, const double* v, double* out, std::size_t count);  // a count of whole vectors
  bool is_within_one_ulp;
};

/// Returns the loops for a row function.* of expressions.txt: SLEEF's functions within 1 ulp, and the C library's within 4 where it has them.
std::vector<FunctionLoop> function_loops(std::string_view name);

/// The value of that row by the C library's scalar functions, in extended precision where there is one.
double function_value(std::string_view name, double u, double v);

}  // namespace bench
