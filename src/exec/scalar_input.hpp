#pragma once

#include <string_view>

#include "ops/scalar.hpp"

namespace lanewise::inline v0 {

/// Reads an element of `dtype` into `result` as its dtype, if the kind (bool, integer, float, complex) of that can hold it, rounded where it
/// is narrower.
/// Throws DTypeError E209 for a kind that cannot, E205 for an integer out of range. `name` is for the message.
void read_scalar(const void* element, DType dtype, std::string_view name, Scalar& result);

}  // namespace lanewise::inline v0
