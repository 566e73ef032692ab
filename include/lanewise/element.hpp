#pragma once
// The C++ types that arrays may hold, and the DType of each.

#include <complex>
#include <cstdint>
#include <type_traits>

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

/// The bits of an IEEE 754 half-precision number: storage for arrays of DType::float16. It converts through expressions: `float32(h)`.
struct Float16 {
  std::uint16_t bits;
  friend constexpr bool operator==(Float16, Float16) noexcept = default;
};

namespace detail {

template <class T>
inline constexpr bool is_character = std::is_same_v<T, char> || std::is_same_v<T, wchar_t> || std::is_same_v<T, char8_t> ||
                                     std::is_same_v<T, char16_t> || std::is_same_v<T, char32_t>;

template <class T>
inline constexpr bool is_integer_element = std::is_integral_v<T> && !std::is_same_v<T, bool> && !is_character<T> && sizeof(T) <= 8;
template <>
inline constexpr bool is_integer_element<void> = false;  // asked of const void*, which is no pointer to elements

constexpr DType integer_dtype(bool is_signed, std::size_t size_bytes) noexcept {
  switch (size_bytes) {
    case 1: return is_signed ? DType::int8 : DType::uint8;
    case 2: return is_signed ? DType::int16 : DType::uint16;
    case 4: return is_signed ? DType::int32 : DType::uint32;
    default: return is_signed ? DType::int64 : DType::uint64;
  }
}

}  // namespace detail

/// bool, every integer type (signed and unsigned char included, char and its kin not), Float16, float, double, std::complex of the two.
template <class T>
concept Element = std::is_same_v<T, bool> || detail::is_integer_element<T> || std::is_same_v<T, Float16> || std::is_same_v<T, float> ||
                  std::is_same_v<T, double> || std::is_same_v<T, std::complex<float>> || std::is_same_v<T, std::complex<double>>;

/// The DType of a C++ element type; `long` and `long long` are both the integer of their width.
template <Element T>
inline constexpr DType dtype_of = std::is_same_v<T, bool>                   ? DType::bool_
                                  : std::is_same_v<T, Float16>              ? DType::float16
                                  : std::is_same_v<T, float>                ? DType::float32
                                  : std::is_same_v<T, double>               ? DType::float64
                                  : std::is_same_v<T, std::complex<float>>  ? DType::complex64
                                  : std::is_same_v<T, std::complex<double>> ? DType::complex128
                                                                            : detail::integer_dtype(std::is_signed_v<T>, sizeof(T));

}  // namespace lanewise::inline v0
