// Eight vectors are enough to hide the latency of an addition; more threads than one are what fills memory.
#include "support/hand_reduction.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_reduce.h>

#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>

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
constexpr std::size_t accumulator_count = 8;

Vector load(const double* from) {
  Vector vector;
  std::memcpy(&vector, from, vector_bytes);
  return vector;
}

struct Sum {
  static constexpr double identity = 0;
  template <class Value>
  static Value combine(Value left, Value right) {
    return left + right;
  }
};
struct SumOfFirst : Sum {
  static constexpr bool reads_both = false;
  template <class Value>
  static Value element(Value u, Value) {
    return u;
  }
};
struct SumOfProducts : Sum {
  static constexpr bool reads_both = true;
  template <class Value>
  static Value element(Value u, Value v) {
    return u * v;
  }
};
struct SumOfSquaredDistances : Sum {
  static constexpr bool reads_both = true;
  template <class Value>
  static Value element(Value u, Value v) {
    return (u - v) * (u - v);
  }
};
struct Largest : SumOfFirst {
  static constexpr double identity = -std::numeric_limits<double>::infinity();
  template <class Value>
  static Value combine(Value left, Value right) {
    return left > right ? left : right;
  }
};

template <class Reduction>
double reduce_range(const double* u, const double* v, std::size_t begin, std::size_t end) {
  Vector accumulators[accumulator_count];
  for (Vector& accumulator : accumulators) accumulator = Vector{} + Reduction::identity;
  std::size_t i = begin;
  for (; i + accumulator_count * lanes <= end; i += accumulator_count * lanes) {
    for (std::size_t k = 0; k < accumulator_count; ++k) {
      const Vector left = load(u + i + k * lanes);
      const Vector right = Reduction::reads_both ? load(v + i + k * lanes) : left;
      accumulators[k] = Reduction::combine(accumulators[k], Reduction::element(left, right));
    }
  }
  double result = Reduction::identity;
  for (const Vector& accumulator : accumulators) {
    for (std::size_t lane = 0; lane < lanes; ++lane) result = Reduction::combine(result, accumulator[lane]);
  }
  for (; i < end; ++i) result = Reduction::combine(result, Reduction::element(u[i], v[i]));
  return result;
}

template <class Reduction>
double reduce(const double* u, const double* v, std::size_t count) {
  using Range = tbb::blocked_range<std::size_t>;
  return tbb::parallel_reduce(
      Range(0, count, 65'536), Reduction::identity,
      [&](const Range& range, double value) {
        return Reduction::combine(value, reduce_range<Reduction>(u, v, range.begin(), range.end()));
      },
      [](double left, double right) { return Reduction::combine(left, right); });
}

}  // namespace

double (*hand_reduction(std::string_view name))(const double* u, const double* v, std::size_t count) {
  if (name == "reduction.sum") return &reduce<SumOfFirst>;
  if (name == "reduction.maximum") return &reduce<Largest>;
  if (name == "reduction.products") return &reduce<SumOfProducts>;
  if (name == "reduction.distances") return &reduce<SumOfSquaredDistances>;
  throw std::invalid_argument("no loop for '" + std::string(name) + "'");
}

}  // namespace bench
