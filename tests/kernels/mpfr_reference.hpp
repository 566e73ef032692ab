#pragma once
// Functions computed by MPFR and rounded once, to long double: their error is below 1/2000 ulp of float64.

#include <mpfr.h>

#include <cfloat>
#include <functional>

namespace lanewise::inline v0::kernel_tests {

static_assert(LDBL_MANT_DIG >= 64, "the reference must be more exact than float64");

/// What the reference itself may be off, in ulp of float64.
inline constexpr double reference_ulp = 1.0 / 2048;

/// Of one operand the second is ignored.
using Reference = std::function<long double(double x, double y)>;

using MpfrOfOne = int (*)(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t);
using MpfrOfTwo = int (*)(mpfr_ptr result, mpfr_srcptr x, mpfr_srcptr y, mpfr_rnd_t);
Reference reference_of(MpfrOfOne function);
Reference reference_of(MpfrOfTwo function);

}  // namespace lanewise::inline v0::kernel_tests
