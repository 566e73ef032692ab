// The error function, the gamma function and their relatives.

#include <cmath>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

const RegisterOracle erf(OperationId::erf,
                         within_bound(std::erf, mpfr_erf, {{{-1, 1}, {-6.5, 6.5}, {-1e-3, 1e-3}, {2, 4}}}));
const RegisterOracle erfc(OperationId::erfc, within_bound(std::erfc, mpfr_erfc,
                                                          {{{-1, 1}, {-6.5, 27.5}, {26, 27.5}, {-6, 11}, {9, 10.2}, {-1e-3, 1e-3}}}));

// C's gamma of a negative whole number is nan, as is MPFR's; of one beyond float64's precision too.
const RegisterOracle gamma(OperationId::gamma,
                           within_bound(std::tgamma, mpfr_gamma,
                                        {{{0, 3}, {0, 172}, {171, 172}, {-185, 0}, {0, 36}, {34.5, 35.5}, {-44, 0}, {-1e-3, 1e-3}, {-3, 0}},
                                         0.5}));

int mpfr_log_gamma(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t rounding) {
  int sign = 0;
  return mpfr_lgamma(result, &sign, x, rounding);
}
// Beside its zeros at 1 and 2 there are two between any negative whole numbers below -2; the first ones are named.
const RegisterOracle lgamma(
    OperationId::lgamma,
    within_bound(std::lgamma, mpfr_log_gamma,
                 {{{0, 3}, {0.99, 1.01}, {1.99, 2.01}, {0, 200}, {-200, 0}, {-10, 0}, {-1e-3, 1e-3}, {1e304, 3e305}, {1e35, 5e36}},
                  0.5,
                  {-2.4570247382208006, -2.7476826467274127, -3.1435808883499798, -3.9552942848585979}}));

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
