#pragma once
// The element types of arrays. A DType is a small value; its constants may be template arguments.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <lanewise/export.hpp>

namespace lanewise::inline v0 {

/// The type of an array's elements. float16 is for storage: it is computed with as float32.
///
/// Example     DType::float64.name() == "float64" && DType::float64.size_bytes() == 8
class DType {
 public:
  /// Ordered by kind, and within a kind by width.
  enum class Code : std::uint8_t {
    bool_, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, float32, float64, complex64, complex128
  };
  static constexpr std::size_t count = 14;

  static const DType bool_;
  static const DType int8;
  static const DType int16;
  static const DType int32;
  static const DType int64;
  static const DType uint8;
  static const DType uint16;
  static const DType uint32;
  static const DType uint64;
  static const DType float16;
  static const DType float32;
  static const DType float64;
  static const DType complex64;
  static const DType complex128;

  /// Returns NumPy's name of the type: "bool", "int32", …
  LANEWISE_API std::string_view name() const noexcept;

  /// Returns the bytes of one element in memory.
  constexpr std::size_t size_bytes() const noexcept {
    constexpr std::uint8_t sizes[count] = {1, 1, 2, 4, 8, 1, 2, 4, 8, 2, 4, 8, 8, 16};
    return sizes[static_cast<std::size_t>(code)];
  }

  constexpr bool is_bool() const noexcept { return code == Code::bool_; }
  constexpr bool is_signed_integer() const noexcept { return code >= Code::int8 && code <= Code::int64; }
  constexpr bool is_unsigned_integer() const noexcept { return code >= Code::uint8 && code <= Code::uint64; }
  constexpr bool is_integer() const noexcept { return code >= Code::int8 && code <= Code::uint64; }
  /// True for real floating-point types.
  constexpr bool is_floating() const noexcept { return code >= Code::float16 && code <= Code::float64; }
  constexpr bool is_complex() const noexcept { return code >= Code::complex64; }

  friend constexpr bool operator==(DType, DType) noexcept = default;

  /// Public only so that a DType can be a template argument; compare whole DTypes instead.
  Code code = Code::float64;
};

inline constexpr DType DType::bool_{DType::Code::bool_};
inline constexpr DType DType::int8{DType::Code::int8};
inline constexpr DType DType::int16{DType::Code::int16};
inline constexpr DType DType::int32{DType::Code::int32};
inline constexpr DType DType::int64{DType::Code::int64};
inline constexpr DType DType::uint8{DType::Code::uint8};
inline constexpr DType DType::uint16{DType::Code::uint16};
inline constexpr DType DType::uint32{DType::Code::uint32};
inline constexpr DType DType::uint64{DType::Code::uint64};
inline constexpr DType DType::float16{DType::Code::float16};
inline constexpr DType DType::float32{DType::Code::float32};
inline constexpr DType DType::float64{DType::Code::float64};
inline constexpr DType DType::complex64{DType::Code::complex64};
inline constexpr DType DType::complex128{DType::Code::complex128};

}  // namespace lanewise::inline v0
