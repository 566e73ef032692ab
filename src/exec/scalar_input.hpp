#pragma once

#include <string_view>

#include <lanewise/array.hpp>

#include "ops/scalar.hpp"

namespace lanewise::inline v0 {

/// Returns the one element of `view` as `wanted`, if its kind (bool, integer, float) can hold it: bool and integers become floats, a float64
/// becomes float32. Throws DTypeError E209 for a kind that cannot, E205 for an integer out of range. `name` is for the message.
Scalar convert_scalar(const ArrayView& view, DType wanted, std::string_view name);

}  // namespace lanewise::inline v0
