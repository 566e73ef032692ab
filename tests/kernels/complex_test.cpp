// Operations of complex values that need no mathematics, in scalar code on their parts.

#include <cmath>
#include <complex>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

const RegisterOracle add(OperationId::add, exactly_of_complex([]<class Z>(Z x, Z y) { return Z(x.real() + y.real(), x.imag() + y.imag()); }));
const RegisterOracle subtract(OperationId::subtract,
                              exactly_of_complex([]<class Z>(Z x, Z y) { return Z(x.real() - y.real(), x.imag() - y.imag()); }));
// NumPy's: nothing is mended where parts are infinite.
const RegisterOracle multiply(OperationId::multiply, exactly_of_complex([]<class Z>(Z x, Z y) {
                                return Z(x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real());
                              }));
const RegisterOracle positive(OperationId::positive, exactly_of_complex([](auto z) { return z; }));
const RegisterOracle negative(OperationId::negative, exactly_of_complex([]<class Z>(Z z) { return Z(-z.real(), -z.imag()); }));

const RegisterOracle equal(OperationId::equal, exactly_of_complex([](auto x, auto y) { return x.real() == y.real() && x.imag() == y.imag(); }));
const RegisterOracle not_equal(OperationId::not_equal,
                               exactly_of_complex([](auto x, auto y) { return x.real() != y.real() || x.imag() != y.imag(); }));
const RegisterOracle isnan(OperationId::isnan, exactly_of_complex([](auto z) { return std::isnan(z.real()) || std::isnan(z.imag()); }));
const RegisterOracle isinf(OperationId::isinf, exactly_of_complex([](auto z) { return std::isinf(z.real()) || std::isinf(z.imag()); }));
const RegisterOracle isfinite(OperationId::isfinite,
                              exactly_of_complex([](auto z) { return std::isfinite(z.real()) && std::isfinite(z.imag()); }));
const RegisterOracle round(OperationId::round,
                           exactly_of_complex([]<class Z>(Z z) { return Z(std::nearbyint(z.real()), std::nearbyint(z.imag())); }));

const RegisterOracle real(OperationId::real, exactly_of_complex([](auto z) { return z.real(); }));
const RegisterOracle imaginary(OperationId::imaginary, exactly_of_complex([](auto z) { return z.imag(); }));
const RegisterOracle imaginary_of_reals(OperationId::imaginary, exactly_of_reals([]<class T>(T) { return T{0}; }));
const RegisterOracle conjugate(OperationId::conjugate, exactly_of_complex([](auto z) { return decltype(z)(z.real(), -z.imag()); }));
const RegisterOracle complex(OperationId::complex, exactly_of_floats([]<class T>(T re, T im) { return std::complex<T>(re, im); }));

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
