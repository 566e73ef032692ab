// Division with remainder, powers and roots: scalar code where exact, else the C library and MPFR.

#include <cmath>
#include <numeric>
#include <utility>

#include "kernels/complex_reference.hpp"
#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

// Integers: by zero gives 0; the lowest value divided by -1 wraps.
template <class T>
T floor_quotient(T x, T y) {
  if (y == 0) return 0;
  if constexpr (std::is_unsigned_v<T>) return x / y;
  if (y == static_cast<T>(-1)) return static_cast<T>(0 - static_cast<std::make_unsigned_t<T>>(x));
  return static_cast<T>(x / y - (x % y != 0 && (x % y < 0) != (y < 0)));
}
template <class T>
T floor_rest(T x, T y) {
  if (y == 0) return 0;
  if constexpr (std::is_unsigned_v<T>) return x % y;
  if (y == static_cast<T>(-1)) return 0;
  const T rest = x % y;
  return rest != 0 && (rest < 0) != (y < 0) ? static_cast<T>(rest + y) : rest;
}
template <class T>
T truncated_rest(T x, T y) {
  return y == 0 || (std::is_signed_v<T> && y == static_cast<T>(-1)) ? T{0} : static_cast<T>(x % y);
}

// Floats: NumPy's definition, from the remainder that C's fmod gives.
template <class T>
struct Division {
  T quotient, rest;
};
template <class T>
Division<T> divide_as_numpy(T x, T y) {
  T rest = std::fmod(x, y);
  if (y == 0) return {x / y, rest};
  T quotient = (x - rest) / y;
  if (rest == 0) {
    rest = std::copysign(T{0}, y);
  } else if ((y < 0) != (rest < 0)) {
    rest += y;
    quotient -= 1;
  }
  if (quotient == 0) return {std::copysign(T{0}, x / y), rest};
  T whole = std::floor(quotient);
  if (quotient - whole > T(0.5)) whole += 1;
  return {whole, rest};
}

template <class T>
T integer_power(T base, T exponent) {
  using Bits = std::make_unsigned_t<T>;
  if constexpr (std::is_signed_v<T>) {
    if (exponent < 0) return base == 1 || (base == -1 && exponent % 2 == 0) ? T{1} : base == -1 ? T{-1} : T{0};
  }
  Bits product = 1;
  for (int bit = static_cast<int>(8 * sizeof(T)) - 1; bit >= 0; --bit) {
    product *= product;
    if ((exponent >> bit) & 1) product *= static_cast<Bits>(base);
  }
  return static_cast<T>(product);
}

const RegisterOracle floor_divide(OperationId::floor_divide, exactly_of_numbers([]<class T>(T x, T y) -> T {
                                    if constexpr (std::is_integral_v<T>)
                                      return floor_quotient(x, y);
                                    else
                                      return divide_as_numpy(x, y).quotient;
                                  }));
const RegisterOracle remainder(OperationId::remainder, exactly_of_numbers([]<class T>(T x, T y) -> T {
                                 if constexpr (std::is_integral_v<T>)
                                   return floor_rest(x, y);
                                 else
                                   return divide_as_numpy(x, y).rest;
                               }));
const RegisterOracle fmod(OperationId::fmod, exactly_of_numbers([]<class T>(T x, T y) -> T {
                            if constexpr (std::is_integral_v<T>)
                              return truncated_rest(x, y);
                            else
                              return std::fmod(x, y);
                          }));

OperationOracle power_oracle() {
  Arguments bases{{{-10, 10}, {0, 2}, {0.999, 1.001}, {0.69, 0.751}, {1.38, 1.501}, {0, 1e6}}, 0, {1e300, 0x1p-1060, 0x1p-140}};
  Arguments exponents{{{-10, 10}, {-1000, 1000}, {-2500, 2500}, {-1e6, 1e6}, {-1e-3, 1e-3}}, 0.5};
  OperationOracle oracle = within_bound(std::pow, mpfr_pow, std::move(bases), std::move(exponents));
  oracle.exact = exactly_of_integers([]<class T>(T x, T y) { return integer_power(x, y); }).exact;
  return oracle;
}
const RegisterOracle power(OperationId::power, power_oracle());

const RegisterOracle gcd(OperationId::gcd, exactly_of_integers([]<class T>(T x, T y) -> T {
                           using Bits = std::make_unsigned_t<T>;
                           const auto magnitude = [](T value) {
                             return value < 0 ? static_cast<Bits>(0 - static_cast<Bits>(value)) : static_cast<Bits>(value);
                           };
                           return static_cast<T>(std::gcd(magnitude(x), magnitude(y)));
                         }));

const RegisterOracle sqrt(OperationId::sqrt, exactly_of_floats([](auto x) { return std::sqrt(x); }));
const RegisterOracle cbrt(OperationId::cbrt, within_bound(std::cbrt, mpfr_cbrt, {{{-8, 8}, {0, 1e6}}}));
const RegisterOracle hypot(OperationId::hypot,
                           within_bound(std::hypot, mpfr_hypot,
                                        {{{-10, 10}, {-1e-300, 1e-300}, {-1e-30, 1e-30}, {1e300, 1.7e308}, {1e37, 3e38}}},
                                        {{{-10, 10}, {-1e-300, 1e-300}, {-1e-30, 1e-30}}}));

// ---- Complex operands, to twice the digits

void complex_power(mpc_ptr result, mpc_srcptr z, mpc_srcptr w) {
  BigComplex exponent;
  mpc_log(exponent, z, MPC_RNDNN);
  mpc_mul(exponent, exponent, w, MPC_RNDNN);
  mpc_exp(result, exponent, MPC_RNDNN);
}

bool is_moderate_power(std::complex<double> x, std::complex<double> y) { return x != 0.0 && std::abs(y) * std::abs(std::log(x)) < 1000; }

const RegisterComplexReference complex_of_power(OperationId::power, {complex_power, is_moderate_power});
const RegisterComplexReference complex_of_sqrt(OperationId::sqrt, {of_one<mpc_sqrt>});

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
