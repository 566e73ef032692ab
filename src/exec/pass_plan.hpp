#pragma once
// The plan of one pass on arrays of any layout: how its domain is walked, which operands are staged, how the work is divided.
//
// The domain's axes are two groups, rows and columns, each counted through in C order. Elementwise work takes blocks of rows and columns. A
// reduction keeps the axes of one group and folds along the other, whose places are its steps. *Items* are what tasks take: a *group* of
// kept places and a *unit* of steps, a whole number of leaves; with one unit an item gives results, else partials that are combined at the
// end.

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <vector>

#include "exec/loaded_schedule.hpp"
#include "exec/run_block.hpp"
#include "exec/strided.hpp"

namespace lanewise::inline v0 {

/// A value of the call.
struct CallValue {
  std::byte* data;
  DType dtype;
  std::span<const std::size_t> shape;
  std::span<const std::ptrdiff_t> strides_bytes;
  bool is_index = false;  ///< then it has no memory: its elements are their positions in the domain
};

inline constexpr std::size_t no_buffer = ~std::size_t{0};

struct PassOperand {
  std::uint32_t value;
  StridedOperand array;
  bool is_read_by_program;
  bool is_folded = false;                 ///< a reduction folds it as it is
  bool is_repeated = false;               ///< where the program runs on rows: a row has one element of it, which fills a tile in the buffer
  std::size_t buffer_offset = no_buffer;  ///< in the memory of a task

  bool is_staged() const { return buffer_offset != no_buffer && !is_repeated; }
};

/// What the program stores: a result of the expression, or elements that are folded at once.
struct PassOutput {
  std::size_t element_bytes;
  bool is_result;
  StridedOperand target;
  bool is_folded = false;
  std::size_t buffer_offset = no_buffer;

  bool is_in_place() const { return buffer_offset == no_buffer; }
};

struct PassFold {
  const Folder* folder;
  bool folds_operand;  ///< else an output of the program
  std::size_t source;  ///< position among the operands or outputs
  std::size_t element_bytes;
  std::byte* results;         ///< one for each kept place
  std::byte* partials;        ///< of kept places and units, where there are several units
  std::size_t levels_offset;  ///< in the memory of a task

  std::size_t lane_partial_bytes() const { return folder->partial_bytes(folder->lanes_per_element); }
};

struct PassPlan {
  explicit PassPlan(std::pmr::memory_resource* memory) : operands(memory), outputs(memory), folds(memory), slots(memory) {}

  const LoadedPass* pass = nullptr;
  std::size_t value_count = 0;
  std::size_t row_count = 0, column_count = 0;
  std::size_t block_rows = 0, block_columns = 0;
  std::size_t run_columns = 0;                    ///< of a block: what is run and folded at a time; all, or a power of two
  bool runs_rows = false;                         ///< the program runs on each row of a block by itself; else on the block as a whole
  bool steps_are_rows = false;                    ///< reductions fold along the rows; else along the columns
  std::size_t group_length = 0, group_count = 0;  ///< kept places an item
  std::size_t unit_length = 0, unit_count = 0;    ///< steps an item
  std::size_t worker_count = 1;
  bool sums_in_program = false;  ///< parts are leaves of a sum, to whose columns the program's last instruction adds
  bool streams_results = false;  ///< past the caches
  bool reads_ahead = false;      ///< asks for elements of later tiles: what is read is not in a cache
  std::size_t task_bytes = 0;
  std::pmr::vector<PassOperand> operands;
  std::pmr::vector<PassOutput> outputs;
  std::pmr::vector<PassFold> folds;
  std::pmr::vector<Scalar> slots;

  /// Whether all that becomes of what the program computes is one fold, the only one of the pass.
  bool only_folds_output() const { return folds.size() == 1 && !folds[0].folds_operand && outputs.size() == 1 && !outputs[0].is_result; }
  std::size_t item_count() const { return group_count * unit_count; }
  std::size_t step_count() const { return steps_are_rows ? row_count : column_count; }
  std::size_t kept_count() const { return steps_are_rows ? column_count : row_count; }
  std::size_t element_count() const { return row_count * column_count; }
};

/// Returns one line, such as "one pass over 1000 rows of 3 columns in blocks of 1000 by 3; 1 operand staged; 1 item on 1 thread".
std::string to_text(const PassPlan& plan);

}  // namespace lanewise::inline v0
