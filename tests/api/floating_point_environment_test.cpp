// The caller's rounding mode, flush-to-zero settings and traps change no result, and come back exactly as they were.

#include <gtest/gtest.h>

#include <cfenv>
#include <cstring>
#include <initializer_list>
#include <lanewise/lanewise.hpp>
#include <limits>
#include <string>
#include <vector>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace lanewise::inline v0 {
namespace {

constexpr const char* texts[] = {
    "x * y + x / 3",        // rounding, subnormal products
    "sqrt(x) - exp(-y*y)",  // the vector maths library
    "round(x) + floor(y) - int32(x)",
    "float32(x) * 0.1",
    "x * (1/3) + 1e-310*0.5",  // constants are folded under the caller's modes
    "x // y + x % y",
    "y ** 1.7 + arctan2(x, y)",
    "complex(x, y) * complex(y, x) / complex(3, x)",
    "exp(complex(0, y)).real + abs(complex(x, y))",
    "float16(x) * float16(y) + fma(x, y, 0.1)",
    "round(x, 2) + ldexp(y, -1030)",
    "sum(x)",
    "x / sum(x * y)",
    "(x - mean(x)) / std(x)",
    "sum(float32(x) * float32(y)) + prod(1 + 1e-7*x)",
    "norm(complex(x, y)) + sum(float16(x)) - max(x)",
};

constexpr std::size_t parallel_length = 100'000;

std::vector<double> make_values(std::size_t length, double step) {
  std::vector<double> values(length);
  for (std::size_t i = 0; i < length; ++i) values[i] = (static_cast<double>(i % 1000) - 500) * step;
  values[0] = std::numeric_limits<double>::denorm_min();
  values[length / 2] = 3e-308;
  values[length - 1] = -1e-310;
  return values;
}

// The modes of the thread, restored at the end of the scope.
class CallerModes {
 public:
#if defined(__x86_64__)
  static constexpr unsigned exception_flags = 0x003f;
  static constexpr unsigned flush_to_zero = 0x8040;  // results and operands
  static constexpr unsigned rounding_modes[] = {0x0000, 0x2000, 0x4000, 0x6000};
  CallerModes(std::size_t rounding_index, bool flush) : saved_(_mm_getcsr()) {
    _mm_setcsr(0x1f80u | rounding_modes[rounding_index] | (flush ? flush_to_zero : 0));
  }
  static unsigned current() { return _mm_getcsr() & ~exception_flags; }
  ~CallerModes() { _mm_setcsr(saved_); }

