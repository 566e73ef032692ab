// Expressions in which values of several dtypes share instructions: narrow integers in wide lanes, complex numbers beside conditions.

#include <cmath>
#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include <gmock/gmock.h>

#include <lanewise/lanewise.hpp>

namespace lanewise {
namespace {

using testing::ElementsAre;
using Complex = std::complex<double>;

const std::vector<std::uint8_t> bytes{5, 6, 7};
const std::vector<std::uint16_t> words{65535, 3, 4};
const std::vector<Complex> numbers{{1, 1}, {2, -1}, {0, 0}};
const bool truths[] = {true, false, true};

TEST(DtypesTogether, ANarrowIntegerWrapsBeforeAnotherDtypeSeesIt) {
  EXPECT_THAT(evaluate("int64(b | w*w)", {{"b", bytes}, {"w", words}}).span<std::int64_t>(), ElementsAre(5, 15, 23));
  EXPECT_THAT(evaluate("float64(b | ~b)", {{"b", bytes}}).span<double>(), ElementsAre(255, 255, 255));
  EXPECT_THAT(evaluate("(w ^ w*w) > 9", {{"w", words}}).span<bool>(), ElementsAre(true, true, true));
}

TEST(DtypesTogether, AComplexSelectKeepsItsCondition) {
  EXPECT_THAT(evaluate("where(c, 2.5, z)", {{"c", std::span(truths)}, {"z", numbers}}).span<Complex>(),
              ElementsAre(Complex(2.5), Complex(2, -1), Complex(2.5)));
}

TEST(DtypesTogether, AComplexConditionReachesASelectInsideAnother) {
  EXPECT_THAT(evaluate("where(b > 6, 1, where(z, b, 2.5))", {{"b", bytes}, {"z", numbers}}).span<double>(), ElementsAre(5, 6, 1));
}

TEST(DtypesTogether, TheValuesOfASelectAreTypedTogether) {
  EXPECT_THAT(evaluate("select(c, b, c, c, 0)", {{"c", std::span(truths)}, {"b", bytes}}).span<std::uint8_t>(), ElementsAre(5, 0, 7));
}

TEST(DtypesTogether, ADotIsTheSumOfProducts) {
  EXPECT_EQ(evaluate("dot(b, b)", {{"b", std::vector<std::int8_t>{100, 100}}}).item<std::int64_t>(), 32);
  EXPECT_EQ(evaluate("dot(c, c)", {{"c", std::span(truths)}}).item<std::int64_t>(), 2);
}

TEST(DtypesTogether, PartsOfComplexNumbersRoundAlone) {
  const double imaginary = evaluate("round(z, 1)", {{"z", std::vector<Complex>{{0.25, -0.0}}}}).item<Complex>().imag();
  EXPECT_TRUE(std::signbit(imaginary));
}

}  // namespace
}  // namespace lanewise
