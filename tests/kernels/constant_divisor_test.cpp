// Integer division by a constant, beside division of the same vectors by an array that holds it: all divisors near powers of two and near
// the ends of the range, and random ones of every length, on all targets. The other path's oracle is in power_test.cpp.

#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "kernels/registry.hpp"
#include "kernels/run_instruction.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

using Kind = OperandKind;

/// Random numbers of every bit length, the ends of the range, zero and both neighbours of powers of two.
template <class T>
std::vector<T> interesting_numbers(std::size_t random_count) {
  using Limits = std::numeric_limits<T>;
  std::vector<T> numbers = {0, 1, 2, 3, 5, 7, 10, Limits::max(), Limits::max() - 1, Limits::min(), Limits::min() + 1};
  for (int bit = 2; bit < Limits::digits; ++bit) {
    const T power = static_cast<T>(T{1} << bit);
    for (const int near : {-1, 0, 1}) numbers.push_back(static_cast<T>(power + static_cast<T>(near)));
  }
  std::mt19937_64 generator(20);
  for (std::size_t i = 0; i < random_count; ++i) numbers.push_back(static_cast<T>(generator() >> (generator() % 64)));
  if constexpr (std::is_signed_v<T>) {
    const std::size_t count = numbers.size();
    for (std::size_t i = 0; i < count; ++i) numbers.push_back(static_cast<T>(std::make_unsigned_t<T>{0} - static_cast<std::make_unsigned_t<T>>(numbers[i])));
  }
  return numbers;
}

template <class T>
struct Division {
  const Target& target;
  Opcode opcode;
  std::size_t lane_bytes;

  std::vector<T> by(Kind right, const std::vector<T>& x, const void* divisors, std::uint64_t constant, Kind accumulator) const {
    std::vector<T> result(x.size());
    const auto bind = [&](Opcode op, Kind left, Kind of_right, const void* memory) {
      BoundInstruction bound{};
      bound.function = target.find(op, dtype_of<T>, lane_bytes, {accumulator, left, of_right});
      EXPECT_NE(bound.function, nullptr) << target.name;
      bound.left.read = memory;
      bound.left_mask = bound.right_mask = -1;
      return bound;
    };
    BoundInstruction program[] = {bind(Opcode::load, Kind::memory, Kind::none, x.data()), bind(opcode, accumulator, right, nullptr),
                                  bind(Opcode::store_last, Kind::memory, Kind::none, result.data())};
    if (right == Kind::constant) {
      program[1].right.constant = constant;
    } else {
      program[1].right.read = divisors;
    }
    const BoundInstruction* const segment = program;
    target.run_tiles(&segment, 1, 0, x.size(), target.tile_length(lane_bytes));
    return result;
  }
};

template <class T>
void expect_same_as_by_array(std::size_t lane_bytes) {
  std::vector<T> x = interesting_numbers<T>(300);
  const std::vector<T> divisors = interesting_numbers<T>(100);
  const std::size_t special_count = x.size();
  x.resize((special_count + 2 + whole_tiles - 1) / whole_tiles * whole_tiles, T{1});
  for (const Target* target : runnable_targets()) {
    for (const T divisor : divisors) {
      // multiples of the divisor and their neighbours are where a reciprocal that is slightly off shows
      for (std::size_t i = special_count / 2; i < special_count; ++i) {
        const auto multiple = static_cast<std::make_unsigned_t<T>>(static_cast<std::make_unsigned_t<T>>(divisor) * i * 977 + i % 3 - 1);
        x[i] = static_cast<T>(multiple);
      }
      const std::vector<T> array(x.size(), divisor);
      std::uint64_t constant = 0;
      std::memcpy(&constant, &divisor, sizeof divisor);
      for (const Opcode opcode : {Opcode::floor_divide, Opcode::remainder, Opcode::fmod}) {
        const Division<T> division{*target, opcode, lane_bytes};
        for (const Kind accumulator : {Kind::a, Kind::b}) {
          ASSERT_EQ(division.by(Kind::constant, x, nullptr, constant, accumulator), division.by(Kind::memory, x, array.data(), 0, accumulator))
              << target->name << ", divisor " << divisor << ", opcode " << static_cast<int>(opcode);
        }
      }
    }
  }
}

TEST(ConstantDivisor, Int32) { expect_same_as_by_array<std::int32_t>(4); }
TEST(ConstantDivisor, Int32InWideLanes) { expect_same_as_by_array<std::int32_t>(8); }
TEST(ConstantDivisor, Uint32) { expect_same_as_by_array<std::uint32_t>(4); }
TEST(ConstantDivisor, Uint32InWideLanes) { expect_same_as_by_array<std::uint32_t>(8); }
TEST(ConstantDivisor, Int64) { expect_same_as_by_array<std::int64_t>(8); }
TEST(ConstantDivisor, Uint64) { expect_same_as_by_array<std::uint64_t>(8); }

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
