// Vectors as wide as this machine's. One vector a turn: the loop over a library that a user writes.
#include "support/function_loops.hpp"

#include <sleef.h>

#include <cmath>
#include <stdexcept>

#if defined(__AVX512F__)
#define SLEEF_NAME(name) Sleef_##name##d8_u10avx512f
#define LIBM_NAME_1(name) _ZGVeN8v_##name
#define LIBM_NAME_2(name) _ZGVeN8vv_##name
using Vector = __m512d;
#elif defined(__AVX2__)
#define SLEEF_NAME(name) Sleef_##name##d4_u10avx2
#define LIBM_NAME_1(name) _ZGVdN4v_##name
#define LIBM_NAME_2(name) _ZGVdN4vv_##name
using Vector = __m256d;
#elif defined(__x86_64__)
#define SLEEF_NAME(name) Sleef_##name##d2_u10sse4
#define LIBM_NAME_1(name) _ZGVbN2v_##name
#define LIBM_NAME_2(name) _ZGVbN2vv_##name
using Vector = __m128d;
#else
#define SLEEF_NAME(name) Sleef_##name##d2_u10advsimd
using Vector = float64x2_t;
#endif

#if defined(LIBM_NAME_1)
extern "C" {
#define DECLARE(name) Vector LIBM_NAME_1(name)(Vector);
DECLARE(exp) DECLARE(log) DECLARE(sin) DECLARE(cos) DECLARE(tan) DECLARE(sinh) DECLARE(cosh) DECLARE(tanh) DECLARE(atan) DECLARE(cbrt) DECLARE(erf)
#undef DECLARE
Vector LIBM_NAME_2(pow)(Vector, Vector);
Vector LIBM_NAME_2(atan2)(Vector, Vector);
}
#endif

namespace bench {
namespace {

constexpr std::size_t lanes = sizeof(Vector) / sizeof(double);

Vector load(const double* from) {
  Vector vector;
  __builtin_memcpy(&vector, from, sizeof(vector));
  return vector;
}

template <auto function>
void of_one(const double* u, const double*, double* out, std::size_t count) {
  for (std::size_t i = 0; i < count; i += lanes) {
    const Vector value = function(load(u + i));
    __builtin_memcpy(out + i, &value, sizeof(value));
  }
}

template <auto function>
void of_two(const double* u, const double* v, double* out, std::size_t count) {
  for (std::size_t i = 0; i < count; i += lanes) {
    const Vector value = function(load(u + i), load(v + i));
    __builtin_memcpy(out + i, &value, sizeof(value));
  }
}

void sine_times_cosine(const double* u, const double*, double* out, std::size_t count) {
  for (std::size_t i = 0; i < count; i += lanes) {
    const auto both = SLEEF_NAME(sincos)(load(u + i));
    const Vector value = both.x * both.y;
    __builtin_memcpy(out + i, &value, sizeof(value));
  }
}

struct Row {
  std::string_view name;
  decltype(FunctionLoop::run) sleef, libm;
  long double (*one)(long double);
  long double (*two)(long double, long double);
};

#if defined(LIBM_NAME_1)
#define ROW_1(name) {"function." #name, &of_one<SLEEF_NAME(name)>, &of_one<LIBM_NAME_1(name)>, &name##l, nullptr}
#define ROW_2(name) {"function." #name, &of_two<SLEEF_NAME(name)>, &of_two<LIBM_NAME_2(name)>, nullptr, &name##l}
#else
#define ROW_1(name) {"function." #name, &of_one<SLEEF_NAME(name)>, nullptr, &name##l, nullptr}
#define ROW_2(name) {"function." #name, &of_two<SLEEF_NAME(name)>, nullptr, nullptr, &name##l}
#endif
constexpr auto sine_times_cosine_of_one = [](long double u) { return sinl(u) * cosl(u); };
constexpr Row rows[] = {ROW_1(exp),  ROW_1(log),  ROW_1(sin), ROW_1(cos), ROW_1(tan), ROW_1(sinh), ROW_1(cosh),
                        ROW_1(tanh), ROW_1(atan), ROW_1(cbrt), ROW_1(erf), ROW_2(pow), ROW_2(atan2),
                        {"function.sincos", &sine_times_cosine, nullptr, sine_times_cosine_of_one, nullptr}};

const Row& find_row(std::string_view name) {
  for (const Row& row : rows) {
    if (row.name == name) return row;
  }
  throw std::invalid_argument("no loop for '" + std::string(name) + "'");
}

}  // namespace

std::vector<FunctionLoop> function_loops(std::string_view name) {
  const Row& row = find_row(name);
  std::vector<FunctionLoop> loops = {{"SLEEF", row.sleef, true}};
  if (row.libm != nullptr) loops.push_back({"the C library", row.libm, false});
  return loops;
}

double function_value(std::string_view name, double u, double v) {
  const Row& row = find_row(name);
  return static_cast<double>(row.one != nullptr ? row.one(u) : row.two(u, v));
}

}  // namespace bench
