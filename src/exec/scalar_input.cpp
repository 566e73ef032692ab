#include "exec/scalar_input.hpp"

#include <limits>
#include <string>

#include <lanewise/error.hpp>

#include "exec/evaluate_constant.hpp"

namespace lanewise::inline v0 {
namespace {

Scalar read(const ArrayView& view) {
  Scalar result{view.dtype()};
  result.read(view.data());
  return result;
}

int kind_rank(DType dtype) { return dtype.is_bool() ? 0 : dtype.is_integer() ? 1 : dtype.is_floating() ? 2 : 3; }

/// Returns a bool or integer as one of 64 bits.
Scalar widened(Scalar value) {
  return value.dtype.is_unsigned_integer() ? Scalar::of(value.bits) : Scalar::of(integer_value(value));
}

/// Returns the integer in another integer dtype, which must hold it.
Scalar convert_integer(Scalar value, DType wanted, std::string_view name) {
  Scalar result{wanted};
  result.read(&value.bits);
  const bool is_negative = !value.dtype.is_unsigned_integer() && integer_value(value) < 0;
  const bool becomes_negative = !wanted.is_unsigned_integer() && integer_value(result) < 0;
  if (is_negative == becomes_negative && integer_value(result) == integer_value(value)) return result;
  throw DTypeError(ErrorCode::literal_out_of_range, "scalar '" + std::string(name) + "' is " + to_text(value) + ", beyond the range of " +
                                                        std::string(wanted.name()) + " that it is used as; pass it as a float, or compile for wider arrays");
}

}  // namespace

Scalar convert_scalar(const ArrayView& view, DType wanted, std::string_view name) {
  const Scalar value = read(view);
  if (value.dtype == wanted) return value;
  if (kind_rank(value.dtype) > kind_rank(wanted)) {
    throw DTypeError(ErrorCode::wrong_input_dtype, "scalar '" + std::string(name) + "' is " + std::string(value.dtype.name()) +
                                                       ", but the expression was compiled for " + std::string(wanted.name()) +
                                                       ", whose kind cannot hold it");
  }
  if (wanted.is_integer()) return convert_integer(widened(value), wanted, name);
  const OperationId cast = cast_to(wanted);
  return evaluate_constant(cast, wanted, std::span(&value, 1));
}

}  // namespace lanewise::inline v0
