// Exponentials and logarithms.

#include <cmath>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

// C has no such function before C23; this is for special values.
double power_of_ten(double x) { return std::pow(10.0, x); }

// Beside the everyday: the ends of the range of float64 and of float32, also that of subnormal results.
const RegisterOracle exp(OperationId::exp,
                         within_bound(std::exp, mpfr_exp, "numpy.exp",
                                      {{{-1, 1}, {-750, 710}, {709.7, 709.8}, {-746, -708}, {-110, 90}, {88.7, 88.8}, {-104, -87}}}));
const RegisterOracle exp2(
    OperationId::exp2,
    within_bound(std::exp2, mpfr_exp2, "numpy.exp2",
                 {{{-1, 1}, {-1080, 1030}, {1023.9, 1024.1}, {-1076, -1021}, {-160, 130}, {127.9, 128.1}, {-150, -125}}, 0.5}));
const RegisterOracle exp10(OperationId::exp10,
                           within_bound(power_of_ten, mpfr_exp10, "(lambda x: numpy.power(10.0, x))",
                                        {{{-1, 1}, {-325, 309}, {308.2, 308.3}, {-324, -307}, {-46, 39}, {38.5, 38.6}, {-46, -37}}, 0.5}));
const RegisterOracle expm1(OperationId::expm1,
                           within_bound(std::expm1, mpfr_expm1, "numpy.expm1",
                                        {{{-1, 1}, {-1e-8, 1e-8}, {-40, 710}, {709.7, 709.8}, {-20, 90}, {88.7, 88.8}}}));
const RegisterOracle log(OperationId::log, within_bound(std::log, mpfr_log, "numpy.log", {{{0, 2}, {0.99, 1.01}, {0, 1e10}}, 0, {1}}));
const RegisterOracle log2(OperationId::log2, within_bound(std::log2, mpfr_log2, "numpy.log2", {{{0, 2}, {0.99, 1.01}, {0, 1e10}}, 0, {1}}));
const RegisterOracle log10(OperationId::log10,
                           within_bound(std::log10, mpfr_log10, "numpy.log10", {{{0, 2}, {0.99, 1.01}, {0, 1e10}}, 0, {1}}));
const RegisterOracle log1p(OperationId::log1p,
                           within_bound(std::log1p, mpfr_log1p, "numpy.log1p",
                                        {{{-1, 1}, {-1e-8, 1e-8}, {0, 1e10}, {1e306, 1.7e308}, {1e37, 3e38}}, 0, {-1}}));

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
