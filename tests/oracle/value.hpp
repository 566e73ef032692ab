#pragma once
// One element of the oracle: a value of one of the 14 dtypes, and how it becomes another.
//
// Shares nothing with the library but the names of its dtypes: conversions are scalar C++, written from the language's definition.

#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <lanewise/element.hpp>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace lanewise::inline v0::oracle {

template <class T>
inline constexpr bool is_complex_type = std::is_same_v<T, std::complex<float>> || std::is_same_v<T, std::complex<double>>;

/// An element. It is unspecified where the language leaves its value open, as with the sign of a nan; such elements are not compared.
struct Value {
  /// The alternatives stand in the order of DType::Code.
  std::variant<bool, std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t,
               Float16, float, double, std::complex<float>, std::complex<double>>
      content = false;
  bool specified = true;

  DType dtype() const noexcept { return DType{static_cast<DType::Code>(content.index())}; }
  template <class T>
  T as() const {
    return std::get<T>(content);
  }
};

/// Reads an element from memory of any alignment.
Value read_value(const void* memory, DType dtype);
/// Writes the element's bytes.
void write_value(const Value& value, void* memory);
/// Returns whether two elements of one dtype have the same bits; any nan equals any nan, also in a part of a complex one.
bool same_bits(const Value& left, const Value& right);
/// Returns whether an element, or a part of it, is nan.
bool is_nan(const Value& value);
/// Returns an element for people: "float64 -0 (0x8000000000000000)".
std::string to_text(const Value& value);

/// Returns the element converted: truth by `!= 0`; to integers truncated and saturated, nan as 0; to floats rounded to nearest; complex
/// from real with an imaginary part of 0, and from complex to real its real part.
Value cast(const Value& value, DType dtype);

/// Exact.
double half_to_double(Float16 half);
/// Rounds to nearest, ties to even.
Float16 double_to_half(double value);

/// Calls `function` with a value of the C++ type of `dtype`.
template <class Function>
auto with_type(DType dtype, Function function) {
  switch (dtype.code) {
    case DType::Code::bool_: return function(bool{});
    case DType::Code::int8: return function(std::int8_t{});
    case DType::Code::int16: return function(std::int16_t{});
    case DType::Code::int32: return function(std::int32_t{});
    case DType::Code::int64: return function(std::int64_t{});
    case DType::Code::uint8: return function(std::uint8_t{});
    case DType::Code::uint16: return function(std::uint16_t{});
    case DType::Code::uint32: return function(std::uint32_t{});
    case DType::Code::uint64: return function(std::uint64_t{});
    case DType::Code::float16: return function(Float16{});
    case DType::Code::float32: return function(float{});
    case DType::Code::float64: return function(double{});
    case DType::Code::complex64: return function(std::complex<float>{});
    default: return function(std::complex<double>{});
  }
}

}  // namespace lanewise::inline v0::oracle
