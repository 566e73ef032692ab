// Zeros of both signs, infinities, nan, subnormals, ends of the range and huge arguments, as C's Annex F has them, on every CPU target.
//
// MPFR follows Annex F and says what each point gives; the C library must agree where that is a nan, an infinity or a zero. The tables of
// the functions of two operands, where libraries differ most, are also written out.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "kernels/operand_grid.hpp"
#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double as_double(Scalar x) { return x.dtype == DType::float32 ? static_cast<double>(x.as<float>()) : x.as<double>(); }
Scalar as_element(DType dtype, double x) { return dtype == DType::float32 ? Scalar::of(static_cast<float>(x)) : Scalar::of(x); }

bool is_special(long double x) { return std::isnan(x) || std::isinf(x) || x == 0; }
bool same_special(double value, long double wanted) {
  if (std::isnan(wanted)) return std::isnan(value);
  return static_cast<long double>(value) == wanted && std::signbit(value) == std::signbit(wanted);
}

/// Arguments beyond the usual special ones: huge ones, even and odd whole numbers of all sizes, halves.
std::vector<Scalar> arguments(DType dtype) {
  std::vector<Scalar> values = special_values(dtype);
  for (const double magnitude : {0x1p-140, 0x1p-1050, 0.75,      1.25,       4.0,          5.0,        26.6,  35.1,  38.6,  88.8,  89.5,
                                 104.0,    127.5,     150.0,     171.7,      177.5,        184.5,      308.3, 323.7, 710.5, 745.2, 1023.5,
                                 1024.0,   1075.0,    8388607.5, 16777215.0, 0x1p52 + 0.5, 0x1p53 - 1, 1e22,  1e37,  3e38,  1e200, 1e308}) {
    for (const double x : {magnitude, -magnitude}) values.push_back(as_element(dtype, x));
  }
  return values;
}

/// Runs the row's plain instruction on every target and in lanes of every width, and hands each result to `check`.
template <class Check>
void for_each_result(const Operation& row, const Elements& left, const Elements& right, Check check) {
  const DType dtype = left.dtype();
  const InstructionForm form{OperandKind::a, OperandKind::a, row.form.operand_count == 2 ? OperandKind::b : OperandKind::none};
  for (const Target* target : runnable_targets()) {
    for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
      if (lane_bytes < dtype.size_bytes()) continue;
      const InstructionCase instruction{target, static_cast<Opcode>(row.id), dtype, dtype, lane_bytes, form};
      const InstructionResult result = run_instruction(instruction, left, right);
      for (std::size_t i = 0; i < left.size(); ++i) {
        check(as_double(left[i]), as_double(right[i]), as_double(result.values[i]), to_text(instruction));
      }
    }
  }
}

class SpecialValues : public testing::TestWithParam<std::tuple<OperationId, DType>> {};

TEST_P(SpecialValues, AreThoseOfAnnexF) {
  const auto [id, dtype] = GetParam();
  const Operation& row = operation(id);
  const OperationOracle& oracle = *find_oracle(id);
  const double bound = allowed_ulp(row, dtype);
  std::vector<Scalar> left, right;
  for (const Scalar x : arguments(dtype)) {
    for (const Scalar y : row.form.operand_count == 2 ? arguments(dtype) : std::vector<Scalar>{as_element(dtype, 0)}) {
      left.push_back(x);
      right.push_back(y);
    }
  }
  while (left.size() % whole_tiles != 0) left.push_back(left.back()), right.push_back(right.back());
  std::size_t difference_count = 0;
  for_each_result(row, {dtype, left}, {dtype, right}, [&](double x, double y, double value, const std::string& instruction) {
    const long double exact = oracle.reference(x, y);
    const bool right_value = is_special(exact) ? same_special(value, exact)
                                               : std::signbit(value) == std::signbit(exact) && ulp_distance(dtype, value, exact) <= bound;
    if (!right_value && ++difference_count < 10) {
      ADD_FAILURE() << instruction << " of (" << x << ", " << y << ") gives " << value << " instead of " << exact;
    }
    if (is_special(exact) && !same_special(oracle.c_library(x, y), exact) && ++difference_count < 10) {
      ADD_FAILURE() << row.name << " of (" << x << ", " << y << ") is " << oracle.c_library(x, y) << " in C and " << exact << " in MPFR";
    }
  });
  EXPECT_EQ(difference_count, 0u);
}

std::vector<OperationId> bounded_operations() {
  std::vector<OperationId> ids;
  for (const Operation& row : all_operations()) {
    const OperationOracle* oracle = find_oracle(row.id);
    if (oracle != nullptr && oracle->reference) ids.push_back(row.id);
  }
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Bounded, SpecialValues,
                         testing::Combine(testing::ValuesIn(bounded_operations()), testing::Values(DType::float32, DType::float64)),
                         [](const auto& row) {
                           return std::string(operation(std::get<0>(row.param)).name) + "_" + std::string(std::get<1>(row.param).name());
                         });

// ---- The tables of Annex F

struct Row {
  double x, y, value;
};

void expect_rows(OperationId id, const std::vector<Row>& rows) {
  for (const DType dtype : {DType::float32, DType::float64}) {
    for (const Row& row : rows) {
      const Elements left(dtype, std::vector<Scalar>(whole_tiles, as_element(dtype, row.x)));
      const Elements right(dtype, std::vector<Scalar>(whole_tiles, as_element(dtype, row.y)));
      for_each_result(operation(id), left, right, [&](double x, double y, double value, const std::string& instruction) {
        const double wanted = as_double(as_element(dtype, row.value));
        EXPECT_TRUE(same_special(value, static_cast<long double>(wanted)))
            << instruction << " of (" << x << ", " << y << ") gives " << value << " instead of " << wanted;
      });
    }
  }
}

