// Exponentials and logarithms.

#include <cmath>

#include "kernels/complex_reference.hpp"
#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

// C has no such function before C23; this is for special values.
double power_of_ten(double x) { return std::pow(10.0, x); }

// Beside the everyday: the ends of the range of float64 and of float32, also that of subnormal results.
const RegisterOracle exp(OperationId::exp,
                         within_bound(std::exp, mpfr_exp,
                                      {{{-1, 1}, {-750, 710}, {709.7, 709.8}, {-746, -708}, {-110, 90}, {88.7, 88.8}, {-104, -87}}}));
const RegisterOracle exp2(
    OperationId::exp2,
    within_bound(std::exp2, mpfr_exp2,
                 {{{-1, 1}, {-1080, 1030}, {1023.9, 1024.1}, {-1076, -1021}, {-160, 130}, {127.9, 128.1}, {-150, -125}}, 0.5}));
const RegisterOracle exp10(OperationId::exp10,
                           within_bound(power_of_ten, mpfr_exp10,
                                        {{{-1, 1}, {-325, 309}, {308.2, 308.3}, {-324, -307}, {-46, 39}, {38.5, 38.6}, {-46, -37}}, 0.5}));
const RegisterOracle expm1(OperationId::expm1,
                           within_bound(std::expm1, mpfr_expm1,
                                        {{{-1, 1}, {-1e-8, 1e-8}, {-40, 710}, {709.7, 709.8}, {-20, 90}, {88.7, 88.8}}}));
const RegisterOracle log(OperationId::log, within_bound(std::log, mpfr_log, {{{0, 2}, {0.99, 1.01}, {0, 1e10}}, 0, {1}}));
const RegisterOracle log2(OperationId::log2, within_bound(std::log2, mpfr_log2, {{{0, 2}, {0.99, 1.01}, {0, 1e10}}, 0, {1}}));
const RegisterOracle log10(OperationId::log10,
                           within_bound(std::log10, mpfr_log10, {{{0, 2}, {0.99, 1.01}, {0, 1e10}}, 0, {1}}));
const RegisterOracle log1p(OperationId::log1p,
                           within_bound(std::log1p, mpfr_log1p,
                                        {{{-1, 1}, {-1e-8, 1e-8}, {0, 1e10}, {1e306, 1.7e308}, {1e37, 3e38}}, 0, {-1}}));

// ---- Complex operands, to twice the digits

void complex_exp2(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal ln_2;
  BigComplex exponent;
  mpfr_const_log2(ln_2, MPFR_RNDN);
  mpc_mul_fr(exponent, z, ln_2, MPC_RNDNN);
  mpc_exp(result, exponent, MPC_RNDNN);
}

void complex_exp10(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal ln_10;
  BigComplex exponent;
  mpfr_log_ui(ln_10, 10, MPFR_RNDN);
  mpc_mul_fr(exponent, z, ln_10, MPC_RNDNN);
  mpc_exp(result, exponent, MPC_RNDNN);
}

void complex_log2(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal ln_2;
  mpfr_const_log2(ln_2, MPFR_RNDN);
  mpc_log(result, z, MPC_RNDNN);
  mpc_div_fr(result, result, ln_2, MPC_RNDNN);
}

/// (e^x − 1) cos y − 2 sin²(y/2) + i e^x sin y
void complex_expm1(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal growth, cosine, half_sine;
  mpfr_expm1(growth, mpc_realref(z), MPFR_RNDN);
  mpfr_cos(cosine, mpc_imagref(z), MPFR_RNDN);
  mpfr_mul(growth, growth, cosine, MPFR_RNDN);
  mpfr_div_2ui(half_sine, mpc_imagref(z), 1, MPFR_RNDN);
  mpfr_sin(half_sine, half_sine, MPFR_RNDN);
  mpfr_sqr(half_sine, half_sine, MPFR_RNDN);
  mpfr_mul_2ui(half_sine, half_sine, 1, MPFR_RNDN);
  mpc_exp(result, z, MPC_RNDNN);
  mpfr_sub(mpc_realref(result), growth, half_sine, MPFR_RNDN);
}

/// log1p(2x + x² + y²) / 2 + i arg(1 + z); near −1 the sum goes, and log |1+z| does not.
void complex_log1p(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal shifted, excess, part;
  mpfr_add_ui(shifted, mpc_realref(z), 1, MPFR_RNDN);
  mpc_norm(excess, z, MPFR_RNDN);
  mpfr_mul_2ui(part, mpc_realref(z), 1, MPFR_RNDN);
  mpfr_add(excess, excess, part, MPFR_RNDN);
  if (mpfr_cmp_d(excess, -0.5) < 0) {
    mpfr_hypot(part, shifted, mpc_imagref(z), MPFR_RNDN);
    mpfr_log(mpc_realref(result), part, MPFR_RNDN);
  } else {
    mpfr_log1p(part, excess, MPFR_RNDN);
    mpfr_div_2ui(mpc_realref(result), part, 1, MPFR_RNDN);
  }
  mpfr_atan2(mpc_imagref(result), mpc_imagref(z), shifted, MPFR_RNDN);
}

bool is_moderate_exponent(std::complex<double> x, std::complex<double>) { return std::abs(x.real()) < 1200 && std::abs(x.imag()) < 0x1p35; }

const RegisterComplexReference complex_of_exp(OperationId::exp, {of_one<mpc_exp>, has_moderate_real_part});
const RegisterComplexReference complex_of_exp2(OperationId::exp2, {complex_exp2, is_moderate_exponent});
const RegisterComplexReference complex_of_exp10(OperationId::exp10, {complex_exp10, is_moderate_exponent});
const RegisterComplexReference complex_of_expm1(OperationId::expm1, {complex_expm1, has_moderate_real_part});
const RegisterComplexReference complex_of_log(OperationId::log, {of_one<mpc_log>, is_not_zero});
const RegisterComplexReference complex_of_log2(OperationId::log2, {complex_log2, is_not_zero});
const RegisterComplexReference complex_of_log10(OperationId::log10, {of_one<mpc_log10>, is_not_zero});
const RegisterComplexReference complex_of_log1p(OperationId::log1p, {complex_log1p});

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
