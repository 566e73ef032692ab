// Points where a function with an error bound is nevertheless exact, on every CPU target.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "kernels/operand_grid.hpp"
#include "ops/operation.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

struct Point {
  OperationId id;
  double x, y;
  double value;
};

Scalar element(DType dtype, double value) { return dtype == DType::float32 ? Scalar::of(static_cast<float>(value)) : Scalar::of(value); }

void expect_exact(const Point& point, DType dtype) {
  const bool two_operands = operation(point.id).form.operand_count == 2;
  const InstructionForm form{OperandKind::a, OperandKind::a, two_operands ? OperandKind::b : OperandKind::none};
  const Elements left(dtype, std::vector<Scalar>(whole_tiles, element(dtype, point.x)));
  const Elements right(dtype, std::vector<Scalar>(whole_tiles, element(dtype, point.y)));
  for (const Target* target : runnable_targets()) {
    const InstructionCase instruction{target, static_cast<Opcode>(point.id), dtype, dtype, wide_lane_bytes, form};
    const Scalar value = run_instruction(instruction, left, right).values[0];
    EXPECT_TRUE(same_value(value, element(dtype, point.value)))
        << to_text(instruction) << " of " << point.x << ", " << point.y << " is " << to_text(value) << " instead of " << point.value;
  }
}

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(ExactPoints, OfFunctionsOfOneOperand) {
  const Point points[] = {{OperationId::exp, 0, 0, 1},
                          {OperationId::exp, -0.0, 0, 1},
                          {OperationId::exp, -infinity, 0, 0},
                          {OperationId::exp10, 0, 0, 1},
                          {OperationId::exp10, -infinity, 0, 0},
                          {OperationId::exp10, infinity, 0, infinity},
                          {OperationId::expm1, -0.0, 0, -0.0},
                          {OperationId::log, 1, 0, 0},
                          {OperationId::log, 0, 0, -infinity},
                          {OperationId::log, -1, 0, nan},
                          {OperationId::log2, 8, 0, 3},
                          {OperationId::log2, 0.5, 0, -1},
                          {OperationId::log10, 1000, 0, 3},
                          {OperationId::log10, 1, 0, 0},
                          {OperationId::log1p, -0.0, 0, -0.0},
                          {OperationId::log1p, -1, 0, -infinity},
                          {OperationId::sin, -0.0, 0, -0.0},
                          {OperationId::sin, infinity, 0, nan},
                          {OperationId::cos, 0, 0, 1},
                          {OperationId::tan, -0.0, 0, -0.0},
                          {OperationId::sinpi, 0.5, 0, 1},
                          {OperationId::sinpi, -1.5, 0, 1},
                          {OperationId::sinpi, 7, 0, 0},
                          {OperationId::sinpi, -7, 0, -0.0},
                          {OperationId::sinpi, 0x1p60, 0, 0},
                          {OperationId::sinpi, infinity, 0, nan},
                          {OperationId::cospi, 1, 0, -1},
                          {OperationId::cospi, -0.5, 0, 0},
                          {OperationId::cospi, 1.5, 0, 0},
                          {OperationId::cospi, 4194303, 0, -1},
                          {OperationId::cospi, 0x1p60, 0, 1},
                          {OperationId::arcsin, -0.0, 0, -0.0},
                          {OperationId::arccos, 1, 0, 0},
                          {OperationId::arctan, -0.0, 0, -0.0},
                          {OperationId::sinh, -0.0, 0, -0.0},
                          {OperationId::cosh, 0, 0, 1},
                          {OperationId::tanh, -infinity, 0, -1},
                          {OperationId::arcsinh, -0.0, 0, -0.0},
                          {OperationId::arccosh, 1, 0, 0},
                          {OperationId::arctanh, 1, 0, infinity},
                          {OperationId::arctanh, 2, 0, nan},
                          {OperationId::cbrt, -0.0, 0, -0.0},
                          {OperationId::cbrt, -infinity, 0, -infinity},
                          {OperationId::erf, -0.0, 0, -0.0},
                          {OperationId::erf, -infinity, 0, -1},
                          {OperationId::erfc, 0, 0, 1},
                          {OperationId::erfc, infinity, 0, 0},
                          {OperationId::erfc, -infinity, 0, 2},
                          {OperationId::lgamma, 1, 0, 0},
                          {OperationId::lgamma, 2, 0, 0}};
  for (const Point& point : points) {
    for (const DType dtype : {DType::float32, DType::float64}) expect_exact(point, dtype);
  }
}

