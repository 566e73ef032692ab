// Listings of single values; independent of the locale.

#include "ops/scalar.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace lanewise::inline v0 {
namespace {

template <class T>
std::string shortest(T value) {
  std::array<char, 32> digits;
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), written.ptr};
}

template <class T>
std::string shortest_float(T value) {
  return std::isnan(value) ? "nan" : shortest(value);  // the sign of a nan means nothing
}

}  // namespace

std::string_view short_name(DType dtype) noexcept {
  switch (dtype.code) {
    case DType::Code::bool_: return "b8";
    case DType::Code::int32: return "i32";
    case DType::Code::int64: return "i64";
    case DType::Code::float32: return "f32";
    case DType::Code::float64: return "f64";
  }
  return {};
}

std::string to_text(Scalar value) {
  switch (value.dtype.code) {
    case DType::Code::bool_: return value.as<bool>() ? "True" : "False";
    case DType::Code::int32: return shortest(value.as<std::int32_t>());
    case DType::Code::int64: return shortest(value.as<std::int64_t>());
    case DType::Code::float32: return shortest_float(value.as<float>());
    case DType::Code::float64: return shortest_float(value.as<double>());
  }
  return {};
}

}  // namespace lanewise::inline v0
