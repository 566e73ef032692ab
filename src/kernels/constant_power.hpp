#pragma once
// Powers by a constant exponent of a whole or half: by repeated squaring, within 0.51 units in the last place.
//
// float32 is computed in float64. In float64 each product carries what rounding took from it along ("Accurate floating-point product",
// Graillat, 2008). That holds while nothing near the ends of the range is met; the few lanes beyond are left to `vector_power`.

#include "kernels/power_of_ten.hpp"
#include "kernels/tile.hpp"
#include "kernels/vector_math.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// The square root as C's pow has it: 0 of -0, and infinity of minus infinity.
template <class D>
LANEWISE_INLINE hn::Vec<D> root_for_power(D d, hn::Vec<D> x) {
  const auto lowest = hn::Neg(infinity(d));
  return hn::Add(hn::Sqrt(hn::IfThenElse(hn::Eq(x, lowest), infinity(d), x)), hn::Zero(d));
}

/// |exponent| = whole + half / 2
struct ConstantExponent {
  unsigned whole;
  bool half;
  bool negative;

  static ConstantExponent of(double exponent) {
    const double magnitude = exponent < 0 ? -exponent : exponent;
    const auto whole = static_cast<unsigned>(magnitude);
    return {whole, magnitude != static_cast<double>(whole), exponent < 0};
  }
  unsigned second_bit() const { return whole < 2 ? 0 : 1U << (30 - __builtin_clz(whole)); }
};

/// Returns `function` of each of the four vectors of its operands.
template <class Function, class V, class... Operands>
LANEWISE_INLINE auto each(Function function, Vectors<V> first, Operands... others) {
  using Result = decltype(function(first.v0, others.v0...));
  return Vectors<Result>{function(first.v0, others.v0...), function(first.v1, others.v1...), function(first.v2, others.v2...),
                         function(first.v3, others.v3...)};
}

/// Every step rounds; for float32, whose results float64 holds with 29 bits to spare.
template <class D>
LANEWISE_INLINE Vectors<hn::Vec<D>> rounded_powers(D d, Vectors<hn::Vec<D>> x, ConstantExponent exponent) {
  using V = hn::Vec<D>;
  const auto one = hn::Set(d, 1);
  const auto product = [](V left, V right) __attribute__((always_inline)) { return hn::Mul(left, right); };
  const auto base = exponent.half ? each([](V v) __attribute__((always_inline)) { return hn::Abs(v); }, x) : x;
  auto power = exponent.whole == 0 ? Vectors<V>{one, one, one, one} : base;
  for (unsigned bit = exponent.second_bit(); bit != 0; bit >>= 1) {
    power = each(product, power, power);
    if ((exponent.whole & bit) != 0) power = each(product, power, base);
  }
  if (exponent.half) power = each([d](V v, V of) __attribute__((always_inline)) { return hn::Mul(v, root_for_power(d, of)); }, power, x);
  return exponent.negative ? each([one](V v) __attribute__((always_inline)) { return hn::Div(one, v); }, power) : power;
}

/// A value and what rounding took from it.
template <class D>
struct CarriedPower {
  hn::Vec<D> value, lost;
};

/// Lanes around which neither products nor what rounding takes from them leave the range.
template <class D>
LANEWISE_INLINE hn::Mask<D> is_far_from_limits(D d, hn::Vec<D> x) {
  const auto magnitude = hn::Abs(x);
  return hn::And(hn::Ge(magnitude, hn::Set(d, 0x1p-960)), hn::Le(magnitude, hn::Set(d, 0x1p960)));
}

template <class D>
LANEWISE_INLINE CarriedPower<D> times_root(D d, CarriedPower<D> power, hn::Vec<D> x) {
  const auto root = hn::Sqrt(x);
  const auto square = hn::Mul(root, root);
  const auto missing = hn::Sub(hn::Sub(x, square), lost_of_product(d, root, root, square));
  const auto root_lost = hn::Div(missing, hn::Add(root, root));
  const auto product = hn::Mul(power.value, root);
  const auto product_lost = hn::MulAdd(power.value, root_lost, lost_of_product(d, power.value, root, product));
  return {product, hn::MulAdd(power.lost, root, product_lost)};
}

template <class D>
LANEWISE_INLINE hn::Vec<D> inverse_of(D d, CarriedPower<D> power) {
  const auto one = hn::Set(d, 1);
  const auto quotient = hn::Div(one, power.value);
  const auto product = hn::Mul(quotient, power.value);
  const auto missing = hn::Sub(hn::Sub(one, product), lost_of_product(d, quotient, power.value, product));
  return hn::MulAdd(quotient, hn::Sub(missing, hn::Mul(quotient, power.lost)), quotient);
}

struct GeneralPower {
  template <class D>
  static LANEWISE_INLINE hn::Vec<D> of(D d, hn::Vec<D> x, hn::Vec<D> y) {
    return vector_power(d, x, y);
  }
};

