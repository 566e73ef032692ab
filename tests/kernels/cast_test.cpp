// Casts, in scalar code: saturating, nan gives 0, rounded once.

#include <cmath>
#include <complex>
#include <limits>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

template <class To>
OperationOracle cast_to() {
  return exactly_of_reals([]<class From>(From x) -> To {
    if constexpr (std::is_same_v<To, bool>)
      return x != From{0};
    else if constexpr (std::is_floating_point_v<To> || std::is_same_v<From, bool>)
      return static_cast<To>(x);
    else {
      using Limits = std::numeric_limits<To>;
      if (x != x) return 0;
      const auto wide = static_cast<long double>(x);
      if (wide >= static_cast<long double>(Limits::max())) return Limits::max();
      if (wide <= static_cast<long double>(Limits::min())) return Limits::min();
      return static_cast<To>(x);
    }
  });
}

/// The nearest value of float16, from a number that long double holds exactly: the last place has a weight of 2^(exponent - 10).
float rounded_to_half(long double x) {
  if (x != x || x == 0 || std::isinf(x)) return static_cast<float>(x);
  const int last_place = std::max(std::ilogb(x), -14) - 10;
  const long double rounded = std::ldexp(std::nearbyint(std::ldexp(x, -last_place)), last_place);
  return static_cast<float>(std::fabs(rounded) > 65504 ? std::copysign(HUGE_VALL, x) : std::copysign(rounded, x));
}

template <class Part>
OperationOracle cast_to_complex() {
  return exactly_of_reals([]<class From>(From x) { return std::complex<Part>(static_cast<Part>(x), 0); });
}
template <class Part>
OperationOracle cast_complex_to_complex() {
  return exactly_of_complex([]<class From>(From z) { return std::complex<Part>(static_cast<Part>(z.real()), static_cast<Part>(z.imag())); });
}

const RegisterOracle cast_bool(OperationId::cast_bool, cast_to<bool>());
const RegisterOracle cast_bool_of_complex(OperationId::cast_bool, exactly_of_complex([](auto z) { return z.real() != 0 || z.imag() != 0; }));
const RegisterOracle cast_int8(OperationId::cast_int8, cast_to<std::int8_t>());
const RegisterOracle cast_int16(OperationId::cast_int16, cast_to<std::int16_t>());
const RegisterOracle cast_int32(OperationId::cast_int32, cast_to<std::int32_t>());
const RegisterOracle cast_int64(OperationId::cast_int64, cast_to<std::int64_t>());
const RegisterOracle cast_uint8(OperationId::cast_uint8, cast_to<std::uint8_t>());
const RegisterOracle cast_uint16(OperationId::cast_uint16, cast_to<std::uint16_t>());
const RegisterOracle cast_uint32(OperationId::cast_uint32, cast_to<std::uint32_t>());
const RegisterOracle cast_uint64(OperationId::cast_uint64, cast_to<std::uint64_t>());
const RegisterOracle cast_float16(OperationId::cast_float16, exactly_of_reals([](auto x) { return rounded_to_half(static_cast<long double>(x)); }));
const RegisterOracle cast_float32(OperationId::cast_float32, cast_to<float>());
const RegisterOracle cast_float64(OperationId::cast_float64, cast_to<double>());
const RegisterOracle cast_complex64(OperationId::cast_complex64, cast_to_complex<float>());
const RegisterOracle cast_complex128(OperationId::cast_complex128, cast_to_complex<double>());
const RegisterOracle cast_complex64_of_complex(OperationId::cast_complex64, cast_complex_to_complex<float>());
const RegisterOracle cast_complex128_of_complex(OperationId::cast_complex128, cast_complex_to_complex<double>());

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
