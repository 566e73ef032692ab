// Hyperbolic functions.

#include <cmath>

#include "kernels/complex_reference.hpp"
#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

const RegisterOracle sinh(OperationId::sinh,
                          within_bound(std::sinh, mpfr_sinh, {{{-1, 1}, {-1e-4, 1e-4}, {-20, 20}, {700, 711}, {88, 90}}}));
const RegisterOracle cosh(OperationId::cosh,
                          within_bound(std::cosh, mpfr_cosh, {{{-1, 1}, {-1e-4, 1e-4}, {-20, 20}, {700, 711}, {88, 90}}}));
const RegisterOracle tanh(OperationId::tanh, within_bound(std::tanh, mpfr_tanh, {{{-1, 1}, {-1e-4, 1e-4}, {-20, 20}}}));
const RegisterOracle arcsinh(OperationId::arcsinh, within_bound(std::asinh, mpfr_asinh,
                                                                {{{-1, 1}, {-1e-4, 1e-4}, {-1e10, 1e10}, {1e150, 1e160}, {1e18, 1e20}}}));
const RegisterOracle arccosh(OperationId::arccosh, within_bound(std::acosh, mpfr_acosh,
                                                                {{{1, 1.001}, {1, 3}, {1, 1e10}, {1e150, 1e160}, {1e18, 1e20}}}));
const RegisterOracle arctanh(OperationId::arctanh,
                             within_bound(std::atanh, mpfr_atanh, {{{-1, 1}, {0.99, 1}, {-1e-4, 1e-4}}}));

// ---- Complex operands, to twice the digits

const RegisterComplexReference complex_of_sinh(OperationId::sinh, {of_one<mpc_sinh>, has_moderate_real_part});
const RegisterComplexReference complex_of_cosh(OperationId::cosh, {of_one<mpc_cosh>, has_moderate_real_part});
const RegisterComplexReference complex_of_tanh(OperationId::tanh, {of_one<mpc_tanh>, has_moderate_real_part});
const RegisterComplexReference complex_of_arcsinh(OperationId::arcsinh, {of_one<mpc_asinh>});
const RegisterComplexReference complex_of_arccosh(OperationId::arccosh, {of_one<mpc_acosh>});
const RegisterComplexReference complex_of_arctanh(OperationId::arctanh, {of_one<mpc_atanh>});

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
