// Elements to and from memory and between dtypes.

#include "oracle/value.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

namespace lanewise::inline v0::oracle {
namespace {

template <class Integer, class Float>
Integer saturate(Float value) {
  // 2^31 and 2^63 are floats of either width; the largest integers need not be.
  const Float beyond = std::ldexp(Float{1}, std::numeric_limits<Integer>::digits);
  if (std::isnan(value)) return 0;
  if (value >= beyond) return std::numeric_limits<Integer>::max();
  if (value < -beyond) return std::numeric_limits<Integer>::min();
  return static_cast<Integer>(value);
}

template <class To, class From>
To convert(From value) {
  if constexpr (std::is_same_v<To, bool>) {
    return value != From{0};
  } else if constexpr (std::is_integral_v<To> && std::is_floating_point_v<From>) {
    return saturate<To>(value);
  } else if constexpr (std::is_integral_v<To> && sizeof(To) < sizeof(From)) {
    return static_cast<To>(std::clamp<From>(value, std::numeric_limits<To>::min(), std::numeric_limits<To>::max()));
  } else {
    return static_cast<To>(value);
  }
}

}  // namespace

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
  return std::visit(
      [&](auto content) {
        const auto other = right.as<decltype(content)>();
        if constexpr (std::is_floating_point_v<decltype(content)>) {
          if (std::isnan(content) || std::isnan(other)) return std::isnan(content) && std::isnan(other);
        }
        return std::memcmp(&content, &other, sizeof content) == 0;
      },
      left.content);
}

std::string to_text(const Value& value) {
  std::uint64_t bits = 0;
  write_value(value, &bits);
  const double number = std::visit([](auto content) { return static_cast<double>(content); }, value.content);
  char text[96];
  if (value.dtype().is_floating()) {
    std::snprintf(text, sizeof text, " %.17g (0x%" PRIx64 ")", std::isnan(number) ? std::fabs(number) : number, bits);
  } else if (value.dtype() == DType::int64) {
    std::snprintf(text, sizeof text, " %" PRId64, value.as<std::int64_t>());
  } else {
    std::snprintf(text, sizeof text, " %.0f", number);
  }
  return std::string(value.dtype().name()) + text + (value.specified ? "" : " unspecified");
}

Value cast(const Value& value, DType dtype) {
  if (value.dtype() == dtype) return value;
  return with_type(dtype, [&](auto typed) {
    using To = decltype(typed);
    return Value{std::visit([](auto content) { return convert<To>(content); }, value.content), value.specified};
  });
}

}  // namespace lanewise::inline v0::oracle
