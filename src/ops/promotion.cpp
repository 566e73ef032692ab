// NumPy 2's promotion (NEP 50; numpy.result_type).
//
// An integer needs a float whose mantissa holds it: 11 bits in float16, 24 in float32. As float16 is storage only, it meets everything as
// float32, which holds integers of up to 16 bits.
// Looked for here, found elsewhere: what a row then makes of the dtype its operands meet in (type_rules.cpp), and whether a literal
// fits the type it meets (ir/operation_binder.cpp).

#include "ops/promotion.hpp"

namespace lanewise::inline v0 {

namespace {

constexpr DType signed_of(std::size_t size_bytes) {
  return size_bytes == 1 ? DType::int8 : size_bytes == 2 ? DType::int16 : size_bytes == 4 ? DType::int32 : DType::int64;
}

/// Integers of one signedness take the wider; a signed one beside an unsigned one that is as wide needs the next width, and there is none
/// beyond 64 bits.
DType promote_integers(DType left, DType right) {
  if (left.is_signed_integer() == right.is_signed_integer()) return left.size_bytes() >= right.size_bytes() ? left : right;
  const DType with_sign = left.is_signed_integer() ? left : right;
  const DType without = left.is_signed_integer() ? right : left;
  if (with_sign.size_bytes() > without.size_bytes()) return with_sign;
  return without.size_bytes() == 8 ? DType::float64 : signed_of(2 * without.size_bytes());
}

/// The real float that holds a real operand as well as a float can.
DType float_for(DType dtype) {
  if (dtype.is_floating()) return dtype == DType::float16 ? DType::float32 : dtype;
  return dtype.size_bytes() <= 2 ? DType::float32 : DType::float64;
}

DType real_part(DType dtype) {
  if (dtype.is_complex()) return dtype == DType::complex64 ? DType::float32 : DType::float64;
  return float_for(dtype);
}

DType promote_typed(DType left, DType right) {
  if (left.is_bool()) return right == DType::float16 ? DType::float32 : right;
  if (right.is_bool()) return left == DType::float16 ? DType::float32 : left;
  if (left.is_integer() && right.is_integer()) return promote_integers(left, right);
  const bool is_double = real_part(left) == DType::float64 || real_part(right) == DType::float64;
  if (left.is_complex() || right.is_complex()) return is_double ? DType::complex128 : DType::complex64;
  return is_double ? DType::float64 : DType::float32;
}

DType promote_weak(DType typed, DType weak) {
  if (weak.is_bool()) return typed == DType::float16 ? DType::float32 : typed;
  if (weak.is_complex()) return real_part(typed) == DType::float32 && !typed.is_integer() && !typed.is_bool() ? DType::complex64 : DType::complex128;
  if (typed.is_floating()) return float_for(typed);
  if (typed.is_complex()) return typed;
  if (weak.is_floating()) return DType::float64;
  return typed.is_bool() ? DType::int64 : typed;
}

}  // namespace

const Promotion numpy_promotion = {promote_typed, promote_weak};

}  // namespace lanewise::inline v0
