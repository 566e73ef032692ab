#pragma once
// The promotion policy: which dtype operands of different dtypes meet in. One object, so that another language can bring its own.

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

/// NumPy 2's rules (NEP 50), with float16 met as float32.
struct Promotion {
  /// Returns the dtype that arrays of two dtypes meet in: NumPy's result_type.
  DType (*typed)(DType left, DType right);
  /// Returns the dtype that a weak value of kind `weak` (bool, int64, float64 or complex128) and a typed operand meet in: the typed operand's
  /// own where its kind can hold the weak one's, else the next that can.
  DType (*weak)(DType typed, DType weak);
};

extern const Promotion numpy_promotion;

}  // namespace lanewise::inline v0
