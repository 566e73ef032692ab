// Declares the C names of compiled_loop.cpp and lists them.
#include "support/compiled_loops.hpp"

#include <stdexcept>

#define DECLARE_LOOPS(compiler)                                                 \
  void compiler##_square(const double*, const double*, double*, unsigned long); \
  void compiler##_axpy(const double*, const double*, double*, unsigned long);   \
  void compiler##_cubic(const double*, const double*, double*, unsigned long)

extern "C" {
#if defined(BENCH_HAS_GCC)
DECLARE_LOOPS(gcc);
#endif
#if defined(BENCH_HAS_CLANG)
DECLARE_LOOPS(clang);
#endif
}

namespace bench {
namespace {

struct LoopsOfCompiler {
  const char* compiler;
  decltype(CompiledLoop::run) square;
  decltype(CompiledLoop::run) axpy;
  decltype(CompiledLoop::run) cubic;
};

constexpr LoopsOfCompiler all_loops[] = {
#if defined(BENCH_HAS_GCC)
    {"gcc " BENCH_HAS_GCC, gcc_square, gcc_axpy, gcc_cubic},
#endif
#if defined(BENCH_HAS_CLANG)
    {"clang " BENCH_HAS_CLANG, clang_square, clang_axpy, clang_cubic},
#endif
};

}  // namespace

std::vector<CompiledLoop> compiled_loops(std::string_view formula) {
  std::vector<CompiledLoop> loops;
  for (const LoopsOfCompiler& row : all_loops) {
    if (formula == "square") loops.push_back({row.compiler, row.square});
    if (formula == "axpy" || formula == "pair") loops.push_back({row.compiler, row.axpy});
    if (formula == "cubic") loops.push_back({row.compiler, row.cubic});
  }
  if (loops.empty()) throw std::invalid_argument("no compiled loop for the expression '" + std::string(formula) + "'");
  return loops;
}

}  // namespace bench
