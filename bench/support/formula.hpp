#pragma once
// The measured expressions as C++, each written once for a double and for vectors of doubles (the compiler's vector types).
//
// A loop compiled over `value` may contract to fused multiply-add and so differ in the last bits; `magnitude`, the sum of the terms'
// absolute values, scales the tolerance it is given. The library is held to every bit of `value` without contraction.

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

struct Square {
  static constexpr std::size_t input_count = 1;
  template <class Value>
  static Value value(Value u, Value) {
    return u * u;
  }
  static double magnitude(double u, double) { return u * u; }
};

struct Axpy {
  static constexpr std::size_t input_count = 2;
  template <class Value>
  static Value value(Value u, Value v) {
    return 2.0 * u + 3.0 * v;
  }
  static double magnitude(double u, double v) { return 2.0 * std::abs(u) + 3.0 * std::abs(v); }
};

struct Cubic {
  static constexpr std::size_t input_count = 1;
  template <class Value>
  static Value value(Value v, Value) {
    return 0.25 * (v * v * v) + 0.75 * (v * v) - 1.5 * v - 2.0;
  }
  static double magnitude(double v, double) { return 0.25 * std::abs(v * v * v) + 0.75 * v * v + 1.5 * std::abs(v) + 2.0; }
};

/// Calls `visitor` with the formula of an expression's name.
template <class Visitor>
auto visit_formula(std::string_view name, Visitor&& visitor) {
  if (name == "square") return visitor(Square{});
  if (name == "axpy" || name == "pair") return visitor(Axpy{});
  if (name == "cubic") return visitor(Cubic{});
  throw std::invalid_argument("no formula for the expression '" + std::string(name) + "'");
}

}  // namespace bench
