// Casts of single elements, and the values worth casting.

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "ir/scalar_machine.hpp"
#include "ir/scalar_types.hpp"

namespace lanewise::inline v0::testing_ir {

namespace {

/// Rounds to half precision, ties to even.
Float16 half_of(double value) {
  const auto sign = static_cast<std::uint16_t>(std::signbit(value) ? 0x8000U : 0U);
  const double magnitude = std::abs(value);
  if (std::isnan(value)) return {0x7E00U};
  if (magnitude >= 65520.0) return {static_cast<std::uint16_t>(sign | 0x7C00U)};
  const int exponent = std::max(std::ilogb(magnitude), -14);
  const double units = std::nearbyint(std::ldexp(magnitude, 10 - exponent));  // of the last place; 2048 carries into the exponent by itself
  const auto field = static_cast<unsigned>(exponent + 14)
                     << 10;  // one less than the biased exponent, as a normal number has a unit of 1024
  return {static_cast<std::uint16_t>(sign | (field + static_cast<unsigned>(units)))};
}

template <class To, class From>
To integer_from(From value) {
  if constexpr (std::is_floating_point_v<From>) {
    if (std::isnan(value)) return 0;
    if (value >= std::ldexp(From{1}, std::numeric_limits<To>::digits)) return std::numeric_limits<To>::max();
    if (value <= static_cast<From>(std::numeric_limits<To>::min())) return std::numeric_limits<To>::min();
    return static_cast<To>(value);
  } else if constexpr (std::is_same_v<From, bool>) {
    return static_cast<To>(value);
  } else {
    if (std::cmp_greater(value, std::numeric_limits<To>::max())) return std::numeric_limits<To>::max();
    if (std::cmp_less(value, std::numeric_limits<To>::min())) return std::numeric_limits<To>::min();
    return static_cast<To>(value);
  }
}

template <class From>
Scalar cast_real(From value, DType dtype) {
  if (dtype == DType::float16) return Scalar::of(half_of(static_cast<double>(value)));
  return with_type(dtype, [&]<class To>(To) {
    if constexpr (std::is_same_v<To, bool>)
      return Scalar::of(value != From{});
    else if constexpr (std::is_integral_v<To>)
      return Scalar::of(integer_from<To>(value));
    else if constexpr (std::is_floating_point_v<To>)
      return Scalar::of(static_cast<To>(value));
    else
      return Scalar::of(To(static_cast<typename To::value_type>(value)));
  });
}

template <class Part>
Scalar cast_complex(std::complex<Part> value, DType dtype) {
  if (dtype.is_bool()) return Scalar::of(value != std::complex<Part>{});
  if (dtype == DType::complex64) return Scalar::of(std::complex<float>(value));
  if (dtype == DType::complex128) return Scalar::of(std::complex<double>(value));
  return cast_real(value.real(), dtype);
}

/// Values in every dtype, given as doubles; they saturate where they do not fit.
constexpr double common_values[] = {0,
                                    1,
                                    -1,
                                    2,
                                    3,
                                    -3,
                                    100,
                                    127,
                                    128,
                                    -128,
                                    -129,
                                    255,
                                    256,
                                    32767,
                                    32768,
                                    -32768,
                                    65535,
                                    65536,
                                    2147483647,
                                    2147483648.0,
                                    -2147483648.0,
                                    4294967295.0,
                                    4294967296.0,
                                    16777217,
                                    9007199254740992.0,
                                    9.3e18,
                                    -9.3e18,
                                    1.9e19};
constexpr double float_values[] = {-0.0,
                                   0.5,
                                   -0.5,
                                   1.5,
                                   2.5,
                                   -2.7,
                                   0.1,
                                   65504,
                                   65519,
                                   65520,
                                   1e-8,
                                   5e-324,
                                   1e-40,
                                   1e300,
                                   -1e300,
                                   3.4028235677973366e38,
                                   std::numeric_limits<double>::infinity(),
                                   -std::numeric_limits<double>::infinity(),
                                   std::numeric_limits<double>::quiet_NaN()};

std::vector<Scalar> edge_values_of(DType dtype) {
  std::vector<Scalar> values;
  const auto add = [&](Scalar value) {
    if (std::ranges::find(values, value) == values.end()) values.push_back(value);
  };
  for (const double value : common_values) add(cast_scalar(Scalar::of(value), dtype));
  if (dtype == DType::int64 || dtype == DType::uint64) {
    for (const std::int64_t odd : {9007199254740993, 9223372036854775807 - 1, -9007199254740993}) add(cast_scalar(Scalar::of(odd), dtype));
  }
  if (!dtype.is_floating() && !dtype.is_complex()) return values;
  for (const double value : float_values) add(cast_scalar(Scalar::of(value), dtype));
  if (!dtype.is_complex()) return values;
  for (const double real : {1.0, -0.0, 2.5, float_values[16]}) {
    for (const double imaginary : {-0.0, 1.0, float_values[16], float_values[18]}) {
      add(cast_scalar(Scalar::of(std::complex<double>(real, imaginary)), dtype));
    }
  }
  return values;
}

}  // namespace

Scalar cast_scalar(Scalar value, DType dtype) {
  if (value.dtype == dtype) return value;
  return with_type(value.dtype, [&]<class From>(From) {
    if constexpr (is_complex_type<From>)
      return cast_complex(value.as<From>(), dtype);
    else if constexpr (std::is_same_v<From, float>)
      return cast_real(static_cast<float>(real_value(value)), dtype);  // float16 too
    else
      return cast_real(value.as<From>(), dtype);
  });
}

bool same_value(Scalar left, Scalar right) {
  if (left.dtype != right.dtype) return false;
  const auto same_part = [](double x, double y) {
    return std::isnan(x) ? std::isnan(y) : std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  };
  if (left.dtype.is_complex()) {
    const auto x = cast_scalar(left, DType::complex128).as<std::complex<double>>(),
               y = cast_scalar(right, DType::complex128).as<std::complex<double>>();
    return same_part(x.real(), y.real()) && same_part(x.imag(), y.imag());
  }
  return left.dtype.is_floating() ? same_part(real_value(left), real_value(right)) : left == right;
}

std::span<const Scalar> edge_values(DType dtype) {
  static const std::array<std::vector<Scalar>, DType::count> values = [] {
    std::array<std::vector<Scalar>, DType::count> result;
    for (std::size_t code = 0; code < DType::count; ++code) result[code] = edge_values_of(DType{static_cast<DType::Code>(code)});
    return result;
  }();
  return values[static_cast<std::size_t>(dtype.code)];
}

}  // namespace lanewise::inline v0::testing_ir
