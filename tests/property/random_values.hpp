#pragma once
// Elements that find mistakes: zeros of both signs, infinities, nan, subnormals, the edges of every type, and ordinary numbers.

#include "oracle/value.hpp"
#include "property/random_choice.hpp"

namespace lanewise::inline v0::property {

inline constexpr DType all_dtypes[] = {DType::bool_,   DType::int8,    DType::int16,     DType::int32,     DType::int64,
                                       DType::uint8,   DType::uint16,  DType::uint32,    DType::uint64,    DType::float16,
                                       DType::float32, DType::float64, DType::complex64, DType::complex128};

oracle::Value random_value(RandomChoice& random, DType dtype);

/// Returns a small ordinary number: of many of them a sum is finite, and every rounding shows.
oracle::Value tame_value(RandomChoice& random, DType dtype);

}  // namespace lanewise::inline v0::property
