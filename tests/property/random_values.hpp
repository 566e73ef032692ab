#pragma once
// Elements that find mistakes: zeros of both signs, infinities, nan, subnormals, the edges of every type, and ordinary numbers.

#include "oracle/value.hpp"
#include "property/random_choice.hpp"

namespace lanewise::inline v0::property {

inline constexpr DType all_dtypes[] = {DType::bool_, DType::int32, DType::int64, DType::float32, DType::float64};

oracle::Value random_value(RandomChoice& random, DType dtype);

}  // namespace lanewise::inline v0::property
