// Casts, in scalar code: saturating, nan gives 0.

#include <cmath>
#include <limits>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

template <class To>
OperationOracle cast_to() {
  return exactly<bool, std::int32_t, std::int64_t, float, double>([]<class From>(From x) -> To {
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

const RegisterOracle cast_bool(OperationId::cast_bool, cast_to<bool>());
const RegisterOracle cast_int32(OperationId::cast_int32, cast_to<std::int32_t>());
const RegisterOracle cast_int64(OperationId::cast_int64, cast_to<std::int64_t>());
const RegisterOracle cast_float32(OperationId::cast_float32, cast_to<float>());
const RegisterOracle cast_float64(OperationId::cast_float64, cast_to<double>());

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