TEST(AnnexF, Powers) {
  std::vector<Row> rows = {{-1, infinity, 1},
                           {-1, -infinity, 1},
                           {-8, 1.0 / 3, nan},
                           {-0.5, 2.5, nan},
                           {-8, -0.5, nan},
                           {nan, 0, 1},
                           {nan, -0.0, 1},
                           {infinity, 0, 1},
                           {-infinity, -0.0, 1},
                           {-0.0, 0, 1},
                           {nan, 2, nan},
                           {2, nan, nan},
                           {0, nan, nan},
                           {nan, infinity, nan},
                           {infinity, nan, nan},
                           {0, infinity, 0},
                           {-0.0, infinity, 0},
                           {0, -infinity, infinity},
                           {-0.0, -infinity, infinity}};
  for (const double y : {0.0, -0.0, 1.0, -3.0, 0.5, 1e300, infinity, -infinity, nan}) rows.push_back({1, y, 1});
  for (const double odd : {1.0, 3.0, 7.0, 16777215.0}) {
    rows.insert(rows.end(), {{0, odd, 0}, {-0.0, odd, -0.0}, {0, -odd, infinity}, {-0.0, -odd, -infinity}});
    rows.insert(rows.end(), {{-infinity, odd, -infinity}, {-infinity, -odd, -0.0}, {infinity, odd, infinity}, {infinity, -odd, 0}});
  }
  for (const double other : {2.0, 0.5, 2.5, 16777216.0, 1e30}) {
    rows.insert(rows.end(), {{0, other, 0}, {-0.0, other, 0}, {0, -other, infinity}, {-0.0, -other, infinity}});
    rows.insert(rows.end(), {{-infinity, other, infinity}, {-infinity, -other, 0}, {infinity, other, infinity}, {infinity, -other, 0}});
  }
  for (const double small : {0.5, -0.5, 0x1p-140}) rows.insert(rows.end(), {{small, infinity, 0}, {small, -infinity, infinity}});
  for (const double large : {1.5, -2.0, 1e30, infinity, -infinity})
    rows.insert(rows.end(), {{large, infinity, infinity}, {large, -infinity, 0}});
  expect_rows(OperationId::power, rows);
}

TEST(AnnexF, AnglesOfTwoSides) {
  constexpr double half_turn = 3.14159265358979323846;
  std::vector<Row> rows = {{0.0, -0.0, half_turn}, {-0.0, -0.0, -half_turn}, {0.0, 0.0, 0.0}, {-0.0, 0.0, -0.0}};
  for (const double x : {0x1p-149, 2.5, 1e30, infinity}) {
    rows.insert(rows.end(), {{0.0, -x, half_turn}, {-0.0, -x, -half_turn}, {0.0, x, 0.0}, {-0.0, x, -0.0}});
  }
  for (const double y : {0x1p-149, 2.5, 1e30, infinity}) {
    for (const double x : {0.0, -0.0}) rows.insert(rows.end(), {{y, x, half_turn / 2}, {-y, x, -half_turn / 2}});
  }
  for (const double y : {0x1p-149, 2.5, 1e30}) {
    rows.insert(rows.end(), {{y, -infinity, half_turn}, {-y, -infinity, -half_turn}, {y, infinity, 0.0}, {-y, infinity, -0.0}});
    for (const double x : {y, -y}) rows.insert(rows.end(), {{infinity, x, half_turn / 2}, {-infinity, x, -half_turn / 2}});
    rows.insert(rows.end(), {{nan, y, nan}, {y, nan, nan}});
  }
  rows.insert(rows.end(), {{infinity, -infinity, 3 * half_turn / 4}, {-infinity, -infinity, -3 * half_turn / 4}});
  rows.insert(rows.end(), {{infinity, infinity, half_turn / 4}, {-infinity, infinity, -half_turn / 4}});
  expect_rows(OperationId::arctan2, rows);
}

TEST(AnnexF, Hypotenuses) {
  std::vector<Row> rows = {{nan, nan, nan}};
  for (const double x : {0.0, 0x1p-149, 2.5, 0x1p127, infinity}) {
    for (const double zero : {0.0, -0.0}) rows.insert(rows.end(), {{x, zero, x}, {zero, x, x}, {-x, zero, x}, {zero, -x, x}});
    for (const double inf : {infinity, -infinity}) rows.insert(rows.end(), {{x, inf, infinity}, {inf, -x, infinity}});
    if (x != infinity) rows.insert(rows.end(), {{x, nan, nan}, {nan, x, nan}});
  }
  for (const double inf : {infinity, -infinity}) rows.insert(rows.end(), {{nan, inf, infinity}, {inf, nan, infinity}});
  expect_rows(OperationId::hypot, rows);
}

TEST(AnnexF, Gamma) {
  std::vector<Row> rows = {{0.0, 0, infinity}, {-0.0, 0, -infinity}, {infinity, 0, infinity}, {-infinity, 0, nan}, {nan, 0, nan}};
  for (const double whole : {1.0, 2.0, 3.0, 100.0, 16777215.0, 1e30}) rows.push_back({-whole, 0, nan});
  expect_rows(OperationId::gamma, rows);
  rows = {{1, 0, 0.0},  {2, 0, 0.0}, {0.0, 0, infinity}, {-0.0, 0, infinity}, {-infinity, 0, infinity}, {infinity, 0, infinity},
          {nan, 0, nan}};
  for (const double whole : {1.0, 2.0, 3.0, 100.0, 16777215.0, 1e30}) rows.push_back({-whole, 0, infinity});
  expect_rows(OperationId::lgamma, rows);
}

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
