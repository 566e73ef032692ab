#pragma once

#include <span>

#include "ops/operation.hpp"
#include "ops/scalar.hpp"

namespace lanewise::inline v0 {

/// Computes one operation on constants by running a program of one element, so that folding and execution cannot disagree. The operands have
/// the dtypes that the kernel takes.
Scalar evaluate_constant(OperationId operation, DType result_dtype, std::span<const Scalar> operands);

}  // namespace lanewise::inline v0
