// Sources: the project's language definition; for float `//` and `%` the algorithm NumPy documents as divmod; C's Annex F for zeros.
//
// Integers wrap by computing in unsigned 64 bits and narrowing. Assumes the default rounding mode and no contraction.

#include "oracle/arithmetic.hpp"

#include <array>

namespace lanewise::inline v0::oracle {
namespace {

template <class T>
T wrapped(std::uint64_t value) {
  return static_cast<T>(value);
}

template <class T>
std::uint64_t bits_of(T value) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
}

// NumPy's divmod: the remainder is exact, the quotient follows from it and is snapped to the nearest whole number.
template <class Float>
std::array<Float, 2> divide_with_remainder(Float dividend, Float divisor) {
  Float remainder = std::fmod(dividend, divisor);
  if (divisor == 0) return {dividend / divisor, remainder};
  Float quotient = (dividend - remainder) / divisor;
  if (remainder != 0) {
    if ((divisor < 0) != (remainder < 0)) {
      remainder += divisor;
      quotient -= 1;
    }
  } else {
    remainder = std::copysign(Float{0}, divisor);
  }
  if (quotient == 0) return {std::copysign(Float{0}, dividend / divisor), remainder};
  Float whole = std::floor(quotient);
  if (quotient - whole > Float{0.5}) whole += 1;
  return {whole, remainder};
}

// Toward minus infinity; 0 by 0, and the lowest value by -1 wraps to itself.
template <class Integer>
std::array<Integer, 2> divide_with_remainder_of_integers(Integer dividend, Integer divisor) {
  if (divisor == 0) return {0, 0};
  if (divisor == -1) return {wrapped<Integer>(0 - bits_of(dividend)), 0};
  auto quotient = static_cast<Integer>(dividend / divisor);
  auto remainder = static_cast<Integer>(dividend % divisor);
  if (remainder != 0 && (remainder < 0) != (divisor < 0)) {
    --quotient;
    remainder = static_cast<Integer>(remainder + divisor);
  }
  return {quotient, remainder};
}

template <class Float>
Float least(Float left, Float right) {
  if (std::isnan(left) || std::isnan(right)) return std::numeric_limits<Float>::quiet_NaN();
  if (left == right) return std::signbit(left) ? left : right;
  return left < right ? left : right;
}

template <class Float>
Float sign_of(Float value) {
  if (std::isnan(value)) return value;
  return static_cast<Float>((value > 0) - (value < 0));
}

template <class T>
bool compare(Exact operation, T left, T right) {
  switch (operation) {
    case Exact::less: return left < right;
    case Exact::less_equal: return left <= right;
    case Exact::greater: return left > right;
    case Exact::greater_equal: return left >= right;
    case Exact::equal: return left == right;
    default: return left != right;
  }
}

Value of_bools(Exact operation, bool left, bool right) {
  switch (operation) {
    case Exact::logical_or:
    case Exact::bitwise_or:
    case Exact::maximum:
    case Exact::add: return Value{left || right};
    case Exact::logical_and:
    case Exact::bitwise_and:
    case Exact::minimum:
    case Exact::multiply: return Value{left && right};
    case Exact::bitwise_xor: return Value{left != right};
    case Exact::logical_not:
    case Exact::invert: return Value{!left};
    default: return Value{left};  // absolute and the roundings
  }
}

template <class Integer>
Integer shifted(Exact operation, Integer value, Integer count) {
  const bool in_range = count >= 0 && count < static_cast<Integer>(8 * sizeof(Integer));
  if (operation == Exact::left_shift) return in_range ? wrapped<Integer>(bits_of(value) << count) : Integer{0};
  if (!in_range) return value < 0 ? Integer{-1} : Integer{0};
  return static_cast<Integer>(value >> count);
}

template <class Integer>
Value of_integers(Exact operation, Integer left, Integer right) {
  switch (operation) {
    case Exact::bitwise_or: return Value{static_cast<Integer>(left | right)};
    case Exact::bitwise_xor: return Value{static_cast<Integer>(left ^ right)};
    case Exact::bitwise_and: return Value{static_cast<Integer>(left & right)};
    case Exact::left_shift:
    case Exact::right_shift: return Value{shifted(operation, left, right)};
    case Exact::invert: return Value{static_cast<Integer>(~left)};
    case Exact::add: return Value{wrapped<Integer>(bits_of(left) + bits_of(right))};
    case Exact::subtract: return Value{wrapped<Integer>(bits_of(left) - bits_of(right))};
    case Exact::multiply: return Value{wrapped<Integer>(bits_of(left) * bits_of(right))};
    case Exact::floor_divide: return Value{divide_with_remainder_of_integers(left, right)[0]};
    case Exact::remainder: return Value{divide_with_remainder_of_integers(left, right)[1]};
    case Exact::fmod: return Value{right == 0 || right == -1 ? Integer{0} : static_cast<Integer>(left % right)};
    case Exact::negative: return Value{wrapped<Integer>(0 - bits_of(left))};
    case Exact::absolute: return Value{left < 0 ? wrapped<Integer>(0 - bits_of(left)) : left};
    case Exact::sign: return Value{static_cast<Integer>((left > 0) - (left < 0))};
    case Exact::minimum: return Value{left < right ? left : right};
    case Exact::maximum: return Value{left > right ? left : right};
    default: return Value{left};  // positive and the roundings
  }
}

template <class Float>
Value of_floats(Exact operation, Float left, Float right) {
  switch (operation) {
    case Exact::add: return Value{left + right};
    case Exact::subtract: return Value{left - right};
    case Exact::multiply: return Value{left * right};
    case Exact::divide: return Value{left / right};
    case Exact::floor_divide: return Value{divide_with_remainder(left, right)[0]};
    case Exact::remainder: return Value{divide_with_remainder(left, right)[1]};
    case Exact::fmod: return Value{std::fmod(left, right)};
    case Exact::negative: return Value{-left};
    case Exact::absolute: return Value{std::fabs(left)};
    case Exact::sign: return Value{sign_of(left)};
    case Exact::minimum: return Value{least(left, right)};
    case Exact::maximum: return Value{-least(-left, -right)};
    case Exact::floor: return Value{std::floor(left)};
    case Exact::ceil: return Value{std::ceil(left)};
    case Exact::trunc: return Value{std::trunc(left)};
    case Exact::round: return Value{std::nearbyint(left)};
    // The sign of a nan is nobody's promise.
    case Exact::copysign: return Value{std::copysign(left, right), !std::isnan(right) || std::isnan(left)};
    case Exact::signbit: return Value{std::signbit(left), !std::isnan(left)};
    case Exact::nextafter: return Value{std::nextafter(left, right)};
    case Exact::isnan: return Value{std::isnan(left)};
    case Exact::isinf: return Value{std::isinf(left)};
    case Exact::isfinite: return Value{std::isfinite(left)};
    case Exact::sqrt: return Value{std::sqrt(left)};
    default: return Value{left};  // positive
  }
}

template <class T>
Value of_type(Exact operation, T left, T right) {
  if (operation >= Exact::less && operation <= Exact::not_equal) return Value{compare(operation, left, right)};
  if constexpr (std::is_same_v<T, bool>) {
    return of_bools(operation, left, right);
  } else if constexpr (std::is_integral_v<T>) {
    return of_integers(operation, left, right);
  } else {
    return of_floats(operation, left, right);
  }
}

template <class Integer>
Integer power_of_integers(Integer base, Integer exponent) {
  if (exponent < 0) {
    if (base == 1) return 1;
    if (base == -1) return exponent % 2 == 0 ? Integer{1} : Integer{-1};
    return 0;
  }
  std::uint64_t result = 1;
  std::uint64_t factor = bits_of(base);
  for (auto rest = static_cast<std::uint64_t>(exponent); rest != 0; rest >>= 1) {
    if (rest & 1) result *= factor;
    factor *= factor;
  }
  return wrapped<Integer>(result);
}

template <class Float>
std::optional<Value> power_of_constant(Float base, Float exponent) {
  if (exponent == 0) return Value{Float{1}};
  if (exponent == 1) return Value{base};
  if (exponent == 2) return Value{base * base};
  if (exponent == 3) return Value{(base * base) * base};
  if (exponent == 4) return Value{(base * base) * (base * base)};
  if (exponent == -1) return Value{1 / base};
  if (exponent == Float{0.5}) return Value{std::sqrt(base)};
  return std::nullopt;
}

}  // namespace

