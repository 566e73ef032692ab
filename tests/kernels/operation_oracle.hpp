#pragma once
// What an operation should give: registered by the one test file of its family, read by the tests that walk the table.
//
// An exact operation registers scalar code for each element type. One with an error bound registers the C library's function (or scalar
// code for it) in double and the same function of MPFR, which has the last word.

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kernels/mpfr_reference.hpp"
#include "ops/operation.hpp"
#include "ops/scalar.hpp"

namespace lanewise::inline v0::kernel_tests {

/// An interval from which to draw arguments, beside those of any magnitude; its ends and their neighbours are tried too.
struct Interval {
  double from, to;
};

/// Where to look for errors.
struct Arguments {
  std::vector<Interval> intervals;
  double near_multiples_of = 0;  ///< 0, or a number whose multiples are hard, each with its neighbours
  std::vector<double> hard_points = {};
};

struct OperationOracle {
  using Exact = std::function<Scalar(const Scalar*)>;
  std::array<Exact, 16> exact;  ///< by dtype of the operands; empty where the operation has a bound
  std::function<double(double, double)> c_library;
  Reference reference;
  Arguments left, right;
};

/// Returns what is registered for the operation, or null.
const OperationOracle* find_oracle(OperationId id);

/// Declared as a static object, enters an oracle.
struct RegisterOracle {
  RegisterOracle(OperationId id, OperationOracle oracle);
};

template <class T, class Function>
Scalar apply_exactly(Function function, const Scalar* operands) {
  if constexpr (std::is_invocable_v<Function, T, T, T>) {
    return Scalar::of(function(operands[0].as<T>(), operands[1].as<T>(), operands[2].as<T>()));
  } else if constexpr (std::is_invocable_v<Function, T, T>) {
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

/// The same for the types that values travel as.
template <class Function>
OperationOracle exactly_of_integers(Function function) {
  return exactly<std::int32_t, std::uint32_t, std::int64_t, std::uint64_t>(function);
}
template <class Function>
OperationOracle exactly_of_floats(Function function) {
  return exactly<float, double>(function);
}
template <class Function>
OperationOracle exactly_of_numbers(Function function) {
  return exactly<std::int32_t, std::uint32_t, std::int64_t, std::uint64_t, float, double>(function);
}
template <class Function>
OperationOracle exactly_of_reals(Function function) {
  return exactly<bool, std::int32_t, std::uint32_t, std::int64_t, std::uint64_t, float, double>(function);
}
template <class Function>
OperationOracle exactly_of_complex(Function function) {
  return exactly<std::complex<float>, std::complex<double>>(function);
}

/// Joins oracles for operands of different types.
inline OperationOracle operator|(OperationOracle some, const OperationOracle& others) {
  for (std::size_t i = 0; i < some.exact.size(); ++i) {
    if (!some.exact[i]) some.exact[i] = others.exact[i];
  }
  return some;
}

using CFunction1 = double (*)(double);
using CFunction2 = double (*)(double, double);
OperationOracle within_bound(CFunction1 c_library, MpfrOfOne mpfr, Arguments arguments);
OperationOracle within_bound(CFunction2 c_library, MpfrOfTwo mpfr, Arguments left, Arguments right);

/// Returns the distance of `value`, of a float `dtype`, from `exact` in units in the last place of `exact`; nan and infinities are 0 or
/// infinitely far.
double ulp_distance(DType dtype, double value, long double exact);

/// The bound of the row, and what the reference may be off.
double allowed_ulp(const Operation& row, DType dtype);

}  // namespace lanewise::inline v0::kernel_tests
