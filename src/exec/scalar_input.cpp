#include "exec/scalar_input.hpp"

#include <limits>
#include <string>

#include <lanewise/error.hpp>

#include "exec/floating_point_environment.hpp"

namespace lanewise::inline v0 {
namespace {

Scalar read(const ArrayView& view) {
  Scalar result{view.dtype(), 0};
  std::memcpy(&result.bits, view.data(), view.dtype().size_bytes());
  if (view.dtype().is_bool()) result.bits = result.bits != 0;
  return result;
}

int kind_rank(DType dtype) { return dtype.is_bool() ? 0 : dtype.is_integer() ? 1 : 2; }

std::int64_t as_integer(Scalar value) {
  if (value.dtype.is_bool()) return value.as<bool>();
  return value.dtype == DType::int32 ? value.as<std::int32_t>() : value.as<std::int64_t>();
}

Scalar integer_to_int32(Scalar value, std::string_view name) {
  const std::int64_t integer = as_integer(value);
  if (integer < std::numeric_limits<std::int32_t>::min() || integer > std::numeric_limits<std::int32_t>::max()) {
    throw DTypeError(ErrorCode::literal_out_of_range, "scalar '" + std::string(name) + "' is " + std::to_string(integer) +
                                                          ", beyond the range of int32 that it is used as; pass it as a float, or compile "
                                                          "for int64 arrays");
  }
  return Scalar::of(static_cast<std::int32_t>(integer));
}

template <class Float>
Scalar to_floating(Scalar value) {
  if (value.dtype == DType::float64) return Scalar::of(static_cast<Float>(value.as<double>()));
  if (value.dtype == DType::float32) return Scalar::of(static_cast<Float>(value.as<float>()));
  return Scalar::of(static_cast<Float>(as_integer(value)));
}

}  // namespace

Scalar convert_scalar(const ArrayView& view, DType wanted, std::string_view name) {
  const Scalar value = read(view);
  if (value.dtype == wanted) return value;
  if (kind_rank(value.dtype) > kind_rank(wanted)) {
    throw DTypeError(ErrorCode::wrong_input_dtype, "scalar '" + std::string(name) + "' is " + std::string(value.dtype.name()) +
                                                       ", but the expression was compiled for " + std::string(wanted.name()) +
                                                       ", whose kind cannot hold it");
  }
  const FloatingPointEnvironment environment;  // conversions to floats round
  if (wanted == DType::int32) return integer_to_int32(value, name);
  if (wanted == DType::int64) return Scalar::of(as_integer(value));
  return wanted == DType::float32 ? to_floating<float>(value) : to_floating<double>(value);
}

}  // namespace lanewise::inline v0
