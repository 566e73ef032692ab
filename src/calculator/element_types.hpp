#pragma once
// From the dtype of an array to the C++ type of its elements.

#include <complex>
#include <cstdint>
#include <type_traits>

#include <lanewise/element.hpp>

namespace lanewise::inline v0::calculator {

/// Calls `work(std::type_identity<T>{})` with the element type of `dtype`.
template <class Work>
auto with_element_type(DType dtype, Work work) {
  switch (dtype.code) {
    case DType::Code::bool_: return work(std::type_identity<bool>{});
    case DType::Code::int8: return work(std::type_identity<std::int8_t>{});
    case DType::Code::int16: return work(std::type_identity<std::int16_t>{});
    case DType::Code::int32: return work(std::type_identity<std::int32_t>{});
    case DType::Code::int64: return work(std::type_identity<std::int64_t>{});
    case DType::Code::uint8: return work(std::type_identity<std::uint8_t>{});
    case DType::Code::uint16: return work(std::type_identity<std::uint16_t>{});
    case DType::Code::uint32: return work(std::type_identity<std::uint32_t>{});
    case DType::Code::uint64: return work(std::type_identity<std::uint64_t>{});
    case DType::Code::float16: return work(std::type_identity<Float16>{});
    case DType::Code::float32: return work(std::type_identity<float>{});
    case DType::Code::float64: return work(std::type_identity<double>{});
    case DType::Code::complex64: return work(std::type_identity<std::complex<float>>{});
    default: return work(std::type_identity<std::complex<double>>{});
  }
}

template <class T>
concept IntegerElement = detail::is_integer_element<T>;
template <class T>
concept RealFloatElement = std::is_same_v<T, Float16> || std::is_floating_point_v<T>;
template <class T>
concept ComplexElement = std::is_same_v<T, std::complex<float>> || std::is_same_v<T, std::complex<double>>;

}  // namespace lanewise::inline v0::calculator
