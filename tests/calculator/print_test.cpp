// Rows of elements and NumPy's own text for them. Random arrays: compare_with_numpy.py.
#include "calculator/print.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "calculator/number_text.hpp"

namespace lanewise::inline v0::calculator {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

template <Element T>
Array array_of(const std::vector<T>& elements) {
  const std::array shape{elements.size()};
  Array array(dtype_of<T>, shape);
  std::copy(elements.begin(), elements.end(), array.span<T>().begin());
  return array;
}

template <Element T>
Array scalar_of(T value) {
  Array array(dtype_of<T>, {});
  array.span<T>()[0] = value;
  return array;
}

TEST(Print, ScalarsAsPython) {
  EXPECT_EQ(printed(scalar_of(true)), "True");
  EXPECT_EQ(printed(scalar_of(false)), "False");
  EXPECT_EQ(printed(scalar_of(3)), "3");
  EXPECT_EQ(printed(scalar_of(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(printed(scalar_of(3.0)), "3.0");
  EXPECT_EQ(printed(scalar_of(-0.0)), "-0.0");
  EXPECT_EQ(printed(scalar_of(1e-5)), "1e-05");
  EXPECT_EQ(printed(scalar_of(0.0001)), "0.0001");
  EXPECT_EQ(printed(scalar_of(1e15)), "1000000000000000.0");
  EXPECT_EQ(printed(scalar_of(1e16)), "1e+16");
  EXPECT_EQ(printed(scalar_of(1.5e300)), "1.5e+300");
  EXPECT_EQ(printed(scalar_of(0.1 + 0.2)), "0.30000000000000004");
  EXPECT_EQ(printed(scalar_of(5e-324)), "5e-324");
  EXPECT_EQ(printed(scalar_of(inf)), "inf");
  EXPECT_EQ(printed(scalar_of(-inf)), "-inf");
  EXPECT_EQ(printed(scalar_of(nan)), "nan");
  EXPECT_EQ(printed(scalar_of(0.1f)), "0.1");
  EXPECT_EQ(printed(scalar_of(16777216.0f)), "16777216.0");
  EXPECT_EQ(printed(scalar_of(1.0f / 3)), "0.33333334");
}

struct FloatRow {
  std::vector<double> elements;
  const char* float64;
  const char* float32;
};

TEST(Print, FloatsAsNumPy) {
  const FloatRow rows[] = {
      {{}, "[]", "[]"},
      {{0, 1, 4}, "[0. 1. 4.]", "[0. 1. 4.]"},
      {{1, 2.5, -3.25}, "[ 1.    2.5  -3.25]", "[ 1.    2.5  -3.25]"},
      {{0.5, 1, 1.25}, "[0.5  1.   1.25]", "[0.5  1.   1.25]"},
      {{1.0 / 3, 2.0 / 3}, "[0.33333333 0.66666667]", "[0.33333334 0.6666667 ]"},
      {{0.1, 1.2345678e-5}, "[1.0000000e-01 1.2345678e-05]", "[1.0000000e-01 1.2345678e-05]"},
      {{16.1}, "[16.1]", "[16.1]"},
      {{0.0001, 0.09}, "[0.0001 0.09  ]", "[0.0001 0.09  ]"},
      {{1e-5, 1}, "[1.e-05 1.e+00]", "[1.e-05 1.e+00]"},
      {{1, 1001}, "[1.000e+00 1.001e+03]", "[1.000e+00 1.001e+03]"},
      {{1e8, 1}, "[1.e+08 1.e+00]", "[1.e+08 1.e+00]"},
      {{1e7, 12345678}, "[10000000. 12345678.]", "[1.0000000e+07 1.2345678e+07]"},
      {{123456789.123}, "[1.23456789e+08]", "[1.2345679e+08]"},
      {{1e300, 1e-300}, "[1.e+300 1.e-300]", "[inf  0.]"},
      {{5e-324}, "[5.e-324]", "[0.]"},
      {{-0.0, 0.0}, "[-0.  0.]", "[-0.  0.]"},
      {{nan, 1.5, -inf}, "[ nan  1.5 -inf]", "[ nan  1.5 -inf]"},
      {{nan, inf}, "[nan inf]", "[nan inf]"},
  };
  for (const FloatRow& row : rows) {
    EXPECT_EQ(printed(array_of(row.elements)), row.float64);
    EXPECT_EQ(printed(array_of(std::vector<float>(row.elements.begin(), row.elements.end()))), row.float32);
  }
}

TEST(Print, BoolsAndIntegersAsNumPy) {
  Array truths(DType::bool_, std::array<std::size_t, 1>{2});
  truths.span<bool>()[0] = true;
  truths.span<bool>()[1] = false;
  EXPECT_EQ(printed(truths), "[ True False]");
  EXPECT_EQ(printed(array_of<std::int32_t>({-1, 100})), "[ -1 100]");
  EXPECT_EQ(printed(array_of<std::int64_t>({std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})),
            "[-9223372036854775808  9223372036854775807]");
}

TEST(Print, BreaksLinesAt75Characters) {
  std::vector<double> elements(19, 1.0);
  elements.push_back(2.25);
  EXPECT_EQ(printed(array_of(elements)),
            "[1.   1.   1.   1.   1.   1.   1.   1.   1.   1.   1.   1.   1.   1.\n"
            " 1.   1.   1.   1.   1.   2.25]");
}

TEST(Print, ShortensAbove1000Elements) {
  std::vector<std::int64_t> counts(1'001);
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = static_cast<std::int64_t>(i);
  EXPECT_EQ(printed(array_of(counts)), "[   0    1    2 ...  998  999 1000]");
  std::vector<double> squares(counts.begin(), counts.end());
  for (double& x : squares) x *= x;
  EXPECT_EQ(printed(array_of(squares)),
            "[0.00000e+00 1.00000e+00 4.00000e+00 ... 9.96004e+05 9.98001e+05\n"
            " 1.00000e+06]");
  counts.pop_back();
  EXPECT_EQ(printed(array_of(counts)).find("..."), std::string::npos);
}

TEST(Print, FullIsNeverShortened) {
  const std::vector<std::int64_t> zeros(2'000);
  const std::string text = printed(array_of(zeros), true);
  EXPECT_EQ(std::count(text.begin(), text.end(), '0'), 2'000);
}

}  // namespace
}  // namespace lanewise::inline v0::calculator
