// Elements to and from memory and between dtypes.

#include "oracle/value.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

namespace lanewise::inline v0::oracle {
namespace {

__extension__ using WideInteger = __int128;

constexpr int half_fraction_bits = 10;
constexpr int half_smallest_exponent = -14;
constexpr int half_largest_exponent = 15;

template <class Integer, class Float>
Integer saturate(Float value) {
  // Powers of two are floats of either width; the largest integers need not be.
  const Float beyond = std::ldexp(Float{1}, std::numeric_limits<Integer>::digits);
  const Float lowest = std::is_signed_v<Integer> ? -beyond : Float{0};
  if (std::isnan(value)) return 0;
  if (value >= beyond) return std::numeric_limits<Integer>::max();
  if (value <= lowest) return std::numeric_limits<Integer>::min();
  return static_cast<Integer>(value);
}

template <class Integer>
Integer clamp_to(WideInteger value) {
  using Limits = std::numeric_limits<Integer>;
  return static_cast<Integer>(std::clamp<WideInteger>(value, Limits::min(), Limits::max()));
}

template <class To, class From>
To convert(From value) {
  if constexpr (std::is_same_v<To, From>) {
    return value;
  } else if constexpr (std::is_same_v<From, Float16>) {
    return convert<To>(half_to_double(value));
  } else if constexpr (is_complex_type<To> && is_complex_type<From>) {
    using Part = typename To::value_type;
    return To(static_cast<Part>(value.real()), static_cast<Part>(value.imag()));
  } else if constexpr (is_complex_type<To>) {
    return To(convert<typename To::value_type>(value));
  } else if constexpr (std::is_same_v<To, bool>) {
    return value != From{};
  } else if constexpr (is_complex_type<From>) {
    return convert<To>(value.real());
  } else if constexpr (std::is_same_v<To, Float16>) {
    return double_to_half(static_cast<double>(value));  // what double rounds is beyond the range of a half
  } else if constexpr (std::is_integral_v<To> && std::is_floating_point_v<From>) {
    return saturate<To>(value);
  } else if constexpr (std::is_integral_v<To>) {
    return clamp_to<To>(value);
  } else {
    return static_cast<To>(value);
  }
}

template <class T>
bool is_nan_part(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::isnan(value);
  } else if constexpr (is_complex_type<T>) {
    return std::isnan(value.real()) || std::isnan(value.imag());
  } else if constexpr (std::is_same_v<T, Float16>) {
    return std::isnan(half_to_double(value));
  } else {
    return false;
  }
}

template <class T>
bool have_same_bits(T left, T right) {
  if constexpr (is_complex_type<T>) {
    return have_same_bits(left.real(), right.real()) && have_same_bits(left.imag(), right.imag());
  } else {
    if (is_nan_part(left) || is_nan_part(right)) return is_nan_part(left) && is_nan_part(right);
    return std::memcmp(&left, &right, sizeof left) == 0;
  }
}

template <class Float>
std::string float_text(Float value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  char text[64];
  const auto number = static_cast<double>(value);
  std::snprintf(text, sizeof text, " %.17g (0x%" PRIx64 ")", std::isnan(number) ? std::fabs(number) : number, bits);
  return text;
}

template <class T>
std::string number_text(T value) {
  if constexpr (is_complex_type<T>) {
    return float_text(value.real()) + " and" + float_text(value.imag());
  } else if constexpr (std::is_same_v<T, Float16>) {
    return float_text(half_to_double(value));
  } else if constexpr (std::is_floating_point_v<T>) {
    return float_text(value);
  } else {
    return " " + std::to_string(value);
  }
}

}  // namespace

double half_to_double(Float16 half) {
  const double sign = (half.bits & 0x8000) != 0 ? -1 : 1;
  const int exponent = half.bits >> half_fraction_bits & 0x1f;
  const int fraction = half.bits & 0x3ff;
  if (exponent == 0x1f) return fraction != 0 ? std::numeric_limits<double>::quiet_NaN() : sign * std::numeric_limits<double>::infinity();
  if (exponent == 0) return sign * std::ldexp(fraction, half_smallest_exponent - half_fraction_bits);
  return sign * std::ldexp(fraction + 0x400, exponent - half_largest_exponent - half_fraction_bits);
}

Float16 double_to_half(double value) {
  const unsigned sign = std::signbit(value) ? 0x8000 : 0;
  if (std::isnan(value)) return {0x7e00};
  const double magnitude = std::fabs(value);
  if (magnitude >= 65520) return {static_cast<std::uint16_t>(sign | 0x7c00)};
  if (magnitude == 0) return {static_cast<std::uint16_t>(sign)};
  const int exponent = std::max(std::ilogb(magnitude), half_smallest_exponent);
  const auto units = static_cast<unsigned>(std::nearbyint(std::ldexp(magnitude, half_fraction_bits - exponent)));
  // From 0x400 units on the number is normal; 0x800 of them carry into the exponent.
  const unsigned biased = static_cast<unsigned>(exponent - half_smallest_exponent) << half_fraction_bits;
  return {static_cast<std::uint16_t>(sign | (biased + units))};
}

Value read_value(const void* memory, DType dtype) {
  if (dtype.is_bool()) {
    unsigned char byte;
    std::memcpy(&byte, memory, 1);
    return Value{byte != 0};
  }
  return with_type(dtype, [&](auto typed) {
    std::memcpy(&typed, memory, sizeof typed);
    return Value{typed};
  });
}

void write_value(const Value& value, void* memory) {
  std::visit([&](auto content) { std::memcpy(memory, &content, sizeof content); }, value.content);
}

bool same_bits(const Value& left, const Value& right) {
  if (left.dtype() != right.dtype()) return false;
  return std::visit([&](auto content) { return have_same_bits(content, right.as<decltype(content)>()); }, left.content);
}

bool is_nan(const Value& value) {
  return std::visit([](auto content) { return is_nan_part(content); }, value.content);
}

std::string to_text(const Value& value) {
  const std::string number = std::visit([](auto content) { return number_text(content); }, value.content);
  return std::string(value.dtype().name()) + number + (value.specified ? "" : " unspecified");
}

Value cast(const Value& value, DType dtype) {
  if (value.dtype() == dtype) return value;
  return with_type(dtype, [&](auto typed) {
    using To = decltype(typed);
    return Value{std::visit([](auto content) { return convert<To>(content); }, value.content), value.specified};
  });
}

}  // namespace lanewise::inline v0::oracle
