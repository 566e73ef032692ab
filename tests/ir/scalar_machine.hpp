#pragma once
// A stand-in for the machine that folds constants: one element, in C++'s own arithmetic. Enough for the tests of graphs and programs.

#include <span>

#include "ops/operation.hpp"
#include "ops/scalar.hpp"

namespace lanewise::inline v0::testing_ir {

/// Computes one element of any dtype; usable as EvaluateConstant. Throws std::logic_error for operations that no test here folds.
Scalar evaluate_scalar(OperationId id, DType result_dtype, std::span<const Scalar> operands);

/// The same, but an operation that is not known gives 0: for programs whose values do not matter.
Scalar evaluate_anything(OperationId id, DType result_dtype, std::span<const Scalar> operands);

/// Converts to another dtype: floats truncate toward zero, what does not fit saturates, nan gives the integer 0; of a complex value the
/// real part counts.
Scalar cast_scalar(Scalar value, DType dtype);

/// Returns whether both are the same value to the bit; a nan is a nan.
bool same_value(Scalar left, Scalar right);

/// Returns the values of a dtype at which mistakes show: zeros of both signs, ones, the ends of its own and of other dtypes' ranges,
/// halves, infinities and nan.
std::span<const Scalar> edge_values(DType dtype);

}  // namespace lanewise::inline v0::testing_ir
