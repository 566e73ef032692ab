#include "kernels/mpfr_reference.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

/// An MPFR number for as long as the object lives.
class Number {
 public:
  explicit Number(mpfr_prec_t precision) { mpfr_init2(value_, precision); }
  ~Number() { mpfr_clear(value_); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;
  mpfr_ptr get() { return value_; }

 private:
  mpfr_t value_;
};

struct Numbers {
  Number x{DBL_MANT_DIG}, y{DBL_MANT_DIG}, result{LDBL_MANT_DIG};

  mpfr_srcptr set_x(double value) { return set(x, value); }
  mpfr_srcptr set_y(double value) { return set(y, value); }
  long double rounded() { return mpfr_get_ld(result.get(), MPFR_RNDN); }

 private:
  static mpfr_srcptr set(Number& number, double value) {
    mpfr_set_d(number.get(), value, MPFR_RNDN);
    return number.get();
  }
};

Numbers& numbers() {
  thread_local Numbers of_this_thread;
  return of_this_thread;
}

}  // namespace

Reference reference_of(MpfrOfOne function) {
  return [function](double x, double) {
    Numbers& n = numbers();
    function(n.result.get(), n.set_x(x), MPFR_RNDN);
    return n.rounded();
  };
}

Reference reference_of(MpfrOfTwo function) {
  return [function](double x, double y) {
    Numbers& n = numbers();
    function(n.result.get(), n.set_x(x), n.set_y(y), MPFR_RNDN);
    return n.rounded();
  };
}

}  // namespace lanewise::inline v0::kernel_tests
