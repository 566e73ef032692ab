#pragma once

#include "exec/plan.hpp"

namespace lanewise::inline v0 {

/// Checks the dtypes and layouts of the inputs alone: before memory for their result is asked for.
void check_inputs(std::span<const SchemaEntry> schema, std::span<const ArrayView* const> inputs);

/// Checks that the arrays fit the schema, the result's dtypes and each other. Throws what `plan` throws.
void check_arrays(const CallArrays& arrays, const Program& program);

/// True if `input` is read from exactly the memory that `output` is written to.
bool is_in_place(const ArrayView& input, const MutableArrayView& output) noexcept;

}  // namespace lanewise::inline v0
