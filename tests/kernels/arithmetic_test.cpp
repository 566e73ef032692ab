// Arithmetic: what each operation of the family gives, in scalar code. The tests that walk the table use it; nothing else is to be listed.

#include <cmath>
#include <type_traits>

#include "kernels/complex_reference.hpp"
#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

template <class T>
T wrap(std::make_unsigned_t<T> bits) {
  return static_cast<T>(bits);
}

const RegisterOracle add(OperationId::add, exactly_of_reals([]<class T>(T x, T y) -> T {
                           if constexpr (std::is_same_v<T, bool>)
                             return x || y;
                           else if constexpr (std::is_integral_v<T>)
                             return wrap<T>(std::make_unsigned_t<T>(x) + std::make_unsigned_t<T>(y));
                           else
                             return x + y;
                         }));

const RegisterOracle subtract(OperationId::subtract, exactly_of_numbers([]<class T>(T x, T y) -> T {
                                if constexpr (std::is_integral_v<T>)
                                  return wrap<T>(std::make_unsigned_t<T>(x) - std::make_unsigned_t<T>(y));
                                else
                                  return x - y;
                              }));

const RegisterOracle multiply(OperationId::multiply, exactly_of_reals([]<class T>(T x, T y) -> T {
                                if constexpr (std::is_same_v<T, bool>)
                                  return x && y;
                                else if constexpr (std::is_integral_v<T>)
                                  return wrap<T>(std::make_unsigned_t<T>(x) * std::make_unsigned_t<T>(y));
                                else
                                  return x * y;
                              }));

const RegisterOracle divide(OperationId::divide, exactly_of_floats([](auto x, auto y) { return x / y; }));

const RegisterOracle positive(OperationId::positive, exactly_of_numbers([](auto x) { return x; }));

const RegisterOracle negative(OperationId::negative, exactly_of_numbers([]<class T>(T x) -> T {
                                if constexpr (std::is_integral_v<T>)
                                  return wrap<T>(0 - std::make_unsigned_t<T>(x));
                                else
                                  return -x;
                              }));

const RegisterOracle absolute(OperationId::absolute, exactly_of_reals([]<class T>(T x) -> T {
                                if constexpr (std::is_same_v<T, bool>)
                                  return x;
                                else if constexpr (std::is_integral_v<T>)
                                  return x < 0 ? wrap<T>(0 - std::make_unsigned_t<T>(x)) : x;
                                else
                                  return std::fabs(x);
                              }));

const RegisterOracle sign(OperationId::sign, exactly_of_numbers([]<class T>(T x) -> T {
                            if (x != x) return x;
                            return static_cast<T>((x > 0) - (x < 0));
                          }));

// Nan wins; -0 is less than +0.
template <class T>
T lesser(T x, T y) {
  if (x != x || y != y) return x + y;
  if (x == y) return std::signbit(x) ? x : y;
  return x < y ? x : y;
}

const RegisterOracle minimum(OperationId::minimum, exactly_of_reals([]<class T>(T x, T y) -> T {
                               if constexpr (std::is_floating_point_v<T>)
                                 return lesser(x, y);
                               else
                                 return x < y ? x : y;
                             }));

const RegisterOracle maximum(OperationId::maximum, exactly_of_reals([]<class T>(T x, T y) -> T {
                               if constexpr (std::is_floating_point_v<T>)
                                 return -lesser(-x, -y);
                               else
                                 return x > y ? x : y;
                             }));

// Nan loses.
template <class T>
T other_if_nan(T result, T x, T y) {
  return x != x ? y : y != y ? x : result;
}

const RegisterOracle fmin(OperationId::fmin, exactly_of_reals([]<class T>(T x, T y) -> T {
                            if constexpr (std::is_floating_point_v<T>)
                              return other_if_nan(lesser(x, y), x, y);
                            else
                              return x < y ? x : y;
                          }));

const RegisterOracle fmax(OperationId::fmax, exactly_of_reals([]<class T>(T x, T y) -> T {
                            if constexpr (std::is_floating_point_v<T>)
                              return other_if_nan(-lesser(-x, -y), x, y);
                            else
                              return x > y ? x : y;
                          }));

const RegisterOracle reciprocal(OperationId::reciprocal, exactly_of_numbers([]<class T>(T x) -> T {
                                  if constexpr (std::is_integral_v<T>)
                                    return x == 0 ? T{0} : static_cast<T>(1 / x);
                                  else
                                    return 1 / x;
                                }));

// ---- Complex operands, to twice the digits

void complex_absolute(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  mpc_abs(mpc_realref(result), z, MPFR_RNDN);
  mpfr_set_zero(mpc_imagref(result), 1);
}

void complex_sign(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  BigReal modulus;
  mpc_abs(modulus, z, MPFR_RNDN);
  mpc_div_fr(result, z, modulus, MPC_RNDNN);
}

void complex_divide(mpc_ptr result, mpc_srcptr x, mpc_srcptr y) { mpc_div(result, x, y, MPC_RNDNN); }

void complex_reciprocal(mpc_ptr result, mpc_srcptr z, mpc_srcptr) { mpc_ui_div(result, 1, z, MPC_RNDNN); }

const RegisterComplexReference complex_of_absolute(OperationId::absolute, {complex_absolute});
const RegisterComplexReference complex_of_sign(OperationId::sign, {complex_sign, is_not_zero});
const RegisterComplexReference complex_of_divide(OperationId::divide, {complex_divide, [](std::complex<double>, std::complex<double> y) { return y != 0.0; }});
const RegisterComplexReference complex_of_reciprocal(OperationId::reciprocal, {complex_reciprocal, is_not_zero});

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
