#include "exec/scalar_input.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <lanewise/error.hpp>

#include "exec/floating_point_environment.hpp"

namespace lanewise::inline v0 {
namespace {

int kind_rank(DType dtype) { return dtype.is_bool() ? 0 : dtype.is_integer() ? 1 : dtype.is_floating() ? 2 : 3; }

std::string integer_text(Scalar value) {
  return value.dtype == DType::uint64 ? std::to_string(value.bits) : std::to_string(integer_value(value));
}

/// A bool or integer as another integer; the bits are cut to the width, so equal values mean that it fits.
Scalar to_integer(Scalar value, DType wanted, std::string_view name) {
  const bool is_huge = value.dtype == DType::uint64 && value.bits >> 63 != 0;
  const std::uint64_t bits = is_huge ? value.bits : static_cast<std::uint64_t>(integer_value(value));
  Scalar result{wanted};
  result.read(&bits);
  const bool stays_negative = !is_huge && integer_value(value) < 0;
  const bool is_huge_after = wanted == DType::uint64 && result.bits >> 63 != 0;
  const bool fits = is_huge_after ? !stays_negative : !is_huge && integer_value(result) == integer_value(value);
  if (fits) return result;
  throw DTypeError(ErrorCode::literal_out_of_range, "scalar '" + std::string(name) + "' is " + integer_text(value) +
                                                        ", beyond the range of " + std::string(wanted.name()) +
                                                        " that it is used as; pass it as a float, or compile for wider arrays");
}

/// The nearest float16, ties to even.
Float16 half_of(double value) {
  const auto sign = static_cast<std::uint16_t>(std::signbit(value) ? 0x8000 : 0);
  const double magnitude = std::abs(value);
  if (std::isnan(value)) return {static_cast<std::uint16_t>(sign | 0x7E00)};
  if (magnitude >= 65520) return {static_cast<std::uint16_t>(sign | 0x7C00)};
  constexpr int smallest_exponent = -14;
  const int exponent = magnitude == 0 ? smallest_exponent : std::max(std::ilogb(magnitude), smallest_exponent);
  const auto units = static_cast<int>(std::nearbyint(std::ldexp(magnitude, 10 - exponent)));  // a carry moves on into the exponent
  return {static_cast<std::uint16_t>(sign | (units + (exponent - smallest_exponent) * 1024))};
}

template <class Float>
Float to_float(Scalar value) {
  if (value.dtype == DType::uint64) return static_cast<Float>(value.bits);
  if (value.dtype.is_floating()) return static_cast<Float>(real_value(value));
  return static_cast<Float>(integer_value(value));  // rounds once
}

template <class Float>
std::complex<Float> to_complex(Scalar value) {
  if (value.dtype == DType::complex64) return static_cast<std::complex<Float>>(value.as<std::complex<float>>());
  if (value.dtype == DType::complex128) return static_cast<std::complex<Float>>(value.as<std::complex<double>>());
  return to_float<Float>(value);
}

Scalar convert(Scalar value, DType wanted, std::string_view name) {
  const DType dtype = value.dtype;
  if (kind_rank(dtype) > kind_rank(wanted)) {
    throw DTypeError(ErrorCode::wrong_input_dtype, "scalar '" + std::string(name) + "' is " + std::string(dtype.name()) +
                                                       ", but the expression was compiled for " + std::string(wanted.name()) +
                                                       ", whose kind cannot hold it");
  }
  if (wanted.is_integer()) return to_integer(value, wanted, name);
  const FloatingPointEnvironment environment;  // conversions to floats round
  switch (wanted.code) {
    case DType::Code::float16: return Scalar::of(half_of(to_float<double>(value)));
    case DType::Code::float32: return Scalar::of(to_float<float>(value));
    case DType::Code::float64: return Scalar::of(to_float<double>(value));
    case DType::Code::complex64: return Scalar::of(to_complex<float>(value));
    default: return Scalar::of(to_complex<double>(value));
  }
}

}  // namespace

void read_scalar(const void* element, DType dtype, std::string_view name, Scalar& result) {
  if (dtype == result.dtype) {
    result.read(element);
    return;
  }
  Scalar value{dtype};
  value.read(element);
  result = convert(value, result.dtype, name);
}

}  // namespace lanewise::inline v0
