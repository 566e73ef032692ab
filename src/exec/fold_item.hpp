#pragma once
// One item of a pass: a group of kept places and a unit of steps, block by block.

#include "exec/block_runner.hpp"
#include "exec/call_monitor.hpp"

namespace lanewise::inline v0 {

class ItemRunner {
 public:
  /// `memory` has `plan.task_bytes` bytes and is 64-byte aligned.
  ItemRunner(const PassPlan& plan, std::byte* memory) : plan_(plan), memory_(memory), blocks_(plan, memory) {}

  /// Returns false if it was stopped before the end.
  bool run(std::size_t item, CallMonitor& monitor);

 private:
  struct Item {
    std::size_t first_kept, kept_count;
    std::size_t unit, first_step, step_count;
  };
  struct WholeParts;
  struct FoldedParts;

  Item item_of(std::size_t number) const;
  BlockRange range_of(const Item& item) const;
  bool run_rows(const Item& item, CallMonitor& monitor);
  bool run_row_group(const BlockRange& rows, const Item& item, CallMonitor& monitor);
  void run_block(const BlockRange& block, const Item& item);
  void run_parts(const BlockRange& block, std::size_t column_count, const Item& item);
  void fold_parts(const BlockRange& block, std::size_t column_count, const Item& item);
  static void after_folded_part(const TileParts& parts, std::size_t column);
  static void after_leaf(const TileParts& parts, std::size_t column);
  static void after_part(const TileParts& parts, std::size_t column);
  void fold_operands(const BlockRange& block, const Item& item);
  void fold_outputs(const BlockRange& block, const Item& item);
  void fold_block(const PassFold& fold, const BlockRange& block, const Item& item);
  void deliver(const PassFold& fold, std::size_t kept, std::size_t lanes, const Item& item);
  FoldState state_of(const PassFold& fold, std::size_t lanes, std::size_t steps_done, const Item& item) const;

  const PassPlan& plan_;
  std::byte* memory_;
  BlockRunner blocks_;
};

/// Combines the partials of all units and writes the results; precondition: every item was run.
void combine_units(const PassPlan& plan);

}  // namespace lanewise::inline v0
