#include "kernels/complex_reference.hpp"

#include <mpc.h>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <map>

namespace lanewise::inline v0::kernel_tests {
namespace {

// Of intermediate values; arguments have 53 bits and results are taken to 106.
constexpr mpfr_prec_t precision = 256;
constexpr mpfr_rnd_t nearest = MPFR_RNDN;

class BigReal {
 public:
  BigReal() { mpfr_init2(value_, precision); }
  ~BigReal() { mpfr_clear(value_); }
  BigReal(const BigReal&) = delete;
  BigReal& operator=(const BigReal&) = delete;
  operator mpfr_ptr() { return value_; }

 private:
  mpfr_t value_;
};

class BigComplex {
 public:
  explicit BigComplex(mpfr_prec_t digits = precision) { mpc_init2(value_, digits); }
  ~BigComplex() { mpc_clear(value_); }
  BigComplex(const BigComplex&) = delete;
  BigComplex& operator=(const BigComplex&) = delete;
  operator mpc_ptr() { return value_; }
  mpfr_ptr re() { return mpc_realref(value_); }
  mpfr_ptr im() { return mpc_imagref(value_); }

 private:
  mpc_t value_;
};

using Function = void (*)(mpc_ptr result, mpc_srcptr x, mpc_srcptr y);

template <auto function>
void of_one(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  function(result, z, MPC_RNDNN);
}

void absolute(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  mpc_abs(mpc_realref(result), z, nearest);
  mpfr_set_zero(mpc_imagref(result), 1);
}

void sign(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal modulus;
  mpc_abs(modulus, z, nearest);
  mpc_div_fr(result, z, modulus, MPC_RNDNN);
}

void divide(mpc_ptr result, mpc_srcptr x, mpc_srcptr y) { mpc_div(result, x, y, MPC_RNDNN); }
void reciprocal(mpc_ptr result, mpc_srcptr z, mpc_srcptr) { mpc_ui_div(result, 1, z, MPC_RNDNN); }

void power(mpc_ptr result, mpc_srcptr z, mpc_srcptr w) {
  BigComplex exponent;
  mpc_log(exponent, z, MPC_RNDNN);
  mpc_mul(exponent, exponent, w, MPC_RNDNN);
  mpc_exp(result, exponent, MPC_RNDNN);
}

void exp2(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal ln_2;
  BigComplex exponent;
  mpfr_const_log2(ln_2, nearest);
  mpc_mul_fr(exponent, z, ln_2, MPC_RNDNN);
  mpc_exp(result, exponent, MPC_RNDNN);
}

void log2(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal ln_2;
  mpfr_const_log2(ln_2, nearest);
  mpc_log(result, z, MPC_RNDNN);
  mpc_div_fr(result, result, ln_2, MPC_RNDNN);
}

/// (e^x − 1) cos y − 2 sin²(y/2) + i e^x sin y
void expm1(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal growth, cosine, half_sine;
  mpfr_expm1(growth, mpc_realref(z), nearest);
  mpfr_cos(cosine, mpc_imagref(z), nearest);
  mpfr_mul(growth, growth, cosine, nearest);
  mpfr_div_2ui(half_sine, mpc_imagref(z), 1, nearest);
  mpfr_sin(half_sine, half_sine, nearest);
  mpfr_sqr(half_sine, half_sine, nearest);
  mpfr_mul_2ui(half_sine, half_sine, 1, nearest);
  mpc_exp(result, z, MPC_RNDNN);
  mpfr_sub(mpc_realref(result), growth, half_sine, nearest);
}

/// log1p(2x + x² + y²) / 2 + i arg(1 + z); near −1 the sum goes, and log |1+z| does not.
void log1p(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal shifted, excess, part;
  mpfr_add_ui(shifted, mpc_realref(z), 1, nearest);
  mpc_norm(excess, z, nearest);
  mpfr_mul_2ui(part, mpc_realref(z), 1, nearest);
  mpfr_add(excess, excess, part, nearest);
  if (mpfr_cmp_d(excess, -0.5) < 0) {
    mpfr_hypot(part, shifted, mpc_imagref(z), nearest);
    mpfr_log(mpc_realref(result), part, nearest);
  } else {
    mpfr_log1p(part, excess, nearest);
    mpfr_div_2ui(mpc_realref(result), part, 1, nearest);
  }
  mpfr_atan2(mpc_imagref(result), mpc_imagref(z), shifted, nearest);
}

const std::map<OperationId, Function>& functions() {
  static const std::map<OperationId, Function> table = {
      {OperationId::absolute, absolute},
      {OperationId::sign, sign},
      {OperationId::divide, divide},
      {OperationId::reciprocal, reciprocal},
      {OperationId::power, power},
      {OperationId::sqrt, of_one<mpc_sqrt>},
      {OperationId::exp, of_one<mpc_exp>},
      {OperationId::exp2, exp2},
      {OperationId::expm1, expm1},
      {OperationId::log, of_one<mpc_log>},
      {OperationId::log2, log2},
      {OperationId::log10, of_one<mpc_log10>},
      {OperationId::log1p, log1p},
      {OperationId::sin, of_one<mpc_sin>},
      {OperationId::cos, of_one<mpc_cos>},
      {OperationId::tan, of_one<mpc_tan>},
      {OperationId::arcsin, of_one<mpc_asin>},
      {OperationId::arccos, of_one<mpc_acos>},
      {OperationId::arctan, of_one<mpc_atan>},
      {OperationId::sinh, of_one<mpc_sinh>},
      {OperationId::cosh, of_one<mpc_cosh>},
      {OperationId::tanh, of_one<mpc_tanh>},
      {OperationId::arcsinh, of_one<mpc_asinh>},
      {OperationId::arccosh, of_one<mpc_acosh>},
      {OperationId::arctanh, of_one<mpc_atanh>},
  };
  return table;
}

/// Takes off the nearest double.
double take_double(mpfr_ptr value) {
  const double taken = mpfr_get_d(value, nearest);
  if (std::isfinite(taken)) mpfr_sub_d(value, value, taken, nearest);
  return taken;
}

}  // namespace

const std::vector<OperationId>& complex_functions() {
  static const std::vector<OperationId> ids = [] {
    std::vector<OperationId> result;
    for (const auto& [id, function] : functions()) result.push_back(id);
    return result;
  }();
  return ids;
}

std::optional<ExactComplex> exact_value(OperationId function, std::complex<double> x, std::complex<double> y) {
  BigComplex left(DBL_MANT_DIG), right(DBL_MANT_DIG), value(2 * DBL_MANT_DIG + 14);
  mpc_set_d_d(left, x.real(), x.imag(), MPC_RNDNN);
  mpc_set_d_d(right, y.real(), y.imag(), MPC_RNDNN);
  functions().at(function)(value, left, right);
  if (!mpfr_number_p(value.re()) || !mpfr_number_p(value.im())) return std::nullopt;
  BigReal modulus;
  mpc_abs(modulus, value, MPFR_RNDZ);  // toward zero, so that it stays below a power of two
  ExactComplex exact;
  exact.modulus = mpfr_get_d(modulus, MPFR_RNDZ);
  const double re = take_double(value.re()), im = take_double(value.im());
  exact.high = {re, im};
  exact.low = {take_double(value.re()), take_double(value.im())};
  return exact;
}

double modulus_distance(std::complex<double> value, const ExactComplex& exact, DType part) {
  const bool single = part == DType::float32;
  const double greatest = single ? double{FLT_MAX} : DBL_MAX;
  const double parts[] = {value.real(), value.imag()};
  const double highs[] = {exact.high.real(), exact.high.imag()};
  for (int i = 0; i < 2; ++i) {
    const double rounded = single ? double{static_cast<float>(highs[i])} : highs[i];
    if (std::isinf(rounded) && std::abs(parts[i]) >= greatest && (parts[i] > 0) == (rounded > 0)) return 0;
    if (std::isinf(parts[i]) && std::abs(rounded) == greatest && (parts[i] > 0) == (rounded > 0)) return 0;
  }
  const int exponent = std::max(std::ilogb(exact.modulus), single ? FLT_MIN_EXP - 1 : DBL_MIN_EXP - 1);
  const double unit = std::ldexp(1.0, exponent - (single ? FLT_MANT_DIG : DBL_MANT_DIG) + 1);
  const double re = ((parts[0] - highs[0]) - exact.low.real()) / unit;
  const double im = ((parts[1] - highs[1]) - exact.low.imag()) / unit;
  return std::isnan(re) || std::isnan(im) ? HUGE_VAL : std::hypot(re, im);
}

}  // namespace lanewise::inline v0::kernel_tests
