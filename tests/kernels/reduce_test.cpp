// Folds combine in the fixed order that kernels/fold.hpp describes, however the steps are handed over and on every CPU target.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstring>
#include <limits>
#include <optional>
#include <random>
#include <vector>

#include <lanewise/element.hpp>

#include "kernels/fold.hpp"
#include "kernels/registry.hpp"

namespace lanewise::inline v0 {
namespace {

/// The order of combining, written down plainly.
template <class T, class Combine>
T fold_plainly(const std::vector<T>& elements, Combine combine) {
  using Columns = std::array<std::optional<T>, fold_column_count>;
  const auto join = [&](std::optional<T>& into, const std::optional<T>& later) {
    if (later) into = into ? combine(*into, *later) : *later;
  };
  std::vector<Columns> leaves((elements.size() + fold_leaf_steps - 1) / fold_leaf_steps);
  for (std::size_t i = 0; i < elements.size(); ++i) join(leaves[i / fold_leaf_steps][i % fold_column_count], elements[i]);
  for (std::size_t distance = 1; distance < leaves.size(); distance *= 2) {
    for (std::size_t leaf = 0; leaf + distance < leaves.size(); leaf += 2 * distance) {
      for (std::size_t c = 0; c < fold_column_count; ++c) join(leaves[leaf][c], leaves[leaf + distance][c]);
    }
  }
  for (std::size_t half = fold_column_count / 2; half > 0; half /= 2) {
    for (std::size_t c = 0; c < half; ++c) join(leaves[0][c], leaves[0][c + half]);
  }
  return *leaves[0][0];
}

/// Folds steps that are `gap` elements longer than their lanes, in pieces of `piece` steps.
template <class T, class R = T>
std::vector<R> fold_in_pieces(const Folder& folder, const std::vector<T>& elements, std::size_t lanes, std::size_t piece, std::size_t gap = 0) {
  const std::size_t steps = elements.size() / lanes;
  const std::size_t step_length = lanes + gap;
  std::vector<T> memory(steps * step_length + 1);
  for (std::size_t s = 0; s < steps; ++s) std::copy_n(elements.data() + s * lanes, lanes, memory.data() + s * step_length);
  std::vector<double> levels(fold_level_count(steps) * folder.partial_bytes(lanes * folder.lanes_per_element) / sizeof(double));
  FoldState state{reinterpret_cast<unsigned char*>(levels.data()), lanes * folder.lanes_per_element, 0, 0};
  while (state.steps_done < steps) {
    const std::size_t taken = std::min(piece, steps - state.steps_done);
    folder.fold(state, memory.data() + state.steps_done * step_length, static_cast<std::ptrdiff_t>(step_length * sizeof(T)), taken);
    state.steps_done += taken;
  }
  std::vector<R> results(lanes);
  folder.finish(folder.close(state), state.lane_count, std::min(steps, fold_column_count), results.data());
  return results;
}

template <class T>
std::vector<T> random_elements(std::size_t count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<T> elements(count);
  for (T& element : elements) element = static_cast<T>(std::ldexp(static_cast<double>(random() >> 11) - 0x1p52, static_cast<int>(random() % 40) - 60));
  return elements;
}

template <class T>
bool same_bits(T left, T right) {
  return std::memcmp(&left, &right, sizeof(T)) == 0;
}

class EveryTarget : public testing::TestWithParam<const Target*> {};
INSTANTIATE_TEST_SUITE_P(Folds, EveryTarget, testing::ValuesIn(runnable_targets().begin(), runnable_targets().end()),
                         [](const auto& target) {
                           std::string name = target.param->name;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST_P(EveryTarget, SumsInTheFixedOrder) {
  const Folder& folder = *GetParam()->find_folder(Reduction::sum, DType::float64);
  const std::vector<double> all = random_elements<double>(4097, 1);
  for (std::size_t length = 1; length <= all.size(); ++length) {
    const std::vector<double> elements(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(length));
    const double expected = fold_plainly(elements, std::plus<>()) + 0.0;
    for (const std::size_t piece : {std::size_t{32}, std::size_t{256}, std::size_t{1024}, length}) {
      if (piece == 32 && length % 7 != 0) continue;
      ASSERT_TRUE(same_bits(fold_in_pieces(folder, elements, 1, piece)[0], expected)) << length << " in pieces of " << piece;
    }
  }
}

/// Elements that a program adds to the columns of leaves, by its last instruction in the form with this accumulator.
double sum_by_program(const Target& target, OperandKind accumulator, const std::vector<double>& elements) {
  const Folder& folder = *target.find_folder(Reduction::sum, DType::float64);
  std::vector<double> levels(fold_level_count(elements.size()) * folder.partial_bytes(1) / sizeof(double));
  FoldState state{reinterpret_cast<unsigned char*>(levels.data()), 1, 0, 0};
  const InstructionForm form{accumulator, OperandKind::memory, OperandKind::none};
  BoundInstruction program[2] = {};
  program[0].function = target.find(Opcode::load, DType::float64, wide_lane_bytes, form);
  program[0].left.read = elements.data();
  program[0].left_mask = -1;
  program[1].function = target.find(Opcode::sum_last, DType::float64, wide_lane_bytes, form);
  program[1].left.write = levels.data();
  program[1].left_mask = fold_column_count - 1;
  struct Leaves : TileParts {
    const Folder& folder;
    FoldState& state;
    static void take(const TileParts& parts, std::size_t first) {
      const auto& leaves = static_cast<const Leaves&>(parts);
      leaves.state.steps_done = first;
      leaves.folder.take_leaf(leaves.state);
    }
  };
  const Leaves leaves{{fold_leaf_steps, Leaves::take}, folder, state};
  const BoundInstruction* const segment = program;
  const std::size_t tile_length = (accumulator == OperandKind::both ? 2 : 1) * target.tile_length(wide_lane_bytes);
  folder.empty_leaf(state);
  target.run_tiles_ahead(&segment, 1, 0, elements.size(), tile_length, nullptr, 0, &leaves);
  state.steps_done = elements.size();
  double result = 0;
  folder.finish(folder.close(state), 1, fold_column_count, &result);
  return result;
}

TEST_P(EveryTarget, TakesLeavesThatProgramsSum) {
  for (const std::size_t leaf_count : {1U, 2U, 3U, 7U, 8U, 21U}) {
    std::vector<double> elements = random_elements<double>(leaf_count * fold_leaf_steps, 9);
    for (const bool has_zeros : {false, true}) {
      if (has_zeros) std::fill_n(elements.begin() + 128, 128, -0.0);
      const double expected = fold_plainly(elements, std::plus<>()) + 0.0;
      for (const OperandKind accumulator : {OperandKind::a, OperandKind::b, OperandKind::both}) {
        EXPECT_TRUE(same_bits(sum_by_program(*GetParam(), accumulator, elements), expected)) << leaf_count << " leaves";
      }
    }
  }
}

TEST_P(EveryTarget, LeavesWhatNoInstructionSumsToItsFold) {
  EXPECT_EQ(GetParam()->find_folder(Reduction::sum, DType::complex128)->take_leaf, nullptr);
  EXPECT_EQ(GetParam()->find_folder(Reduction::sum, DType::float32)->take_leaf, nullptr);
  EXPECT_EQ(GetParam()->find_folder(Reduction::product, DType::float64)->take_leaf, nullptr);
}

TEST_P(EveryTarget, FoldsLanesSideBySideAsEachAlone) {
  const Folder& folder = *GetParam()->find_folder(Reduction::sum, DType::float64);
  for (const std::size_t lanes : {1U, 2U, 3U, 5U, 8U, 13U, 64U}) {
    for (const std::size_t steps : {1U, 2U, 31U, 32U, 33U, 255U, 256U, 257U, 511U, 512U, 513U, 1300U}) {
      const std::vector<double> elements = random_elements<double>(lanes * steps, 2);
      for (const std::size_t gap : {0U, 3U}) {
        const std::vector<double> results = fold_in_pieces(folder, elements, lanes, 96, gap);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          std::vector<double> own;
          for (std::size_t s = 0; s < steps; ++s) own.push_back(elements[s * lanes + lane]);
          ASSERT_TRUE(same_bits(results[lane], fold_plainly(own, std::plus<>()) + 0.0)) << lane << " of " << lanes << ", " << steps << " steps";
        }
      }
    }
  }
}

template <class T, class Combine>
void expect_fold(const Target& target, Reduction reduction, Combine combine, const std::vector<T>& elements) {
  const Folder& folder = *target.find_folder(reduction, dtype_of<T>);
  const T expected = fold_plainly(elements, combine);
  for (const std::size_t piece : {std::size_t{32}, std::size_t{100}, std::size_t{4096}}) {
    EXPECT_EQ(fold_in_pieces(folder, elements, 1, piece)[0], expected) << static_cast<int>(reduction) << dtype_of<T>.name();
  }
}

template <class T>
void expect_integer_folds(const Target& target) {
  std::mt19937_64 random(3);
  for (const std::size_t length : {1U, 7U, 33U, 300U, 1027U}) {
    std::vector<T> elements(length);
    for (T& element : elements) element = static_cast<T>(random());
    expect_fold(target, Reduction::smallest, [](T x, T y) { return std::min(x, y); }, elements);
    expect_fold(target, Reduction::largest, [](T x, T y) { return std::max(x, y); }, elements);
    expect_fold(target, Reduction::nanmin, [](T x, T y) { return std::min(x, y); }, elements);
    const Folder& position = *target.find_folder(Reduction::argmax, dtype_of<T>);
    const auto first = std::ranges::max_element(elements) - elements.begin();
    EXPECT_EQ((fold_in_pieces<T, std::int64_t>(position, elements, 1, 64)[0]), first);
  }
}

TEST_P(EveryTarget, FoldsIntegersOfEveryWidth) {
  expect_integer_folds<std::int8_t>(*GetParam());
  expect_integer_folds<std::int16_t>(*GetParam());
  expect_integer_folds<std::int32_t>(*GetParam());
  expect_integer_folds<std::int64_t>(*GetParam());
  expect_integer_folds<std::uint8_t>(*GetParam());
  expect_integer_folds<std::uint16_t>(*GetParam());
  expect_integer_folds<std::uint32_t>(*GetParam());
  expect_integer_folds<std::uint64_t>(*GetParam());
}

TEST_P(EveryTarget, WrapsSumsAndProductsOfIntegers) {
  std::mt19937_64 random(4);
  std::vector<std::uint64_t> elements(1027);
  for (std::uint64_t& element : elements) element = random() | 1;
  expect_fold(*GetParam(), Reduction::sum, std::plus<>(), elements);
  expect_fold(*GetParam(), Reduction::product, std::multiplies<>(), elements);
}

TEST_P(EveryTarget, AccumulatesFloat32InFloat64) {
  const Folder& folder = *GetParam()->find_folder(Reduction::sum, DType::float32);
  const std::vector<float> ones(1 << 25, 1.0F);
  EXPECT_EQ(fold_in_pieces(folder, ones, 1, 1 << 20)[0], 33554432.0F);
  const std::vector<float> elements = random_elements<float>(3000, 5);
  const std::vector<double> widened(elements.begin(), elements.end());
  EXPECT_EQ(fold_in_pieces(folder, elements, 1, 512)[0], static_cast<float>(fold_plainly(widened, std::plus<>())));
}

TEST_P(EveryTarget, FoldsComplexElements) {
  using Complex = std::complex<double>;
  std::vector<Complex> elements;
  const std::vector<double> parts = random_elements<double>(1200, 6);
  for (std::size_t i = 0; i < parts.size(); i += 2) elements.emplace_back(1 + parts[i] * 1e-20, parts[i + 1] * 1e-20);
  expect_fold(*GetParam(), Reduction::sum, std::plus<>(), elements);
  expect_fold(*GetParam(), Reduction::product, [](Complex x, Complex y) {
    return Complex{x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real()};
  }, elements);
  const std::vector<std::complex<float>> narrow(100, {1, 2});
  EXPECT_EQ(fold_in_pieces(*GetParam()->find_folder(Reduction::sum, DType::complex64), narrow, 1, 32)[0], std::complex<float>(100, 200));
  EXPECT_EQ(fold_in_pieces(*GetParam()->find_folder(Reduction::sum, DType::complex64), narrow, 5, 32)[4], std::complex<float>(20, 40));
}

TEST_P(EveryTarget, TreatsNanAndZerosAsTheRowsSay) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const auto fold = [](Reduction reduction, const std::vector<double>& elements) {
    return fold_in_pieces(*GetParam()->find_folder(reduction, DType::float64), elements, 1, 256)[0];
  };
  const auto position = [](Reduction reduction, const std::vector<double>& elements) {
    return fold_in_pieces<double, std::int64_t>(*GetParam()->find_folder(reduction, DType::float64), elements, 1, 256)[0];
  };
  for (const std::size_t length : {3U, 40U, 300U, 700U}) {
    std::vector<double> elements(length, 1.0);
    elements[length - 1] = -0.0;
    elements[length / 2] = 0.0;
    EXPECT_TRUE(std::signbit(fold(Reduction::smallest, elements)));
    EXPECT_EQ(position(Reduction::argmin, elements), static_cast<std::int64_t>(length / 2)) << "zeros are equal";
    EXPECT_EQ(position(Reduction::argmax, elements), 0) << "the first of equals";
    elements[length / 2] = nan;
    EXPECT_TRUE(std::isnan(fold(Reduction::smallest, elements)));
    EXPECT_TRUE(std::isnan(fold(Reduction::largest, elements)));
    EXPECT_EQ(position(Reduction::argmax, elements), static_cast<std::int64_t>(length / 2)) << "nan wins";
    EXPECT_EQ(fold(Reduction::nanmax, elements), 1.0);
    elements.assign(length, nan);
    EXPECT_EQ(position(Reduction::argmin, elements), 0);
    EXPECT_TRUE(std::isnan(fold(Reduction::nanmin, elements)));
    EXPECT_FALSE(std::signbit(fold(Reduction::sum, std::vector<double>(length, -0.0)))) << "a sum begins with 0";
  }
}

/// In whole leaves, which are folded by fewer instructions where that is sure: with a rare element in each place, as a sum of others would not show it.
template <class T>
void expect_rare_elements_folded(const Target& target) {
  constexpr T infinity = std::numeric_limits<T>::infinity();
  const auto less = [](T x, T y) { return x != x || x < y || (x == y && std::signbit(x)) ? x : y; };
  const auto more = [](T x, T y) { return x != x || x > y || (x == y && std::signbit(y)) ? x : y; };
  const auto with_nan = [](auto choose) { return [choose](T x, T y) { return y != y ? y : choose(x, y); }; };
  for (const T common : {T{-0.0}, T{0}, T{2.5}, T{-2.5}, infinity, -infinity}) {
    for (const T rare : {std::numeric_limits<T>::quiet_NaN(), T{-0.0}, T{0}, infinity, -infinity, std::numeric_limits<T>::lowest()}) {
      for (std::size_t place = 0; place < fold_leaf_steps; ++place) {
        std::vector<T> elements(2 * fold_leaf_steps, common);
        elements[place] = rare;
        elements[(place * 7 + 300) % elements.size()] = -rare;
        for (const auto& [reduction, expected] : {std::pair{Reduction::smallest, fold_plainly(elements, with_nan(less))},
                                                  std::pair{Reduction::largest, fold_plainly(elements, with_nan(more))}}) {
          const T found = fold_in_pieces(*target.find_folder(reduction, dtype_of<T>), elements, 1, elements.size())[0];
          ASSERT_TRUE(std::isnan(expected) ? std::isnan(found) : same_bits(found, expected))
              << found << " instead of " << expected << " of " << common << " with " << rare << " at " << place;
        }
      }
    }
  }
}

TEST_P(EveryTarget, FoldsWholeLeavesWithRareElementsInAnyPlace) {
  expect_rare_elements_folded<double>(*GetParam());
  expect_rare_elements_folded<float>(*GetParam());
}

/// Lanes side by side, each of which meets a nan or a zero in another step.
TEST_P(EveryTarget, FoldsLanesWithRareElementsAsEachAlone) {
  for (const std::size_t lanes : {2U, 3U, 7U}) {
    for (const double rare : {std::numeric_limits<double>::quiet_NaN(), 0.0}) {
      std::vector<double> elements(lanes * 2 * fold_leaf_steps, -0.0);
      for (std::size_t lane = 0; lane + 1 < lanes; ++lane) elements[(lane * 97 + 5) * lanes + lane] = rare;
      for (const Reduction reduction : {Reduction::smallest, Reduction::largest}) {
        const Folder& folder = *GetParam()->find_folder(reduction, DType::float64);
        const std::vector<double> together = fold_in_pieces(folder, elements, lanes, fold_leaf_steps);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          const bool has_rare = lane + 1 < lanes;
          const bool is_positive_zero = has_rare && reduction == Reduction::largest;
          if (has_rare && std::isnan(rare)) {
            EXPECT_TRUE(std::isnan(together[lane])) << "lane " << lane << " of " << lanes;
          } else {
            EXPECT_TRUE(same_bits(together[lane], is_positive_zero ? 0.0 : -0.0)) << "lane " << lane << " of " << lanes << ": " << together[lane];
          }
        }
      }
    }
  }
}

TEST_P(EveryTarget, FoldsHalvesAndTruths) {
  const std::vector<Float16> halves{{0x3C00}, {0x0001}, {0x8001}, {0x7BFF}};  // 1, the smallest of both signs, 65504
  EXPECT_EQ(fold_in_pieces(*GetParam()->find_folder(Reduction::smallest, DType::float16), halves, 1, 32)[0].bits, 0x8001);
  EXPECT_EQ(fold_in_pieces(*GetParam()->find_folder(Reduction::largest, DType::float16), halves, 1, 32)[0].bits, 0x7BFF);
  std::vector<std::uint8_t> truths(700, 0);
  const Folder& any = *GetParam()->find_folder(Reduction::any, DType::bool_);
  const Folder& all = *GetParam()->find_folder(Reduction::all, DType::bool_);
  EXPECT_EQ(fold_in_pieces(any, truths, 1, 256)[0], 0);
  truths[650] = 7;
  EXPECT_EQ(fold_in_pieces(any, truths, 1, 256)[0], 1) << "any byte but 0 is true";
  EXPECT_EQ(fold_in_pieces(all, truths, 1, 256)[0], 0);
  EXPECT_EQ(fold_in_pieces(all, std::vector<std::uint8_t>(700, 3), 1, 256)[0], 1);
}

TEST(Folds, OfNothing) {
  const Target& target = *runnable_targets().front();
  std::array<double, 2> results{};
  target.find_folder(Reduction::product, DType::complex128)->fill_empty(results.data(), 1);
  EXPECT_EQ(results, (std::array<double, 2>{1, 0}));
  target.find_folder(Reduction::sum, DType::complex128)->fill_empty(results.data(), 1);
  EXPECT_EQ(results, (std::array<double, 2>{0, 0}));
  bool truth = false;
  target.find_folder(Reduction::all, DType::bool_)->fill_empty(&truth, 1);
  EXPECT_TRUE(truth);
}

}  // namespace
}  // namespace lanewise::inline v0
