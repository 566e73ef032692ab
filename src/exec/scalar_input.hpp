#pragma once

#include <string_view>

#include "ops/scalar.hpp"

namespace lanewise::inline v0 {

/// Returns an element of `dtype` as `wanted`, if its kind (bool, integer, float, complex) can hold it, rounded where it is narrower.
/// Throws DTypeError E209 for a kind that cannot, E205 for an integer out of range. `name` is for the message.
Scalar convert_scalar(const void* element, DType dtype, DType wanted, std::string_view name);

}  // namespace lanewise::inline v0
