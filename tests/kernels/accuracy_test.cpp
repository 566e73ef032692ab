// Every function with an error bound stays within its row's, on each CPU target, and gives the same bits on all that fuse multiply-add.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

#include "kernels/operand_grid.hpp"
#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

constexpr std::size_t random_point_count = 24'000;

// The reference itself rounds, to 64 bits.
constexpr double reference_ulp = 0.002;

Scalar float_of(DType dtype, double value) { return dtype == DType::float32 ? Scalar::of(static_cast<float>(value)) : Scalar::of(value); }

// Below this a float loses digits.
Interval subnormal_interval(DType dtype) {
  return dtype == DType::float32 ? Interval{-0x1p-125, 0x1p-125} : Interval{-0x1p-1021, 0x1p-1021};
}

// A third of any bits and of everyday size, some subnormal, the rest from the intervals.
Scalar draw(DType dtype, const std::vector<Interval>& intervals, std::mt19937_64& random) {
  const std::uint64_t choice = random();
  if (choice % 3 == 0 || intervals.empty()) return random_values(dtype, 1, random())[0];
  const std::size_t index = choice / 3 % (intervals.size() + 1);
  const Interval interval = index < intervals.size() ? intervals[index] : subnormal_interval(dtype);
  return float_of(dtype, std::uniform_real_distribution<double>(interval.from, interval.to)(random));
}

PairGrid accuracy_grid(const OperationOracle& oracle, DType dtype, bool two_operands) {
  PairGrid special = grid_of_two(dtype, 0);
  std::vector<Scalar> left, right;
  const std::size_t special_count = two_operands ? special.left.size() : 0;
  for (std::size_t i = 0; i < special_count; ++i) {
    left.push_back(special.left[i]);
    right.push_back(special.right[i]);
  }
  if (!two_operands) left = special_values(dtype);
  right.resize(left.size(), float_of(dtype, 0));
  std::mt19937_64 random(static_cast<std::uint64_t>(dtype.code) + 17);
  while (left.size() < random_point_count || left.size() % whole_tiles != 0) {
    left.push_back(draw(dtype, oracle.left_intervals, random));
    right.push_back(draw(dtype, oracle.right_intervals, random));
  }
  return {{dtype, left}, {dtype, right}};
}

class Accuracy : public testing::TestWithParam<std::tuple<OperationId, DType>> {};

TEST_P(Accuracy, IsWithinTheBoundOfTheRowOnEveryTarget) {
  const auto [id, dtype] = GetParam();
  const Operation& row = operation(id);
  const OperationOracle& oracle = *find_oracle(id);
  const bool two_operands = row.form.operand_count == 2;
  const PairGrid grid = accuracy_grid(oracle, dtype, two_operands);
  const double bound = dtype == DType::float32 ? row.ulp_float32 : row.ulp_float64;
  std::vector<long double> exact(grid.left.size());
  for (std::size_t i = 0; i < exact.size(); ++i) {
    const auto wide = [dtype = dtype](Scalar x) -> long double { return dtype == DType::float32 ? x.as<float>() : x.as<double>(); };
    exact[i] = oracle.reference(wide(grid.left[i]), wide(grid.right[i]));
  }
  for (const Target* target : runnable_targets()) {
    const InstructionForm form{OperandKind::a, OperandKind::a, two_operands ? OperandKind::b : OperandKind::none};
    for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
      if (lane_bytes < dtype.size_bytes()) continue;
      const InstructionCase instruction{target, static_cast<Opcode>(id), dtype, dtype, lane_bytes, form};
      const InstructionResult result = run_instruction(instruction, grid.left, grid.right);
      double worst = 0;
      std::size_t worst_index = 0, failure_count = 0;
      for (std::size_t i = 0; i < exact.size(); ++i) {
        const double distance = ulp_distance(result.values[i], exact[i]);
        failure_count += !(distance <= bound + reference_ulp);
        if (distance > worst) {
          worst = distance;
          worst_index = i;
        }
      }
      std::printf("%-60s at most %.4f ulp\n", to_text(instruction).c_str(), worst);
      EXPECT_EQ(failure_count, 0u) << to_text(instruction) << ": worst " << worst << " ulp at (" << to_text(grid.left[worst_index]) << ", "
                                   << to_text(grid.right[worst_index]) << "), got " << to_text(result.values[worst_index]) << ", exact "
                                   << static_cast<double>(exact[worst_index]);
    }
  }
}

std::vector<std::tuple<OperationId, DType>> bounded_operations() {
  std::vector<std::tuple<OperationId, DType>> rows;
  for (const Operation& row : all_operations()) {
    const OperationOracle* oracle = find_oracle(row.id);
    if (oracle == nullptr || !oracle->reference) continue;
    for (const DType dtype : {DType::float32, DType::float64}) rows.emplace_back(row.id, dtype);
  }
  return rows;
}

INSTANTIATE_TEST_SUITE_P(Bounded, Accuracy, testing::ValuesIn(bounded_operations()), [](const auto& row) {
  return std::string(operation(std::get<0>(row.param)).name) + "_" + std::string(std::get<1>(row.param).name());
});

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
