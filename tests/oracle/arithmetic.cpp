// Chooses by dtype; what is done to integers, floats and complex values stands in a header each.

#include "oracle/arithmetic.hpp"

#include "oracle/float_arithmetic.hpp"
#include "oracle/integer_arithmetic.hpp"

namespace lanewise::inline v0::oracle {
namespace {

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
    case Exact::fmax:
    case Exact::add: return Value{left || right};
    case Exact::logical_and:
    case Exact::bitwise_and:
    case Exact::minimum:
    case Exact::fmin:
    case Exact::multiply: return Value{left && right};
    case Exact::bitwise_xor: return Value{left != right};
    case Exact::logical_not:
    case Exact::invert: return Value{!left};
    case Exact::imaginary: return Value{false};
    default: return Value{left};  // absolute and the roundings
  }
}

template <class T>
std::optional<Value> of_type(Exact operation, std::span<const Value> operands) {
  const T left = operands[0].as<T>();
  const T right = operands[operands.size() > 1 ? 1 : 0].as<T>();
  if constexpr (is_complex_type<T>) {
    return of_complex(operation, left, right);
  } else if constexpr (std::is_same_v<T, Float16>) {
    return operands[0];  // is only moved
  } else if constexpr (std::is_floating_point_v<T>) {
    if (is_comparison(operation)) return Value{compare(operation, left, right)};
    return of_floats(operation, left, right, operands[operands.size() > 2 ? 2 : 0].as<T>());
  } else {
    if (is_comparison(operation)) return Value{compare(operation, left, right)};
    if constexpr (std::is_same_v<T, bool>) {
      return of_bools(operation, left, right);
    } else {
      return of_integers(operation, left, right);
    }
  }
}

template <class T>
std::optional<Value> power_of(T base, T exponent) {
  const auto times = [](T left, T right) {
    if constexpr (is_complex_type<T>) {
      return product_of(left, right);
    } else {
      return left * right;
    }
  };
  if (exponent == T(1)) return Value{base};
  if (exponent == T(2)) return Value{times(base, base)};
  if (exponent == T(3)) return Value{times(times(base, base), base)};
  if (exponent == T(4)) return Value{times(times(base, base), times(base, base))};
  if constexpr (std::is_floating_point_v<T>) {
    if (exponent == 0) return Value{T{1}};
    if (exponent == -1) return Value{1 / base};
    if (exponent == T{0.5}) return Value{std::sqrt(base)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Value> apply(Exact operation, std::span<const Value> operands) {
  bool specified = true;
  for (const Value& operand : operands) specified = specified && operand.specified;
  if (operation == Exact::select) {
    Value chosen = operands[0].as<bool>() ? operands[1] : operands[2];
    chosen.specified = chosen.specified && operands[0].specified;
    return chosen;
  }
  auto result = with_type(operands[0].dtype(), [&](auto typed) { return of_type<decltype(typed)>(operation, operands); });
  if (result) result->specified = result->specified && specified;
  return result;
}

bool compare_numbers(Exact comparison, long double left, long double right) { return compare(comparison, left, right); }

long double exact_number(const Value& value) {
  return std::visit(
      [](auto content) -> long double {
        if constexpr (std::is_integral_v<decltype(content)>) {
          return static_cast<long double>(content);
        } else {
          return std::numeric_limits<long double>::quiet_NaN();
        }
      },
      value.content);
}

Value integer_power(const Value& base, const Value& exponent) {
  return with_type(base.dtype(), [&](auto typed) {
    using T = decltype(typed);
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      return Value{power_of_integers(base.as<T>(), exponent.as<T>()), base.specified && exponent.specified};
    } else {
      return base;
    }
  });
}

std::optional<Value> power_of_constant(const Value& base, const Value& exponent) {
  auto result = with_type(base.dtype(), [&](auto typed) -> std::optional<Value> {
    using T = decltype(typed);
    if constexpr (std::is_floating_point_v<T> || is_complex_type<T>) {
      return power_of(base.as<T>(), exponent.as<T>());
    } else {
      return std::nullopt;
    }
  });
  if (result) result->specified = base.specified && exponent.specified;
  return result;
}

}  // namespace lanewise::inline v0::oracle
