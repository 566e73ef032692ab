// Zeros of either sign, infinities, nan and edges of the range in both parts: the complex functions give what C's Annex G says.
//
// The measure are the C library's functions of long double, which hold its tables; there no finite result overflows. Where Annex G leaves a
// sign open the library's choice is ours too. NumPy's differences: its quotients by zero ignore the sign of the zero, and quotients with
// infinite parts are nan where ours are infinite or 0.

#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>

#include "kernels/complex_reference.hpp"
#include "kernels/run_instruction.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

using Wide = std::complex<long double>;
using Point = std::complex<double>;

struct NamedFunction {
  OperationId id;
  Wide (*function)(const Wide&);
};

const NamedFunction functions[] = {
    {OperationId::sqrt, [](const Wide& z) { return std::sqrt(z); }},
    {OperationId::exp, [](const Wide& z) { return std::exp(z); }},
    {OperationId::log, [](const Wide& z) { return std::log(z); }},
    {OperationId::sin, [](const Wide& z) { return std::sin(z); }},
    {OperationId::cos, [](const Wide& z) { return std::cos(z); }},
    {OperationId::tan, [](const Wide& z) { return std::tan(z); }},
    {OperationId::sinh, [](const Wide& z) { return std::sinh(z); }},
    {OperationId::cosh, [](const Wide& z) { return std::cosh(z); }},
    {OperationId::tanh, [](const Wide& z) { return std::tanh(z); }},
    {OperationId::arcsin, [](const Wide& z) { return std::asin(z); }},
    {OperationId::arccos, [](const Wide& z) { return std::acos(z); }},
    {OperationId::arctan, [](const Wide& z) { return std::atan(z); }},
    {OperationId::arcsinh, [](const Wide& z) { return std::asinh(z); }},
    {OperationId::arccosh, [](const Wide& z) { return std::acosh(z); }},
    {OperationId::arctanh, [](const Wide& z) { return std::atanh(z); }},
};

template <class T>
std::vector<Scalar> special_grid() {
  const T greatest = std::is_same_v<T, float> ? T{FLT_MAX} : static_cast<T>(DBL_MAX);
  const T least = std::is_same_v<T, float> ? static_cast<T>(0x1p-149) : static_cast<T>(0x1p-1074);
  const T small = std::is_same_v<T, float> ? T{FLT_MIN} : static_cast<T>(DBL_MIN);
  const T large = std::is_same_v<T, float> ? static_cast<T>(1e30) : static_cast<T>(1e200);
  std::vector<T> parts;
  for (const T x : {T{0}, T{0.5}, T{1}, T{2}, T{3.5}, T{22}, T{100}, std::log(greatest) + 1, std::acos(T{-1}), 1 / large, least, small,
                    large, greatest / 4, greatest, static_cast<T>(HUGE_VAL), static_cast<T>(NAN)}) {
    parts.push_back(x);
    if (!std::isnan(x)) parts.push_back(-x);  // no result depends on the sign of a nan, but the C library's do
  }
  std::vector<Scalar> grid;
  for (const T re : parts) {
    for (const T im : parts) grid.push_back(Scalar::of(std::complex<T>(re, im)));
  }
  while (grid.size() % whole_tiles != 0) grid.push_back(grid[0]);
  return grid;
}

Point point_of(Scalar value) {
  return value.dtype == DType::complex64 ? Point(value.as<std::complex<float>>()) : value.as<std::complex<double>>();
}

std::vector<Scalar> special_grid(DType dtype) { return dtype == DType::complex64 ? special_grid<float>() : special_grid<double>(); }

/// Nan, infinities and signs of zeros agree; finite parts agree within the bound of the modulus, and are then of one sign.
bool agrees(double part, double expected, double modulus, DType dtype) {
  if (std::isnan(expected)) return std::isnan(part);
  if (std::isinf(expected)) return part == expected;
  if (std::isnan(part) || std::isinf(part)) return false;
  if (!std::isfinite(modulus)) modulus = std::abs(expected);  // the other part is infinite or nan
  const double unit = dtype == DType::complex64 ? std::max(modulus * 0x1p-23, 0x1p-149) : std::max(modulus * 0x1p-52, 0x1p-1074);
  if (!(std::abs(part - expected) <= 4 * unit)) return false;
  return std::signbit(part) == std::signbit(expected) || (expected == 0 && part != 0);
}

