// The wall of the memory-bound contest. Four vectors a turn; a fence after the last streaming store of a range, so that whoever joins the
// task sees the data. Where the instruction set has no streaming store that this file knows, both kinds of store are plain.
#include "support/hand_fused_loop.hpp"

#include <cstring>

#include "support/formula.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace bench {
namespace {

#if defined(__AVX512F__)
constexpr std::size_t vector_bytes = 64;
#elif defined(__AVX2__)
constexpr std::size_t vector_bytes = 32;
#else
constexpr std::size_t vector_bytes = 16;
#endif
using Vector = double __attribute__((vector_size(vector_bytes)));
constexpr std::size_t lanes = vector_bytes / sizeof(double);
constexpr std::size_t vectors_per_turn = 4;

Vector load(const double* from) {
  Vector vector;
  std::memcpy(&vector, from, vector_bytes);
  return vector;
}

void store_past_cache(double* to, Vector vector) {
#if defined(__AVX512F__)
  _mm512_stream_pd(to, reinterpret_cast<__m512d>(vector));
#elif defined(__AVX2__)
  _mm256_stream_pd(to, reinterpret_cast<__m256d>(vector));
#elif defined(__x86_64__)
  _mm_stream_pd(to, reinterpret_cast<__m128d>(vector));
#else
  std::memcpy(to, &vector, vector_bytes);
#endif
}

void fence() {
#if defined(__x86_64__)
  _mm_sfence();
#endif
}

template <class Formula, Stores stores>
void fused_loop(const double* u, const double* v, double* out, std::size_t first, std::size_t last) {
  std::size_t i = first;
  for (; i + vectors_per_turn * lanes <= last; i += vectors_per_turn * lanes) {
    for (std::size_t k = 0; k < vectors_per_turn; ++k) {
      const std::size_t at = i + k * lanes;
      const Vector left = load(u + at);
      const Vector value = Formula::value(left, Formula::input_count == 2 ? load(v + at) : left);
      if constexpr (stores == Stores::streaming) {
        store_past_cache(out + at, value);
      } else {
        std::memcpy(out + at, &value, vector_bytes);
      }
    }
  }
  if constexpr (stores == Stores::streaming) fence();
  for (; i < last; ++i) out[i] = Formula::value(u[i], Formula::input_count == 2 ? v[i] : u[i]);
}

}  // namespace

FusedLoop hand_fused_loop(std::string_view formula, Stores stores) {
  return visit_formula(formula, [stores]<class Formula>(Formula) -> FusedLoop {
    return stores == Stores::streaming ? &fused_loop<Formula, Stores::streaming> : &fused_loop<Formula, Stores::plain>;
  });
}

}  // namespace bench
