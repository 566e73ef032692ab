#include "kernels/complex_reference.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <map>

namespace lanewise::inline v0::kernel_tests {
namespace {

std::map<OperationId, ComplexReference>& references() {
  static std::map<OperationId, ComplexReference> registered;
  return registered;
}

/// Takes off the nearest double.
double take_double(mpfr_ptr value) {
  const double taken = mpfr_get_d(value, MPFR_RNDN);
  if (std::isfinite(taken)) mpfr_sub_d(value, value, taken, MPFR_RNDN);
  return taken;
}

}  // namespace

RegisterComplexReference::RegisterComplexReference(OperationId id, ComplexReference reference) { references().emplace(id, reference); }

const ComplexReference* find_complex_reference(OperationId id) {
  const auto found = references().find(id);
  return found == references().end() ? nullptr : &found->second;
}

std::vector<OperationId> complex_functions() {
  std::vector<OperationId> ids;
  for (const auto& [id, reference] : references()) ids.push_back(id);
  return ids;
}

std::optional<ExactComplex> exact_value(const ComplexReference& reference, std::complex<double> x, std::complex<double> y) {
  BigComplex left(DBL_MANT_DIG), right(DBL_MANT_DIG), value(2 * DBL_MANT_DIG + 14);
  mpc_set_d_d(left, x.real(), x.imag(), MPC_RNDNN);
  mpc_set_d_d(right, y.real(), y.imag(), MPC_RNDNN);
  reference.function(value, left, right);
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
