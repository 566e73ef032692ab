#include "kernels/operation_oracle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace lanewise::inline v0::kernel_tests {
namespace {

std::map<OperationId, OperationOracle>& oracles() {
  static std::map<OperationId, OperationOracle> registered;
  return registered;
}

template <class T>
double distance(double value, long double exact) {
  using Limits = std::numeric_limits<T>;
  if (std::isnan(exact) || std::isnan(value)) return std::isnan(exact) && std::isnan(value) ? 0 : HUGE_VAL;
  if (std::isinf(exact)) return static_cast<long double>(value) == exact ? 0 : HUGE_VAL;
  // Overflow is a step to the next power of two: what rounds to infinity, may be it.
  const long double beyond = std::ldexp(1.0L, Limits::max_exponent);
  const long double wanted = std::clamp(exact, -beyond, beyond);
  const long double got = std::isinf(value) ? std::copysign(beyond, static_cast<long double>(value)) : static_cast<long double>(value);
  if (wanted == got) return std::signbit(wanted) == std::signbit(got) ? 0 : HUGE_VAL;
  const int exponent = wanted == 0 ? Limits::min_exponent : std::max(std::ilogb(wanted) + 1, Limits::min_exponent);
  const int clamped = std::min(exponent, Limits::max_exponent);
  return static_cast<double>(std::fabs(got - wanted) / std::ldexp(1.0L, clamped - Limits::digits));
}

}  // namespace

const OperationOracle* find_oracle(OperationId id) {
  const auto found = oracles().find(id);
  return found == oracles().end() ? nullptr : &found->second;
}

RegisterOracle::RegisterOracle(OperationId id, OperationOracle oracle) {
  // What is said of complex operands may be registered apart from the rest, and in any order.
  const auto [place, is_first] = oracles().emplace(id, oracle);
  if (is_first) return;
  const bool is_of_complex = static_cast<bool>(oracle.exact[static_cast<std::size_t>(DType::complex64.code)]);
  place->second = is_of_complex ? place->second | oracle : oracle | place->second;
}

OperationOracle within_bound(CFunction1 c_library, MpfrOfOne mpfr, Arguments arguments) {
  OperationOracle oracle;
  oracle.c_library = [c_library](double x, double) { return c_library(x); };
  oracle.reference = reference_of(mpfr);
  oracle.left = std::move(arguments);
  return oracle;
}

OperationOracle within_bound(CFunction2 c_library, MpfrOfTwo mpfr, Arguments left, Arguments right) {
  OperationOracle oracle;
  oracle.c_library = c_library;
  oracle.reference = reference_of(mpfr);
  oracle.left = std::move(left);
  oracle.right = std::move(right);
  return oracle;
}

double ulp_distance(DType dtype, double value, long double exact) {
  return dtype == DType::float32 ? distance<float>(value, exact) : distance<double>(value, exact);
}

double allowed_ulp(const Operation& row, DType dtype) {
  return (dtype == DType::float32 ? row.ulp_float32 : row.ulp_float64) + reference_ulp;
}

}  // namespace lanewise::inline v0::kernel_tests