/// From the power by the whole part of the exponent to that by all of it; `y` is the exponent.
template <class D>
LANEWISE_INLINE hn::Vec<D> finish_power(D d, CarriedPower<D> power, ConstantExponent exponent, hn::Vec<D> x, hn::Vec<D> y) {
  if (exponent.half) power = times_root(d, power, x);
  auto is_usual = is_far_from_limits(d, power.value);
  if (exponent.half) is_usual = hn::And(is_usual, is_far_from_limits(d, x));
  const auto result = exponent.negative ? inverse_of(d, power) : hn::Add(power.value, power.lost);
  return unless_rare<GeneralPower>(d, result, hn::Not(is_usual), x, y);
}

template <class D>
LANEWISE_INLINE Vectors<hn::Vec<D>> carried_powers(D d, Vectors<hn::Vec<D>> x, hn::Vec<D> y, ConstantExponent exponent) {
  using V = hn::Vec<D>;
  const auto one = hn::Set(d, 1);
  const auto zero = hn::Zero(d);
  const auto multiply = [](V left, V right) __attribute__((always_inline)) { return hn::Mul(left, right); };
  auto value = exponent.whole == 0 ? Vectors<V>{one, one, one, one} : x;
  Vectors<V> lost{zero, zero, zero, zero};
  for (unsigned bit = exponent.second_bit(); bit != 0; bit >>= 1) {
    const auto square = each(multiply, value, value);
    lost = each([d](V v, V l, V product) __attribute__((
                    always_inline)) { return hn::MulAdd(l, hn::Add(v, v), lost_of_product(d, v, v, product)); },
                value, lost, square);
    value = square;
    if ((exponent.whole & bit) == 0) continue;
    const auto next = each(multiply, value, x);
    lost = each([d](V v, V l, V base, V product) __attribute__((
                    always_inline)) { return hn::MulAdd(l, base, lost_of_product(d, v, base, product)); },
                value, lost, x, next);
    value = next;
  }
  const auto finish = [&](V v, V l, V base) __attribute__((always_inline)) {
    return finish_power(d, CarriedPower<D>{v, l}, exponent, base, y);
  };
  return each(finish, value, lost, x);
}

/// d := left to the power of right, which is one whole or half number. Four vectors are raised in step: an operation of one waits for its last.
template <class T, size_t lane_bytes>
struct PowerOfConstant {
  using D = TagOf<T, lane_bytes>;
  using V = hn::Vec<D>;

  template <InstructionForm form, size_t first_vector>
  static LANEWISE_INLINE Tile results(const BoundInstruction* pc, size_t element_index, Tile a, Tile b) {
    const D d;
    const auto x = read<form.left, Side::left, T, lane_bytes, first_vector>(pc, element_index, a, b);
    const T y = constant_value<T>(pc->right);
    const auto powers = raise(d, x, y, ConstantExponent::of(static_cast<double>(y)));
    return {to_register(d, powers.v0), to_register(d, powers.v1), to_register(d, powers.v2), to_register(d, powers.v3)};
  }

 private:
  static LANEWISE_INLINE Vectors<V> raise(D d, Vectors<V> x, [[maybe_unused]] T y, ConstantExponent exponent) {
    if constexpr (sizeof(T) == 8) {
      return carried_powers(d, x, hn::Set(d, y), exponent);
    } else if constexpr (is_half<D>) {
      const hn::Rebind<double, D> wide;
      const auto powers = rounded_powers(wide, each([wide](V v) __attribute__((always_inline)) { return hn::PromoteTo(wide, v); }, x), exponent);
      return each([d](auto power) __attribute__((always_inline)) { return hn::DemoteTo(d, power); }, powers);
    } else {
      const Vectors<V> low = raise_two(d, x.v0, x.v1, exponent);
      const Vectors<V> high = raise_two(d, x.v2, x.v3, exponent);
      return {low.v0, low.v1, high.v0, high.v1};
    }
  }

  /// Of two vectors of float32, which are four of float64; the last two of the result are the first two again.
  static LANEWISE_INLINE Vectors<V> raise_two(D d, V x, V y, ConstantExponent exponent) {
    const hn::Half<D> half;
    const hn::Rebind<double, hn::Half<D>> wide;
    const auto lower = [&](V v) __attribute__((always_inline)) { return hn::PromoteTo(wide, hn::LowerHalf(half, v)); };
    const auto upper = [&](V v) __attribute__((always_inline)) { return hn::PromoteTo(wide, hn::UpperHalf(half, v)); };
    const auto powers = rounded_powers(wide, Vectors<hn::Vec<decltype(wide)>>{lower(x), upper(x), lower(y), upper(y)}, exponent);
    const auto first = hn::Combine(d, hn::DemoteTo(half, powers.v1), hn::DemoteTo(half, powers.v0));
    const auto second = hn::Combine(d, hn::DemoteTo(half, powers.v3), hn::DemoteTo(half, powers.v2));
    return {first, second, first, second};
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
