#pragma once
// From a dtype to the C++ type of its arithmetic.

#include <complex>
#include <cstdint>
#include <type_traits>

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0::testing_ir {

template <class T>
inline constexpr bool is_complex_type = std::is_same_v<T, std::complex<float>> || std::is_same_v<T, std::complex<double>>;

/// Calls `visit` with a value of the type that elements of `dtype` are computed in; float16 is computed in float.
template <class Visitor>
auto with_type(DType dtype, const Visitor& visit) {
  switch (dtype.code) {
    case DType::Code::bool_: return visit(bool{});
    case DType::Code::int8: return visit(std::int8_t{});
    case DType::Code::int16: return visit(std::int16_t{});
    case DType::Code::int32: return visit(std::int32_t{});
    case DType::Code::int64: return visit(std::int64_t{});
    case DType::Code::uint8: return visit(std::uint8_t{});
    case DType::Code::uint16: return visit(std::uint16_t{});
    case DType::Code::uint32: return visit(std::uint32_t{});
    case DType::Code::uint64: return visit(std::uint64_t{});
    case DType::Code::float16:
    case DType::Code::float32: return visit(float{});
    case DType::Code::float64: return visit(double{});
    case DType::Code::complex64: return visit(std::complex<float>{});
    case DType::Code::complex128: break;
  }
  return visit(std::complex<double>{});
}

}  // namespace lanewise::inline v0::testing_ir