Value apply(Exact operation, std::span<const Value> operands) {
  if (operation == Exact::select) {
    Value chosen = operands[0].as<bool>() ? operands[1] : operands[2];
    chosen.specified = chosen.specified && operands[0].specified;
    return chosen;
  }
  const Value& left = operands[0];
  const Value& right = operands.size() > 1 ? operands[1] : operands[0];
  Value result = with_type(left.dtype(), [&](auto typed) {
    using T = decltype(typed);
    return of_type<T>(operation, left.as<T>(), right.as<T>());
  });
  result.specified = result.specified && left.specified && right.specified;
  return result;
}

Value integer_power(const Value& base, const Value& exponent) {
  const bool specified = base.specified && exponent.specified;
  if (base.dtype() == DType::int32) return Value{power_of_integers(base.as<std::int32_t>(), exponent.as<std::int32_t>()), specified};
  return Value{power_of_integers(base.as<std::int64_t>(), exponent.as<std::int64_t>()), specified};
}

std::optional<Value> float_power_of_constant(const Value& base, const Value& exponent) {
  auto result = base.dtype() == DType::float32 ? power_of_constant(base.as<float>(), exponent.as<float>())
                                               : power_of_constant(base.as<double>(), exponent.as<double>());
  if (result) result->specified = base.specified && exponent.specified;
  return result;
}

}  // namespace lanewise::inline v0::oracle
