#pragma once
// ExecutionPlan: a program, the arrays of one call, and how the work is divided. Once a plan stands, only
// memory for a task's workspace can be missing, or a stop be asked for.

#include <cstddef>
#include <span>
#include <string>

#include <lanewise/array.hpp>
#include <lanewise/options.hpp>
#include <lanewise/schema.hpp>

#include "exec/loaded_program.hpp"
#include "exec/run_block.hpp"

namespace lanewise::inline v0 {

/// The arrays of one call. Inputs are by position in the graph: those that the caller gives, then views of them.
struct CallArrays {
  std::span<const SchemaEntry> schema;  ///< names and dtypes of all inputs
  std::span<const ArrayView* const> inputs;
  std::span<const MutableArrayView> outputs;
  std::size_t given_count;  ///< inputs that are no views

  std::span<const ArrayView* const> given() const { return inputs.first(given_count); }
};

/// Of an elementwise program on arrays that lie in order.
struct ExecutionPlan {
  const LoadedProgram* program;
  CallArguments arguments;
  std::size_t element_count;
  std::size_t head_length;   ///< see choose_head_length
  std::size_t block_length;  ///< elements, a whole number of tiles
  std::size_t block_count;
  std::size_t worker_count;
};

/// Returns how many elements stand before the output is aligned to 64 bytes, if it is long enough for that to be worth a tile; less than a tile.
std::size_t choose_head_length(const MutableArrayView& output, std::size_t tile_length) noexcept;

/// Bytes that `plan` needs for slots, addresses and streams.
std::size_t plan_workspace_bytes(const LoadedProgram& program) noexcept;

/// Computes what depends on scalars alone, and divides the work. The plan points into `arrays` and into `workspace` (plan_workspace_bytes of it,
/// 64-byte aligned). Precondition: lie_in_order.
/// Throws DTypeError E205, E209; the outputs are untouched.
ExecutionPlan plan(const LoadedProgram& program, const CallArrays& arrays, const EvaluateOptions& options, std::byte* workspace);

/// Returns one line: "x86-64-v4: 32 elements a tile, 16384 a block, 62 blocks on 2 threads; streaming stores; no scratch tile".
std::string to_text(const ExecutionPlan& plan);

}  // namespace lanewise::inline v0
