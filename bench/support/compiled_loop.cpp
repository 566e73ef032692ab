// The loop of each formula as a compiler fuses it by itself: compiled with -O3 -march=native and contraction, once with each compiler
// that the machine has, and called through C names that begin with the compiler's. No header of a library is included, so that both agree
// on the names.
//
// LANEWISE_LOOP_NAME(formula) is defined on the command line.

static inline double larger(double left, double right) { return left > right ? left : right; }
static inline double smaller(double left, double right) { return left > right ? right : left; }

#define VALUE_1(expression) \
  { const double u = first[i]; out[i] = expression; }
#define VALUE_2(expression) \
  { const double u = first[i], v = second[i]; out[i] = expression; }

extern "C" {

#define FORMULA(name, inputs, steps, expression)                                                                                    \
  void LANEWISE_LOOP_NAME(name)(const double* __restrict first, [[maybe_unused]] const double* __restrict second,                   \
                                double* __restrict out, unsigned long count) {                                                      \
    for (unsigned long i = 0; i < count; ++i) VALUE_##inputs(expression)                                                            \
  }
#include "formulas.def"

}  // extern "C"
