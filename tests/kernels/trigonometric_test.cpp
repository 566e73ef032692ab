// Trigonometric functions, in long double.

#include <cmath>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

const RegisterOracle sin(OperationId::sin, within_bound(std::sin, {{-4, 4}, {-1000, 1000}, {-1e6, 1e6}, {-1e16, 1e16}}));
const RegisterOracle cos(OperationId::cos, within_bound(std::cos, {{-4, 4}, {-1000, 1000}, {-1e6, 1e6}, {-1e16, 1e16}}));
const RegisterOracle tan(OperationId::tan, within_bound(std::tan, {{-4, 4}, {-1000, 1000}, {-1e6, 1e6}, {-1e16, 1e16}}));
const RegisterOracle arcsin(OperationId::arcsin, within_bound(std::asin, {{-1, 1}, {0.99, 1}, {-1e-3, 1e-3}}));
const RegisterOracle arccos(OperationId::arccos, within_bound(std::acos, {{-1, 1}, {0.99, 1}, {-1, -0.99}, {-1e-3, 1e-3}}));
const RegisterOracle arctan(OperationId::arctan, within_bound(std::atan, {{-1, 1}, {-100, 100}, {-1e10, 1e10}}));
const RegisterOracle arctan2(OperationId::arctan2,
                             within_bound(std::atan2, {{-10, 10}, {-1e-300, 1e-300}}, {{-10, 10}, {-1e10, 1e10}, {-1e-300, 1e-300}}));

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
