// The values of numbers, to the last bit, under any locale.

#include "syntax/literal.hpp"

#include <clocale>
#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "syntax/parse.hpp"

namespace {

using namespace lanewise;

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Literal, Integers) {
  const struct {
    const char* text;
    std::uint64_t value;
  } rows[] = {{"0", 0},
              {"00_0", 0},
              {"1", 1},
              {"1_000", 1000},
              {"0x1f", 31},
              {"0X_FF_ff", 65535},
              {"0o17", 15},
              {"0b101", 5},
              {"0B_1", 1},
              {"9223372036854775808", 9223372036854775808u},
              {"18446744073709551615", 18446744073709551615u},
              {"0xffffffffffffffff", 18446744073709551615u}};
  for (const auto& row : rows) {
    EXPECT_EQ(integer_value(row.text).integer, row.value) << row.text;
    EXPECT_FALSE(integer_value(row.text).exceeds_64_bits) << row.text;
  }
}

TEST(Literal, IntegersBeyond64Bits) {
  const struct {
    std::string text;
    double value;
  } rows[] = {{"18446744073709551616", 0x1p64},
              {"0x10000000000000000", 0x1p64},
              {"0x1_0000000000000_8000", 0x1p68},
              {"0x1_0000000000000_8001", 0x1.0000000000001p68},
              {"0x1_0000000000001_8000", 0x1.0000000000002p68},
              {"0b1" + std::string(64, '0'), 0x1p64},
              {"0o2000000000000000000000", 0x1p64},
              {"0o3777777777777777777777", 0x1p65},
              {"1" + std::string(308, '0'), 1e308},
              {"1" + std::string(309, '0'), infinity},
              {"0x" + std::string(300, 'f'), infinity}};
  for (const auto& row : rows) {
    EXPECT_TRUE(integer_value(row.text).exceeds_64_bits) << row.text;
    EXPECT_EQ(integer_value(row.text).real, row.value) << row.text;
  }
}

TEST(Literal, Floats) {
  const struct {
    std::string text;
    double value;
  } rows[] = {{"1.", 1},
              {".5", 0.5},
              {"1_0.2_5e1_0", 10.25e10},
              {"1E-3", 0.001},
              {"1e+3", 1000},
              {"0.1", 0.1},
              {"9007199254740993.", 9007199254740992.},
              {"1.7976931348623157e308", std::numeric_limits<double>::max()},
              {"1.7976931348623159e308", infinity},
              {"1e400", infinity},
              {"1e99999999999999999999", infinity},
              {"1" + std::string(400, '0') + "e-400", 1},
              {"1" + std::string(400, '0') + ".", infinity},
              {"0." + std::string(400, '0') + "1", 0},
              {"0." + std::string(400, '0') + "1e401", 1},
              {"2.2250738585072014e-308", std::numeric_limits<double>::min()},
              {"5e-324", std::numeric_limits<double>::denorm_min()},
              {"2e-324", 0},
              {"1e-400", 0},
              {"1e-99999999999999999999", 0},
              {"0e99999999999999999999", 0}};
  for (const auto& row : rows) EXPECT_EQ(real_value(row.text), row.value) << row.text;
}

TEST(Literal, KindsCarryTheirValues) {
  const SyntaxTree tree = parse("f(7, 1.5, 2j, True, 18446744073709551616)");
  EXPECT_EQ(tree.nodes[0].kind, SyntaxKind::integer_literal);
  EXPECT_EQ(tree.nodes[0].integer, 7u);
  EXPECT_EQ(tree.nodes[1].kind, SyntaxKind::float_literal);
  EXPECT_EQ(tree.nodes[1].real, 1.5);
  EXPECT_EQ(tree.nodes[2].kind, SyntaxKind::imaginary_literal);
  EXPECT_EQ(tree.nodes[2].real, 2);
  EXPECT_EQ(tree.nodes[3].kind, SyntaxKind::truth_literal);
  EXPECT_EQ(tree.nodes[3].integer, 1u);
  EXPECT_TRUE(tree.nodes[4].integer_overflow);
  EXPECT_EQ(tree.nodes[4].real, 0x1p64);
}

TEST(Literal, ImaginaryLiteralsCarryTheImaginaryPart) {
  const struct {
    const char* text;
    double value;
  } rows[] = {{"0j", 0}, {"1J", 1}, {"1.5j", 1.5}, {".25J", 0.25}, {"1_0e-1j", 1}, {"007j", 7}, {"1e400j", infinity}, {"5.j", 5}};
  for (const auto& row : rows) {
    const SyntaxNode node = parse(row.text).nodes[0];
    EXPECT_EQ(node.kind, SyntaxKind::imaginary_literal) << row.text;
    EXPECT_EQ(node.real, row.value) << row.text;
  }
}

TEST(Literal, NumbersDoNotDependOnTheLocale) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  bool has_comma = false;
  for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8", "fr_FR.utf8"}) {
    if (!has_comma && std::setlocale(LC_ALL, name) != nullptr) has_comma = *std::localeconv()->decimal_point == ',';
  }
  const double value = real_value("1.5e3");
  std::setlocale(LC_ALL, before.c_str());
  if (!has_comma) GTEST_SKIP() << "no locale with a decimal comma is installed";
  EXPECT_EQ(value, 1500);
}

}  // namespace
