// Powers by constant exponents, beside the C library's in long double: every whole and half up to 64, on all targets.

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "kernels/registry.hpp"
#include "kernels/run_instruction.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

using Kind = OperandKind;

/// A multiple of `whole_tiles`: what is special, then numbers of all magnitudes, then such whose power stays in range.
template <class T>
std::vector<T> bases(double exponent) {
  using Limits = std::numeric_limits<T>;
  std::vector<T> values = {0, 1, 2, 3, 10, T{0.5}, T{1.5}, Limits::infinity(), Limits::quiet_NaN(), Limits::max(), Limits::min(), Limits::denorm_min(),
                           1 + Limits::epsilon(), 1 - Limits::epsilon()};
  std::mt19937_64 generator(static_cast<std::uint64_t>(exponent * 2 + 1000));
  std::uniform_real_distribution<double> any(Limits::min_exponent - 10, Limits::max_exponent), mantissa(1, 2);
  const double reach = (Limits::max_exponent + 30) / std::max(std::abs(exponent), 1.0);
  std::uniform_real_distribution<double> moderate(-reach, reach);
  for (int i = 0; i < 50; ++i) values.push_back(static_cast<T>(std::exp2(any(generator)) * mantissa(generator) / 2));
  while (values.size() % whole_tiles != whole_tiles / 2) values.push_back(static_cast<T>(std::exp2(moderate(generator))));
  const std::size_t count = values.size();
  for (std::size_t i = 0; i < count; ++i) values.push_back(-values[i]);
  values.resize((values.size() + whole_tiles - 1) / whole_tiles * whole_tiles, T{7});
  return values;
}

template <class T>
std::vector<T> powers(const Target& target, std::size_t lane_bytes, const std::vector<T>& x, T exponent, Kind accumulator) {
  std::vector<T> result(x.size());
  const auto instruction = [&](Opcode opcode, Kind left, Kind right, const void* memory) {
    BoundInstruction bound{};
    bound.function = target.find(opcode, dtype_of<T>, lane_bytes, {accumulator, left, right});
    EXPECT_NE(bound.function, nullptr) << target.name;
    bound.left.read = memory;
    bound.left_mask = -1;
    return bound;
  };
  BoundInstruction program[] = {instruction(Opcode::load, Kind::memory, Kind::none, x.data()),
                                instruction(Opcode::power_of_constant, accumulator, Kind::constant, nullptr),
                                instruction(Opcode::store_last, Kind::memory, Kind::none, result.data())};
  program[1].right.constant = sizeof(T) == 8 ? std::bit_cast<std::uint64_t>(static_cast<double>(exponent))
                                             : std::bit_cast<std::uint32_t>(static_cast<float>(exponent));
  const BoundInstruction* const segment = program;
  target.run_tiles(&segment, 1, 0, x.size(), target.tile_length(lane_bytes));
  return result;
}

/// The distance to the true value in units of the last place of the value found.
template <class T>
double error_ulp(T found, long double truth) {
  using Limits = std::numeric_limits<T>;
  const auto rounded = static_cast<T>(truth);
  if (std::isnan(truth) || std::isnan(found)) return std::isnan(truth) == std::isnan(found) ? 0 : HUGE_VAL;
  if (found == rounded) return found == 0 && std::signbit(found) != std::signbit(rounded) ? HUGE_VAL : 0.5;
  if (std::isinf(found) || std::isinf(rounded)) return HUGE_VAL;
  const int exponent = std::max(std::ilogb(rounded == 0 ? found : rounded), Limits::min_exponent - 1);
  return static_cast<double>(std::abs(static_cast<long double>(found) - truth) / std::ldexp(1.0L, exponent - (Limits::digits - 1)));
}

bool is_far_from_limits(long double value) { return std::abs(value) > 0x1p-950L && std::abs(value) < 0x1p950L; }

template <class T>
void expect_accurate() {
  for (const Target* target : runnable_targets()) {
    for (double exponent = -64; exponent <= 64; exponent += 0.5) {
      const std::vector<T> x = bases<T>(exponent);
      for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
        if (sizeof(T) > lane_bytes) continue;
        for (const Kind accumulator : {Kind::a, Kind::b}) {
          const std::vector<T> found = powers(*target, lane_bytes, x, static_cast<T>(exponent), accumulator);
          for (std::size_t i = 0; i < x.size(); ++i) {
            const long double truth = std::pow(static_cast<long double>(x[i]), static_cast<long double>(exponent));
            const double error = error_ulp(found[i], truth);
            const bool is_usual = is_far_from_limits(truth) && is_far_from_limits(x[i]);
            ASSERT_LE(error, is_usual ? 0.51 : 1.0) << target->name << ": " << x[i] << "**" << exponent << " is " << found[i] << ", not " << truth;
          }
        }
      }
    }
  }
}

TEST(ConstantPower, IsWithinItsBoundForFloat64) { expect_accurate<double>(); }
TEST(ConstantPower, IsWithinItsBoundForFloat32) { expect_accurate<float>(); }

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
