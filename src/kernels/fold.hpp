#pragma once
// Folds: the seam between exec and the folding bodies of reduce.hpp. Needs nothing of the standard library, like all that kernels see.
//
// A fold takes *steps* one after another. A step has one element for each of `lane_count` *lanes*, which lie side by side and are folded apart
// from each other. The order of combining depends on the number of steps alone, so a result has the same bits however the steps are handed
// over and on every CPU target:
//   - Step s belongs to column s mod 32. A leaf is 256 steps: each of its columns folds its eight elements in order.
//   - Leaves combine column by column, pairwise, as a binary counter carries: 0 and 1, 2 and 3, those two pairs, ...
//   - At the end the columns fold by halves: 0 with 16, 1 with 17, ..., then 0 with 8, ...
// What is missing at the end is left out, which equals a neutral element in its place. So a sum of n elements of which
// each passes at most ceil(log2 n) + 8 additions has an error of at most (ceil(log2 n) + 8) eps times the sum of magnitudes.

#include <cstddef>
#include <cstdint>

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

/// The rows of operations.def that fold, in its order.
enum class Reduction : std::uint16_t {
#define REDUCTION(id, ...) id,
#include "ops/operations.def"
};

inline constexpr std::size_t fold_column_count = 32;
inline constexpr std::size_t fold_leaf_steps = 256;

/// A fold that is under way. `levels` holds fold_level_count partials: the leaf in work, then one for each power of two leaves.
struct FoldState {
  unsigned char* levels;
  std::size_t lane_count;
  std::size_t steps_done;
  std::size_t first_position;  ///< of step 0, for results that are positions
};

/// Returns the partials that a fold of so many steps needs memory for.
constexpr std::size_t fold_level_count(std::size_t step_count) noexcept {
  std::size_t count = 1;
  for (std::size_t leaves = (step_count + fold_leaf_steps - 1) / fold_leaf_steps; leaves > 0; leaves /= 2) ++count;
  return count;
}

/// One reduction of one dtype. A partial is what some steps were folded to: a row of lanes for each column.
struct Folder {
  std::size_t accumulator_bytes;  ///< of a lane of a column
  std::size_t lanes_per_element;  ///< 2 where the parts of a complex element are lanes of their own
  std::size_t result_bytes;       ///< of an element
  /// Folds steps that are `step_bytes` apart; the lanes of a step lie side by side.
  void (*fold)(const FoldState& state, const void* elements, std::ptrdiff_t step_bytes, std::size_t step_count);
  /// Where the columns of a leaf may be summed by what computes the elements (`sum_last`), else null: takes a whole leaf of one lane, which is in the
  /// first of the levels, and empties it for the next.
  void (*take_leaf)(const FoldState& state);
  /// Empties the first of the levels, where take_leaf is not null.
  void (*empty_leaf)(const FoldState& state);
  /// Combines all that was folded to one partial within `levels`, and returns it. Its first min(steps, 32) columns hold something.
  unsigned char* (*close)(const FoldState& state);
  /// Combines two partials into the first, which holds the earlier steps and all columns; `column_count` is the second's.
  void (*combine)(void* into, const void* from, std::size_t lane_count, std::size_t column_count);
  /// Folds the columns of a partial, which is destroyed, and writes an element for each lane (of complex ones for each pair).
  void (*finish)(void* partial, std::size_t lane_count, std::size_t column_count, void* results);

  /// Writes what a fold of no steps gives to `count` elements; of no meaning where the row says that is an error.
  void (*fill_empty)(void* results, std::size_t count);

  std::size_t partial_bytes(std::size_t lane_count) const { return fold_column_count * accumulator_bytes * lane_count; }
};

}  // namespace lanewise::inline v0
