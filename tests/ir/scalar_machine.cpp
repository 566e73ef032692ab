// Integers are computed in int64 and wrap; floats in double and are rounded once, which is right for single operations of float32 too.

#include "ir/scalar_machine.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

namespace lanewise::inline v0::testing_ir {

namespace {

double number(Scalar value) {
  switch (value.dtype.code) {
    case DType::Code::bool_: return value.as<bool>() ? 1 : 0;
    case DType::Code::int32: return value.as<std::int32_t>();
    case DType::Code::int64: return static_cast<double>(value.as<std::int64_t>());
    case DType::Code::float32: return static_cast<double>(value.as<float>());
    case DType::Code::float64: break;
  }
  return value.as<double>();
}

std::int64_t integer(Scalar value) {
  if (value.dtype == DType::int64) return value.as<std::int64_t>();
  const double real = number(value);
  return std::isnan(real) ? 0 : static_cast<std::int64_t>(std::clamp(real, -9.2e18, 9.2e18));
}

Scalar scalar(double value, DType dtype) { return dtype == DType::float32 ? Scalar::of(static_cast<float>(value)) : Scalar::of(value); }

Scalar scalar(std::int64_t value, DType dtype) {
  switch (dtype.code) {
    case DType::Code::bool_: return Scalar::of(value != 0);
    case DType::Code::int32: return Scalar::of(static_cast<std::int32_t>(value));
    case DType::Code::int64: return Scalar::of(value);
    default: return scalar(static_cast<double>(value), dtype);
  }
}

Scalar cast(Scalar value, DType dtype) {
  if (dtype.is_bool()) return Scalar::of(number(value) != 0);
  if (value.dtype.is_floating() && dtype.is_floating()) return scalar(number(value), dtype);
  return scalar(integer(value), dtype);
}

template <class T>
bool holds(OperationId id, T left, T right) {
  switch (id) {
    case OperationId::less: return left < right;
    case OperationId::less_equal: return left <= right;
    case OperationId::greater: return left > right;
    case OperationId::greater_equal: return left >= right;
    case OperationId::equal: return left == right;
    default: return left != right;
  }
}

std::int64_t integer_result(OperationId id, std::int64_t left, std::int64_t right) {
  const auto x = static_cast<std::uint64_t>(left), y = static_cast<std::uint64_t>(right);
  switch (id) {
    case OperationId::add: return static_cast<std::int64_t>(x + y);
    case OperationId::subtract: return static_cast<std::int64_t>(x - y);
    case OperationId::multiply: return static_cast<std::int64_t>(x * y);
    case OperationId::negative: return static_cast<std::int64_t>(-x);
    case OperationId::positive: return left;
    default: throw std::logic_error(std::string(operation(id).name));
  }
}

double float_result(OperationId id, double left, double right) {
  switch (id) {
    case OperationId::add: return left + right;
    case OperationId::subtract: return left - right;
    case OperationId::multiply: return left * right;
    case OperationId::negative: return -left;
    case OperationId::positive: return left;
    case OperationId::divide: return left / right;
    case OperationId::power: return std::pow(left, right);
    case OperationId::sqrt: return std::sqrt(left);
    case OperationId::sin: return std::sin(left);
    default: throw std::logic_error(std::string(operation(id).name));
  }
}

}  // namespace

Scalar evaluate_scalar(OperationId id, DType result_dtype, std::span<const Scalar> operands) {
  const Scalar first = operands.front(), last = operands.back();
  const TypeRule rule = operation(id).type_rule;
  if (is_cast(rule)) return cast(first, result_dtype);
  if (rule == TypeRule::select) return first.as<bool>() ? operands[1] : operands[2];
  if (rule == TypeRule::compare) {
    return Scalar::of(first.dtype.is_floating() ? holds(id, number(first), number(last)) : holds(id, integer(first), integer(last)));
  }
  if (id == OperationId::logical_and) return Scalar::of(first.as<bool>() && last.as<bool>());
  if (id == OperationId::logical_or) return Scalar::of(first.as<bool>() || last.as<bool>());
  if (id == OperationId::logical_not) return Scalar::of(!first.as<bool>());
  if (result_dtype.is_floating()) return scalar(float_result(id, number(first), number(last)), result_dtype);
  return scalar(integer_result(id, integer(first), integer(last)), result_dtype);
}

}  // namespace lanewise::inline v0::testing_ir
