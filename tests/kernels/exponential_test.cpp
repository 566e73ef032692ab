// Exponentials and logarithms, in long double.

#include <cmath>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

const RegisterOracle exp(OperationId::exp, within_bound(std::exp, {{-1, 1}, {-750, 710}, {709.7, 709.8}, {-110, 90}, {88.7, 88.8}}));
const RegisterOracle exp2(OperationId::exp2,
                          within_bound(std::exp2, {{-1, 1}, {-1080, 1030}, {1023.9, 1024.1}, {-160, 130}, {127.9, 128.1}}));
const RegisterOracle expm1(OperationId::expm1,
                           within_bound(std::expm1, {{-1, 1}, {-1e-8, 1e-8}, {-40, 710}, {709.7, 709.8}, {88.7, 88.8}}));
const RegisterOracle log(OperationId::log, within_bound(std::log, {{0, 2}, {0.99, 1.01}, {0, 1e10}}));
const RegisterOracle log2(OperationId::log2, within_bound(std::log2, {{0, 2}, {0.99, 1.01}, {0, 1e10}}));
const RegisterOracle log10(OperationId::log10, within_bound(std::log10, {{0, 2}, {0.99, 1.01}, {0, 1e10}}));
const RegisterOracle log1p(OperationId::log1p,
                           within_bound(std::log1p, {{-1, 1}, {-1e-8, 1e-8}, {0, 1e10}, {1e306, 1.7e308}, {1e37, 3e38}}));

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
