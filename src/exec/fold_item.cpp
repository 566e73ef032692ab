// How the steps of a reduction reach its folds.
//
// Folded along the rows, the kept places of a block are lanes side by side, and blocks follow each other down the rows. Folded along the columns,
// each row is a fold of one lane: many short rows lie in one block, a long row takes several blocks. Units are whole leaves but for the last, so
// the partials of units combine as the leaves of one fold would: neighbours, then neighbouring pairs, and so on.

#include "exec/fold_item.hpp"

#include <algorithm>
#include <cstring>

namespace lanewise::inline v0 {
namespace {

BlockRange part_of(const BlockRange& block, std::size_t column, std::size_t column_count) {
  BlockRange part = block;
  part.first_column += column;
  part.column_count = std::min(column_count, block.column_count - column);
  return part;
}

}  // namespace

ItemRunner::Item ItemRunner::item_of(std::size_t number) const {
  Item item{};
  item.unit = number % plan_.unit_count;
  item.first_step = item.unit * plan_.unit_length;
  item.step_count = std::min(plan_.unit_length, plan_.step_count() - item.first_step);
  item.first_kept = number / plan_.unit_count * plan_.group_length;
  item.kept_count = std::min(plan_.group_length, plan_.kept_count() - item.first_kept);
  return item;
}

BlockRange ItemRunner::range_of(const Item& item) const {
  if (plan_.steps_are_rows) return {item.first_step, item.step_count, item.first_kept, item.kept_count};
  return {item.first_kept, item.kept_count, item.first_step, item.step_count};
}

bool ItemRunner::run(std::size_t number, CallMonitor& monitor) { return run_rows(item_of(number), monitor); }

bool ItemRunner::run_rows(const Item& item, CallMonitor& monitor) {
  const BlockRange range = range_of(item);
  for (std::size_t row = 0; row < range.row_count; row += plan_.block_rows) {
    BlockRange rows = range;
    rows.first_row += row;
    rows.row_count = std::min(plan_.block_rows, range.row_count - row);
    if (!run_row_group(rows, item, monitor)) return false;
  }
  if (!plan_.steps_are_rows) return true;
  for (const PassFold& fold : plan_.folds) deliver(fold, item.first_kept, item.kept_count, item);
  return true;
}

bool ItemRunner::run_row_group(const BlockRange& rows, const Item& item, CallMonitor& monitor) {
  for (std::size_t column = 0; column < rows.column_count; column += plan_.block_columns) {
    if (monitor.stop_requested()) return false;
    BlockRange block = rows;
    block.first_column += column;
    block.column_count = std::min(plan_.block_columns, rows.column_count - column);
    blocks_.bind(block);
    run_block(block, item);
    monitor.add_done(block.element_count());
  }
  return true;
}

void ItemRunner::run_block(const BlockRange& block, const Item& item) {
  const std::size_t in_parts = blocks_.columns_in_parts(block);
  if (in_parts > 0) run_parts(block, in_parts, item);
  for (std::size_t column = in_parts; column < block.column_count; column += plan_.run_columns) {
    const BlockRange part = part_of(block, column, plan_.run_columns);
    fold_operands(part, item);  // before the program, whose results may stand where operands were
    blocks_.run(part);
    fold_outputs(part, item);
  }
}

/// Whole parts of a block that the program runs at one go, so that it reads on in memory while one is folded.
struct ItemRunner::WholeParts : TileParts {
  ItemRunner& runner;
  const BlockRange& block;
  std::size_t column_count;
  const Item& item;

