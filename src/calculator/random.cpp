// The quantile function by Wichura's rational approximations ("Algorithm AS 241: The percentage points of the normal distribution", Applied
// Statistics 37, 1988), PPND16: relative error about 1e-16. Its tails need a logarithm, which C libraries round differently; the one here is made of
// additions, multiplications and divisions.
#include "calculator/random.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>

#include "calculator/makers.hpp"

namespace lanewise::inline v0::calculator {
namespace {

template <std::size_t Count>
double polynomial(const std::array<double, Count>& coefficients, double x) noexcept {
  double value = coefficients[Count - 1];
  for (std::size_t i = Count - 1; i-- > 0;) value = value * x + coefficients[i];
  return value;
}

// Of a normal number. x is 2**exponent * m with m near 1, and log(m) is twice the sum of s**(2k+1) / (2k+1) with s = (m - 1) / (m + 1), |s| < 0.172.
double portable_log(double x) noexcept {
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0.70710678118654752) {
    m *= 2;
    --exponent;
  }
  const double s = (m - 1) / (m + 1);
  const double square = s * s;
  double sum = 0;
  for (int odd = 25; odd >= 3; odd -= 2) sum = (sum + 1.0 / odd) * square;
  return exponent * 0.69314718055994531 + 2 * (s + s * sum);
}

constexpr std::array central_numerator = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
                                          4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr std::array central_denominator = {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
                                            2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3};
constexpr std::array near_numerator = {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
                                       1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array near_denominator = {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
                                         1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9};
constexpr std::array far_numerator = {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
                                      2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array far_denominator = {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                                        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15};

}  // namespace

double normal_of_bits(std::uint64_t bits) noexcept {
  const double upper = static_cast<double>(bits >> 11);
  const double q = (upper - 0x1p52 + 0.5) * 0x1p-53;  // the part less 1/2; nothing is rounded
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(central_numerator, r) / polynomial(central_denominator, r);
  }
  const double tail = (q < 0 ? upper + 0.5 : 0x1p53 - upper - 0.5) * 0x1p-53;
  const double r = std::sqrt(-portable_log(tail));
  const double magnitude = r <= 5 ? polynomial(near_numerator, r - 1.6) / polynomial(near_denominator, r - 1.6)
                                  : polynomial(far_numerator, r - 5) / polynomial(far_denominator, r - 5);
  return q < 0 ? -magnitude : magnitude;
}

FunctionSet functions_with_makers(FunctionSet functions) {
  functions.add_block(
      normal_function_name,
      [](std::span<const std::uint64_t> bits, std::span<double> normal) {
        for (std::size_t i = 0; i < bits.size(); ++i) normal[i] = normal_of_bits(bits[i]);
      },
      Purity::pure);
  return functions;
}

}  // namespace lanewise::inline v0::calculator
