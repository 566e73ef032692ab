// Every error of bind, whole, with its caret. Names and dtypes of the letters: graph_of.hpp.

#include "ir/bind_errors.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ir/graph_of.hpp"

namespace lanewise {
namespace {

using testing_ir::bound;
using testing_ir::report_of;

TEST(BindErrors, UnknownNames) {
  EXPECT_EQ(report_of("2*coss(x) + y"),
            "error E201: unknown name 'coss'; did you mean 'cos'?\n"
            "  2*coss(x) + y\n"
            "    ^^^^");
  EXPECT_EQ(report_of("velocitty**2", {{"velocity", DType::float64}}),
            "error E201: unknown name 'velocitty'; did you mean 'velocity'?\n"
            "  velocitty**2\n"
            "  ^^^^^^^^^");
  EXPECT_EQ(report_of("total = x; totl + 1"),
            "error E201: unknown name 'totl'; did you mean 'total'?\n"
            "  total = x; totl + 1\n"
            "             ^^^^");
  EXPECT_EQ(report_of("2*PI"),
            "error E201: unknown name 'PI'; did you mean 'pi'?\n"
            "  2*PI\n"
            "    ^^");
  EXPECT_EQ(report_of("a + 1", Schema{}),
            "error E201: unknown name 'a'; there are no inputs\n"
            "  a + 1\n"
            "  ^");
  EXPECT_EQ(report_of("z + 1", {{"u", DType::float64}}),
            "error E201: unknown name 'z'; the only input is 'u'\n"
            "  z + 1\n"
            "  ^");
  EXPECT_EQ(report_of("1 + z", {{"u", DType::float64}, {"v", DType::float64}, {"w", DType::float64}}),
            "error E201: unknown name 'z'; the inputs are 'u', 'v' and 'w'\n"
            "  1 + z\n"
            "      ^");
  EXPECT_EQ(report_of("t = t + 1"),
            "error E201: 't' has no value yet; a name is bound before it is used\n"
            "  t = t + 1\n"
            "      ^\n"
            "note: it is first bound here\n"
            "  t = t + 1\n"
            "  ^");
  EXPECT_EQ(report_of("x + cumsum(x)"),
            "error E201: unknown function 'cumsum'; running totals are not built yet; the nearest is sum(x)\n"
            "  x + cumsum(x)\n"
            "      ^^^^^^");
}

TEST(BindErrors, NamesOfTheOtherKind) {
  EXPECT_EQ(report_of("sin + 1"),
            "error E201: 'sin' is a function; write sin(x)\n"
            "  sin + 1\n"
            "  ^^^");
  EXPECT_EQ(report_of("1 + where"),
            "error E201: 'where' is a function; write where(condition, x, y)\n"
            "  1 + where\n"
            "      ^^^^^");
  EXPECT_EQ(report_of("x(y + 1)"),
            "error E201: 'x' is not a function; write x*(...) to multiply\n"
            "  x(y + 1)\n"
            "  ^");
  EXPECT_EQ(report_of("2*pi(x)"),
            "error E201: 'pi' is not a function; write pi*(...) to multiply\n"
            "  2*pi(x)\n"
            "    ^^");
}

TEST(BindErrors, ArgumentCounts) {
  EXPECT_EQ(report_of("sin(x, y)"),
            "error E202: 'sin' takes 1 argument, not 2: sin(x)\n"
            "  sin(x, y)\n"
            "  ^^^");
  EXPECT_EQ(report_of("1 + hypot(x)"),
            "error E202: 'hypot' takes 2 arguments, not 1: hypot(x, y)\n"
            "  1 + hypot(x)\n"
            "      ^^^^^");
  EXPECT_EQ(report_of("where(x, y)"),
            "error E202: 'where' takes 3 arguments, not 2: where(condition, x, y); both values must be given\n"
            "  where(x, y)\n"
            "  ^^^^^");
}

TEST(BindErrors, NamesDefinedTwice) {
  EXPECT_EQ(report_of("x = 2; x"),
            "error E206: 'x' is an input and cannot be assigned to\n"
            "  x = 2; x\n"
            "  ^");
  EXPECT_EQ(report_of("t = 1; t = t + 1; x"),
            "error E206: 't' is already defined; a local name is bound once\n"
            "  t = 1; t = t + 1; x\n"
            "         ^\n"
            "note: first defined here\n"
            "  t = 1; t = t + 1; x\n"
            "  ^");
  EXPECT_THROW(bound("u", {{"u", DType::float64}, {"u", DType::float32}}), NameError);
}

TEST(BindErrors, PowersWrittenAsExclusiveOr) {
  EXPECT_EQ(report_of("x ^ 2"),
            "error E204: '^' takes bool and integers, not float64; for a power write x ** 2\n"
            "  x ^ 2\n"
            "    ^");
  EXPECT_EQ(report_of("x + (f - 1)^2"),
            "error E204: '^' takes bool and integers, not float64; a power is written '**'\n"
            "  x + (f - 1)^2\n"
            "             ^");
  EXPECT_EQ(report_of("i ^ 0.5"),
            "error E204: '^' takes bool and integers, not float64; for a power write i ** 0.5\n"
            "  i ^ 0.5\n"
            "    ^");
}

TEST(BindErrors, ComparisonsWithoutBrackets) {
  EXPECT_EQ(report_of("a > 1 & x > 2"),
            "error E204: '&' takes bool and integers, not float64; it binds tighter than comparisons: write (a > 1) & (x > 2)\n"
            "  a > 1 & x > 2\n"
            "        ^");
  EXPECT_EQ(report_of("where(a > 1 & x > 2 | y < 3, 1, 0)"),
            "error E204: '&' takes bool and integers, not float64; it binds tighter than comparisons: write (a > 1) & (x > 2) | (y < 3)\n"
            "  where(a > 1 & x > 2 | y < 3, 1, 0)\n"
            "              ^");
  EXPECT_EQ(report_of("b | x > 2"),
            "error E204: '|' takes bool and integers, not float64; it binds tighter than comparisons: write b | (x > 2)\n"
            "  b | x > 2\n"
            "    ^");
  EXPECT_EQ(report_of("x & y"),
            "error E204: '&' takes bool and integers, not float64; to join conditions write 'and'\n"
            "  x & y\n"
            "    ^");
  std::string long_text = "a > 1";
  for (int i = 0; i < 10; ++i) long_text += " & x > 2";
  EXPECT_TRUE(report_of(long_text).starts_with(
      "error E204: '&' takes bool and integers, not float64; it binds tighter than comparisons: put each comparison in brackets\n"));
}

TEST(BindErrors, OperandsWithoutMeaning) {
  EXPECT_EQ(report_of("1 + ~x"),
            "error E204: '~' takes bool and integers, not float64; for the opposite sign write '-', for the opposite truth 'not'\n"
            "  1 + ~x\n"
            "      ^");
  EXPECT_EQ(report_of("x << 2"),
            "error E204: '<<' takes integers, not float64; convert with int64(...)\n"
            "  x << 2\n"
            "    ^^");
  EXPECT_EQ(report_of("l & u64"),
            "error E204: '&' finds no integer type that holds int64 and uint64; convert one of them with int64(...) or uint64(...)\n"
            "  l & u64\n"
            "    ^");
  EXPECT_EQ(report_of("x + maximum(c, x)"),
            "error E204: 'maximum' takes real numbers, not complex64; use real(...), imag(...) or abs(...)\n"
            "  x + maximum(c, x)\n"
            "      ^^^^^^^");
  EXPECT_EQ(report_of("int32(z + 1)"),
            "error E204: 'int32' takes real values, not complex ones; write real(z + 1) or abs(z + 1)\n"
            "  int32(z + 1)\n"
            "  ^^^^^");
  EXPECT_EQ(report_of("b - m"),
            "error E204: '-' takes numbers, not bool; for the difference of truth values write '^'\n"
            "  b - m\n"
            "    ^");
  EXPECT_EQ(report_of("-b"),
            "error E204: '-' takes numbers, not bool; for the opposite truth write '~'\n"
            "  -b\n"
            "  ^");
  for (const char* source : {"sign(b)", "+b", "invert(f)", "right_shift(i, 0.5)", "c // d", "c < d", "max(c)", "floor(z)"}) {
    EXPECT_THROW(bound(source), DTypeError) << source;
  }
}

TEST(BindErrors, LiteralsOutOfRange) {
  EXPECT_EQ(report_of("i + 3000000000"),
            "error E205: 3000000000 does not fit int32 (-2147483648 to 2147483647); convert the other operand with int64(...)\n"
            "  i + 3000000000\n"
            "      ^^^^^^^^^^");
  EXPECT_EQ(report_of("i - -2147483649"),
            "error E205: -2147483649 does not fit int32 (-2147483648 to 2147483647); convert the other operand with int64(...)\n"
            "  i - -2147483649\n"
            "      ^^^^^^^^^^^");
  EXPECT_EQ(report_of("i + 2*3000000000"),
            "error E205: 6000000000 does not fit int32 (-2147483648 to 2147483647); convert the other operand with int64(...)\n"
            "  i + 2*3000000000\n"
            "      ^^^^^^^^^^^^");
  EXPECT_EQ(report_of("t = 3000000000; where(b, i, t)"),
            "error E205: 3000000000 does not fit int32 (-2147483648 to 2147483647); convert the other operand with int64(...)\n"
            "  t = 3000000000; where(b, i, t)\n"
            "                              ^");
  EXPECT_EQ(
      report_of("9223372036854775808"),
      "error E205: 9223372036854775808 does not fit int64 (-9223372036854775808 to 9223372036854775807); "
      "write uint64(9223372036854775808), or a float\n"
      "  9223372036854775808\n"
      "  ^^^^^^^^^^^^^^^^^^^");
  EXPECT_EQ(
      report_of("l + -9223372036854775809"),
      "error E205: -9223372036854775809 does not fit int64 (-9223372036854775808 to 9223372036854775807); write a float, such as 1e19\n"
      "  l + -9223372036854775809\n"
      "      ^^^^^^^^^^^^^^^^^^^^");
}

TEST(BindErrors, NegativePowersOfIntegers) {
  EXPECT_EQ(report_of("2**-1"),
            "error E207: an integer to a negative power is not an integer; write 2.0**-1\n"
            "  2**-1\n"
            "     ^^");
  EXPECT_EQ(report_of("i**-2"),
            "error E207: an integer to a negative power is not an integer; write float64(i)**-2\n"
            "  i**-2\n"
            "     ^^");
}

TEST(BindErrors, LiteralsWithoutValues) {
  EXPECT_EQ(report_of("x + 'abc'"),
            "error E108: 'abc' is a string; only numbers and truth values have a meaning here\n"
            "  x + 'abc'\n"
            "      ^^^^^");
}

TEST(BindErrors, ArgumentsByName) {
  EXPECT_EQ(report_of("clip(x, lo=0, high=1)"),
            "error E202: 'clip' has no argument 'lo'; did you mean 'low'?\n"
            "  clip(x, lo=0, high=1)\n"
            "          ^^");
  EXPECT_EQ(report_of("1 + clip(x, low=0)"),
            "error E202: 'clip' misses its argument 'high': clip(x, low, high)\n"
            "  1 + clip(x, low=0)\n"
            "      ^^^^");
  EXPECT_EQ(report_of("sum(x, 0, axis=1)"),
            "error E202: 'sum' is given 'axis' by position too; leave one of them out\n"
            "  sum(x, 0, axis=1)\n"
            "            ^^^^");
}

TEST(BindErrors, Axes) {
  EXPECT_EQ(report_of("max(x, 2*y)"),
            "error E210: an axis is an integer literal, such as 0 or -1; of two values write maximum(a, b)\n"
            "  max(x, 2*y)\n"
            "         ^^^");
  EXPECT_EQ(report_of("sum(x, axis=(0, 1, 0))"),
            "error E210: axis 0 is listed twice; leave one of them out\n"
            "  sum(x, axis=(0, 1, 0))\n"
            "                     ^");
  EXPECT_EQ(report_of("sum(x, axis=-33)"),
            "error E210: axis -33 is beyond the 32 dimensions that an array may have\n"
            "  sum(x, axis=-33)\n"
            "              ^^^");
}

// What goes wrong inside a definition is shown at its call.
TEST(BindErrors, InsideDefinitionsPointAtTheCall) {
  EXPECT_EQ(report_of("1 + clip(i8, 0, 300)"),
            "error E205: 300 does not fit int8 (-128 to 127); convert the other operand with int64(...)\n"
            "  1 + clip(i8, 0, 300)\n"
            "                  ^^^");
  EXPECT_EQ(report_of("1 + isclose(x, y, atol=z)"),
            "error E204: 'isclose' takes real numbers, not complex128; use real(...), imag(...) or abs(...)\n"
            "  1 + isclose(x, y, atol=z)\n"
            "      ^^^^^^^");
}

TEST(BindErrors, KindsFollowTheCode) {
  EXPECT_THROW(bound("coss(x)"), NameError);
  EXPECT_THROW(bound("sin(x, y)"), NameError);
  EXPECT_THROW(bound("x = 1"), NameError);
  EXPECT_THROW(bound("x ^ 2"), DTypeError);
  EXPECT_THROW(bound("i + 3000000000"), DTypeError);
  EXPECT_THROW(bound("2**-1"), DTypeError);
  EXPECT_THROW(bound("sum(x, axis=y)"), DTypeError);
  EXPECT_THROW(bound("'abc'"), SyntaxError);
}

// A hostile text must not make the search for advice slow.
TEST(BindErrors, AreFoundInLinearTime) {
  std::string source = "a > 1";
  for (int i = 0; i < 100'000; ++i) source += "&x";
  EXPECT_TRUE(report_of(source + " > 2").starts_with("error E204"));
}

}  // namespace
}  // namespace lanewise
