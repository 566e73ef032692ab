// Sine and cosine computed by one instruction, beside those computed by one each: the same bits, on all targets.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "kernels/registry.hpp"
#include "kernels/run_instruction.hpp"
#include "ops/operation.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

using Kind = OperandKind;

/// Whole tiles: what is special, what is near to multiples of pi/2, then angles of all magnitudes.
template <class T>
std::vector<T> angles() {
  using Limits = std::numeric_limits<T>;
  std::vector<T> values = {0, T{1e9}, T{1.1e9}, Limits::infinity(), Limits::quiet_NaN(), Limits::max(), Limits::min(), Limits::denorm_min()};
  for (int turns = 1; turns < 200; ++turns) values.push_back(static_cast<T>(turns * 1.57079632679489661923));
  std::mt19937_64 generator(7);
  std::uniform_real_distribution<double> exponent(-40, 33);
  while (values.size() < 64 * whole_tiles) values.push_back(static_cast<T>(std::exp2(exponent(generator))));
  const std::size_t count = values.size();
  for (std::size_t i = 0; i < count; ++i) values.push_back(-values[i]);
  return values;
}

struct Machine {
  const Target& target;
  DType dtype;
  std::size_t lane_bytes;

  BoundInstruction instruction(Opcode opcode, InstructionForm form, const void* memory = nullptr) const {
    BoundInstruction bound{};
    bound.function = target.find(opcode, dtype, lane_bytes, form);
    EXPECT_NE(bound.function, nullptr) << target.name;
    bound.left.read = memory;
    bound.left_mask = -1;
    return bound;
  }
  BoundInstruction load(const void* from) const { return instruction(Opcode::load, {Kind::a, Kind::memory, Kind::none}, from); }
  BoundInstruction store(Opcode opcode, Kind accumulator, void* to) const {
    return instruction(opcode, {accumulator, Kind::memory, Kind::none}, to);
  }
  void run(const BoundInstruction* program, std::size_t count) const { target.run_tiles(&program, 1, 0, count, target.tile_length(lane_bytes)); }
};

template <class T>
std::vector<T> alone(const Machine& machine, OperationId function, const std::vector<T>& x) {
  std::vector<T> result(x.size());
  const BoundInstruction program[] = {machine.load(x.data()),
                                      machine.instruction(static_cast<Opcode>(function), {Kind::a, Kind::a, Kind::none}),
                                      machine.store(Opcode::store_last, Kind::a, result.data())};
  machine.run(program, x.size());
  return result;
}

/// Of each tile the first `counted_lanes` elements.
template <class T>
void expect_same(const Machine& machine, std::size_t counted_lanes, const std::vector<T>& x, const std::vector<T>& found,
                 const std::vector<T>& expected) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (i % machine.target.tile_length(machine.lane_bytes) >= counted_lanes) continue;
    const bool both_nan = std::isnan(found[i]) && std::isnan(expected[i]);
    ASSERT_TRUE(both_nan || (found[i] == expected[i] && std::signbit(found[i]) == std::signbit(expected[i])))
        << machine.target.name << ", lanes of " << machine.lane_bytes << ": of " << x[i] << ' ' << found[i] << ", not " << expected[i];
  }
}

struct Variant {
  Kind sine;          ///< the destination of the instruction
  Kind angle;
  bool sine_is_in_a;
  std::size_t vectors;  ///< that count
};
constexpr Variant variants[] = {{Kind::a, Kind::a, true, 4},
                                {Kind::b, Kind::a, false, 4},
                                {Kind::first_of_a, Kind::first_of_a, true, 1},
                                {Kind::first_of_b, Kind::first_of_a, false, 1}};

template <class T>
void expect_same_bits() {
  const std::vector<T> x = angles<T>();
  for (const Target* target : runnable_targets()) {
    for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
      if (sizeof(T) > lane_bytes) continue;
      const Machine machine{*target, dtype_of<T>, lane_bytes};
      const std::vector<T> sine = alone(machine, OperationId::sin, x), cosine = alone(machine, OperationId::cos, x);
      for (const Variant& variant : variants) {
        std::vector<T> in_a(x.size()), in_b(x.size());
        const BoundInstruction program[] = {machine.load(x.data()),
                                            machine.instruction(Opcode::sine_cosine, {variant.sine, variant.angle, Kind::none}),
                                            machine.store(Opcode::store, Kind::a, in_a.data()),
                                            machine.store(Opcode::store_last, Kind::b, in_b.data())};
        machine.run(program, x.size());
        const std::size_t counted_lanes = variant.vectors * target->vector_bytes / lane_bytes;
        expect_same(machine, counted_lanes, x, variant.sine_is_in_a ? in_a : in_b, sine);
        expect_same(machine, counted_lanes, x, variant.sine_is_in_a ? in_b : in_a, cosine);
      }
    }
  }
}

TEST(SineCosine, HasTheBitsOfBothAloneForFloat64) { expect_same_bits<double>(); }
TEST(SineCosine, HasTheBitsOfBothAloneForFloat32) { expect_same_bits<float>(); }

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
