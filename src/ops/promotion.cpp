// NumPy 2's promotion (NEP 50; numpy.result_type) for the dtypes that exist.
//
// Looked for here, found elsewhere: what a row then makes of the dtype its operands meet in (type_rules.cpp), and whether a literal
// fits the type it meets (ir/operation_binder.cpp).

#include "ops/promotion.hpp"

#include <array>
#include <cstddef>

namespace lanewise::inline v0 {

namespace {

constexpr std::size_t dtype_count = 5;
using Table = std::array<std::array<DType, dtype_count>, dtype_count>;

constexpr DType b8 = DType::bool_, i32 = DType::int32, i64 = DType::int64, f32 = DType::float32, f64 = DType::float64;

// Rows and columns in the order of DType::Code. An integer beside float32 needs float64, as float32 holds 24 bits.
constexpr Table result_type = {{
    {b8, i32, i64, f32, f64},
    {i32, i32, i64, f64, f64},
    {i64, i64, i64, f64, f64},
    {f32, f64, f64, f32, f64},
    {f64, f64, f64, f64, f64},
}};

constexpr std::size_t position(DType dtype) { return static_cast<std::size_t>(dtype.code); }

DType promote_typed(DType left, DType right) { return result_type[position(left)][position(right)]; }

DType promote_weak(DType typed, DType weak) {
  if (typed.is_floating() || weak.is_bool()) return typed;
  if (weak.is_floating()) return f64;
  return typed.is_bool() ? i64 : typed;
}

}  // namespace

const Promotion numpy_promotion = {promote_typed, promote_weak};

}  // namespace lanewise::inline v0
