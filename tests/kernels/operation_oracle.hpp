#pragma once
// What an operation should give: registered by the one test file of its family, read by the tests that walk the table.
//
// An exact operation registers scalar code for each element type; one with an error bound registers the same function in long double, whose
// 64 bits of mantissa are enough to tell an error of 1 ulp of float64 from one of 1.002.

#include <array>
#include <cfloat>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ops/operation.hpp"
#include "ops/scalar.hpp"

namespace lanewise::inline v0::kernel_tests {

static_assert(LDBL_MANT_DIG >= 64, "the reference must be more exact than float64");

/// An interval from which to draw arguments, beside those of any magnitude.
struct Interval {
  double from, to;
};

struct OperationOracle {
  using Exact = std::function<Scalar(const Scalar*)>;
  std::array<Exact, 5> exact;  ///< by dtype of the operands; empty where the operation has a bound
  std::function<long double(long double, long double)> reference;
  std::vector<Interval> left_intervals, right_intervals;
};

/// Returns what is registered for the operation, or null.
const OperationOracle* find_oracle(OperationId id);

/// Declared as a static object, enters an oracle.
struct RegisterOracle {
  RegisterOracle(OperationId id, OperationOracle oracle);
};

template <class T, class Function>
Scalar apply_exactly(Function function, const Scalar* operands) {
  if constexpr (std::is_invocable_v<Function, T, T>) {
    return Scalar::of(function(operands[0].as<T>(), operands[1].as<T>()));
  } else {
    return Scalar::of(function(operands[0].as<T>()));
  }
}

/// An oracle from generic scalar code, for elements of the types `T`.
template <class... T, class Function>
OperationOracle exactly(Function function) {
  OperationOracle oracle;
  ((oracle.exact[static_cast<std::size_t>(dtype_of<T>.code)] =
        [function](const Scalar* operands) { return apply_exactly<T>(function, operands); }),
   ...);
  return oracle;
}

using LongDouble1 = long double (*)(long double);
using LongDouble2 = long double (*)(long double, long double);
OperationOracle within_bound(LongDouble1 reference, std::vector<Interval> intervals);
OperationOracle within_bound(LongDouble2 reference, std::vector<Interval> left, std::vector<Interval> right);

/// Returns the distance of `value` from `exact` in units in the last place of `exact`, nan and infinities being 0 or infinitely far.
double ulp_distance(Scalar value, long double exact);

}  // namespace lanewise::inline v0::kernel_tests
