#pragma once
// Complex functions computed by MPC to more digits than float64 has, and the distance of a result from them.

#include <complex>
#include <optional>
#include <vector>

#include "ops/operation.hpp"

namespace lanewise::inline v0::kernel_tests {

/// The complex functions that have an error bound.
const std::vector<OperationId>& complex_functions();

/// A complex number to twice the digits of float64: each part is the sum of two.
struct ExactComplex {
  std::complex<double> high, low;
  double modulus;  ///< toward zero
};

/// Returns the value of the function, or nothing where it has a pole. Of one operand `y` is ignored.
std::optional<ExactComplex> exact_value(OperationId function, std::complex<double> x, std::complex<double> y);

/// Returns |value − exact| in units in the last place of |exact|, those of float32 or of float64. Where a part is rightly infinite, so that
/// there is no such unit, the other part may be anything.
double modulus_distance(std::complex<double> value, const ExactComplex& exact, DType part);

}  // namespace lanewise::inline v0::kernel_tests
