// Integers wrap by computing in 64 bits and narrowing; floats and the parts of complex numbers are computed in their own width.
// Casts: scalar_cast.cpp.

#include "ir/scalar_machine.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "ir/scalar_types.hpp"

namespace lanewise::inline v0::testing_ir {

namespace {

[[noreturn]] void refuse(OperationId id) { throw std::logic_error(std::string(operation(id).name)); }

template <class T>
bool holds(OperationId id, T left, T right) {
  if (id == OperationId::equal) return left == right;
  if (id == OperationId::not_equal) return left != right;
  if constexpr (is_complex_type<T>) {
    refuse(id);
  } else {
    switch (id) {
      case OperationId::less: return left < right;
      case OperationId::less_equal: return left <= right;
      case OperationId::greater: return left > right;
      default: return left >= right;
    }
  }
}

bool truth_result(OperationId id, bool left, bool right) {
  switch (id) {
    case OperationId::logical_or:
    case OperationId::bitwise_or:
    case OperationId::maximum:
    case OperationId::add: return left || right;
    case OperationId::logical_and:
    case OperationId::bitwise_and:
    case OperationId::minimum:
    case OperationId::multiply: return left && right;
    case OperationId::bitwise_xor: return left != right;
    case OperationId::logical_not:
    case OperationId::invert: return !left;
    case OperationId::absolute: return left;
    default: refuse(id);
  }
}

template <class T>
T power_of(T base, T exponent) {
  if (exponent < 0) return base == 1 || (base == static_cast<T>(-1) && exponent % 2 == 0) ? T{1} : base == static_cast<T>(-1) ? base : T{0};
  std::uint64_t result = 1, square = static_cast<std::uint64_t>(base);
  for (auto rest = static_cast<std::uint64_t>(exponent); rest != 0; rest >>= 1, square *= square) {
    if (rest & 1U) result *= square;
  }
  return static_cast<T>(result);
}

template <class T>
T floor_quotient(T left, T right) {
  if (right == 0) return 0;
  if (right == static_cast<T>(-1) && std::is_signed_v<T>) return static_cast<T>(0 - static_cast<std::uint64_t>(left));
  const bool down = left % right != 0 && (left < 0) != (right < 0);
  return static_cast<T>(left / right - (down ? 1 : 0));
}

template <class T>
T shifted(OperationId id, T value, T count) {
  const bool in_range = count >= 0 && count < static_cast<T>(8 * sizeof(T));
  if (id == OperationId::left_shift) return in_range ? static_cast<T>(static_cast<std::uint64_t>(value) << count) : T{0};
  return in_range ? static_cast<T>(value >> count) : static_cast<T>(value < 0 ? -1 : 0);
}

template <class T>
T integer_result(OperationId id, T left, T right) {
  const auto x = static_cast<std::uint64_t>(left), y = static_cast<std::uint64_t>(right);
  switch (id) {
    case OperationId::add: return static_cast<T>(x + y);
    case OperationId::subtract: return static_cast<T>(x - y);
    case OperationId::multiply: return static_cast<T>(x * y);
    case OperationId::negative: return static_cast<T>(0 - x);
    case OperationId::absolute: return left < 0 ? static_cast<T>(0 - x) : left;
    case OperationId::sign: return static_cast<T>((left > 0) - (left < 0));
    case OperationId::minimum: return left < right ? left : right;
    case OperationId::maximum: return left > right ? left : right;
    case OperationId::floor_divide: return floor_quotient(left, right);
    case OperationId::remainder: return right == 0 ? T{0} : static_cast<T>(x - static_cast<std::uint64_t>(floor_quotient(left, right)) * y);
    case OperationId::power: return power_of(left, right);
    case OperationId::bitwise_or: return static_cast<T>(x | y);
    case OperationId::bitwise_and: return static_cast<T>(x & y);
    case OperationId::bitwise_xor: return static_cast<T>(x ^ y);
    case OperationId::invert: return static_cast<T>(~x);
    case OperationId::left_shift:
    case OperationId::right_shift: return shifted(id, left, right);
    case OperationId::positive: return left;
    default: refuse(id);
  }
}

template <class T>
T least(T left, T right) {
  if (left == right) return std::signbit(left) ? left : right;
  return std::isnan(left) || left < right ? left : right;
}

/// The remainder takes the divisor's sign, and the quotient follows from it.
template <class T>
T float_remainder(T left, T right) {
  const T remainder = std::fmod(left, right);
  if (right == 0 || std::isnan(remainder)) return remainder;
  if (remainder == 0) return std::copysign(T{0}, right);
  return (right < 0) != (remainder < 0) ? remainder + right : remainder;
}

template <class T>
T float_floor_quotient(T left, T right) {
  if (right == 0) return left / right;
  const T quotient = (left - float_remainder(left, right)) / right;
  return quotient == 0 ? std::copysign(T{0}, left / right) : std::nearbyint(quotient);
}

template <class T>
T float_result(OperationId id, T left, T right) {
  switch (id) {
    case OperationId::add: return left + right;
    case OperationId::subtract: return left - right;
    case OperationId::multiply: return left * right;
    case OperationId::negative: return -left;
    case OperationId::positive: return left;
    case OperationId::divide: return left / right;
    case OperationId::power: return std::pow(left, right);
    case OperationId::sqrt: return std::sqrt(left);
    case OperationId::sin: return std::sin(left);
    case OperationId::exp: return std::exp(left);
    case OperationId::log: return std::log(left);
    case OperationId::absolute: return std::abs(left);
    case OperationId::minimum: return least(left, right);
    case OperationId::maximum: return -least(-left, -right);
    case OperationId::sign: return std::isnan(left) ? left : static_cast<T>((left > 0) - (left < 0));
    case OperationId::floor: return std::floor(left);
    case OperationId::remainder: return float_remainder(left, right);
    case OperationId::floor_divide: return float_floor_quotient(left, right);
    case OperationId::round: return std::nearbyint(left);
    case OperationId::nextafter: return std::nextafter(left, right);
    case OperationId::arctan2: return std::atan2(left, right);
    default: refuse(id);
  }
}

/// A product as the kernels form it: an infinity times a complex number may be nan.
template <class Part>
std::complex<Part> product(std::complex<Part> x, std::complex<Part> y) {
  return {x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real()};
}

template <class Part>
std::complex<Part> complex_result(OperationId id, std::complex<Part> left, std::complex<Part> right) {
  switch (id) {
    case OperationId::add: return left + right;
    case OperationId::subtract: return left - right;
    case OperationId::multiply: return product(left, right);
    case OperationId::divide: return left / right;
    case OperationId::negative: return -left;
    case OperationId::positive: return left;
    case OperationId::conjugate: return std::conj(left);
    case OperationId::sign: return left == std::complex<Part>{} ? left : left / std::abs(left);
    case OperationId::power: return std::pow(left, right);
    case OperationId::sqrt: return std::sqrt(left);
    case OperationId::sin: return std::sin(left);
    case OperationId::exp: return std::exp(left);
    case OperationId::log: return std::log(left);
    default: refuse(id);
  }
}

template <class T>
Scalar float_test(OperationId id, T value) {
  if constexpr (is_complex_type<T>) {
    const bool real = float_test(id, value.real()).template as<bool>(), imaginary = float_test(id, value.imag()).template as<bool>();
    return Scalar::of(id == OperationId::isfinite ? real && imaginary : real || imaginary);
  } else {
    switch (id) {
      case OperationId::isnan: return Scalar::of(std::isnan(value));
      case OperationId::isinf: return Scalar::of(std::isinf(value));
      case OperationId::isfinite: return Scalar::of(std::isfinite(value));
      default: return Scalar::of(std::signbit(value));
    }
  }
}

/// Operands of type T, the result of the same type or of its parts'.
template <class T>
Scalar result_of(OperationId id, T left, T right) {
  if constexpr (std::is_same_v<T, bool>) {
    return Scalar::of(id != OperationId::imaginary && truth_result(id, left, right));
  } else if constexpr (std::is_integral_v<T>) {
    if (id == OperationId::imaginary) return Scalar::of(T{0});
    return Scalar::of(integer_result(id, left, right));
  } else if constexpr (std::is_floating_point_v<T>) {
    if (id == OperationId::complex) return Scalar::of(std::complex<T>(left, right));
    if (id == OperationId::imaginary) return Scalar::of(T{0});
    return Scalar::of(float_result(id, left, right));
  } else {
    if (id == OperationId::absolute) return Scalar::of(std::abs(left));
    if (id == OperationId::real) return Scalar::of(left.real());
    if (id == OperationId::imaginary) return Scalar::of(left.imag());
    return Scalar::of(complex_result(id, left, right));
  }
}

}  // namespace

Scalar evaluate_scalar(OperationId id, DType result_dtype, std::span<const Scalar> operands) {
  const TypeRule rule = operation(id).type_rule;
  if (is_cast(rule)) return cast_scalar(operands[0], result_dtype);
  if (rule == TypeRule::select) return operands[0].as<bool>() ? operands[1] : operands[2];
  const Scalar result = with_type(operands.back().dtype, [&]<class T>(T) {
    const bool is_half = operands.back().dtype == DType::float16;
    const auto value = [&](Scalar operand) { return is_half ? cast_scalar(operand, DType::float32).as<T>() : operand.as<T>(); };
    const T left = value(operands.front()), right = value(operands.back());
    if (rule == TypeRule::compare || rule == TypeRule::equality) return Scalar::of(holds(id, left, right));
    if constexpr (!std::is_integral_v<T>) {
      if (rule == TypeRule::float_test || rule == TypeRule::sign_test) return float_test(id, left);
    }
    return result_of(id, left, right);
  });
  return cast_scalar(result, result_dtype);
}

Scalar evaluate_anything(OperationId id, DType result_dtype, std::span<const Scalar> operands) {
  try {
    return evaluate_scalar(id, result_dtype, operands);
  } catch (const std::logic_error&) {
    return cast_scalar(Scalar::of(false), result_dtype);
  }
}

}  // namespace lanewise::inline v0::testing_ir
