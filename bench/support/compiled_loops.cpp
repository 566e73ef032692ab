// Declares the C names of compiled_loop.cpp and lists them.
#include "support/compiled_loops.hpp"

#include <stdexcept>

extern "C" {
#define FORMULA(name, inputs, steps, expression) void gcc_##name(const double*, const double*, double*, unsigned long);
#if defined(BENCH_HAS_GCC)
#include "support/formulas.def"
#endif
#undef FORMULA
#define FORMULA(name, inputs, steps, expression) void clang_##name(const double*, const double*, double*, unsigned long);
#if defined(BENCH_HAS_CLANG)
#include "support/formulas.def"
#endif
#undef FORMULA
}

namespace bench {

std::vector<CompiledLoop> compiled_loops(std::string_view formula) {
  std::vector<CompiledLoop> loops;
#define FORMULA(name, inputs, steps, expression) \
  if (formula == #name) loops.push_back({"gcc " BENCH_HAS_GCC, gcc_##name});
#if defined(BENCH_HAS_GCC)
#include "support/formulas.def"
#endif
#undef FORMULA
#define FORMULA(name, inputs, steps, expression) \
  if (formula == #name) loops.push_back({"clang " BENCH_HAS_CLANG, clang_##name});
#if defined(BENCH_HAS_CLANG)
#include "support/formulas.def"
#endif
#undef FORMULA
  if (loops.empty()) throw std::invalid_argument("no compiled loop for the expression '" + std::string(formula) + "'");
  return loops;
}

}  // namespace bench
