// Types that arrays hold in fewer bytes than they travel in: integers of 8 and 16 bits, and float16.

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "kernels/operand_grid.hpp"
#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

/// Runs instructions over whole arrays.
class Runner {
 public:
  Runner(const Target& target, std::size_t lane_bytes) : target_(target), lane_bytes_(lane_bytes) {}

  void add(Opcode opcode, DType dtype, InstructionForm form, const void* left) {
    BoundInstruction bound{};
    bound.function = target_.find(opcode, dtype, lane_bytes_, form);
    ASSERT_NE(bound.function, nullptr) << target_.name << " opcode " << static_cast<int>(opcode) << " of " << dtype.name();
    bound.left.read = left;
    bound.left_mask = -1;
    program_.push_back(bound);
  }
  void load(OperandKind accumulator, const Elements& values) {
    add(Opcode::load, values.dtype(), {accumulator, OperandKind::memory, OperandKind::none}, values.data());
  }
  void store_last(Elements& values) {
    add(Opcode::store_last, values.dtype(), {OperandKind::a, OperandKind::memory, OperandKind::none}, values.data());
  }
  void run(std::size_t element_count) const {
    const BoundInstruction* segment = program_.data();
    target_.run_tiles(&segment, 1, 0, element_count, target_.tile_length(lane_bytes_));
  }

 private:
  const Target& target_;
  std::size_t lane_bytes_;
  std::vector<BoundInstruction> program_;
};

template <class Check>
void for_all_targets(Check check) {
  for (const Target* target : runnable_targets()) {
    for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) check(*target, lane_bytes);
  }
}

Scalar as_int64(Scalar value) { return Scalar::of(integer_value(value)); }

/// The low bits of an integer as a value of `dtype`.
Scalar low_bits(Scalar value, DType dtype) {
  if (dtype.is_bool()) return value;
  return {dtype, value.bits & ((std::uint64_t{1} << 8 * dtype.size_bytes()) - 1)};
}

class NarrowPairs : public testing::TestWithParam<OperationId> {};

// What 64 bits make of the values, cut to the type: right for every operation of integers, as none depends on where the type ends.
TEST_P(NarrowPairs, AreComputedExactlyForAllPairsOfBytes) {
  const Operation& row = operation(GetParam());
  const auto& exact = find_oracle(row.id)->exact[static_cast<std::size_t>(DType::int64.code)];
  for (const DType dtype : {DType::int8, DType::uint8}) {
    const DType result_dtype = type_operands(row.type_rule, dtype, false).result;
    std::vector<Scalar> lefts, rights, expected;
    for (std::uint64_t pair = 0; pair < 65536; ++pair) {
      lefts.push_back({dtype, pair & 0xFF});
      rights.push_back({dtype, pair >> 8});
      const Scalar operands[] = {as_int64(lefts.back()), as_int64(rights.back())};
      expected.push_back(low_bits(exact(operands), result_dtype));
    }
    const Elements left(dtype, lefts), right(dtype, rights);
    for_all_targets([&](const Target& target, std::size_t lane_bytes) {
      Elements result(result_dtype, left.size());
      Runner runner(target, lane_bytes);
      runner.load(OperandKind::a, left);
      runner.load(OperandKind::b, right);
      runner.add(static_cast<Opcode>(row.id), DType::int32, {OperandKind::a, OperandKind::a, OperandKind::b}, nullptr);
      runner.store_last(result);
      runner.run(left.size());
      for (std::size_t i = 0; i < left.size(); ++i) {
        ASSERT_EQ(result[i], expected[i]) << target.name << " " << row.name << " of " << to_text(left[i]) << " and " << to_text(right[i]);
      }
    });
  }
}

std::vector<OperationId> operations_of_two_integers() {
  std::vector<OperationId> ids;
  for (const Operation& row : all_operations().first(kernel_operation_count)) {
    if (row.form.operand_count == 2 && has_kernel(row.type_rule, DType::int32)) ids.push_back(row.id);
  }
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Table, NarrowPairs, testing::ValuesIn(operations_of_two_integers()),
                         [](const auto& row) { return std::string(operation(row.param).name); });

