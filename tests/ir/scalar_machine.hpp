#pragma once
// A stand-in for the machine that folds constants: one element, in C++'s own arithmetic. Enough for the tests of this folder.

#include <span>

#include "ops/operation.hpp"
#include "ops/scalar.hpp"

namespace lanewise::inline v0::testing_ir {

/// Computes one element; usable as EvaluateConstant. Throws std::logic_error for operations that no test here folds.
Scalar evaluate_scalar(OperationId id, DType result_dtype, std::span<const Scalar> operands);

}  // namespace lanewise::inline v0::testing_ir
