// Instructions of three operands, the first of which is in the destination: `where`, `fma`, and the sums and differences of a product.

#include <gtest/gtest.h>

#include <cmath>

#include "kernels/operand_grid.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

using Expected = Scalar (*)(Scalar state, Scalar left, Scalar right);

void check(const InstructionCase& instruction, const Elements& state, Expected expected) {
  ASSERT_TRUE(has_form(instruction)) << to_text(instruction) << " is promised but missing";
  const PairGrid grid = grid_of_two(instruction.operand_dtype, state.size());
  const bool left_constant = instruction.form.left == OperandKind::constant;
  const bool right_constant = instruction.form.right == OperandKind::constant;
  const bool right_same = instruction.form.right == OperandKind::same;
  const Elements states = [&] {
    std::vector<Scalar> repeated(grid.left.size());
    for (std::size_t i = 0; i < repeated.size(); ++i) repeated[i] = state[i % state.size()];
    return Elements(state.dtype(), repeated);
  }();
  const InstructionResult result = run_instruction(instruction, grid.left, grid.right, &states);
  EXPECT_TRUE(result.other_accumulator_kept) << to_text(instruction);
  for (std::size_t i = 0; i < states.size(); ++i) {
    const Scalar left = grid.left[left_constant ? 0 : i];
    const Scalar right = right_same ? left : grid.right[right_constant ? 0 : i];
    const Scalar wanted = expected(states[i], left, right);
    ASSERT_TRUE(same_value(result.values[i], wanted))
        << to_text(instruction) << ": of " << to_text(states[i]) << ", " << to_text(left) << ", " << to_text(right) << " got "
        << to_text(result.values[i]) << ", expected " << to_text(wanted);
  }
}

void check_on_all(Opcode opcode, DType dtype, const Elements& state, Expected expected) {
  for (const Target* target : runnable_targets()) {
    for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
      if (lane_bytes < dtype.size_bytes()) continue;
      for (const InstructionForm form : promised_forms(opcode, dtype)) check({target, opcode, dtype, dtype, lane_bytes, form}, state, expected);
    }
  }
}

TEST(Select, WherePicksByTheTruthInTheDestination) {
  const Elements conditions(DType::bool_, random_values(DType::bool_, 1024, 7));
  for (const DType dtype : travelling_dtypes) {
    if (dtype.is_complex()) continue;
    check_on_all(Opcode::where, dtype, conditions, [](Scalar state, Scalar left, Scalar right) { return state.as<bool>() ? left : right; });
  }
}

TEST(Select, FusedMultiplyAddRoundsOnce) {
  const Elements float32(DType::float32, random_values(DType::float32, 1024, 8));
  const Elements float64(DType::float64, random_values(DType::float64, 1024, 8));
  check_on_all(Opcode::fma, DType::float32, float32,
               [](Scalar x, Scalar y, Scalar z) { return Scalar::of(std::fma(x.as<float>(), y.as<float>(), z.as<float>())); });
  check_on_all(Opcode::fma, DType::float64, float64,
               [](Scalar x, Scalar y, Scalar z) { return Scalar::of(std::fma(x.as<double>(), y.as<double>(), z.as<double>())); });
}

TEST(Select, WherePicksComplexValuesByTheTruthInMemory) {
  const InstructionForm form{OperandKind::a, OperandKind::memory, OperandKind::memory};
  for (const Target* target : runnable_targets()) {
    const Elements conditions(DType::bool_, random_values(DType::bool_, 1024, 7));
    for (const auto& [dtype, lane_bytes] : {std::pair{DType::complex64, narrow_lane_bytes}, std::pair{DType::complex64, wide_lane_bytes},
                                            std::pair{DType::complex128, wide_lane_bytes}}) {
      const Elements yes(dtype, random_values(dtype, 1024, 8)), no(dtype, random_values(dtype, 1024, 9));
      const InstructionCase instruction{target, Opcode::where, dtype, dtype, lane_bytes, form};
      const InstructionResult result = run_instruction(instruction, conditions, no, &yes);
      for (std::size_t i = 0; i < conditions.size(); ++i) {
        ASSERT_TRUE(same_value(result.values[i], conditions[i].as<bool>() ? yes[i] : no[i])) << to_text(instruction) << " at " << i;
      }
    }
  }
}

template <class T>
T product(Scalar left, Scalar right) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(static_cast<std::make_unsigned_t<T>>(left.as<T>()) * static_cast<std::make_unsigned_t<T>>(right.as<T>()));
  } else {
    return left.as<T>() * right.as<T>();
  }
}

template <class T>
T difference(T x, T y) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(static_cast<std::make_unsigned_t<T>>(x) - static_cast<std::make_unsigned_t<T>>(y));
  } else {
    return x - y;
  }
}

template <class T>
T sum(T x, T y) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(static_cast<std::make_unsigned_t<T>>(x) + static_cast<std::make_unsigned_t<T>>(y));
  } else {
    return x + y;
  }
}

template <class T>
void check_products() {
  const DType dtype = dtype_of<T>;
  const Elements sums = grid_of_one(dtype, 1024);
  check_on_all(Opcode::add_product, dtype, sums,
               [](Scalar addend, Scalar left, Scalar right) { return Scalar::of(sum(addend.as<T>(), product<T>(left, right))); });
  check_on_all(Opcode::subtract_product, dtype, sums,
               [](Scalar sum, Scalar left, Scalar right) { return Scalar::of(difference(sum.as<T>(), product<T>(left, right))); });
  check_on_all(Opcode::subtract_from_product, dtype, sums,
               [](Scalar sum, Scalar left, Scalar right) { return Scalar::of(difference(product<T>(left, right), sum.as<T>())); });
}

template <class T>
void check_products_of_sums() {
  const DType dtype = dtype_of<T>;
  const Elements factors = grid_of_one(dtype, 1024);
  check_on_all(Opcode::multiply_sum, dtype, factors, [](Scalar factor, Scalar left, Scalar right) {
    return Scalar::of(product<T>(factor, Scalar::of(sum(left.as<T>(), right.as<T>()))));
  });
  check_on_all(Opcode::multiply_difference, dtype, factors, [](Scalar factor, Scalar left, Scalar right) {
    return Scalar::of(product<T>(factor, Scalar::of(difference(left.as<T>(), right.as<T>()))));
  });
}

template <class T>
void check_both() {
  check_products<T>();
  check_products_of_sums<T>();
}

TEST(Select, PairsOfStepsKeepBothRoundings) {
  check_both<std::int32_t>();
  check_both<std::uint32_t>();
  check_both<std::int64_t>();
  check_both<std::uint64_t>();
  check_both<float>();
  check_both<double>();
}

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
