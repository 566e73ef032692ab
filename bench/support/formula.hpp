#pragma once
// The measured expressions as C++, each for doubles, vectors of doubles (the compiler's vector types), magnitudes and
// Eigen's arrays.
//
// A loop compiled over `value` may contract to fused multiply-add and so differ in the last bits; the magnitude of the terms scales the
// tolerance it is given. The library is held to every bit of `value` without contraction.

#include <array>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

/// Stands for a number in a formula and computes the sum of the terms' absolute values; a divisor must have terms of one sign.
struct Magnitude {
  double size;
  Magnitude(double value) : size(std::abs(value)) {}
  Magnitude max(Magnitude other) const { return size > other.size ? *this : other; }
  Magnitude min(Magnitude other) const { return max(other); }  // an upper bound
  friend Magnitude operator+(Magnitude left, Magnitude right) { return left.size + right.size; }
  friend Magnitude operator-(Magnitude left, Magnitude right) { return left.size + right.size; }
  friend Magnitude operator*(Magnitude left, Magnitude right) { return left.size * right.size; }
  friend Magnitude operator/(Magnitude left, Magnitude right) { return left.size / right.size; }
};

template <class Value>
auto larger(const Value& left, const Value& right) {
  if constexpr (requires { left.max(right); }) {
    return left.max(right);
  } else {
    return left > right ? left : right;
  }
}

template <class Value>
auto smaller(const Value& left, const Value& right) {
  if constexpr (requires { left.min(right); }) {
    return left.min(right);
  } else {
    return left > right ? right : left;
  }
}

#define FORMULA(name, inputs, steps, expression)                               \
  struct name##_formula {                                                      \
    static constexpr std::size_t input_count = inputs;                         \
    template <class Value>                                                     \
    static auto value(const Value& u, [[maybe_unused]] const Value& v) {       \
      return expression;                                                       \
    }                                                                          \
  };
#include "support/formulas.def"
#undef FORMULA

/// Calls `visitor` with the formula of an expression's name.
template <class Visitor>
auto visit_formula(std::string_view name, Visitor&& visitor) {
#define FORMULA(formula, inputs, steps, expression) \
  if (name == #formula) return visitor(formula##_formula{});
#include "support/formulas.def"
#undef FORMULA
  throw std::invalid_argument("no formula for the expression '" + std::string(name) + "'");
}

/// The names of all formulas, by their number of steps.
inline constexpr std::array formula_names = {
#define FORMULA(name, inputs, steps, expression) std::string_view(#name),
#include "support/formulas.def"
#undef FORMULA
};

}  // namespace bench