TEST(NarrowTypes, WrapsKeepTheLowBits) {
  const Elements values = grid_of_one(DType::int32, 1024);
  for (const auto& [opcode, dtype] : {std::pair{Opcode::wrap_int8, DType::int8}, std::pair{Opcode::wrap_int16, DType::int16},
                                      std::pair{Opcode::wrap_uint8, DType::uint8}, std::pair{Opcode::wrap_uint16, DType::uint16}}) {
    for_all_targets([&, opcode = opcode, dtype = dtype](const Target& target, std::size_t lane_bytes) {
      for (const OperandKind accumulator : {OperandKind::a, OperandKind::b}) {
        const InstructionCase instruction{&target, opcode, DType::int32, DType::int32, lane_bytes, {accumulator, accumulator, OperandKind::none}};
        const InstructionResult result = run_instruction(instruction, values, values);
        EXPECT_TRUE(result.other_accumulator_kept);
        for (std::size_t i = 0; i < values.size(); ++i) {
          ASSERT_EQ(result.values[i], as_it_travels(low_bits(as_int64(values[i]), dtype))) << to_text(instruction) << " of " << to_text(values[i]);
        }
      }
    });
  }
}

TEST(NarrowTypes, StoresKeepTheLowBits) {
  const Elements values = grid_of_one(DType::int32, 1024);
  for (const DType dtype : {DType::int8, DType::int16, DType::uint8, DType::uint16}) {
    for_all_targets([&](const Target& target, std::size_t lane_bytes) {
      Elements result(dtype, values.size());
      Runner runner(target, lane_bytes);
      runner.load(OperandKind::a, values);
      runner.store_last(result);
      runner.run(values.size());
      for (std::size_t i = 0; i < values.size(); ++i) ASSERT_EQ(result[i], low_bits(as_int64(values[i]), dtype)) << to_text(values[i]);
    });
  }
}

/// Every bit pattern of float16.
Elements all_halves() {
  std::vector<Scalar> values;
  for (std::uint64_t bits = 0; bits < 65536; ++bits) values.push_back({DType::float16, bits});
  return {DType::float16, values};
}

/// The value, by its definition: ± (1 + mantissa / 2^10) 2^(exponent - 15), subnormal below.
float value_of_half(std::uint64_t bits) {
  const int exponent = static_cast<int>(bits >> 10 & 0x1F);
  const auto mantissa = static_cast<float>(bits & 0x3FF);
  float magnitude = exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25);
  if (exponent == 31) magnitude = mantissa == 0 ? HUGE_VALF : std::numeric_limits<float>::quiet_NaN();
  return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

TEST(NarrowTypes, EveryHalfIsLoadedExactlyAndStoredAsItWas) {
  const Elements halves = all_halves();
  for_all_targets([&](const Target& target, std::size_t lane_bytes) {
    Elements floats(DType::float32, halves.size()), again(DType::float16, halves.size());
    Runner widen(target, lane_bytes);
    widen.load(OperandKind::a, halves);
    widen.store_last(floats);
    widen.run(halves.size());
    Runner narrow(target, lane_bytes);
    narrow.load(OperandKind::a, floats);
    narrow.store_last(again);
    narrow.run(halves.size());
    for (std::size_t i = 0; i < halves.size(); ++i) {
      ASSERT_TRUE(same_value(floats[i], Scalar::of(value_of_half(i)))) << target.name << " " << i;
      if (std::isnan(value_of_half(i))) {
        ASSERT_TRUE(std::isnan(value_of_half(again[i].bits))) << target.name << " " << i;
      } else {
        ASSERT_EQ(again[i].bits, i) << target.name;
      }
    }
  });
}

/// Between every half and the next of its sign: the middle, and the floats beside it.
TEST(NarrowTypes, StoresRoundToTheNearestHalfAndTiesToEven) {
  std::vector<Scalar> values;
  std::vector<std::uint64_t> expected;
  for (std::uint64_t bits = 0; bits < 65536; ++bits) {
    if ((bits & 0x7C00) == 0x7C00) continue;
    // Above the largest half the next step would be 2^16.
    const float next = (bits & 0x7FFF) == 0x7BFF ? std::copysign(65536.0F, value_of_half(bits)) : value_of_half(bits + 1);
    const float middle = (value_of_half(bits) + next) / 2;
    values.insert(values.end(), {Scalar::of(std::nextafter(middle, 0.0F)), Scalar::of(middle), Scalar::of(std::nextafter(middle, 2 * middle))});
    expected.insert(expected.end(), {bits, bits + (bits & 1), bits + 1});
  }
  while (values.size() % whole_tiles != 0) values.push_back(values.back()), expected.push_back(expected.back());
  const Elements floats(DType::float32, values);
  for_all_targets([&](const Target& target, std::size_t lane_bytes) {
    Elements halves(DType::float16, values.size());
    Runner runner(target, lane_bytes);
    runner.load(OperandKind::a, floats);
    runner.store_last(halves);
    runner.run(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) ASSERT_EQ(halves[i].bits, expected[i]) << target.name << " of " << to_text(values[i]);
  });
}

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
