// Comparisons and questions about floats, in scalar code.

#include <cmath>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

template <class Function>
OperationOracle of_every_type(Function function) {
  return exactly_of_reals(function);
}

const RegisterOracle less(OperationId::less, of_every_type([](auto x, auto y) { return x < y; }));
const RegisterOracle less_equal(OperationId::less_equal, of_every_type([](auto x, auto y) { return x <= y; }));
const RegisterOracle greater(OperationId::greater, of_every_type([](auto x, auto y) { return x > y; }));
const RegisterOracle greater_equal(OperationId::greater_equal, of_every_type([](auto x, auto y) { return x >= y; }));
const RegisterOracle equal(OperationId::equal, of_every_type([](auto x, auto y) { return x == y; }));
const RegisterOracle not_equal(OperationId::not_equal, of_every_type([](auto x, auto y) { return x != y; }));

const RegisterOracle isnan(OperationId::isnan, exactly_of_floats([](auto x) { return std::isnan(x); }));
const RegisterOracle isinf(OperationId::isinf, exactly_of_floats([](auto x) { return std::isinf(x); }));
const RegisterOracle isfinite(OperationId::isfinite, exactly_of_floats([](auto x) { return std::isfinite(x); }));
const RegisterOracle signbit(OperationId::signbit, exactly_of_floats([](auto x) { return std::signbit(x); }));

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