 private:
  unsigned saved_;
#else
  CallerModes(std::size_t rounding_index, bool) : saved_(std::fegetround()) {
    constexpr int rounding_modes[] = {FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
    std::fesetround(rounding_modes[rounding_index]);
  }
  static int current() { return std::fegetround(); }
  ~CallerModes() { std::fesetround(saved_); }

 private:
  int saved_;
#endif
};

std::vector<std::byte> evaluate_bytes(const char* text, const std::vector<double>& x, const std::vector<double>& y,
                                      std::size_t max_threads) {
  const Expression expression = Expression::compile(text, {{"x", DType::float64}, {"y", DType::float64}});
  const Array result = expression.evaluate({{"x", x}, {"y", y}}, {.max_threads = max_threads});
  const auto* bytes = static_cast<const std::byte*>(result.data());
  return {bytes, bytes + result.size() * result.dtype().size_bytes()};
}

TEST(FloatingPointEnvironment, OfTheCallerIsNeitherUsedNorChanged) {
  for (const std::size_t length : {std::size_t{3}, std::size_t{1000}, parallel_length}) {
    const auto x = make_values(length, 0.37);
    const auto y = make_values(length, 1e-2);
    for (const char* text : texts) {
      const auto expected = evaluate_bytes(text, x, y, 1);
      for (std::size_t setting = 0; setting < 8; ++setting) {
        for (const std::size_t max_threads : std::initializer_list<std::size_t>{1, 0}) {
          const CallerModes modes(setting % 4, setting >= 4);
          const auto before = CallerModes::current();
          const auto got = evaluate_bytes(text, x, y, max_threads);
          const auto after = CallerModes::current();
          EXPECT_EQ(before, after) << text;
          EXPECT_TRUE(expected == got) << text << ", length " << length << ", setting " << setting << ", at most " << max_threads
                                       << " threads";
        }
      }
    }
  }
}

TEST(FloatingPointEnvironment, OfTheCallerDoesNotReachScalarsAndLiterals) {
  const std::vector<float> x{1.0f, 3.0f, 1e-38f};
  const Expression expression = Expression::compile("x * k + l", {{"x", DType::float32}, {"k", DType::float32}, {"l", DType::float32}});
  const auto with_scalars = [&] {
    const Array result = expression.evaluate({{"x", x}, {"k", 0.1}, {"l", 16777217}});  // both are rounded to float32
    return std::vector<float>(result.span<float>().begin(), result.span<float>().end());
  };
  const auto with_literals = [&] {
    const Array result = evaluate("0.1 + 123456.789e-7 + x*16777217 + 0.3*x", {{"x", x}});
    return std::vector<float>(result.span<float>().begin(), result.span<float>().end());
  };
  const auto literal = [](const char* text) { return evaluate(text, {}).item<double>(); };
  const auto scalars_expected = with_scalars();
  const auto literals_expected = with_literals();
  for (std::size_t setting = 0; setting < 8; ++setting) {
    const CallerModes modes(setting % 4, setting >= 4);
    EXPECT_EQ(with_scalars(), scalars_expected) << setting;
    EXPECT_EQ(with_literals(), literals_expected) << setting;
    // Texts of their own for each setting, so that no cache of compiled texts answers.
    const std::string blanks(setting, ' ');
    EXPECT_EQ(literal(("0.1 +" + blanks + "0").c_str()), 0x1.999999999999ap-4) << setting;
    EXPECT_EQ(literal(("2.3 *" + blanks + "1").c_str()), 0x1.2666666666666p+1) << setting;
    EXPECT_EQ(literal(("1e23 *" + blanks + "1").c_str()), 0x1.52d02c7e14af6p+76) << setting;
  }
}

#if defined(__x86_64__)
TEST(FloatingPointEnvironment, FlagsOfTheCallerAreNotRaised) {
  for (const std::size_t length : {std::size_t{3}, std::size_t{1000}, parallel_length}) {
    const auto x = make_values(length, 0.37);
    for (const char* text : texts) {
      const Expression expression = Expression::compile(text, {{"x", DType::float64}, {"y", DType::float64}});
      const unsigned saved = _mm_getcsr();
      _mm_setcsr(0x1f80);
      (void)expression.evaluate({{"x", x}, {"y", x}});
      (void)expression.evaluate({{"x", x}, {"y", 0.1f}});
      const unsigned after = _mm_getcsr();
      _mm_setcsr(saved);
      EXPECT_EQ(after, 0x1f80u) << text << ", length " << length;
    }
  }
}

TEST(FloatingPointEnvironment, FlagsOfTheCallerStay) {
  constexpr unsigned upward = 0x4000, overflow_flag = 0x08;
  const auto x = make_values(parallel_length, 0.37);
  std::vector<double> out(x.size());
  const Expression expression = Expression::compile("sqrt(abs(x)) + exp(-x*x)", {{"x", DType::float64}});
  const unsigned saved = _mm_getcsr();
  int lost_count = 0;
  for (int turn = 0; turn < 200; ++turn) {
    _mm_setcsr(0x1f80u | upward | overflow_flag);
    expression.evaluate_positional({x}, out);
    lost_count += _mm_getcsr() != (0x1f80u | upward | overflow_flag);
  }
  _mm_setcsr(saved);
  EXPECT_EQ(lost_count, 0);
}

/// The x87 unit, which long double is computed by: control word, and flags.
struct WideUnit {
  static void set(std::uint16_t control) { asm volatile("fnclex\n\tfldcw %0" : : "m"(control)); }
  static std::uint16_t control() {
    std::uint16_t control = 0;
    asm volatile("fnstcw %0" : "=m"(control));
    return control;
  }
  static std::uint16_t flags() {
    std::uint16_t status = 0;
    asm volatile("fnstsw %0" : "=m"(status));
    return status & 0x3f;
  }
};

// Elements whose functions are computed by the C library in long double.
TEST(FloatingPointEnvironment, OfLongDoubleIsNeitherUsedNorChanged) {
  constexpr double infinity = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> x{709.785, 1e300, nan, infinity, -infinity, 0.0, 1e-300, 170.9, 5e-324, -0.0, 710.4, 3.0};
  const std::vector<double> y{0.0, infinity, 1.0, nan, 2.0, 0.0, 1e300, 1e-310, -0.0, 3.7, -1e-300, -infinity};
  constexpr std::uint16_t usual = 0x037f, all_traps = 0x003f, upward = 0x0800, of_float = 0x0300;
  for (const char* text : {"complex(x, y)/complex(y, x)", "sqrt(complex(x, y))", "sinh(x) + exp(x)", "cosh(x)", "arctan2(x, y)", "log(complex(x, y))", "gamma(x)", "x**y"}) {
    const auto expected = evaluate_bytes(text, x, y, 1);
    for (const std::uint16_t control : {usual, std::uint16_t(usual & ~all_traps), std::uint16_t(usual | upward), std::uint16_t(usual & ~of_float)}) {
      WideUnit::set(control);
      const auto got = evaluate_bytes(text, x, y, 1);
      const auto flags = WideUnit::flags(), after = WideUnit::control();
      WideUnit::set(usual);
      EXPECT_EQ(flags, 0) << text;
      EXPECT_EQ(after, control) << text;
      EXPECT_TRUE(got == expected) << text << ", control word " << control;
    }
  }
}

TEST(FloatingPointEnvironment, TrapsOfTheCallerAreNotSprung) {
  const unsigned saved = _mm_getcsr();
  const std::vector<double> x{0, 1, -1, 1e308, 5e-324};
  std::vector<double> out(x.size());
  _mm_setcsr(0x0000);  // every exception would be a signal
  evaluate("1/x + sqrt(-x) + x*1e308 + x*1e-300 + (1/0)", {{"x", x}}, out);
  _mm_setcsr(saved);
  EXPECT_EQ(out[0], std::numeric_limits<double>::infinity());
}
#endif

}  // namespace
}  // namespace lanewise::inline v0
