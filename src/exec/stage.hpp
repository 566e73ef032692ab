#pragma once

#include "exec/strided.hpp"

namespace lanewise::inline v0 {

/// Rows and columns that the kernels transpose at a time.
inline constexpr std::size_t square_side = 8;

/// Copies a block of an operand to `buffer`, row after row without gaps; of an index, computes it.
void gather(const StridedOperand& operand, const BlockRange& block, std::byte* buffer) noexcept;

/// Copies a block from `buffer` to where the operand lies.
void scatter(const StridedOperand& operand, const BlockRange& block, const std::byte* buffer) noexcept;

}  // namespace lanewise::inline v0
