#pragma once
// One element of any dtype: constants of programs and scalar inputs.

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <lanewise/element.hpp>

namespace lanewise::inline v0 {

/// A dtype and the bytes of one element, in the low bytes of `bits` (the rest is 0); of a complex one `bits` is the real part and
/// `imaginary_bits` the other. Equality is of bits: -0.0 differs from 0.0.
struct Scalar {
  DType dtype;
  std::uint64_t bits = 0;
  std::uint64_t imaginary_bits = 0;

  template <Element T>
  static Scalar of(T value) noexcept {
    Scalar result{dtype_of<T>};
    result.read(&value);
    return result;
  }
  /// Precondition: dtype_of<T> is the scalar's dtype.
  template <Element T>
  T as() const noexcept {
    T value;
    write(&value);
    return value;
  }
  /// Takes one element of the scalar's dtype from memory, in the layout of arrays; a truth value is any byte that is not 0.
  void read(const void* element) noexcept;
  /// Writes one element to memory, in the layout of arrays.
  void write(void* element) const noexcept;

  /// Returns the words that instructions hold the value in: as it travels (ops/instruction_set.hpp), the parts of a complex one apart.
  std::uint64_t travelling_bits() const noexcept;

  friend bool operator==(const Scalar&, const Scalar&) noexcept = default;
};

/// Returns the value of a half-precision number; exact.
float float_of_half(std::uint16_t bits) noexcept;

/// Returns the value of a scalar that is bool or integer. Precondition: a uint64 fits.
std::int64_t integer_value(Scalar value) noexcept;
/// Returns the value of a real scalar, rounded to double where it is a wide integer.
double real_value(Scalar value) noexcept;

/// Returns the name that listings use: b8, i8, u16, i32, i64, f32, f64, c128.
std::string_view short_name(DType dtype) noexcept;

/// Returns the value in the fewest digits that read back as the same: "1", "0.1", "-inf", "nan", "True", "1+2j".
std::string to_text(Scalar value);

}  // namespace lanewise::inline v0
