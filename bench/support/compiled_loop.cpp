// The loop of each expression as a compiler fuses it by itself: compiled with -O3 -march=native and contraction, once with each compiler
// that the machine has, and called through C names that begin with the compiler's. Nothing is included, so that both agree on the names.
//
// LANEWISE_LOOP_NAME(formula) is defined on the command line.

extern "C" {

void LANEWISE_LOOP_NAME(square)(const double* __restrict u, const double* __restrict, double* __restrict out, unsigned long count) {
  for (unsigned long i = 0; i < count; ++i) out[i] = u[i] * u[i];
}

void LANEWISE_LOOP_NAME(axpy)(const double* __restrict u, const double* __restrict v, double* __restrict out, unsigned long count) {
  for (unsigned long i = 0; i < count; ++i) out[i] = 2 * u[i] + 3 * v[i];
}

void LANEWISE_LOOP_NAME(cubic)(const double* __restrict v, const double* __restrict, double* __restrict out, unsigned long count) {
  for (unsigned long i = 0; i < count; ++i) out[i] = .25 * (v[i] * v[i] * v[i]) + .75 * (v[i] * v[i]) - 1.5 * v[i] - 2;
}

}  // extern "C"