Point rounded(Wide value, DType dtype) { return dtype == DType::complex64 ? Point(std::complex<float>(value)) : Point(value); }

class ComplexSpecialValues : public testing::TestWithParam<std::tuple<NamedFunction, DType>> {};

TEST_P(ComplexSpecialValues, AreThoseOfAnnexG) {
  const auto [named, dtype] = GetParam();
  const std::vector<Scalar> grid = special_grid(dtype);
  const Elements operands(dtype, grid);
  for (const Target* target : runnable_targets()) {
    const InstructionCase instruction{
        target, static_cast<Opcode>(named.id), dtype, dtype, wide_lane_bytes, {OperandKind::a, OperandKind::a, OperandKind::none}};
    const Elements values = run_instruction(instruction, operands, operands).values;
    for (std::size_t i = 0; i < grid.size(); ++i) {
      const Point expected = rounded(named.function(Wide(point_of(grid[i]))), dtype);
      const Point value = point_of(values[i]);
      const double modulus = std::abs(expected);
      EXPECT_TRUE(agrees(value.real(), expected.real(), modulus, dtype) && agrees(value.imag(), expected.imag(), modulus, dtype))
          << to_text(instruction) << " of " << point_of(grid[i]) << " gives " << value << ", expected " << expected;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, ComplexSpecialValues,
                         testing::Combine(testing::ValuesIn(functions), testing::Values(DType::complex64, DType::complex128)),
                         [](const auto& row) {
                           return std::string(operation(std::get<0>(row.param).id).name) + "_" + std::string(std::get<1>(row.param).name());
                         });

// ---- Single values, exact

constexpr double inf = HUGE_VAL;
const double nan = std::nan("");

Point apply(const Target& target, OperationId id, Point x, Point y) {
  const Elements left(DType::complex128, std::vector<Scalar>(whole_tiles, Scalar::of(x)));
  const Elements right(DType::complex128, std::vector<Scalar>(whole_tiles, Scalar::of(y)));
  const OperandKind second = operation(id).form.operand_count == 2 ? OperandKind::memory : OperandKind::none;
  const InstructionForm form{OperandKind::a, OperandKind::a, second};
  const InstructionCase instruction{&target, static_cast<Opcode>(id), DType::complex128, DType::complex128, wide_lane_bytes, form};
  return point_of(run_instruction(instruction, left, right).values[0]);
}

struct Example {
  OperationId id;
  Point left, right, expected;
};

void expect_examples(const std::vector<Example>& examples) {
  for (const Target* target : runnable_targets()) {
    for (const Example& example : examples) {
      const Point value = apply(*target, example.id, example.left, example.right);
      EXPECT_TRUE(same_value(Scalar::of(value.real()), Scalar::of(example.expected.real())) &&
                  same_value(Scalar::of(value.imag()), Scalar::of(example.expected.imag())))
          << target->name << " " << operation(example.id).name << " of " << example.left << " and " << example.right << " gives " << value
          << ", expected " << example.expected;
    }
  }
}

TEST(ComplexExamples, QuotientsAreExactWhereTheyCanBe) {
  expect_examples({{OperationId::divide, {5, 10}, {1, 2}, {5, 0}},
                   {OperationId::divide, {1, 1}, {49, 0}, {1.0 / 49, 1.0 / 49}},
                   {OperationId::divide, {DBL_MAX, DBL_MAX}, {DBL_MAX, DBL_MAX}, {1, 0}},
                   {OperationId::divide, {0x1p-1074, 0}, {0x1p-1074, 0x1p-1074}, {0.5, -0.5}},
                   {OperationId::divide, {0x1p1000, 0x1p-1000}, {0x1p-20, 0}, {0x1p1020, 0x1p-980}},
                   {OperationId::reciprocal, {0, 0.5}, {}, {0, -2}},
                   {OperationId::reciprocal, {0x1p1022, 0x1p1022}, {}, {0x1p-1023, -0x1p-1023}}});
}

TEST(ComplexExamples, QuotientsByZeroAndInfinityAreThoseOfAnnexG) {
  expect_examples({{OperationId::divide, {1, 1}, {0, 0}, {inf, inf}},
                   {OperationId::divide, {1, 0}, {0, 0}, {inf, nan}},
                   {OperationId::divide, {1, 1}, {-0.0, 0}, {-inf, -inf}},
                   {OperationId::divide, {0, 0}, {0, 0}, {nan, nan}},
                   {OperationId::divide, {1, 1}, {inf, inf}, {0, 0}},
                   {OperationId::divide, {inf, 1}, {1, 1}, {inf, -inf}},
                   {OperationId::divide, {inf, inf}, {inf, 1}, {nan, nan}}});
}

TEST(ComplexExamples, PowersFollowNumPy) {
  expect_examples({{OperationId::power, {1, 2}, {5, 0}, {41, -38}},
                   {OperationId::power, {2, 1}, {-1, 0}, {0.4, -0.2}},
                   {OperationId::power, {3, -4}, {0, 0}, {1, 0}},
                   {OperationId::power, {nan, inf}, {0, 0}, {1, 0}},
                   {OperationId::power, {3, -4}, {1, 0}, {3, -4}},
                   {OperationId::power, {0, 0}, {0, 0}, {1, 0}},
                   {OperationId::power, {0, 0}, {2.5, 0}, {0, 0}},
                   {OperationId::power, {0, 0}, {1, 1}, {0, 0}},
                   {OperationId::power, {0, 0}, {-1, 0}, {nan, nan}},
                   {OperationId::power, {0, 0}, {0, 1}, {nan, nan}},
                   {OperationId::power, {1, 0}, {1e300, -1e200}, {1, 0}},
                   {OperationId::power, {inf, 0}, {-2, 0}, {0, 0}}});
}

TEST(ComplexExamples, HugeAnglesKeepTheModulus) {
  for (const Target* target : runnable_targets()) {
    for (const double size : {0x1p34, 0x1p36, 1e12, 0x1p60, 1e20, 1e30, 1e300}) {
      EXPECT_NEAR(std::abs(apply(*target, OperationId::power, {0, 1}, {size, 0})), 1, 1e-14) << size;
      EXPECT_NEAR(std::abs(apply(*target, OperationId::power, {0, 1}, {-size, 0})), 1, 1e-14) << size;
      EXPECT_NEAR(std::abs(apply(*target, OperationId::power, {2, 0}, {1, size})), 2, 1e-14) << size;
      EXPECT_NEAR(std::abs(apply(*target, OperationId::exp2, {3, size}, {})), 8, 1e-13) << size;
      EXPECT_NEAR(std::abs(apply(*target, OperationId::exp10, {1, -size}, {})), 10, 1e-13) << size;
    }
  }
}

TEST(ComplexExamples, SignIsOnTheUnitCircle) {
  expect_examples({{OperationId::sign, {-3, 4}, {}, {-0.6, 0.8}},
                   {OperationId::sign, {-0.0, 0}, {}, {0, 0}},
                   {OperationId::sign, {0, -0x1p-1074}, {}, {0, -1}},
                   {OperationId::sign, {-inf, 7}, {}, {-1, 0}},
                   {OperationId::sign, {7, inf}, {}, {0, 1}},
                   {OperationId::sign, {inf, inf}, {}, {nan, nan}},
                   {OperationId::sign, {nan, 1}, {}, {nan, nan}}});
}

TEST(ComplexExamples, TrivialPointsAreExact) {
  expect_examples({{OperationId::sqrt, {-4, 0}, {}, {0, 2}},
                   {OperationId::sqrt, {-4, -0.0}, {}, {0, -2}},
                   {OperationId::sqrt, {3, 4}, {}, {2, 1}},
                   {OperationId::exp, {0, 0}, {}, {1, 0}},
                   {OperationId::exp2, {3, 0}, {}, {8, 0}},
                   {OperationId::exp2, {3, -0.0}, {}, {8, -0.0}},
                   {OperationId::expm1, {0x1p-1074, 0}, {}, {0x1p-1074, 0}},
                   {OperationId::log, {1, 0}, {}, {0, 0}},
                   {OperationId::log2, {8, 0}, {}, {3, 0}},
                   {OperationId::log10, {1000, -0.0}, {}, {3, -0.0}},
                   {OperationId::log1p, {0, -0.0}, {}, {0, -0.0}},
                   {OperationId::log1p, {-1, 0}, {}, {-inf, 0}},
                   {OperationId::log1p, {1e308, 0}, {}, {std::log(1e308), 0}}});
}

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
