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
            "error E201: unknown name 't'\n"
            "  t = t + 1\n"
            "      ^");
  EXPECT_EQ(report_of("x + sum(x)"),
            "error E201: unknown function 'sum'\n"
            "  x + sum(x)\n"
            "      ^^^");
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
            "error E202: 'where' takes 3 arguments, not 2: where(condition, x, y)\n"
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
  EXPECT_EQ(report_of("b << m"),
            "error E204: '<<' takes integers, not bool; convert with int32(...)\n"
            "  b << m\n"
            "    ^^");
  EXPECT_EQ(report_of("b - m"),
            "error E204: '-' takes integers and floats, not bool; for the difference of truth values write '^'\n"
            "  b - m\n"
            "    ^");
  EXPECT_EQ(report_of("-b"),
            "error E204: '-' takes integers and floats, not bool; for the opposite truth write '~'\n"
            "  -b\n"
            "  ^");
  EXPECT_EQ(report_of("1 + fmod(b, m)"),
            "error E204: 'fmod' takes integers and floats, not bool; convert with int32(...)\n"
            "  1 + fmod(b, m)\n"
            "      ^^^^");
  for (const char* source : {"b // m", "b % m", "b ** m", "sign(b)", "+b", "invert(f)", "right_shift(i, 0.5)"}) {
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
      "error E205: 9223372036854775808 does not fit int64 (-9223372036854775808 to 9223372036854775807); write a float, such as 1e19\n"
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
  EXPECT_EQ(report_of("2j*x"),
            "error E108: 2j is imaginary; there are no complex dtypes\n"
            "  2j*x\n"
            "  ^^");
}

TEST(BindErrors, KindsFollowTheCode) {
  EXPECT_THROW(bound("coss(x)"), NameError);
  EXPECT_THROW(bound("sin(x, y)"), NameError);
  EXPECT_THROW(bound("x = 1"), NameError);
  EXPECT_THROW(bound("x ^ 2"), DTypeError);
  EXPECT_THROW(bound("i + 3000000000"), DTypeError);
  EXPECT_THROW(bound("2**-1"), DTypeError);
  EXPECT_THROW(bound("2j"), SyntaxError);
}

// A hostile text must not make the search for advice slow.
TEST(BindErrors, AreFoundInLinearTime) {
  std::string source = "a > 1";
  for (int i = 0; i < 100'000; ++i) source += "&x";
  EXPECT_TRUE(report_of(source + " > 2").starts_with("error E204"));
}

}  // namespace
}  // namespace lanewise
