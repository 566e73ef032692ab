#pragma once
// What a name stands for in a session: an array, or a scalar held as an array of no dimension.

#include <complex>
#include <cstdint>
#include <memory>
#include <utility>

#include <lanewise/array.hpp>

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

}  // namespace lanewise::inline v0::calculator
