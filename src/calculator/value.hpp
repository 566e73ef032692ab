#pragma once
// What a name stands for in a session: an array, or a scalar held as an array of no dimension; in memory or in a file.

#include <complex>
#include <cstdint>
#include <memory>
#include <utility>
#include <variant>

#include <lanewise/array.hpp>
#include <lanewise/io.hpp>

namespace lanewise::inline v0::calculator {

struct Value {
  explicit Value(Array elements) : array(std::move(elements)) {}

  Array array;

  /// Returns what an expression is given. A scalar of a type that Python has too (bool, int64, float64, complex128) is weak: like Python's
  /// own it takes the type of what it meets. The view must not outlive the value.
  ArrayView view() const {
    if (array.shape().empty()) {
      if (array.dtype() == DType::bool_) return array.item<bool>();
      if (array.dtype() == DType::int64) return array.item<std::int64_t>();
      if (array.dtype() == DType::float64) return array.item<double>();
      if (array.dtype() == DType::complex128) return array.item<std::complex<double>>();
    }
    return array;
  }
};

using SharedValue = std::shared_ptr<const Value>;

/// What a name stands for: a value, or an array in a file.
using NamedValue = std::variant<SharedValue, MappedArray>;

/// Returns what an expression is given for a name. The view must not outlive the value.
inline ArrayView view_of(const NamedValue& value) {
  const auto* const file = std::get_if<MappedArray>(&value);
  return file != nullptr ? ArrayView(*file) : std::get<SharedValue>(value)->view();
}

}  // namespace lanewise::inline v0::calculator
