// Lengths, types and values of made arrays; the expected ones are NumPy's, for random those of the published generator. Random calls:
// makers_with_numpy.py.
#include "calculator/makers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "calculator/random.hpp"
#include "calculator/text_of.hpp"

namespace lanewise::inline v0 {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string dtype_of(const std::string& expression) { return text_of("dtype(" + expression + ")"); }

template <Element T>
std::vector<T> elements(const std::string& expression) {
  Calculator calculator;
  const Reply reply = calculator.run(expression);
  if (!reply) {
    ADD_FAILURE() << reply.diagnostic->report;
    return {};
  }
  const ArrayView view = reply.answers[0].values()[0];
  EXPECT_EQ(view.dtype(), lanewise::dtype_of<T>);
  const T* const first = static_cast<const T*>(view.data());
  return {first, first + view.size()};
}

TEST(Makers, ArangeOfIntegers) {
  EXPECT_EQ(text_of("arange(3)"), "[0 1 2]");
  EXPECT_EQ(text_of("arange(int32(2)); arange(True); arange(int8(-2), 1)"), "[0 1]\n[0]\n[-2 -1  0]");
  EXPECT_EQ(text_of("arange(2, 5); arange(5, 0, -2); arange(-1); arange(5, 2)"), "[2 3 4]\n[5 3 1]\n[]\n[]");
  EXPECT_EQ(text_of("arange(stop=3); arange(1, stop=7, step=3)"), "[0 1 2]\n[1 4]");
  EXPECT_EQ(text_of("low = -9223372036854775808; high = 9223372036854775807; arange(low, high, high)"),
            "[-9223372036854775808                   -1  9223372036854775806]");
  EXPECT_EQ(dtype_of("arange(uint64(3))"), "float64");
  EXPECT_EQ(text_of("arange(5, dtype=uint8); dtype(arange(5, dtype=uint8))"), "[0 1 2 3 4]\nuint8");
}

TEST(Makers, IntegersWrapAround) {
  EXPECT_EQ(text_of("arange(300, dtype=uint8)[250:260]; arange(126, 130, dtype=int8); arange(-2, 2, dtype=uint16)"),
            "[250 251 252 253 254 255   0   1   2   3]\n[ 126  127 -128 -127]\n[65534 65535     0     1]");
  EXPECT_EQ(text_of("arange(-2, 1, dtype=uint64); arange(256, dtype=uint8)[-1]; arange(-129, -126, dtype=int8)"),
            "[18446744073709551614 18446744073709551615                    0]\n255\n[ 127 -128 -127]");
  EXPECT_EQ(text_of("full(2, 255, dtype=uint8)"), "[255 255]");
}

TEST(Makers, ArangeOfFloats) {
  EXPECT_THAT(elements<double>("arange(3.0)"), ElementsAre(0, 1, 2));
  EXPECT_THAT(elements<double>("arange(float32(2.5))"), ElementsAre(0, 1, 2));
  EXPECT_THAT(elements<double>("arange(float16(2.5))"), ElementsAre(0, 1, 2));
  EXPECT_THAT(elements<double>("arange(0, 1, 0.1)"),
              ElementsAre(0.0, 0.1, 0.2, 0.30000000000000004, 0.4, 0.5, 0.6000000000000001, 0.7000000000000001, 0.8, 0.9));
  EXPECT_THAT(elements<double>("arange(1, 0, -0.25)"), ElementsAre(1, 0.75, 0.5, 0.25));
  EXPECT_EQ(elements<double>("arange(0.5, 1.3, 0.1)").size(), 8U);
  EXPECT_EQ(elements<double>("arange(0.0, 1e-320, 1e10)").size(), 1U);
  EXPECT_EQ(elements<double>("arange(0.0, 0.0, 1e300)").size(), 0U);
  EXPECT_THAT(elements<float>("arange(0, 1, 0.25, dtype=float32)"), ElementsAre(0, 0.25, 0.5, 0.75));
}

TEST(Makers, Linspace) {
  EXPECT_THAT(elements<double>("linspace(0, 1, 7)"),
              ElementsAre(0.0, 0.16666666666666666, 0.3333333333333333, 0.5, 0.6666666666666666, 0.8333333333333333, 1.0));
  EXPECT_THAT(elements<double>("linspace(0.0, 5e-324, 3)"), ElementsAre(0, 0, 5e-324));
  EXPECT_THAT(elements<double>("linspace(3, 3, 2)"), ElementsAre(3, 3));
  EXPECT_THAT(elements<double>("linspace(2, 3, 1)"), ElementsAre(2));
  EXPECT_THAT(elements<double>("linspace(2, 3, 0)"), ElementsAre());
  EXPECT_THAT(elements<float>("linspace(float32(0), float32(1), 4)"), ElementsAre(0.0F, 0.33333334F, 0.6666667F, 1.0F));
  EXPECT_THAT(elements<double>("linspace(0, 1, 4, endpoint=False)"), ElementsAre(0, 0.25, 0.5, 0.75));
  EXPECT_THAT(elements<std::int64_t>("linspace(0, 3, num=5, dtype=int)"), ElementsAre(0, 0, 1, 2, 3));
  EXPECT_EQ(elements<double>("linspace(0, 1)").size(), 50U);
  EXPECT_EQ(text_of("logspace(0, 2, 3); logspace(0, 3, 4, base=2)"), "[  1.  10. 100.]\n[1. 2. 4. 8.]");
}

TEST(Makers, ZerosOnesFullEye) {
  EXPECT_EQ(text_of("zeros(2); ones(3.0); zeros(0); zeros(())"), "[0. 0.]\n[1. 1. 1.]\n[]\n0.0");
  EXPECT_EQ(text_of("zeros((2, 3), dtype=bool)"), "[[False False False]\n [False False False]]");
  EXPECT_EQ(text_of("full((1, 2), 7); full(2, 1 < 2); full(2, 2j); full(2, 2.7, dtype=int32)"), "[[7 7]]\n[ True  True]\n[0.+2.j 0.+2.j]\n[2 2]");
  EXPECT_EQ(dtype_of("full(2, float32(1))"), "float32");
  EXPECT_EQ(text_of("eye(2, 3, k=1); eye(3, 1); eye(1, dtype=int64)"), "[[0. 1. 0.]\n [0. 0. 1.]]\n[[1.]\n [0.]\n [0.]]\n[[1]]");
  EXPECT_EQ(text_of("x = arange(6)*0.5; ones(shape(x), dtype=dtype(x))"), "[1. 1. 1. 1. 1. 1.]");
}

// An axis of one element must not count along the axis of another operand.
TEST(Makers, Broadcast) {
  EXPECT_EQ(text_of("arange(1) + zeros(3)"), "[0. 0. 0.]");
  EXPECT_EQ(text_of("arange(5, 6) + zeros(3)"), "[5. 5. 5.]");
  EXPECT_EQ(text_of("arange(3) + zeros((2, 1))"), "[[0. 1. 2.]\n [0. 1. 2.]]");
  EXPECT_EQ(text_of("eye(1, 3) + zeros((2, 3))"), "[[1. 0. 0.]\n [1. 0. 0.]]");
  EXPECT_EQ(text_of("random((1, 2), 7) - random(2, 7) + zeros((2, 2))"), "[[0. 0.]\n [0. 0.]]");
  EXPECT_EQ(text_of("reshape(arange(2), (2, 1)) * arange(3)"), "[[0 0 0]\n [0 1 2]]");
  EXPECT_EQ(text_of("eye(2) * reshape(arange(3), (3, 1, 1))").substr(0, 30), "[[[0. 0.]\n  [0. 0.]]\n\n [[1. 0.");
}

TEST(Makers, InsideReductionsAndSlices) {
  EXPECT_EQ(text_of("sum(eye(3), axis=0); sum(eye(2, 3), axis=1); sum(eye(3))"), "[1. 1. 1.]\n[1. 1.]\n3.0");
  EXPECT_EQ(text_of("max(arange(4)*zeros((2, 1)) + arange(4), axis=1)"), "[3. 3.]");
  EXPECT_EQ(text_of("arange(4) - mean(arange(4))"), "[-1.5 -0.5  0.5  1.5]");
  EXPECT_EQ(text_of("arange(10)[2:5]; zeros((2, 3))[0]; linspace(0, 1, 5)[-1]; arange(4)[None, ::2]"), "[2 3 4]\n[0. 0. 0.]\n1.0\n[[0 2]]");
  EXPECT_EQ(text_of("sum(arange(arange(4)[3]))"), "3");
  EXPECT_EQ(text_of("(arange(2)*1j).imag; arange(2).real"), "[0. 1.]\n[0 1]");
  EXPECT_EQ(text_of("size(arange(7)); size(zeros((2, 3)), 0); index() + zeros(3)"), "7\n2\n[0. 1. 2.]");
  EXPECT_EQ(text_of("-arange(3)**2; 2**arange(3); arange(3) if 1 < 2 else zeros(3)"), "[ 0 -1 -4]\n[1 2 4]\n[0. 1. 2.]");
}

// Each call is computed once, however deep it stands: computed twice at each depth, this would not end.
TEST(Makers, SlicedWithinOneAnother) {
  std::string sliced = "5";
  std::string typed = "eye(2)";
  for (int depth = 0; depth < 28; ++depth) {
    sliced = "arange(" + sliced + "+1)[-1]";
    typed = "eye(2, dtype=dtype(" + typed + "))";
  }
  EXPECT_EQ(text_of(sliced), "5");
  EXPECT_EQ(text_of(typed), "[[1. 0.]\n [0. 1.]]");
}

TEST(Makers, ShapesOfScalarsAndSlicesOfShapes) {
  EXPECT_EQ(text_of("shape(zeros((2, 3)))[1]; shape(arange(4))[0]; ndim(3)"), "3\n4\n0");
  EXPECT_EQ(text_of("x = 2.5; shape(3); shape(x); zeros(shape(x)); ones(shape(sum(arange(3))))"), "()\n()\n0.0\n1.0");
  EXPECT_THAT(text_of("shape(3)[0]"), HasSubstr("error E309"));
}

TEST(Makers, Reshape) {
  EXPECT_EQ(text_of("reshape(arange(6), (2, -1)); reshape(eye(2), 4); reshape(reshape(arange(4), (2, 2))*2, (-1, ))"),
            "[[0 1 2]\n [3 4 5]]\n[1. 0. 0. 1.]\n[0 2 4 6]");
  EXPECT_EQ(text_of("x = reshape(arange(4), (2, 2)); x[1]; shape(x); ndim(x); nbytes(x)"), "[2 3]\n(2, 2)\n2\n32");
  EXPECT_THAT(text_of("reshape(arange(6), (4, -1))"), HasSubstr("error E301: 6 elements do not fill this shape"));
  EXPECT_THAT(text_of("reshape(arange(6), 7)"), HasSubstr("error E301"));
  EXPECT_THAT(text_of("reshape(zeros(0), (0, -1))"), HasSubstr("error E301"));
  EXPECT_EQ(text_of("shape(reshape(zeros(0), (0, 3)))"), "(0, 3)");
}

// The first outputs of splitmix64.c for the seeds 0 and 1234567.
TEST(Makers, RandomIsSplitMix64) {
  using namespace calculator;
  EXPECT_EQ(random_bits_at(0, 0), 0xe220a8397b1dcdafU);
  EXPECT_EQ(random_bits_at(0, 1), 0x6e789e6aa1b965f4U);
  EXPECT_EQ(random_bits_at(1234567, 0), 6457827717110365317U);
  EXPECT_EQ(random_bits_at(1234567, 4), 16408922859458223821U);
  const std::vector<double> made = elements<double>("random((50, 40), -3)");
  for (std::size_t i = 0; i < made.size(); ++i) ASSERT_EQ(made[i], random_at(static_cast<std::uint64_t>(-3), i)) << i;
  const std::vector<double> normal = elements<double>("normal((20, 1, 5), 11)");
  for (std::size_t i = 0; i < normal.size(); ++i) ASSERT_EQ(normal[i], normal_of_bits(random_bits_at(11, i))) << i;
}

TEST(Makers, RandomHasItsDistribution) {
  EXPECT_EQ(text_of("x = random(1e6, 7); assert abs(mean(x) - 0.5) < 0.002 and min(x) >= 0 and max(x) < 1 and abs(var(x) - 1/12) < 0.001"), "");
  EXPECT_EQ(text_of("x = normal(1e6, 7); assert abs(mean(x)) < 0.005 and abs(std(x) - 1) < 0.005 and abs(mean(x**3)) < 0.02"), "");
}

// Quantiles that tables give to more digits than these.
TEST(Makers, NormalIsTheQuantileFunction) {
  const auto quantile = [](double part) { return calculator::normal_of_bits(static_cast<std::uint64_t>(part * 0x1p53) << 11); };
  EXPECT_NEAR(quantile(0.5), 0, 1e-15);
  EXPECT_NEAR(quantile(0.75), 0.67448975019608174, 1e-14);
  EXPECT_NEAR(quantile(0.975), 1.9599639845400545, 1e-14);
  EXPECT_NEAR(quantile(0.025), -1.9599639845400545, 1e-14);
  EXPECT_NEAR(quantile(0.999), 3.0902323061678132, 1e-13);
  EXPECT_NEAR(quantile(1e-12), -7.0344838253011321, 1e-4);  // the part is known to 53 bits after the point only
  EXPECT_LT(calculator::normal_of_bits(0), -8.2);
  EXPECT_GT(calculator::normal_of_bits(~std::uint64_t{0}), 8.2);
}

TEST(Makers, TheSameForAnyThreadCount) {
  const std::string text = "random(300000, 5)*normal(300000, 6) + arange(300000)*linspace(0, 1, 300000)";
  Calculator calculator;
  const std::string one = calculator.run(text, {}, {.max_threads = 1}).answers[0].text(true);
  EXPECT_EQ(calculator.run(text, {}, {.max_threads = 7}).answers[0].text(true), one);
}

struct ErrorRow {
  const char* text;
  const char* report;
};

TEST(Makers, Errors) {
  const ErrorRow rows[] = {
      {"arange()", "error E202: 'stop' is missing; write arange([start,] stop [, step, dtype=])\n  arange()\n  ^^^^^^"},
      {"random(3)", "error E202: 'seed' is missing; write random(shape, seed)\n  random(3)\n  ^^^^^^"},
      {"zeros(1, 2)", "error E202: too many arguments; write zeros(shape [, dtype=])\n  zeros(1, 2)\n  ^^^^^"},
      {"zeros(3, order=1)", "error E201: 'zeros' has no argument 'order'; write zeros(shape [, dtype=])\n  zeros(3, order=1)\n           ^^^^^^^"},
      {"zeros(3, shape=1)", "error E206: 'shape' is given twice\n  zeros(3, shape=1)\n           ^^^^^^^"},
      {"1 + zeros(-1)", "error E304: an array cannot have -1 elements\n  1 + zeros(-1)\n            ^^"},
      {"zeros(uint64(2)**63)",
       "error E205: a number below 2**63 is expected here, not 9223372036854775808\n  zeros(uint64(2)**63)\n        ^^^^^^^^^^^^^"},
      {"zeros(2j)", "error E204: a real number is expected here, not a complex one\n  zeros(2j)\n        ^^"},
      {"zeros(2.5)", "error E205: a whole number is expected here, not 2.5\n  zeros(2.5)\n        ^^^"},
      {"ones(nan)", "error E205: a whole number is expected here, not nan\n  ones(nan)\n       ^^^"},
      {"zeros(arange(3))", "error E303: a number is expected here, not an array\n  zeros(arange(3))\n        ^^^^^^^^^"},
      {"arange((1, 2))", "error E303: a number is expected here, not a tuple\n  arange((1, 2))\n         ^^^^^^"},
      {"arange(0, 1, 0)", "error E205: a step of 0 never arrives\n  arange(0, 1, 0)\n               ^"},
      {"arange(nan)", "error E205: the number of elements is not defined for a nan\n  arange(nan)\n  ^^^^^^"},
      {"arange(inf)", "error E304: more elements than memory can hold\n  arange(inf)\n  ^^^^^^"},
      {"zeros((1e10, 1e10))", "error E304: more elements than memory can hold\n  zeros((1e10, 1e10))\n  ^^^^^"},
      {"zeros((2**40, 2**40, 0))", "error E304: more elements than memory can hold\n  zeros((2**40, 2**40, 0))\n  ^^^^^"},
      {"zeros((0, 2**40, 2**40))", "error E304: more elements than memory can hold\n  zeros((0, 2**40, 2**40))\n  ^^^^^"},
      {"reshape(zeros(0), (2**62, 4, 0))", "error E304: more elements than memory can hold\n  reshape(zeros(0), (2**62, 4, 0))\n  ^^^^^^^"},
      {"full(3, -1, dtype=uint8)", "error E205: -1 does not fit uint8\n  full(3, -1, dtype=uint8)\n          ^^"},
      {"zeros(3, dtype=float99)", "error E201: 'float99' is no type; write one such as float32\n  zeros(3, dtype=float99)\n                 ^^^^^^^"},
      {"1 + dtype(1)", "error E204: a type is no value; dtype(x) stands alone, or behind dtype= in a call\n  1 + dtype(1)\n      ^^^^^"},
      {"load(3)", "error E101: a text in quotation marks is expected here; write load(path [, column])\n  load(3)\n       ^"},
  };
  for (const ErrorRow& row : rows) EXPECT_EQ(text_of(row.text), row.report);
}

}  // namespace
}  // namespace lanewise::inline v0
