// Walks the table: every operation, dtype, lane width and promised form, on every CPU target that runs here.
//
// Exact operations agree with their scalar oracle bit for bit; those with a bound give the same bits in all forms (accuracy_test.cpp holds
// one to the bound) and on all targets with fused multiply-add. The accumulator that is not written keeps its value.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "kernels/operand_grid.hpp"
#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

/// One operation on operands of one dtype.
struct OperationOnDType {
  const Operation* row;
  DType dtype;
  DType result_dtype;
};

Elements expected_values(const OperationOracle::Exact& oracle, DType result_dtype, const Elements& left, const Elements& right) {
  std::vector<Scalar> values(left.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Scalar operands[] = {left[i], right[i]};
    values[i] = as_it_travels(oracle(operands));
  }
  return {result_dtype, values};
}

void expect_same(const InstructionCase& instruction, const InstructionResult& result, const Elements& expected, const Elements& left,
                 const Elements& right) {
  EXPECT_TRUE(result.other_accumulator_kept) << to_text(instruction);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (!counts(instruction, i)) continue;
    ASSERT_TRUE(same_value(result.values[i], expected[i]))
        << to_text(instruction) << ": of " << to_text(left[i]) << " and " << to_text(right[i]) << " got " << to_text(result.values[i])
        << ", expected " << to_text(expected[i]);
  }
}

Elements repeated(Scalar value, std::size_t count) { return {value.dtype, std::vector<Scalar>(count, value)}; }

/// The operands to try a form on: where one is a constant, pairs of arrays whose one is that constant throughout.
std::vector<PairGrid> operand_grids(DType dtype, InstructionForm form) {
  if (form.right == OperandKind::none || form.right == OperandKind::same) {
    const Elements values = grid_of_one(dtype, 1024);
    return {{values, values}};
  }
  if (form.left != OperandKind::constant && form.right != OperandKind::constant) return {grid_of_two(dtype, 1024)};
  std::vector<PairGrid> grids;
  const Elements values = grid_of_one(dtype, 256);
  const std::vector<Scalar> special = special_values(dtype);
  for (std::size_t i = 0; i < special.size(); i += special.size() / 12 + 1) {
    const Elements constant = repeated(special[i], values.size());
    grids.push_back(form.left == OperandKind::constant ? PairGrid{constant, values} : PairGrid{values, constant});
  }
  return grids;
}

/// The form that others are compared with.
InstructionForm plain_form(const Operation& row, DType dtype) {
  if (row.form.operand_count == 1) return {OperandKind::a, OperandKind::a, OperandKind::none};
  return {OperandKind::a, OperandKind::a, dtype.is_complex() ? OperandKind::memory : OperandKind::b};
}

/// Without an oracle, the first form on the same target and lanes is the measure.
Elements values_of_plain_form(InstructionCase instruction, const Elements& left, const Elements& right) {
  instruction.form = plain_form(operation(static_cast<OperationId>(instruction.opcode)), instruction.operand_dtype);
  return run_instruction(instruction, left, right).values;
}

void check_form(const OperationOnDType& operation, const InstructionCase& instruction) {
  ASSERT_TRUE(has_form(instruction)) << to_text(instruction) << " is promised but missing";
  const OperationOracle& oracle = *find_oracle(operation.row->id);
  const OperationOracle::Exact& exact = oracle.exact[static_cast<std::size_t>(operation.dtype.code)];
  for (const PairGrid& grid : operand_grids(operation.dtype, instruction.form)) {
    const Elements expected = exact ? expected_values(exact, operation.result_dtype, grid.left, grid.right)
                                    : values_of_plain_form(instruction, grid.left, grid.right);
    expect_same(instruction, run_instruction(instruction, grid.left, grid.right), expected, grid.left, grid.right);
  }
}

std::size_t widest(const OperationOnDType& operation) {
  return std::max(lane_bytes_of(operation.dtype), lane_bytes_of(operation.result_dtype));
}

std::vector<OperationOnDType> dtypes_of(const Operation& row) {
  std::vector<OperationOnDType> operations;
  for (const DType dtype : travelling_dtypes) {
    if (!has_kernel(row.type_rule, dtype)) continue;
    operations.push_back({&row, dtype, travelling_dtype(type_operands(row.type_rule, dtype, false).result)});
  }
  return operations;
}

class EveryKernel : public testing::TestWithParam<OperationId> {};

TEST_P(EveryKernel, AgreesWithTheOracleInEveryForm) {
  const Operation& row = operation(GetParam());
  ASSERT_NE(find_oracle(row.id), nullptr) << "register what " << row.name << " gives in the test file of its family";
  for (const OperationOnDType& operation : dtypes_of(row)) {
    for (const Target* target : runnable_targets()) {
      for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
        if (lane_bytes < widest(operation)) continue;
        for (const InstructionForm form : promised_forms(static_cast<Opcode>(row.id), operation.dtype)) {
          check_form(operation, {target, static_cast<Opcode>(row.id), operation.dtype, operation.result_dtype, lane_bytes, form});
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

bool is_fused(const Target& target) { return std::string_view(target.name) != "x86-64-v2"; }

TEST_P(EveryKernel, GivesTheSameBitsOnAllTargetsThatFuseMultiplyAdd) {
  const Operation& row = operation(GetParam());
  for (const OperationOnDType& operation : dtypes_of(row)) {
    const PairGrid grid = grid_of_two(operation.dtype, 32'768);
    std::optional<Elements> first;
    for (const Target* target : runnable_targets()) {
      for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
        if (lane_bytes < widest(operation) || !is_fused(*target)) continue;
        const InstructionCase instruction{target, static_cast<Opcode>(row.id), operation.dtype, operation.result_dtype, lane_bytes,
                                          plain_form(row, operation.dtype)};
        const InstructionResult result = run_instruction(instruction, grid.left, grid.right);
        if (!first) first = result.values;
        expect_same(instruction, result, *first, grid.left, grid.right);
      }
    }
  }
}

std::vector<OperationId> operations_of_one_or_two_operands() {
  std::vector<OperationId> ids;
  for (const Operation& row : all_operations().first(kernel_operation_count)) {
    if (row.form.operand_count <= 2) ids.push_back(row.id);
  }
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Table, EveryKernel, testing::ValuesIn(operations_of_one_or_two_operands()),
                         [](const auto& row) { return std::string(operation(row.param).name); });

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
