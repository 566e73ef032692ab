// The oracle itself, against values known from elsewhere: NumPy, C's Annex F, arithmetic by hand.

#include "oracle/oracle.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "syntax/parse.hpp"

namespace lanewise::inline v0::oracle {
namespace {

const Schema schema{{"b", DType::bool_}, {"i", DType::int32}, {"l", DType::int64}, {"f", DType::float32}, {"d", DType::float64}};
// True, 7, -3, 2.5, -0.0
const std::vector<ArrayValue> inputs{
    {{}, {{true}}}, {{}, {{std::int32_t{7}}}}, {{}, {{std::int64_t{-3}}}}, {{}, {{2.5f}}}, {{}, {{-0.0}}}};

std::string answer(const char* text) {
  const SyntaxTree tree = parse(text);
  try {
    const std::string value = to_text(Oracle(tree, schema).evaluate(inputs)[0].elements[0]);
    return value.substr(0, value.find(" (0x"));
  } catch (const Refusal& refusal) {
    return "E" + std::to_string(static_cast<int>(refusal.code));
  }
}

struct Row {
  const char* text;
  const char* answer;
  friend std::ostream& operator<<(std::ostream& stream, const Row& row) { return stream << row.text; }
};

class OracleTest : public testing::TestWithParam<Row> {};

TEST_P(OracleTest, Answers) { EXPECT_EQ(answer(GetParam().text), GetParam().answer); }

constexpr Row promotion[] = {
    {"i + l", "int64 4"},
    {"i + f", "float64 9.5"},
    {"b + i", "int32 8"},
    {"b + f", "float32 3.5"},
    {"i + 1", "int32 8"},
    {"i * 0.5", "float64 3.5"},
    {"2.5 * f", "float32 6.25"},
    {"b + 1", "int64 2"},
    {"i + 2147483648", "E205"},
    {"i < 2147483648", "bool 1"},
    {"i / 2", "float64 3.5"},
    {"b / f", "float32 0.40000000596046448"},
    {"f * (1/4)", "float32 0.625"},
    {"k = 2; f*k", "float32 5"},
    {"1 < 2", "bool 1"},
    {"2 + 3", "int64 5"},
    {"b - b", "E204"},
    {"-b", "E204"},
    {"f ^ 2", "E204"},
    {"b << b", "int8 2"},
    {"-9223372036854775808", "int64 -9223372036854775808"},
    {"sqrt(b)", "float32 1"},
    {"floor(i)", "int32 7"},
    {"float64(2) * f", "float64 5"},
    {"where(b, i, 0.5)", "float64 7"},
    {"isnan(i)", "bool 0"},
    {"i ** -1", "E207"},
};
INSTANTIATE_TEST_SUITE_P(Promotion, OracleTest, testing::ValuesIn(promotion));

constexpr Row arithmetic[] = {
    {"l // 2", "int64 -2"},
    {"l % 2", "int64 1"},
    {"i // 0", "int32 0"},
    {"fmod(l, 2)", "int64 -1"},
    {"1 // 0.1", "float64 9"},
    {"5.0 % -3", "float64 -1"},
    {"d % 3", "float64 0"},
    {"d // 3", "float64 -0"},
    {"1.0 // -inf", "float64 -1"},
    {"inf // 1.0", "float64 nan"},
    {"1.0 // 0.0", "float64 inf"},
    {"1.0 % 0.0", "float64 nan"},
    {"d + 0.0", "float64 0"},
    {"d + d", "float64 -0"},
    {"abs(d)", "float64 0"},
    {"-d", "float64 0"},
    {"sign(d)", "float64 0"},
    {"sign(l)", "int64 -1"},
    {"round(f)", "float32 2"},
    {"round(-0.4)", "float64 -0"},
    {"minimum(d, 0.0)", "float64 -0"},
    {"maximum(d, 0.0)", "float64 0"},
    {"maximum(1.0, nan)", "float64 nan"},
    {"1 << 64", "int64 0"},
    {"l >> 64", "int64 -1"},
    {"l << -1", "int64 0"},
    {"2 ** 63", "int64 -9223372036854775808"},
    {"i ** l", "int64 0"},
    {"d ** 0.5", "float64 -0"},
    {"(-inf) ** 0.5", "float64 nan"},
    {"nan ** 0", "float64 1"},
    {"int32(1e10)", "int32 2147483647"},
    {"int64(nan)", "int64 0"},
    {"int32(-2.7)", "int32 -2"},
    {"bool(nan)", "bool 1"},
    {"nextafter(1.0, 2.0)", "float64 1.0000000000000002"},
    {"signbit(d)", "bool 1"},
    {"copysign(3.0, d)", "float64 -3"},
    {"f < d <= i", "bool 0"},
    {"l < d <= i", "bool 1"},
    {"nan != nan", "bool 1"},
    {"i if d else l", "int64 -3"},
    {"not f", "bool 0"},
    {"d or nan", "bool 1"},
    {"d and 1", "bool 0"},
    {"-2**2", "int64 -4"},
};
INSTANTIATE_TEST_SUITE_P(Arithmetic, OracleTest, testing::ValuesIn(arithmetic));

}  // namespace
}  // namespace lanewise::inline v0::oracle
