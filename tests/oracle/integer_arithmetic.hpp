#pragma once
// Integers of one type. They wrap, by computing in unsigned 64 bits and narrowing.

#include <array>

#include "oracle/arithmetic.hpp"

namespace lanewise::inline v0::oracle {

template <class Integer>
Integer wrapped(std::uint64_t value) {
  return static_cast<Integer>(value);
}

template <class Integer>
std::uint64_t bits_of(Integer value) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
}

template <class Integer>
bool is_below_zero(Integer value) {
  if constexpr (std::is_signed_v<Integer>) {
    return value < 0;
  } else {
    return false;
  }
}

template <class Integer>
bool is_minus_one(Integer value) {
  return is_below_zero(value) && bits_of(value) == ~std::uint64_t{0};
}

// Toward minus infinity; 0 by 0, and the lowest value by -1 wraps to itself.
template <class Integer>
std::array<Integer, 2> divide_with_remainder_of_integers(Integer dividend, Integer divisor) {
  if (divisor == 0) return {0, 0};
  if (is_minus_one(divisor)) return {wrapped<Integer>(0 - bits_of(dividend)), 0};
  auto quotient = static_cast<Integer>(dividend / divisor);
  auto remainder = static_cast<Integer>(dividend % divisor);
  if (remainder != 0 && is_below_zero(remainder) != is_below_zero(divisor)) {
    --quotient;
    remainder = static_cast<Integer>(remainder + divisor);
  }
  return {quotient, remainder};
}

template <class Integer>
Integer shifted(Exact operation, Integer value, Integer count) {
  const bool in_range = !is_below_zero(count) && bits_of(count) < 8 * sizeof(Integer);
  if (operation == Exact::left_shift) return in_range ? wrapped<Integer>(bits_of(value) << count) : Integer{0};
  if (!in_range) return is_below_zero(value) ? wrapped<Integer>(~std::uint64_t{0}) : Integer{0};
  return static_cast<Integer>(value >> count);
}

// As an unsigned number, which holds that of the lowest value too.
template <class Integer>
std::uint64_t magnitude_of(Integer value) {
  return is_below_zero(value) ? 0 - bits_of(value) : static_cast<std::uint64_t>(value);
}

inline std::uint64_t common_divisor(std::uint64_t left, std::uint64_t right) {
  while (right != 0) left = std::exchange(right, left % right);
  return left;
}

inline std::uint8_t count_bits(std::uint64_t value) {
  std::uint8_t count = 0;
  for (; value != 0; value >>= 1) count = static_cast<std::uint8_t>(count + (value & 1));
  return count;
}

template <class Integer>
Integer power_of_integers(Integer base, Integer exponent) {
  if (is_below_zero(exponent)) {
    if (base == 1) return 1;
    if (is_minus_one(base)) return (bits_of(exponent) & 1) == 0 ? Integer{1} : base;
    return 0;
  }
  std::uint64_t result = 1;
  std::uint64_t factor = bits_of(base);
  for (auto rest = static_cast<std::uint64_t>(exponent); rest != 0; rest >>= 1) {
    if ((rest & 1) != 0) result *= factor;
    factor *= factor;
  }
  return wrapped<Integer>(result);
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
    case Exact::fmod: return Value{right == 0 || is_minus_one(right) ? Integer{0} : static_cast<Integer>(left % right)};
    case Exact::negative: return Value{wrapped<Integer>(0 - bits_of(left))};
    case Exact::absolute: return Value{wrapped<Integer>(magnitude_of(left))};
    case Exact::sign: return Value{is_below_zero(left) ? wrapped<Integer>(~std::uint64_t{0}) : static_cast<Integer>(left != 0)};
    case Exact::reciprocal: return Value{magnitude_of(left) == 1 ? left : Integer{0}};
    case Exact::minimum:
    case Exact::fmin: return Value{left < right ? left : right};
    case Exact::maximum:
    case Exact::fmax: return Value{left > right ? left : right};
    case Exact::gcd: return Value{wrapped<Integer>(common_divisor(magnitude_of(left), magnitude_of(right)))};
    case Exact::popcount: return Value{count_bits(magnitude_of(left))};
    case Exact::imaginary: return Value{Integer{0}};
    default: return Value{left};  // positive and the roundings
  }
}

}  // namespace lanewise::inline v0::oracle
