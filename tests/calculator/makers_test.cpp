// Lengths, types and values of made arrays; the expected ones are NumPy's, for random those of the published generator.
#include "calculator/makers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <variant>
#include <vector>

#include "calculator/random.hpp"

namespace lanewise::inline v0::calculator {
namespace {

using Number = std::variant<bool, std::int8_t, std::int32_t, std::int64_t, std::uint64_t, Float16, float, double, std::complex<float>>;
using testing::ElementsAre;

SharedValue value_of(const Number& number) {
  return std::visit(
      [](auto x) {
        Array array(dtype_of<decltype(x)>, {});
        array.span<decltype(x)>()[0] = x;
        return std::make_shared<const Value>(std::move(array));
      },
      number);
}

Array make(std::string_view name, const std::vector<Number>& numbers, std::stop_token stop = {}) {
  std::vector<MakerArgument> arguments;
  for (const Number& number : numbers) arguments.push_back({{value_of(number)}, {arguments.size() + 10, 1}});
  return make_array(*find_maker(name), {name, {0, name.size()}, arguments, std::move(stop)});
}

template <Element T>
std::vector<T> elements(const Array& array) {
  return {array.span<T>().begin(), array.span<T>().end()};
}

std::int64_t operator""_i(unsigned long long value) { return static_cast<std::int64_t>(value); }

TEST(Makers, ShapesMayBeTuples) {
  const std::array<MakerArgument, 2> arguments = {MakerArgument{{value_of(2_i), value_of(3.0)}, {10, 1}}, {{value_of(7_i)}, {11, 1}}};
  const auto made = [&](std::string_view name, std::size_t argument_count) {
    return make_array(*find_maker(name), {name, {0, name.size()}, std::span(arguments).first(argument_count), {}});
  };
  EXPECT_THAT(made("zeros", 1).shape(), ElementsAre(2, 3));
  EXPECT_EQ(made("random", 2).span<double>()[5], random_at(7, 5));
  EXPECT_THROW(made("arange", 1), ShapeError);
}

TEST(Makers, ArangeOfIntegers) {
  EXPECT_THAT(elements<std::int64_t>(make("arange", {3_i})), ElementsAre(0, 1, 2));
  EXPECT_THAT(elements<std::int64_t>(make("arange", {std::int32_t{2}})), ElementsAre(0, 1));
  EXPECT_THAT(elements<std::int64_t>(make("arange", {true})), ElementsAre(0));
  EXPECT_THAT(elements<std::int64_t>(make("arange", {std::int8_t{-2}, std::uint64_t{1}})), ElementsAre(-2, -1, 0));
  EXPECT_THAT(elements<std::int64_t>(make("arange", {2_i, 5_i})), ElementsAre(2, 3, 4));
  EXPECT_THAT(elements<std::int64_t>(make("arange", {5_i, 0_i, -2_i})), ElementsAre(5, 3, 1));
  EXPECT_THAT(elements<std::int64_t>(make("arange", {-1_i})), ElementsAre());
  EXPECT_THAT(elements<std::int64_t>(make("arange", {5_i, 2_i})), ElementsAre());
  constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  EXPECT_THAT(elements<std::int64_t>(make("arange", {lowest, highest, highest})), ElementsAre(lowest, -1, highest - 1));
  EXPECT_THAT(elements<std::int64_t>(make("arange", {highest, lowest, lowest})), ElementsAre(highest, -1));
}

TEST(Makers, ArangeOfFloats) {
  EXPECT_THAT(elements<double>(make("arange", {3.0})), ElementsAre(0, 1, 2));
  EXPECT_THAT(elements<double>(make("arange", {2.5f})), ElementsAre(0, 1, 2));
  EXPECT_THAT(elements<double>(make("arange", {Float16{0x4100}})), ElementsAre(0, 1, 2));
  EXPECT_THAT(elements<double>(make("arange", {0_i, 1_i, 0.1})),
              ElementsAre(0.0, 0.1, 0.2, 0.30000000000000004, 0.4, 0.5, 0.6000000000000001, 0.7000000000000001, 0.8, 0.9));
  EXPECT_THAT(elements<double>(make("arange", {1_i, 0_i, -0.25})), ElementsAre(1, 0.75, 0.5, 0.25));
  EXPECT_EQ(make("arange", {0.5, 1.3, 0.1}).size(), 8U);
  EXPECT_EQ(make("arange", {0.0, 1e-320, 1e10}).size(), 1U);
  EXPECT_EQ(make("arange", {0.0, 0.0, 1e300}).size(), 0U);
}

TEST(Makers, Linspace) {
  EXPECT_THAT(elements<double>(make("linspace", {0_i, 1_i, 7_i})),
              ElementsAre(0.0, 0.16666666666666666, 0.3333333333333333, 0.5, 0.6666666666666666, 0.8333333333333333, 1.0));
  EXPECT_THAT(elements<double>(make("linspace", {0.0, 5e-324, 3_i})), ElementsAre(0, 0, 5e-324));
  EXPECT_THAT(elements<double>(make("linspace", {3_i, 3_i, 2_i})), ElementsAre(3, 3));
  EXPECT_THAT(elements<double>(make("linspace", {2_i, 3_i, 1_i})), ElementsAre(2));
  EXPECT_THAT(elements<double>(make("linspace", {2_i, 3_i, 0_i})), ElementsAre());
  EXPECT_THAT(elements<float>(make("linspace", {0.0f, 1.0f, 4_i})), ElementsAre(0.0f, 0.33333334f, 0.6666667f, 1.0f));
}

TEST(Makers, ZerosAndOnes) {
  EXPECT_THAT(elements<double>(make("zeros", {2_i})), ElementsAre(0, 0));
  EXPECT_THAT(elements<double>(make("ones", {3.0})), ElementsAre(1, 1, 1));
  EXPECT_EQ(make("zeros", {0_i}).size(), 0U);
}

// The first outputs of splitmix64.c for the seeds 0 and 1234567.
TEST(Makers, RandomIsSplitMix64) {
  EXPECT_EQ(random_bits_at(0, 0), 0xe220a8397b1dcdafU);
  EXPECT_EQ(random_bits_at(0, 1), 0x6e789e6aa1b965f4U);
  EXPECT_EQ(random_bits_at(1234567, 0), 6457827717110365317U);
  EXPECT_EQ(random_bits_at(1234567, 4), 16408922859458223821U);
  EXPECT_THAT(elements<double>(make("random", {2_i, 0_i})), ElementsAre(0x1.c4415072f63b9p-1, 0x1.b9e279aa86e58p-2));
}

TEST(Makers, RandomIsUniformBelowOne) {
  const Array array = make("random", {100'000_i, 7_i});
  double sum = 0;
  for (const double x : array.span<double>()) {
    ASSERT_TRUE(x >= 0 && x < 1);
    sum += x;
  }
  EXPECT_NEAR(sum / 100'000, 0.5, 0.005);
}

struct ErrorRow {
  const char* maker;
  std::vector<Number> arguments;
  const char* code;
  SourceSpan span;
  const char* message;
};

TEST(Makers, Errors) {
  const ErrorRow rows[] = {
      {"arange", {}, "E202", {0, 6}, "wrong number of arguments; write arange([start,] stop [, step])"},
      {"random", {3_i}, "E202", {0, 6}, "wrong number of arguments; write random(shape, seed)"},
      {"zeros", {-1_i}, "E304", {10, 1}, "an array cannot have -1 elements"},
      {"zeros",
       {std::numeric_limits<std::uint64_t>::max()},
       "E205",
       {10, 1},
       "a number below 2**63 is expected here, not 18446744073709551615"},
      {"zeros", {std::complex<float>(2)}, "E204", {10, 1}, "a real number is expected here, not a complex one"},
      {"linspace", {0.0, std::complex<float>(2), 3_i}, "E204", {11, 1}, "a real number is expected here, not a complex one"},
      {"zeros", {2.5}, "E205", {10, 1}, "a whole number is expected here, not 2.5"},
      {"ones", {std::numeric_limits<double>::quiet_NaN()}, "E205", {10, 1}, "a whole number is expected here, not nan"},
      {"arange", {0_i, 1_i, 0_i}, "E205", {12, 1}, "a step of 0 never arrives"},
      {"arange", {std::numeric_limits<double>::quiet_NaN()}, "E205", {0, 6}, "the number of elements is not defined for a nan"},
      {"arange", {std::numeric_limits<double>::infinity()}, "E304", {0, 6}, "more elements than memory can hold"},
  };
  for (const ErrorRow& row : rows) {
    try {
      make(row.maker, row.arguments);
      ADD_FAILURE() << row.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), row.code) << row.message;
      EXPECT_EQ(error.span(), row.span) << row.message;
      EXPECT_STREQ(error.what(), row.message);
    }
  }
}

TEST(Makers, AnArrayIsNoNumber) {
  Array three(DType::float64, std::array<std::size_t, 1>{3});
  const std::vector<MakerArgument> arguments{{{std::make_shared<const Value>(std::move(three))}, {4, 2}}};
  EXPECT_THROW(make_array(*find_maker("zeros"), {"zeros", {0, 5}, arguments, {}}), ShapeError);
}

TEST(Makers, StopsWhenAsked) {
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(make("zeros", {1'000'000_i}, source.get_token()), Cancelled);
}

}  // namespace
}  // namespace lanewise::inline v0::calculator
