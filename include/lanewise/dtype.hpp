#pragma once
// The element types of arrays. A DType is a small value; its constants may be template arguments.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <lanewise/export.hpp>

namespace lanewise::inline v0 {

/// The type of an array's elements.
///
/// Example     DType::float64.name() == "float64" && DType::float64.size_bytes() == 8
class DType {
 public:
  enum class Code : std::uint8_t { bool_, int32, int64, float32, float64 };

  static const DType bool_;
  static const DType int32;
  static const DType int64;
  static const DType float32;
  static const DType float64;

  /// Returns NumPy's name of the type: "bool", "int32", …
  LANEWISE_API std::string_view name() const noexcept;

  /// Returns the bytes of one element in memory.
  constexpr std::size_t size_bytes() const noexcept {
    switch (code) {
      case Code::bool_: return 1;
      case Code::int32:
      case Code::float32: return 4;
      default: return 8;
    }
  }

  constexpr bool is_bool() const noexcept { return code == Code::bool_; }
  constexpr bool is_integer() const noexcept { return code == Code::int32 || code == Code::int64; }
  constexpr bool is_floating() const noexcept { return code == Code::float32 || code == Code::float64; }

  friend constexpr bool operator==(DType, DType) noexcept = default;

  /// Public only so that a DType can be a template argument; compare whole DTypes instead.
  Code code = Code::float64;
};

inline constexpr DType DType::bool_{DType::Code::bool_};
inline constexpr DType DType::int32{DType::Code::int32};
inline constexpr DType DType::int64{DType::Code::int64};
inline constexpr DType DType::float32{DType::Code::float32};
inline constexpr DType DType::float64{DType::Code::float64};

/// The C++ types that arrays may hold.
template <class T>
concept Element = std::is_same_v<T, bool> || std::is_same_v<T, float> || std::is_same_v<T, double> ||
                  (std::is_integral_v<T> && std::is_signed_v<T> && !std::is_same_v<T, char> && !std::is_same_v<T, wchar_t> &&
                   (sizeof(T) == 4 || sizeof(T) == 8));

/// The DType of a C++ element type; `long` and `long long` are both the integer of their width.
template <Element T>
inline constexpr DType dtype_of = std::is_same_v<T, bool>     ? DType::bool_
                                  : std::is_same_v<T, float>  ? DType::float32
                                  : std::is_same_v<T, double> ? DType::float64
                                  : sizeof(T) == 4            ? DType::int32
                                                              : DType::int64;

}  // namespace lanewise::inline v0
