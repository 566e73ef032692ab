#pragma once
// Arrays as a pass walks them: two groups of dimensions, *rows* and *columns*, each counted through in C order.

#include <cstddef>
#include <cstdint>
#include <span>

#include <lanewise/array.hpp>

namespace lanewise::inline v0 {

/// `extent` places, `stride` apart: in bytes, or of positions in elements.
struct Run {
  std::size_t extent;
  std::ptrdiff_t stride;
};
/// Runs inside each other, the outer first, none of extent 1. None at all is one place.
using Runs = std::span<const Run>;

/// Bytes, or positions in elements, from one place to the next along each axis of a domain; 0 along axes that repeat.
using AxisStrides = std::span<const std::ptrdiff_t>;

/// Axes of a domain, the outer first.
using AxisList = PerDimension<std::uint8_t>;

/// Returns the runs along `axes`, of which neighbours are joined where that changes no place.
PerDimension<Run> join_runs(const AxisList& axes, std::span<const std::size_t> domain, AxisStrides strides) noexcept;

/// Returns the strides of an array that broadcasts to `rank` dimensions.
PerDimension<std::ptrdiff_t> broadcast_strides(std::size_t rank, std::span<const std::size_t> shape,
                                               std::span<const std::ptrdiff_t> strides) noexcept;

/// Element (row, column) is at `data` plus what both runs say; of an index it is that sum itself, as an int64.
struct StridedOperand {
  std::byte* data;
  std::size_t element_bytes;
  Runs rows;
  Runs columns;
  bool is_index = false;
  std::ptrdiff_t step_bytes = static_cast<std::ptrdiff_t>(element_bytes);  ///< from an element to the next where a row is used in place
};

/// Whether the columns are two runs of which the outer one has the nearest elements.
bool has_transposed_columns(const StridedOperand& operand) noexcept;
/// Whether the nearest elements are in the next row.
bool has_transposed_rows(const StridedOperand& operand) noexcept;

struct BlockRange {
  std::size_t first_row;
  std::size_t row_count;
  std::size_t first_column;
  std::size_t column_count;
  std::size_t element_count() const { return row_count * column_count; }
};

/// `offset_of`, where the place in each run must be found.
std::ptrdiff_t offset_in_nested(Runs runs, std::size_t index) noexcept;

/// Returns how far place `index` of the flattened runs lies from the first.
inline std::ptrdiff_t offset_of(Runs runs, std::size_t index) noexcept {
  if (runs.size() > 1) return offset_in_nested(runs, index);
  return runs.empty() ? 0 : static_cast<std::ptrdiff_t>(index) * runs[0].stride;
}

/// Returns whether the flattened runs have one stride, and sets it. One place has the stride `if_one`.
bool has_one_stride(Runs runs, std::ptrdiff_t if_one, std::ptrdiff_t& stride) noexcept;

/// Returns where the block's elements lie `step_bytes` apart in memory, or null where they do not.
std::byte* find_contiguous(const StridedOperand& operand, const BlockRange& block) noexcept;

/// Returns where the block's first row lies if every row's elements lie `step_bytes` apart and the rows are `row_stride` apart, else null.
std::byte* find_rows(const StridedOperand& operand, const BlockRange& block, std::ptrdiff_t& row_stride) noexcept;

}  // namespace lanewise::inline v0