TEST(ExactPoints, OfFunctionsOfTwoOperands) {
  const Point points[] = {{OperationId::hypot, 3, 4, 5},         {OperationId::hypot, infinity, nan, infinity},
                          {OperationId::hypot, -0.0, 0, 0},      {OperationId::arctan2, 0.0, 1, 0},
                          {OperationId::arctan2, -0.0, 1, -0.0}, {OperationId::power, nan, 0, 1},
                          {OperationId::power, 1, nan, 1},       {OperationId::power, -0.0, -1, -infinity},
                          {OperationId::power, -0.0, 3, -0.0},   {OperationId::power, -8, 1.0 / 3, nan},
                          {OperationId::power, -1, infinity, 1}, {OperationId::power, 0.5, -infinity, infinity}};
  for (const Point& point : points) {
    for (const DType dtype : {DType::float32, DType::float64}) expect_exact(point, dtype);
  }
  expect_exact({OperationId::power, std::numeric_limits<double>::max(), 1, std::numeric_limits<double>::max()}, DType::float64);
}

TEST(ExactPoints, OfPowersOfWholeNumbersThatFit) {
  for (const double base : {-7.0, -3.0, -2.0, 2.0, 3.0, 5.0, 6.0, 7.0, 10.0, 12.0}) {
    double power = 1;
    for (int exponent = 0; std::fabs(power) < 0x1p53; ++exponent, power *= base) {
      expect_exact({OperationId::power, base, static_cast<double>(exponent), power}, DType::float64);
      if (std::fabs(power) < 0x1p24) expect_exact({OperationId::power, base, static_cast<double>(exponent), power}, DType::float32);
    }
  }
}

TEST(ExactPoints, OfPowersOfTenThatFit) {
  double power = 1;
  for (int exponent = 0; exponent <= 22; ++exponent, power *= 10) {
    expect_exact({OperationId::exp10, static_cast<double>(exponent), 0, power}, DType::float64);
    if (exponent <= 10) expect_exact({OperationId::exp10, static_cast<double>(exponent), 0, power}, DType::float32);
  }
}

TEST(ExactPoints, OfPowersOfTwoThatFit) {
  for (int exponent = -1074; exponent < 1024; ++exponent) {
    expect_exact({OperationId::exp2, static_cast<double>(exponent), 0, std::ldexp(1.0, exponent)}, DType::float64);
    if (exponent >= -149 && exponent < 128) {
      expect_exact({OperationId::exp2, static_cast<double>(exponent), 0, std::ldexp(1.0, exponent)}, DType::float32);
    }
  }
}

TEST(ExactPoints, OfCubicRootsOfWholeNumbers) {
  for (const double root : {-100.0, -3.0, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 12.0, 50.0, 201.0}) {
    expect_exact({OperationId::cbrt, root * root * root, 0, root}, DType::float64);
    expect_exact({OperationId::cbrt, root * root * root, 0, root}, DType::float32);
  }
}

TEST(ExactPoints, OfFactorialsThatFit) {
  double factorial = 1;
  for (int n = 1; n <= 19; ++n, factorial *= n - 1) {
    expect_exact({OperationId::gamma, static_cast<double>(n), 0, factorial}, DType::float64);
    if (n <= 11) expect_exact({OperationId::gamma, static_cast<double>(n), 0, factorial}, DType::float32);
  }
}

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
