#pragma once
// The element types of instructions in lanes of each width.

#include "kernels/simd.hpp"
#include "ops/instruction_set.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// float16 in memory.
struct HalfFloat {};

template <class T>
struct DTypeOf;
#define LANEWISE_DTYPE_OF(Type, name)                    \
  template <>                                            \
  struct DTypeOf<Type> {                                 \
    static constexpr DType::Code code = DType::Code::name; \
  };
LANEWISE_DTYPE_OF(bool, bool_)
LANEWISE_DTYPE_OF(int8_t, int8)
LANEWISE_DTYPE_OF(int16_t, int16)
LANEWISE_DTYPE_OF(int32_t, int32)
LANEWISE_DTYPE_OF(int64_t, int64)
LANEWISE_DTYPE_OF(uint8_t, uint8)
LANEWISE_DTYPE_OF(uint16_t, uint16)
LANEWISE_DTYPE_OF(uint32_t, uint32)
LANEWISE_DTYPE_OF(uint64_t, uint64)
LANEWISE_DTYPE_OF(HalfFloat, float16)
LANEWISE_DTYPE_OF(float, float32)
LANEWISE_DTYPE_OF(double, float64)
LANEWISE_DTYPE_OF(ComplexOf<float>, complex64)
LANEWISE_DTYPE_OF(ComplexOf<double>, complex128)
#undef LANEWISE_DTYPE_OF

template <class T>
constexpr bool is_complex_type = false;
template <class Part>
constexpr bool is_complex_type<ComplexOf<Part>> = true;
template <class T>
constexpr bool is_bool_type = hwy::IsSame<T, bool>();

/// An element type in lanes of a width.
template <class T, size_t lane_bytes>
struct Lanes {
  using Element = T;
  static constexpr size_t bytes = lane_bytes;
  static constexpr DType dtype() { return DType{DTypeOf<T>::code}; }
};

/// Calls `visit` with the Lanes of every dtype that values travel as.
template <class Visit>
LANEWISE_INLINE void for_each_travelling(Visit visit) {
  visit(Lanes<bool, narrow_lane_bytes>());
  visit(Lanes<int32_t, narrow_lane_bytes>());
  visit(Lanes<uint32_t, narrow_lane_bytes>());
  visit(Lanes<float, narrow_lane_bytes>());
  visit(Lanes<ComplexOf<float>, narrow_lane_bytes>());
  visit(Lanes<bool, wide_lane_bytes>());
  visit(Lanes<int32_t, wide_lane_bytes>());
  visit(Lanes<uint32_t, wide_lane_bytes>());
  visit(Lanes<float, wide_lane_bytes>());
  visit(Lanes<int64_t, wide_lane_bytes>());
  visit(Lanes<uint64_t, wide_lane_bytes>());
  visit(Lanes<double, wide_lane_bytes>());
  visit(Lanes<ComplexOf<float>, wide_lane_bytes>());
  visit(Lanes<ComplexOf<double>, wide_lane_bytes>());
}

/// The same of the dtypes that exist in memory alone.
template <class Visit>
LANEWISE_INLINE void for_each_stored_only(Visit visit) {
  const auto visit_both = [visit](auto lanes) {
    using T = typename decltype(lanes)::Element;
    visit(Lanes<T, narrow_lane_bytes>());
    visit(Lanes<T, wide_lane_bytes>());
  };
  visit_both(Lanes<int8_t, narrow_lane_bytes>());
  visit_both(Lanes<int16_t, narrow_lane_bytes>());
  visit_both(Lanes<uint8_t, narrow_lane_bytes>());
  visit_both(Lanes<uint16_t, narrow_lane_bytes>());
  visit_both(Lanes<HalfFloat, narrow_lane_bytes>());
}

/// The type whose functions serve `T` where an instruction only moves bits: that of the bits. Of a truth value it is as wide as the lane.
template <class T, size_t lane_bytes>
struct BitsOf {
  using Type = SignedOf<sizeof(Travelling<T, lane_bytes>)>;
};
template <class Part, size_t lane_bytes>
struct BitsOf<ComplexOf<Part>, lane_bytes> {
  using Type = ComplexOf<Part>;
};
template <class T, size_t lane_bytes>
using Bits = typename BitsOf<T, lane_bytes>::Type;

}  // namespace
}  // namespace lanewise::inline v0::kernels
