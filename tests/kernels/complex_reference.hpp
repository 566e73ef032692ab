#pragma once
// Complex functions computed by MPC to more digits than float64 has, and the distance of a result from them.
//
// The test file of an operation's family registers the function, beside what it registers for real operands.

#include <mpc.h>

#include <complex>
#include <optional>
#include <vector>

#include "ops/operation.hpp"

namespace lanewise::inline v0::kernel_tests {

// Of intermediate values; arguments have 53 bits and results are taken to 106.
inline constexpr mpfr_prec_t complex_reference_precision = 256;

/// A number of MPFR with its memory.
class BigReal {
 public:
  BigReal() { mpfr_init2(value_, complex_reference_precision); }
  ~BigReal() { mpfr_clear(value_); }
  BigReal(const BigReal&) = delete;
  BigReal& operator=(const BigReal&) = delete;
  operator mpfr_ptr() { return value_; }

 private:
  mpfr_t value_;
};

/// A number of MPC with its memory.
class BigComplex {
 public:
  explicit BigComplex(mpfr_prec_t digits = complex_reference_precision) { mpc_init2(value_, digits); }
  ~BigComplex() { mpc_clear(value_); }
  BigComplex(const BigComplex&) = delete;
  BigComplex& operator=(const BigComplex&) = delete;
  operator mpc_ptr() { return value_; }
  mpfr_ptr re() { return mpc_realref(value_); }
  mpfr_ptr im() { return mpc_imagref(value_); }

 private:
  mpc_t value_;
};

struct ComplexReference {
  /// Of one operand `y` is to be ignored.
  void (*function)(mpc_ptr result, mpc_srcptr x, mpc_srcptr y);
  /// Null, or whether the bound holds there, and MPC comes to an end: results are in range or not far beyond.
  bool (*is_in_domain)(std::complex<double> x, std::complex<double> y) = nullptr;
};

/// MPC's own function of one operand.
template <int (*function)(mpc_ptr, mpc_srcptr, mpc_rnd_t)>
void of_one(mpc_ptr result, mpc_srcptr z, mpc_srcptr) {
  function(result, z, MPC_RNDNN);
}

/// Declared as a static object, enters what a complex function is held to.
struct RegisterComplexReference {
  RegisterComplexReference(OperationId id, ComplexReference reference);
};

/// Returns what is registered for the operation, or null.
const ComplexReference* find_complex_reference(OperationId id);

/// Returns all operations that have one.
std::vector<OperationId> complex_functions();

// Domains of more than one function.
inline bool is_not_zero(std::complex<double> x, std::complex<double>) { return x != 0.0; }
inline bool has_moderate_real_part(std::complex<double> x, std::complex<double>) { return std::abs(x.real()) < 1000; }
inline bool has_moderate_imaginary_part(std::complex<double> x, std::complex<double>) { return std::abs(x.imag()) < 1000; }

/// A complex number to twice the digits of float64: each part is the sum of two.
struct ExactComplex {
  std::complex<double> high, low;
  double modulus;  ///< toward zero
};

/// Returns the value of the function, or nothing where it has a pole.
std::optional<ExactComplex> exact_value(const ComplexReference& reference, std::complex<double> x, std::complex<double> y);

/// Returns |value − exact| in units in the last place of |exact|, those of float32 or of float64. Where a part is rightly infinite, so that
/// there is no such unit, the other part may be anything.
double modulus_distance(std::complex<double> value, const ExactComplex& exact, DType part);

}  // namespace lanewise::inline v0::kernel_tests
