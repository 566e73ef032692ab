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

TEST(Print, Scalars) {
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
  EXPECT_EQ(printed(scalar_of(16777216.0f)), "1.6777216e+07");
  EXPECT_EQ(printed(scalar_of(65504.0f)), "65504.0");
  EXPECT_EQ(printed(scalar_of(1e-4f)), "1e-04");
  EXPECT_EQ(printed(scalar_of(1.0f / 3)), "0.33333334");
  EXPECT_EQ(printed(scalar_of(std::int8_t{-128})), "-128");
  EXPECT_EQ(printed(scalar_of(std::uint8_t{200})), "200");
  EXPECT_EQ(printed(scalar_of(std::numeric_limits<std::uint64_t>::max())), "18446744073709551615");
}

TEST(Print, ScalarsOfFloat16) {
  struct Row {
    std::uint16_t bits;
    const char* text;
  };
  const Row rows[] = {{0x0000, "0.0"},    {0x8000, "-0.0"},      {0x3C00, "1.0"},     {0x2E66, "0.1"},
                      {0x3555, "0.3333"}, {0x63CE, "999.0"},     {0x63D0, "1e+03"},   {0x7BFF, "6.55e+04"},
                      {0x0001, "6e-08"},  {0x7C00, "inf"},       {0xFC00, "-inf"},    {0x7E00, "nan"},
                      {0xFE00, "nan"},    {0x0400, "6.104e-05"}, {0x2400, "0.01563"}, {0x068E, "0.0001"}};
  for (const Row& row : rows) EXPECT_EQ(printed(scalar_of(Float16{row.bits})), row.text);
}

TEST(Print, ComplexScalarsAsPython) {
  using Complex = std::complex<double>;
  EXPECT_EQ(printed(scalar_of(Complex(1, 2))), "(1+2j)");
  EXPECT_EQ(printed(scalar_of(Complex(0, 2))), "2j");
  EXPECT_EQ(printed(scalar_of(Complex(0, -0.5))), "-0.5j");
  EXPECT_EQ(printed(scalar_of(Complex(-0.0, 2))), "(-0+2j)");
  EXPECT_EQ(printed(scalar_of(Complex(0.1, -0.0))), "(0.1-0j)");
  EXPECT_EQ(printed(scalar_of(Complex(1e16, 1e-5))), "(1e+16+1e-05j)");
  EXPECT_EQ(printed(scalar_of(Complex(nan, -inf))), "(nan-infj)");
  EXPECT_EQ(printed(scalar_of(Complex(1, -nan))), "(1+nanj)");
  EXPECT_EQ(printed(scalar_of(std::complex<float>(0.1f, 1e6f))), "(0.1+1e+06j)");
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

TEST(Print, ComplexAsNumPy) {
  using Complex = std::complex<double>;
  EXPECT_EQ(printed(array_of<Complex>({{1, 2}, {0.5, -100}, {nan, 0}})), "[1.   +2.j 0.5-100.j nan  +0.j]");
  EXPECT_EQ(printed(array_of<Complex>({{1, inf}, {3, 0}})), "[1.+infj 3. +0.j]");
  EXPECT_EQ(printed(array_of<Complex>({{1e-10, 1}})), "[1.e-10+1.j]");
}

TEST(Print, Float16AsNumPy) {
  EXPECT_EQ(printed(array_of<Float16>({{0x2E66}, {0x3555}, {0x70E2}})), "[9.998e-02 3.333e-01 1.000e+04]");
  EXPECT_EQ(printed(array_of<Float16>({{0x3C00}, {0xC100}})), "[ 1.  -2.5]");
}

template <Element T>
Array counting(std::vector<std::size_t> shape) {
  Array array(dtype_of<T>, shape);
  for (std::size_t i = 0; i < array.size(); ++i) array.span<T>()[i] = static_cast<T>(i);
  return array;
}

TEST(Print, HigherRanksAsNumPy) {
  EXPECT_EQ(printed(counting<std::uint8_t>({2, 3})), "[[0 1 2]\n [3 4 5]]");
  EXPECT_EQ(printed(counting<double>({2, 1, 2, 1})), "[[[[0.]\n   [1.]]]\n\n\n [[[2.]\n   [3.]]]]");
  EXPECT_EQ(printed(counting<double>({3, 0})), "[]");
  EXPECT_EQ(printed(counting<std::int64_t>({2, 7, 80})),
            "[[[   0    1    2 ...   77   78   79]\n"
            "  [  80   81   82 ...  157  158  159]\n"
            "  [ 160  161  162 ...  237  238  239]\n"
            "  ...\n"
            "  [ 320  321  322 ...  397  398  399]\n"
            "  [ 400  401  402 ...  477  478  479]\n"
            "  [ 480  481  482 ...  557  558  559]]\n"
            "\n"
            " [[ 560  561  562 ...  637  638  639]\n"
            "  [ 640  641  642 ...  717  718  719]\n"
            "  [ 720  721  722 ...  797  798  799]\n"
            "  ...\n"
            "  [ 880  881  882 ...  957  958  959]\n"
            "  [ 960  961  962 ... 1037 1038 1039]\n"
            "  [1040 1041 1042 ... 1117 1118 1119]]]");
  EXPECT_EQ(printed(counting<std::int64_t>({2, 25})),
            "[[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23\n"
            "  24]\n"
            " [25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48\n"
            "  49]]");
}

std::string tuple_text(const std::vector<Array>& arrays) {
  const std::vector<ArrayView> values(arrays.begin(), arrays.end());
  std::string text;
  print_tuple(values, false, [&](std::string_view piece) { text += piece; });
  return text;
}

template <class... Arrays>
std::vector<Array> list_of(Arrays... arrays) {
  std::vector<Array> list;
  (list.push_back(std::move(arrays)), ...);
  return list;
}

TEST(Print, Tuples) {
  EXPECT_EQ(tuple_text(list_of(scalar_of(1), scalar_of(2.5), scalar_of(true))), "(1, 2.5, True)");
  EXPECT_EQ(tuple_text(list_of(scalar_of(1))), "(1,)");
  EXPECT_EQ(tuple_text(list_of(scalar_of(1), counting<int>({2, 1, 1}))), "(1,\n [[[0]]\n\n  [[1]]])");
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

TEST(Print, AnyLayout) {
  const std::vector<std::int16_t> elements = {1, 2, 3, 4, 5, 6};
  const std::array<std::size_t, 2> shape{2, 3};
  EXPECT_EQ(printed(ArrayView(elements.data(), shape, std::array<std::ptrdiff_t, 2>{2, 4})), "[[1 3 5]\n [2 4 6]]");
  EXPECT_EQ(printed(ArrayView(elements.data() + 5, shape, std::array<std::ptrdiff_t, 2>{-6, -2})), "[[6 5 4]\n [3 2 1]]");
  EXPECT_EQ(printed(ArrayView(elements.data(), shape, std::array<std::ptrdiff_t, 2>{0, 0})), "[[1 1 1]\n [1 1 1]]");
}

TEST(Print, FullIsNeverShortened) {
  const std::vector<std::int64_t> zeros(2'000);
  const std::string text = printed(array_of(zeros), true);
  EXPECT_EQ(std::count(text.begin(), text.end(), '0'), 2'000);
}

}  // namespace
}  // namespace lanewise::inline v0::calculator
