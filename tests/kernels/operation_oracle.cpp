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
double distance(T value, long double exact) {
  using Limits = std::numeric_limits<T>;
  if (std::isnan(exact) || std::isnan(value)) return std::isnan(exact) && std::isnan(value) ? 0 : HUGE_VAL;
  if (std::isinf(exact)) return static_cast<long double>(value) == exact ? 0 : HUGE_VAL;
  // Overflow is a step to the next power of two: what rounds to infinity, may be it.
  const long double beyond = std::ldexp(1.0L, Limits::max_exponent);
  const long double wanted = std::clamp(exact, -beyond, beyond);
  const long double got = std::isinf(value) ? std::copysign(beyond, static_cast<long double>(value)) : static_cast<long double>(value);
  if (wanted == got) return std::signbit(wanted) == std::signbit(got) || exact != 0 ? 0 : HUGE_VAL;
  const int exponent = wanted == 0 ? Limits::min_exponent : std::max(std::ilogb(wanted) + 1, Limits::min_exponent);
  const int clamped = std::min(exponent, Limits::max_exponent);
  return static_cast<double>(std::fabs(got - wanted) / std::ldexp(1.0L, clamped - Limits::digits));
}

}  // namespace

const OperationOracle* find_oracle(OperationId id) {
  const auto found = oracles().find(id);
  return found == oracles().end() ? nullptr : &found->second;
}

RegisterOracle::RegisterOracle(OperationId id, OperationOracle oracle) { oracles().emplace(id, std::move(oracle)); }

OperationOracle within_bound(LongDouble1 reference, std::vector<Interval> intervals) {
  OperationOracle oracle;
  oracle.reference = [reference](long double x, long double) { return reference(x); };
  oracle.left_intervals = std::move(intervals);
  return oracle;
}

OperationOracle within_bound(LongDouble2 reference, std::vector<Interval> left, std::vector<Interval> right) {
  OperationOracle oracle;
  oracle.reference = reference;
  oracle.left_intervals = std::move(left);
  oracle.right_intervals = std::move(right);
  return oracle;
}

double ulp_distance(Scalar value, long double exact) {
  return value.dtype == DType::float32 ? distance(value.as<float>(), exact) : distance(value.as<double>(), exact);
}

}  // namespace lanewise::inline v0::kernel_tests
