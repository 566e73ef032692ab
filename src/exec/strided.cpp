#include "exec/strided.hpp"

#include <cstdlib>

namespace lanewise::inline v0 {

PerDimension<Run> join_runs(const AxisList& axes, std::span<const std::size_t> domain, AxisStrides strides) noexcept {
  PerDimension<Run> runs;
  runs.resize(maximum_rank);
  std::size_t count = 0;
  for (const std::uint8_t axis : axes.values()) {
    if (domain[axis] == 1) continue;
    const Run run{domain[axis], strides[axis]};
    if (count > 0 && runs[count - 1].stride == run.stride * static_cast<std::ptrdiff_t>(run.extent)) {
      runs[count - 1] = {runs[count - 1].extent * run.extent, run.stride};
    } else {
      runs[count++] = run;
    }
  }
  runs.resize(count);
  return runs;
}

PerDimension<std::ptrdiff_t> broadcast_strides(std::size_t rank, std::span<const std::size_t> shape,
                                               std::span<const std::ptrdiff_t> strides) noexcept {
  PerDimension<std::ptrdiff_t> result;
  result.resize(rank);
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const std::size_t back = rank - axis;
    const bool repeats = back > shape.size() || shape[shape.size() - back] == 1;
    result[axis] = repeats ? 0 : strides[shape.size() - back];
  }
  return result;
}

std::ptrdiff_t offset_in_nested(Runs runs, std::size_t index) noexcept {
  std::ptrdiff_t offset = 0;
  for (std::size_t r = runs.size() - 1; r > 0; --r) {
    offset += static_cast<std::ptrdiff_t>(index % runs[r].extent) * runs[r].stride;
    index /= runs[r].extent;
  }
  return offset + static_cast<std::ptrdiff_t>(index) * runs[0].stride;
}

bool has_transposed_columns(const StridedOperand& operand) noexcept {
  const Runs columns = operand.columns;
  if (columns.size() != 2 || columns[0].stride == 0) return false;
  const std::ptrdiff_t near = std::abs(columns[0].stride);
  const bool has_nearer_rows = !operand.rows.empty() && operand.rows.back().stride != 0 && std::abs(operand.rows.back().stride) < near;
  return near < std::abs(columns[1].stride) && !has_nearer_rows;
}

bool has_transposed_rows(const StridedOperand& operand) noexcept {
  if (operand.rows.empty() || operand.columns.size() != 1) return false;
  const std::ptrdiff_t down = std::abs(operand.rows.back().stride);
  return down != 0 && down < std::abs(operand.columns[0].stride);
}

bool has_one_stride(Runs runs, std::ptrdiff_t if_one, std::ptrdiff_t& stride) noexcept {
  if (runs.size() > 1) return false;
  stride = runs.empty() ? if_one : runs[0].stride;
  return true;
}

std::byte* find_contiguous(const StridedOperand& operand, const BlockRange& block) noexcept {
  std::ptrdiff_t row_stride = 0;
  std::byte* first = find_rows(operand, block, row_stride);
  const bool follow = block.row_count == 1 || row_stride == operand.step_bytes * static_cast<std::ptrdiff_t>(block.column_count);
  return follow ? first : nullptr;
}

std::byte* find_rows(const StridedOperand& operand, const BlockRange& block, std::ptrdiff_t& row_stride) noexcept {
  const std::ptrdiff_t step = operand.step_bytes;
  std::ptrdiff_t column_stride = step;
  if (operand.is_index) return nullptr;
  if (block.column_count > 1 && (!has_one_stride(operand.columns, step, column_stride) || column_stride != step)) return nullptr;
  row_stride = 0;
  if (block.row_count > 1 && !has_one_stride(operand.rows, 0, row_stride)) return nullptr;
  return operand.data + offset_of(operand.rows, block.first_row) + offset_of(operand.columns, block.first_column);
}

}  // namespace lanewise::inline v0
