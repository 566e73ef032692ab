#pragma once

#include <limits>

#include "exec/plan.hpp"
#include "exec/loaded_schedule.hpp"

namespace lanewise::inline v0 {

/// Checks the dtypes of the inputs. Throws DTypeError E209.
void check_inputs(std::span<const SchemaEntry> schema, std::span<const ArrayView* const> inputs);

/// Checks the dtype of an output, and that its elements do not share memory. `output_count` is for the message.
/// Throws DTypeError E203, AliasError E305.
void check_output(const MutableArrayView& output, DType wanted, std::size_t output_index, std::size_t output_count);

/// True if an elementwise program can walk the arrays of the call as they lie: contiguous, all of the output's shape, or of one element.
/// Nothing is thrown: whatever is wrong otherwise, the general plan says.
bool lie_in_order(const CallArrays& arrays, const Program& program) noexcept;

/// Checks that every output stands on an input exactly or not at all, and apart from the others.
/// Throws AliasError E305.
void check_overlap_in_order(const CallArrays& arrays, const Program& program);

inline constexpr std::size_t no_memory_limit = std::numeric_limits<std::size_t>::max();

/// Counts what a call needs against EvaluateOptions::memory_limit_bytes.
class NeededMemory {
 public:
  explicit NeededMemory(std::size_t limit_bytes) noexcept : limit_bytes_(limit_bytes) {}
  /// Adds an array. Throws LimitError E406.
  void add(std::span<const std::size_t> shape, DType dtype);
  std::size_t left_bytes() const noexcept { return limit_bytes_ - needed_bytes_; }

 private:
  std::size_t limit_bytes_;
  std::size_t needed_bytes_ = 0;
};

[[noreturn]] void refuse_overlap(const std::string& what);
/// Returns "the output", or "output 2" where there are several.
std::string output_name(std::size_t output_index, std::size_t output_count);

}  // namespace lanewise::inline v0
