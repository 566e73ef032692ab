// Rounding, signs and neighbours of floats, in scalar code.

#include <algorithm>
#include <cmath>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

const RegisterOracle floor(OperationId::floor, exactly_of_floats([](auto x) { return std::floor(x); }));
const RegisterOracle ceil(OperationId::ceil, exactly_of_floats([](auto x) { return std::ceil(x); }));
const RegisterOracle trunc(OperationId::trunc, exactly_of_floats([](auto x) { return std::trunc(x); }));
const RegisterOracle round(OperationId::round, exactly_of_floats([](auto x) { return std::nearbyint(x); }));
const RegisterOracle copysign(OperationId::copysign, exactly_of_floats([](auto x, auto y) { return std::copysign(x, y); }));
const RegisterOracle nextafter(OperationId::nextafter, exactly_of_floats([](auto x, auto y) { return std::nextafter(x, y); }));

// The exponent is a whole number in the language; the kernel takes the nearest one.
const RegisterOracle ldexp(OperationId::ldexp, exactly_of_floats([]<class T>(T x, T n) -> T {
                             if (n != n) return n;
                             return std::ldexp(x, static_cast<int>(std::clamp(std::nearbyint(n), T(-10'000), T(10'000))));
                           }));

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
