// Single values: their bytes in memory, the words of instructions, and listings, which are independent of the locale.

#include "ops/scalar.hpp"

#include <array>
#include <bit>
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

template <class T>
std::string complex_text(std::complex<T> value) {
  const std::string imaginary = shortest_float(value.imag());
  return shortest_float(value.real()) + (imaginary.front() == '-' ? "" : "+") + imaginary + "j";
}

template <class Bits>
std::uint64_t read_bits(const void* memory) {
  Bits bits;
  std::memcpy(&bits, memory, sizeof(Bits));
  return bits;
}

/// A word at a time: bytes copied one by one into a word would have to leave the processor's store buffer before it is read.
std::uint64_t read_part(const void* memory, std::size_t part_bytes) {
  switch (part_bytes) {
    case 1: return read_bits<std::uint8_t>(memory);
    case 2: return read_bits<std::uint16_t>(memory);
    case 4: return read_bits<std::uint32_t>(memory);
    default: return read_bits<std::uint64_t>(memory);
  }
}

}  // namespace

void Scalar::read(const void* element) noexcept {
  const std::size_t part_bytes = dtype.is_complex() ? dtype.size_bytes() / 2 : dtype.size_bytes();
  bits = read_part(element, part_bytes);
  imaginary_bits = dtype.is_complex() ? read_part(static_cast<const std::byte*>(element) + part_bytes, part_bytes) : 0;
  if (dtype.is_bool()) bits = bits != 0;
}

void Scalar::write(void* element) const noexcept {
  const std::size_t part_bytes = dtype.is_complex() ? dtype.size_bytes() / 2 : dtype.size_bytes();
  std::memcpy(element, &bits, part_bytes);
  if (dtype.is_complex()) std::memcpy(static_cast<std::byte*>(element) + part_bytes, &imaginary_bits, part_bytes);
}

std::uint64_t Scalar::travelling_bits() const noexcept {
  switch (dtype.code) {
    case DType::Code::int8: return static_cast<std::uint32_t>(static_cast<std::int32_t>(as<std::int8_t>()));
    case DType::Code::int16: return static_cast<std::uint32_t>(static_cast<std::int32_t>(as<std::int16_t>()));
    case DType::Code::float16: return std::bit_cast<std::uint32_t>(float_of_half(static_cast<std::uint16_t>(bits)));
    default: return bits;
  }
}

float float_of_half(std::uint16_t half) noexcept {
  // The exponent of 5 bits moves up to 8 by a multiplication, which also makes subnormals normal; infinities and nans keep all ones.
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
  const std::uint32_t magnitude = static_cast<std::uint32_t>(half & 0x7FFFU) << 13;
  const std::uint32_t scaled = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) * 0x1p112F);
  const bool is_finite = (half & 0x7C00U) != 0x7C00U;
  return std::bit_cast<float>(sign | (is_finite ? scaled : magnitude | 0x7F800000U));
}

std::int64_t integer_value(Scalar value) noexcept {
  switch (value.dtype.code) {
    case DType::Code::bool_: return value.as<bool>();
    case DType::Code::int8: return value.as<std::int8_t>();
    case DType::Code::int16: return value.as<std::int16_t>();
    case DType::Code::int32: return value.as<std::int32_t>();
    default: return static_cast<std::int64_t>(value.bits);
  }
}

double real_value(Scalar value) noexcept {
  switch (value.dtype.code) {
    case DType::Code::float16: return static_cast<double>(float_of_half(static_cast<std::uint16_t>(value.bits)));
    case DType::Code::float32: return static_cast<double>(value.as<float>());
    case DType::Code::float64: return value.as<double>();
    case DType::Code::uint64: return static_cast<double>(value.bits);
    default: return static_cast<double>(integer_value(value));
  }
}

std::string_view short_name(DType dtype) noexcept {
  constexpr std::string_view names[DType::count] = {"b8",  "i8",  "i16", "i32", "i64", "u8",  "u16",
                                                    "u32", "u64", "f16", "f32", "f64", "c64", "c128"};
  return names[static_cast<std::size_t>(dtype.code)];
}

std::string to_text(Scalar value) {
  switch (value.dtype.code) {
    case DType::Code::bool_: return value.as<bool>() ? "True" : "False";
    case DType::Code::uint64: return shortest(value.bits);
    case DType::Code::float16: return shortest_float(float_of_half(static_cast<std::uint16_t>(value.bits)));
    case DType::Code::float32: return shortest_float(value.as<float>());
    case DType::Code::float64: return shortest_float(value.as<double>());
    case DType::Code::complex64: return complex_text(value.as<std::complex<float>>());
    case DType::Code::complex128: return complex_text(value.as<std::complex<double>>());
    default: return shortest(integer_value(value));
  }
}

}  // namespace lanewise::inline v0
