#pragma once
// One block of a pass: operands are staged where they do not lie in order, then folded as they are or read by the program, whose results are
// copied to where they belong. Where nothing is staged and results go through buffers, a block is run in parts: the buffers stay in the first cache, and the
// program, in memory, reads on without a new start.

#include <array>
#include <optional>

#include "exec/pass_plan.hpp"

namespace lanewise::inline v0 {

/// Rows of a block in memory.
struct BlockRows {
  const std::byte* first;
  std::ptrdiff_t row_bytes;  ///< from one row to the next
};

/// How a stream goes on from row to row, where the program runs on rows.
struct StreamRows {
  std::ptrdiff_t step_bytes;
  std::size_t near, far;  ///< rows ahead of the one that is run
};

/// Invariant: nothing here allocates, throws, locks or looks up a name, but for calls of host functions.
class BlockRunner {
 public:
  /// `memory` has `plan.task_bytes` bytes and is 64-byte aligned.
  BlockRunner(const PassPlan& plan, std::byte* memory);
  BlockRunner(const BlockRunner&) = delete;
  BlockRunner& operator=(const BlockRunner&) = delete;

  /// Stages the operands of a block, and binds the program to it.
  void bind(const BlockRange& block);
  /// Returns how many columns of a block can be run by `run_parts`: none, or whole parts.
  std::size_t columns_in_parts(const BlockRange& block) const;
  /// Runs the program on so many columns of the block that was bound; where there are results, `parts.after` calls store_results.
  void run_parts(std::size_t column_count, const TileParts& parts);
  /// The same, adding to the columns of a leaf (kernels/fold.hpp) what the program would store.
  void sum_parts(std::size_t column_count, const TileParts& parts, unsigned char* leaf);
  /// Runs the program on a part of the block that was bound, of at most `plan.run_columns` columns from a multiple of that on, and stores its results.
  void run(const BlockRange& part);
  /// Copies the results of a part that has been run to where they belong.
  void store_results(const BlockRange& part) const;

  /// Returns where the elements of a part lie that a reduction folds: of an operand once it is staged, of an output once the program has run.
  BlockRows rows_of(const PassFold& fold, const BlockRange& part) const;

 private:
  std::size_t head_length() const;
  bool is_read_before(const PassOperand& operand) const;
  bool is_beside(const PassOperand& operand, const PassOperand& other) const;
  void list_streams(const BlockRange& block, std::size_t row);
  void set_stream(std::size_t number, const PassOperand& operand, ReadAhead distances, const BlockRange& block, std::size_t row);
  bool is_staged_already(const PassOperand& operand, const BlockRange& block) const;
  BlockRange range_to_stage(const PassOperand& operand, const BlockRange& block) const;
  std::ptrdiff_t staged_row_bytes(const PassOperand& operand, const BlockRange& block) const;
  void stage(const BlockRange& block);
  void bind_block(const BlockRange& block);
  const std::byte* bound_row(const PassOperand& operand, const BlockRange& block, std::size_t row);
  void bind_row(const BlockRange& block, std::size_t row);
  std::ptrdiff_t row_step(const PassOperand& operand, const BlockRange& block) const;
  void bind_next_row(const BlockRange& block, std::size_t row);
  void run_bound(std::size_t first, std::size_t element_count);

  const PassPlan& plan_;
  std::byte* memory_;
  const std::byte** inputs_;
  std::byte** outputs_;
  std::ptrdiff_t* steps_;
  std::int32_t* output_masks_;
  CallArguments arguments_;
  std::optional<BoundPart> part_;
  bool has_even_rows_;
  std::array<InputStream, maximum_stream_count> streams_;
  std::array<StreamRows, maximum_stream_count> stream_rows_;
  std::size_t first_bound_column_ = 0;
  std::size_t first_staged_column_ = 0;
  std::size_t staged_rows_ = 0;
  std::size_t staged_columns_ = 0;
};

}  // namespace lanewise::inline v0
