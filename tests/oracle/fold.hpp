#pragma once
// Reductions of one row of elements, in plain loops: the order of combining is part of the language, so sums are equal to the last bit.
//
//   - Element i belongs to column i mod 32. A leaf is 256 elements: each of its columns combines its eight in order.
//   - Leaves combine column by column, pairwise, as a binary counter carries: 0 with 1, 2 with 3, then those two pairs, ...; what is left
//   at
//     the end combines from the last, smallest group to the first.
//   - At the end the columns combine by halves: 0 with 16, 1 with 17, ..., then 0 with 8, ..., 0 with 1.
//   - What is missing at the end is left out.

#include <optional>
#include <span>

#include "oracle/value.hpp"

namespace lanewise::inline v0::oracle {

enum class Fold { sum, product, smallest, largest, any, all, argmin, argmax, nanmin, nanmax };

/// Returns the reduction of elements of one dtype, in that dtype (of positions int64); floats are accumulated in float64, parts of complex
/// values likewise. Nothing where no element has no meaning: of extremes and their positions.
std::optional<Value> fold(Fold reduction, DType dtype, std::span<const Value> elements);

}  // namespace lanewise::inline v0::oracle
