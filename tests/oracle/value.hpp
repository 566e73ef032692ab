#pragma once
// One element of the oracle: a value of one of the five dtypes, and how it becomes another.
//
// Shares nothing with the library but the names of its dtypes: conversions are scalar C++, written from the language's definition.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <lanewise/dtype.hpp>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace lanewise::inline v0::oracle {

/// An element. It is unspecified where the language leaves its value open, as with the sign of a nan; such elements are not compared.
struct Value {
  std::variant<bool, std::int32_t, std::int64_t, float, double> content = false;
  bool specified = true;

  /// The alternatives stand in the order of DType::Code.
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
/// Returns whether two elements of one dtype have the same bits; any nan equals any nan.
bool same_bits(const Value& left, const Value& right);
/// Returns an element for people: "float64 -0 (0x8000000000000000)".
std::string to_text(const Value& value);

/// Returns the element converted: truth by `!= 0`; to integers truncated and saturated, nan as 0; to floats rounded to nearest.
Value cast(const Value& value, DType dtype);

/// Calls `function` with a value of the C++ type of `dtype`.
template <class Function>
auto with_type(DType dtype, Function function) {
  switch (dtype.code) {
    case DType::Code::bool_: return function(bool{});
    case DType::Code::int32: return function(std::int32_t{});
    case DType::Code::int64: return function(std::int64_t{});
    case DType::Code::float32: return function(float{});
    default: return function(double{});
  }
}

}  // namespace lanewise::inline v0::oracle
