// The oracle itself, against values known from elsewhere: NumPy, C's Annex F, arithmetic by hand.

#include "oracle/oracle.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "syntax/parse.hpp"

namespace lanewise::inline v0::oracle {
namespace {

const Schema schema{{"b", DType::bool_},   {"s", DType::int8},      {"i", DType::int32},   {"l", DType::int64},
                    {"u", DType::uint8},   {"w", DType::uint64},    {"h", DType::float16}, {"f", DType::float32},
                    {"d", DType::float64}, {"z", DType::complex64}, {"a", DType::float64}, {"k", DType::int64, true}};

ArrayValue scalar(Value value) { return {{}, {value}}; }

// True, -100, 7, -3, 200, 2^63, 0.1, 2.5, -0.0, 3+4j, [[1, 2, 3], [4, 5, 6]], and 5 as a bare scalar
const std::vector<ArrayValue> inputs{scalar({true}),
                                     scalar({std::int8_t{-100}}),
                                     scalar({std::int32_t{7}}),
                                     scalar({std::int64_t{-3}}),
                                     scalar({std::uint8_t{200}}),
                                     scalar({std::uint64_t{1} << 63}),
                                     scalar({double_to_half(0.1)}),
                                     scalar({2.5f}),
                                     scalar({-0.0}),
                                     scalar({std::complex<float>(3, 4)}),
                                     {{2, 3}, {{1.0}, {2.0}, {3.0}, {4.0}, {5.0}, {6.0}}},
                                     scalar({std::int64_t{5}})};

// The number without its bits.
std::string short_text(const Value& value) {
  std::string text = to_text(value);
  for (std::size_t bits = text.find(" (0x"); bits != std::string::npos; bits = text.find(" (0x"))
    text.erase(bits, text.find(')', bits) + 1 - bits);
  return text;
}

// The elements of all results: "int8 1", "float64 2; float64 5".
std::string answer(const char* text) {
  try {
    std::string elements;
    for (const ArrayValue& result : Oracle(parse(text), schema).evaluate(inputs)) {
      for (const Value& element : result.elements) elements += (elements.empty() ? "" : "; ") + short_text(element);
    }
    return elements;
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
    {"t = 2; f*t", "float32 5"},
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

// As NumPy 2 answers, but for float16, which is computed with as float32.
constexpr Row dtypes[] = {
    {"s + u", "int16 100"},
    {"s - 100", "int8 56"},
    {"u + 100", "uint8 44"},
    {"s + 200", "E205"},
    {"u < 300", "bool 1"},
    {"u > -1", "bool 1"},
    {"u > 18446744073709551616", "bool 0"},
    {"w + 18446744073709551615", "uint64 9223372036854775807"},
    {"s * 0.5", "float64 -50"},
    {"u * h", "float32 19.9951171875"},
    {"h", "float16 0.0999755859375"},
    {"s + w", "float64 9.2233720368547758e+18"},
    {"w > l", "bool 1"},
    {"w == -9223372036854775808", "bool 0"},
    {"s >> 9", "int8 -1"},
    {"u << 8", "uint8 0"},
    {"s // -1", "int8 100"},
    {"s % 7", "int8 5"},
    {"~u", "uint8 55"},
    {"u ** 2", "uint8 64"},
    {"s ** 3", "int8 -64"},
    {"u ** -1", "E207"},
    {"b // b", "int8 1"},
    {"b + b", "bool 1"},
    {"gcd(s, 30)", "int8 10"},
    {"popcount(s)", "uint8 3"},
    {"hypot(u, 150)", "float32 250"},
    {"hypot(u, 150.0)", "float64 250"},
    {"float16(1e5)", "float16 inf"},
    {"uint8(-1.5)", "uint8 0"},
    {"int8(1e9)", "int8 127"},
    {"uint64(nan)", "uint64 0"},
    {"w // 3", "uint64 3074457345618258602"},
    {"uint64(5) - u", "uint64 18446744073709551421"},
    {"reciprocal(s)", "int8 0"},
    {"clip(s, -50, 50)", "int8 -50"},
    {"clip(s, -50, 500)", "E205"},
    {"heaviside(d, 0.5)", "float64 0.5"},
    {"isclose(1e10, 1.00001e10)", "bool 1"},
    {"nan_to_num(f*inf)", "float32 3.4028234663852886e+38"},
    {"ldexp(f, 3)", "float32 20"},
    {"ldexp(f, f)", "E204"},
    {"fma(0.1, 10, -1)", "float64 5.5511151231257827e-17"},
    {"fmin(nan, f)", "float32 2.5"},
    {"round(1234, -2)", "int64 1200"},
    {"round(2.345, 2)", "float64 2.3500000000000001"},
    {"select(b, s, 0.5)", "float64 -100"},
    {"select(False, s, b, u, f)", "float32 200"},
    {"select(b, uint16(u), False, int16(s), f)", "float32 200"},
    {"s*k", "int8 12"},
    {"f*k", "float32 12.5"},
};
INSTANTIATE_TEST_SUITE_P(DTypes, OracleTest, testing::ValuesIn(dtypes));

constexpr Row complex_rows[] = {
    {"z * 1j", "complex64 -4 and 3"},
    {"f * 1j", "complex64 0 and 2.5"},
    {"i * 1j", "complex128 0 and 7"},
    {"z * z", "complex64 -7 and 24"},
    {"z ** 2", "complex64 -7 and 24"},
    {"z / 2", "complex64 1.5 and 2"},
    {"abs(z)", "float32 5"},
    {"z == 3+4j", "bool 1"},
    {"z < 1", "E204"},
    {"z.imag", "float32 4"},
    {"l.real", "int64 -3"},
    {"conj(z)", "complex64 3 and -4"},
    {"complex(1, f)", "complex64 1 and 2.5"},
    {"complex(z, 1)", "E204"},
    {"float32(z)", "E204"},
    {"bool(z)", "bool 1"},
    {"isnan(complex(nan, 1))", "bool 1"},
    {"minimum(z, z)", "E204"},
    {"z // 2", "E204"},
};
INSTANTIATE_TEST_SUITE_P(Complex, OracleTest, testing::ValuesIn(complex_rows));

constexpr Row reductions[] = {
    {"sum(a)", "float64 21"},
    {"sum(a, axis=0)", "float64 5; float64 7; float64 9"},
    {"sum(a, -1)", "float64 6; float64 15"},
    {"sum(a, axis=(0, 1))", "float64 21"},
    {"mean(a, axis=1, keepdims=True)", "float64 2; float64 5"},
    {"var(a, axis=1)", "float64 0.66666666666666663; float64 0.66666666666666663"},
    {"std(a, ddof=1)", "float64 1.8708286933869707"},
    {"norm(a)", "float64 9.5393920141694561"},
    {"dot(s, s)", "int64 16"},
    {"argmax(a), argmin(a, axis=0)", "int64 5; int64 0; int64 0; int64 0"},
    {"count_nonzero(a > 2)", "int64 4"},
    {"prod(u), sum(b), sum(h)", "uint64 200; int64 1; float32 0.0999755859375"},
    {"max(a) - min(a)", "float64 5"},
    {"any(a > 5) and all(a > 0)", "bool 1"},
    {"nanmax(where(a > 3, nan, a))", "float64 3"},
    {"nanmean(where(a > 3, nan, a))", "float64 2"},
    {"nansum(nan)", "float64 0"},
    {"sum(d)", "float64 0"},
    {"(a - mean(a, axis=0, keepdims=True)) / 3", "float64 -0.5; float64 -0.5; float64 -0.5; float64 0.5; float64 0.5; float64 0.5"},
    {"size(a), size(a, 1), sum(a * index(1))", "int64 6; int64 3; float64 25"},
    {"index() + 10*a*0", "float64 0; float64 1; float64 2; float64 3; float64 4; float64 5"},
    {"sum(a, axis=2)", "E306"},
    {"sum(a, axis=(0, -2))", "E306"},
    {"sum(a, axis=f)", "E210"},
    {"min(z)", "E204"},
    {"a + sum(a, axis=1)", "E301"},
    {"m = mean(a); m, m*m", "float64 3.5; float64 12.25"},
};
INSTANTIATE_TEST_SUITE_P(Reductions, OracleTest, testing::ValuesIn(reductions));

const Row parts[] = {
    {"a[0]", "float64 1; float64 2; float64 3"},
    {"a[-1, ::-1]", "float64 6; float64 5; float64 4"},
    {"a[..., 0], a[1, 2]", "float64 1; float64 4; float64 6"},
    {"a[:, 1:]", "float64 2; float64 3; float64 5; float64 6"},
    {"a[::-1, -100:100:2]", "float64 4; float64 6; float64 1; float64 3"},
    {"a[5:, :]", ""},
    {"a[:, 0] + a[:, None, 1]", "float64 3; float64 6; float64 6; float64 9"},
    {"t = a - max(a, axis=0); t[0][1:]", "float64 -3; float64 -3"},
    {"a[2]", "E309"},
    {"a[0, 0, 0]", "E309"},
    {"a[::0]", "E210"},
    {"a[0.5]", "E210"},
    {"k[0]", "E204"},
    {"t = sum(a); t[...]", "E204"},
    {"t = a + index(); t[1:]", "E204"},
};
INSTANTIATE_TEST_SUITE_P(Parts, OracleTest, testing::ValuesIn(parts));

// By hand: of 33 ones and tiny numbers, column 0 adds element 32 first, and the halves meet last.
TEST(Fold, AddsColumnByColumn) {
  std::vector<Value> elements(33, Value{0.0});
  elements[0] = Value{1.0};
  elements[32] = Value{0x1p-53};
  elements[16] = Value{0x1p-53};
  EXPECT_EQ(fold(Fold::sum, DType::float64, elements)->as<double>(), 1.0);  // 1 + 2^-53 is 1, twice
  std::swap(elements[0], elements[1]);
  EXPECT_EQ(fold(Fold::sum, DType::float64, elements)->as<double>(), 1 + 0x1p-52);  // (2^-53 + 2^-53) + 1
}

TEST(Fold, AddsLeavesInPairs) {
  std::vector<Value> elements(4 * 256, Value{0.0});
  for (const std::size_t leaf : {1u, 2u, 3u}) elements[leaf * 256] = Value{0x1p-53};
  elements[0] = Value{1.0};
  EXPECT_EQ(fold(Fold::sum, DType::float64, elements)->as<double>(), 1 + 0x1p-52);  // (1 + 2^-53) + (2^-53 + 2^-53)
}

TEST(Fold, AccumulatesFloat32InFloat64) {
  const std::vector<Value> elements{{1e8f}, {1.0f}, {-1e8f}, {1.0f}};
  EXPECT_EQ(fold(Fold::sum, DType::float32, elements)->as<float>(), 2.0f);
}

TEST(HalfFloat, RoundsToNearestEven) {
  EXPECT_EQ(double_to_half(65519.99).bits, 0x7bff);
  EXPECT_EQ(double_to_half(65520).bits, 0x7c00);
  EXPECT_EQ(double_to_half(1 + 0x1p-11).bits, 0x3c00);
  EXPECT_EQ(double_to_half(1 + 3 * 0x1p-11).bits, 0x3c02);
  EXPECT_EQ(double_to_half(-0x1p-25).bits, 0x8000);
  EXPECT_EQ(double_to_half(0x1.8p-25).bits, 0x0001);
  EXPECT_EQ(double_to_half(0x1.ffcp-15).bits, 0x0400);
  for (unsigned bits = 0; bits < 0x10000; ++bits) {
    const Float16 half{static_cast<std::uint16_t>(bits)};
    if (is_nan(Value{half})) continue;
    EXPECT_EQ(double_to_half(half_to_double(half)).bits, bits);
  }
}

}  // namespace
}  // namespace lanewise::inline v0::oracle
