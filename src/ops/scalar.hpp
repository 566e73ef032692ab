#pragma once
// One element of any dtype: constants of programs and scalar inputs.

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

/// A dtype and the bytes of one element, in the low bytes of `bits` (the rest is 0). Equality is of bits: -0.0 differs from 0.0.
struct Scalar {
  DType dtype;
  std::uint64_t bits = 0;

  template <Element T>
  static Scalar of(T value) noexcept {
    Scalar result{dtype_of<T>, 0};
    std::memcpy(&result.bits, &value, sizeof(T));
    return result;
  }
  /// Precondition: dtype_of<T> is the scalar's dtype.
  template <Element T>
  T as() const noexcept {
    T value;
    std::memcpy(&value, &bits, sizeof(T));
    return value;
  }
  friend bool operator==(const Scalar&, const Scalar&) noexcept = default;
};

/// Returns the name that listings use: b8, i32, i64, f32, f64.
std::string_view short_name(DType dtype) noexcept;

/// Returns the value in the fewest digits that read back as the same: "1", "0.1", "-inf", "nan", "True".
std::string to_text(Scalar value);

}  // namespace lanewise::inline v0