  BlockRange at(std::size_t column) const { return part_of(block, column, length); }
};

/// The same where one fold of what the program computes is all that is done with a part.
struct ItemRunner::FoldedParts : TileParts {
  const Folder& folder;
  FoldState state;  // before the first part
  const std::byte* elements;
  std::ptrdiff_t element_bytes;
};

void ItemRunner::fold_parts(const BlockRange& block, std::size_t column_count, const Item& item) {
  const PassFold& fold = plan_.folds[0];
  const std::size_t steps_done = block.first_column - item.first_step;
  const BlockRows rows = blocks_.rows_of(fold, block);
  const FoldedParts parts{{plan_.run_columns, plan_.sums_in_program ? after_leaf : after_folded_part}, *fold.folder,
                          state_of(fold, 1, steps_done, item), rows.first, static_cast<std::ptrdiff_t>(fold.element_bytes)};
  if (plan_.sums_in_program) {
    fold.folder->empty_leaf(parts.state);
    blocks_.sum_parts(column_count, parts, parts.state.levels);
  } else {
    blocks_.run_parts(column_count, parts);
  }
  if (steps_done + column_count == item.step_count) deliver(fold, block.first_row, 1, item);
}

void ItemRunner::after_folded_part(const TileParts& tile_parts, std::size_t column) {
  const auto& parts = static_cast<const FoldedParts&>(tile_parts);
  FoldState state = parts.state;
  state.steps_done += column;
  parts.folder.fold(state, parts.elements, parts.element_bytes, parts.length);
}

void ItemRunner::after_leaf(const TileParts& tile_parts, std::size_t column) {
  const auto& parts = static_cast<const FoldedParts&>(tile_parts);
  FoldState state = parts.state;
  state.steps_done += column;
  parts.folder.take_leaf(state);
}

void ItemRunner::run_parts(const BlockRange& block, std::size_t column_count, const Item& item) {
  if (plan_.only_folds_output()) return fold_parts(block, column_count, item);
  const WholeParts parts{{plan_.run_columns, after_part}, *this, block, column_count, item};
  fold_operands(parts.at(0), item);
  blocks_.run_parts(column_count, parts);
}

void ItemRunner::after_part(const TileParts& tile_parts, std::size_t column) {
  const auto& parts = static_cast<const WholeParts&>(tile_parts);
  parts.runner.blocks_.store_results(parts.at(column));
  parts.runner.fold_outputs(parts.at(column), parts.item);
  const std::size_t next = column + parts.length;
  if (next < parts.column_count) parts.runner.fold_operands(parts.at(next), parts.item);
}

void ItemRunner::fold_operands(const BlockRange& block, const Item& item) {
  for (const PassFold& fold : plan_.folds) {
    if (fold.folds_operand) fold_block(fold, block, item);
  }
}

void ItemRunner::fold_outputs(const BlockRange& block, const Item& item) {
  for (const PassFold& fold : plan_.folds) {
    if (!fold.folds_operand) fold_block(fold, block, item);
  }
}

FoldState ItemRunner::state_of(const PassFold& fold, std::size_t lanes, std::size_t steps_done, const Item& item) const {
  return {reinterpret_cast<unsigned char*>(memory_ + fold.levels_offset), lanes * fold.folder->lanes_per_element, steps_done, item.first_step};
}

void ItemRunner::fold_block(const PassFold& fold, const BlockRange& block, const Item& item) {
  const BlockRows rows = blocks_.rows_of(fold, block);
  if (plan_.steps_are_rows) {
    fold.folder->fold(state_of(fold, block.column_count, block.first_row - item.first_step, item), rows.first, rows.row_bytes, block.row_count);
    return;
  }
  const std::size_t steps_done = block.first_column - item.first_step;
  for (std::size_t row = 0; row < block.row_count; ++row) {
    const std::byte* elements = rows.first + static_cast<std::ptrdiff_t>(row) * rows.row_bytes;
    fold.folder->fold(state_of(fold, 1, steps_done, item), elements, static_cast<std::ptrdiff_t>(fold.element_bytes), block.column_count);
    if (steps_done + block.column_count == item.step_count) deliver(fold, block.first_row + row, 1, item);
  }
}

/// Ends the fold of an item: as results, or as partials of its unit.
void ItemRunner::deliver(const PassFold& fold, std::size_t kept, std::size_t lanes, const Item& item) {
  const FoldState state = state_of(fold, lanes, item.step_count, item);
  unsigned char* partial = fold.folder->close(state);
  if (plan_.unit_count == 1) {
    const std::size_t columns = std::min(item.step_count, fold_column_count);
    fold.folder->finish(partial, state.lane_count, columns, fold.results + kept * fold.folder->result_bytes);
  } else {
    const std::size_t place = kept * plan_.unit_count + item.unit * lanes;
    std::memcpy(fold.partials + place * fold.lane_partial_bytes(), partial, lanes * fold.lane_partial_bytes());
  }
}

namespace {

/// Combines the partials of one group, of `lanes` kept places, into the first.
void combine_group(const PassPlan& plan, const PassFold& fold, std::byte* partials, std::size_t lanes) {
  const std::size_t partial_bytes = lanes * fold.lane_partial_bytes();
  const std::size_t last_unit_steps = plan.step_count() - (plan.unit_count - 1) * plan.unit_length;
  for (std::size_t distance = 1; distance < plan.unit_count; distance *= 2) {
    for (std::size_t unit = 0; unit + distance < plan.unit_count; unit += 2 * distance) {
      const bool is_last = unit + distance == plan.unit_count - 1;  // it holds no others yet
      const std::size_t columns = is_last ? std::min(last_unit_steps, fold_column_count) : fold_column_count;
      fold.folder->combine(partials + unit * partial_bytes, partials + (unit + distance) * partial_bytes, lanes * fold.folder->lanes_per_element,
                           columns);
    }
  }
}

}  // namespace

void combine_units(const PassPlan& plan) {
  const std::size_t lanes_at_once = plan.steps_are_rows ? plan.group_length : 1;
  for (const PassFold& fold : plan.folds) {
    for (std::size_t kept = 0; kept < plan.kept_count(); kept += lanes_at_once) {
      const std::size_t lanes = std::min(lanes_at_once, plan.kept_count() - kept);
      std::byte* partials = fold.partials + kept * plan.unit_count * fold.lane_partial_bytes();
      combine_group(plan, fold, partials, lanes);
      fold.folder->finish(partials, lanes * fold.folder->lanes_per_element, fold_column_count, fold.results + kept * fold.folder->result_bytes);
    }
  }
}

}  // namespace lanewise::inline v0
