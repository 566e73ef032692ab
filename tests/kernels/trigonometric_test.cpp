// Trigonometric functions.

#include <cmath>

#include "kernels/complex_reference.hpp"
#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

constexpr double half_turn = 3.14159265358979323846;

// The floats nearest to multiples of pi/2, of float64 and of float32 (Muller, Elementary Functions, tables of worst cases for range
// reduction).
Arguments angles() {
  return {
      {{-4, 4}, {-1000, 1000}, {-1e6, 1e6}, {-1e16, 1e16}}, half_turn / 2, {0x1.6ac5b262ca1ffp+849, 0x1.f37be2p+95, 0x1.f7d5d2b2d3c21p-1}};
}
const RegisterOracle sin(OperationId::sin, within_bound(std::sin, mpfr_sin, angles()));
const RegisterOracle cos(OperationId::cos, within_bound(std::cos, mpfr_cos, angles()));
const RegisterOracle tan(OperationId::tan, within_bound(std::tan, mpfr_tan, angles()));

// Of multiples of half a turn. The sign of a zero is that of the argument; the cosine's is never negative (IEEE 754-2019, 9.2.1).
double sine_of_half_turns(double x) {
  const double rest = std::fmod(x, 2);
  return std::fmod(x, 1) == 0 ? std::copysign(rest * 0, x) : std::sin(half_turn * rest);
}
double cosine_of_half_turns(double x) {
  const double rest = std::fmod(std::fabs(x), 2);
  return rest == 0.5 || rest == 1.5 ? 0 : std::cos(half_turn * rest);
}
Arguments half_turns() { return {{{-2, 2}, {-1000, 1000}, {-1e6, 1e6}, {-1e16, 1e16}}, 0.5}; }
const RegisterOracle sinpi(OperationId::sinpi, within_bound(sine_of_half_turns, mpfr_sinpi, half_turns()));
const RegisterOracle cospi(OperationId::cospi, within_bound(cosine_of_half_turns, mpfr_cospi, half_turns()));

const RegisterOracle arcsin(OperationId::arcsin,
                            within_bound(std::asin, mpfr_asin, {{{-1, 1}, {0.99, 1}, {-1e-3, 1e-3}}, 0, {0.5}}));
const RegisterOracle arccos(OperationId::arccos, within_bound(std::acos, mpfr_acos,
                                                              {{{-1, 1}, {0.99, 1}, {-1, -0.99}, {-1e-3, 1e-3}}, 0, {0.5}}));
const RegisterOracle arctan(OperationId::arctan,
                            within_bound(std::atan, mpfr_atan, {{{-1, 1}, {-100, 100}, {-1e10, 1e10}}}));
const RegisterOracle arctan2(OperationId::arctan2,
                             within_bound(std::atan2, mpfr_atan2, {{{-10, 10}, {-1e-300, 1e-300}, {-1e-30, 1e-30}}},
                                          {{{-10, 10}, {-1e10, 1e10}, {-1e-300, 1e-300}, {-1e-30, 1e-30}}}));

// ---- Complex operands, to twice the digits

const RegisterComplexReference complex_of_sin(OperationId::sin, {of_one<mpc_sin>, has_moderate_imaginary_part});
const RegisterComplexReference complex_of_cos(OperationId::cos, {of_one<mpc_cos>, has_moderate_imaginary_part});
const RegisterComplexReference complex_of_tan(OperationId::tan, {of_one<mpc_tan>, has_moderate_imaginary_part});
const RegisterComplexReference complex_of_arcsin(OperationId::arcsin, {of_one<mpc_asin>});
const RegisterComplexReference complex_of_arccos(OperationId::arccos, {of_one<mpc_acos>});
const RegisterComplexReference complex_of_arctan(OperationId::arctan, {of_one<mpc_atan>});

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
