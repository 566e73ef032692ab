// Straight-line instructions for some nodes of a graph: the order of work, and where each value waits.
//
// Order: operands first, and of two the one that needs more accumulators (Sethi and Ullman, "The generation of optimal code for arithmetic
// expressions", 1970): fewest values wait, so two accumulators mostly suffice. A value that is used twice is computed once and waits in a
// scratch tile until its last use, so for graphs that are no trees the count of tiles may not be the least.
//
// Operands that need no accumulator are *direct*: arrays (but for bool, whose bytes must become lane masks), scratch tiles, constants and
// slots. A product of direct operands that only one sum uses becomes part of that sum: `add_product`.
//
// The walk keeps its own stack of steps, so a chain of half a million terms costs memory but no depth of calls.
// What an accumulator, a tile and a slot are: src/README.md. Cutting into segments: bytecode/segment.hpp.

#include "bytecode/emit_part.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "bytecode/segment.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

constexpr Operand none{};
constexpr Operand same{Source::same, 0};

Operand accumulator(Source which) { return {which, 0}; }
Source other(Source which) { return which == Source::a ? Source::b : Source::a; }
bool is_accumulator(Operand operand) { return operand.source == Source::a || operand.source == Source::b; }
bool is_memory(Operand operand) { return operand.source == Source::input || operand.source == Source::scratch; }
bool is_constant(Operand operand) { return operand.source == Source::constant || operand.source == Source::slot; }
Opcode opcode_of(OperationId id) { return static_cast<Opcode>(id); }

class PartEmitter {
 public:
  PartEmitter(const Graph& graph, std::vector<Operand> leaves, std::size_t first_output)
      : graph_(graph), places_(std::move(leaves)), use_counts_(places_.size()), needs_(places_.size()), first_output_(first_output) {}

  ProgramPart emit(std::span<const NodeIndex> roots) {
    count_uses(roots);
    count_needs();
    for (std::size_t i = 0; i < roots.size(); ++i) {
      compute(roots[i]);
      const Opcode store = i + 1 == roots.size() ? Opcode::store_last : Opcode::store;
      append(store, graph_.node(roots[i]).dtype, Source::a, {Source::output, static_cast<std::uint32_t>(first_output_ + i)});
      consume(roots[i]);
    }
    return cut_into_segments(std::move(instructions_), tile_count_);
  }

 private:
  /// Work that waits on the stack.
  struct Step {
    NodeIndex node;
    Source destination;
    bool other_live;   ///< the other accumulator holds a value that must survive
    bool operands_begun = false;
    /// Where the operands are that have left their own place: in an accumulator, or in a tile to wait.
    std::array<Operand, 3> waiting = {none, none, none};
  };

  // Which nodes are needed, how often, and with how many accumulators ------------------------------------------------------------

  bool is_computed(NodeIndex n) const { return graph_.node(n).kind == Node::Kind::operation && places_[n] == none; }

  /// A square reads its operand once.
  bool reads_one_operand_twice(const Node& node) const {
    const Operation& row = operation(node.operation);
    return node.operand_count == 2 && node.operands[0] == node.operands[1] && row.algebra.commutative && row.cost == Cost::cheap;
  }

  std::span<const NodeIndex> read_operands(const Node& node) const {
    return node.operand_list().first(reads_one_operand_twice(node) ? 1u : node.operand_count);
  }

  void count_uses(std::span<const NodeIndex> roots) {
    for (const NodeIndex root : roots) ++use_counts_[root];
    for (std::size_t n = places_.size(); n-- > 0;) {
      if (use_counts_[n] == 0 || !is_computed(static_cast<NodeIndex>(n))) continue;
      for (const NodeIndex operand : read_operands(graph_.nodes()[n])) ++use_counts_[operand];
    }
  }

  void count_needs() {
    for (NodeIndex n = 0; n < places_.size(); ++n) {
      if (!is_computed(n)) {
        needs_[n] = is_direct(n) ? 0 : 1;
        continue;
      }
      std::uint8_t most = 0;
      bool tie = false;
      for (const NodeIndex operand : read_operands(graph_.node(n))) {
        tie = needs_[operand] == most;
        most = std::max(most, needs_[operand]);
      }
      needs_[n] = static_cast<std::uint8_t>(std::clamp(most + (tie ? 1 : 0), 1, 3));  // beyond 2 a value must wait in a tile anyway
    }
  }

  bool is_direct(NodeIndex n) const {
    return places_[n] != none && !(places_[n].source == Source::input && graph_.node(n).dtype.is_bool());
  }

  // The walk ----------------------------------------------------------------------------------------------------------------------

  void compute(NodeIndex root) {
    begin(root, Source::a, false);
    while (!steps_.empty()) {
      advance(steps_.size() - 1);
    }
  }

  /// Loads the node if it has a place, else pushes the step that computes it.
  void begin(NodeIndex n, Source destination, bool other_live) {
    if (places_[n] == none) {
      steps_.push_back({n, destination, other_live});
    } else {
      append(places_[n].source == Source::scratch ? Opcode::reload : Opcode::load, graph_.node(n).dtype, destination, places_[n]);
    }
  }

  /// Begins the next operand of the step's node that must be computed, or emits the node when none is left.
  void advance(std::size_t step_index) {
    Step& step = steps_[step_index];
    const Node& node = graph_.node(step.node);
    if (node.operand_count == 3 ? begin_select_operand(step) : begin_operand(step)) return;
    const Step finished = step;
    steps_.pop_back();
    emit_node(finished);
    settle(finished.node, finished.destination);
  }

  /// Positions of the operands that are neither direct nor waiting, from `first` on; the one that needs most comes first.
  std::vector<std::size_t> pending(const Step& step, std::size_t first) const {
    const Node& node = graph_.node(step.node);
    std::vector<std::size_t> result;
    for (std::size_t i = first; i < read_operands(node).size(); ++i) {
      if (step.waiting[i] == none && !is_direct(node.operands[i])) result.push_back(i);
    }
    if (result.size() == 2 && goes_second(node, result[0], result[1])) std::swap(result[0], result[1]);
    return result;
  }

  bool goes_second(const Node& node, std::size_t left, std::size_t right) const {
    const bool left_fuses = fuses(node, left);
    const bool right_fuses = fuses(node, right);
    if (left_fuses != right_fuses) return left_fuses;
    return needs_[node.operands[left]] < needs_[node.operands[right]];
  }

  /// One or two operands. Returns false when all are where the instruction can have them.
  bool begin_operand(Step& step) {
    const std::vector<std::size_t> left = pending(step, 0);
    if (left.empty()) return false;
    const Node& node = graph_.node(step.node);
    const std::size_t position = left.front();
    const std::size_t before = 1 - position;
    Source target = step.destination;
    bool live = step.other_live;
    if (node.operand_count == 2 && is_accumulator(step.waiting[before])) {
      if (fuses(node, position)) return false;
      if (!step.other_live && needs_[node.operands[position]] < 2) {
        target = other(step.destination);
        live = true;
      } else {
        leave_accumulator(step, before);
      }
    }
    step.waiting[position] = accumulator(target);
    begin(node.operands[position], target, live);
    return true;
  }

  /// `where`: its condition must end in the destination, so the other operands come first.
  bool begin_select_operand(Step& step) {
    if (step.waiting[0] != none) return false;
    const Node& node = graph_.node(step.node);
    for (const std::size_t i : {1u, 2u}) {
      if (step.waiting[i] == accumulator(step.destination)) leave_accumulator(step, i);
    }
    const std::vector<std::size_t> left = pending(step, 1);
    if (left.empty()) {
      const bool other_used = is_accumulator(step.waiting[1]) || is_accumulator(step.waiting[2]);
      step.waiting[0] = accumulator(step.destination);
      begin(node.operands[0], step.destination, step.other_live || other_used);
      return true;
    }
    const std::size_t position = left.front();
    const bool stays = left.size() == 1 && !step.other_live && needs_[node.operands[0]] < 2;
    const Source target = stays ? other(step.destination) : step.destination;
    step.waiting[position] = accumulator(target);
    begin(node.operands[position], target, !stays && step.other_live);
    return true;
  }

  /// Frees the destination for another operand: the value waits in its own place if it has one, else in a tile.
  void leave_accumulator(Step& step, std::size_t position) {
    const NodeIndex n = graph_.node(step.node).operands[position];
    if (is_direct(n)) {
      step.waiting[position] = none;
      return;
    }
    const Operand tile = take_tile();
    append(Opcode::spill, graph_.node(n).dtype, step.waiting[position].source, tile);
    step.waiting[position] = tile;
  }

  /// Keeps a value that is used again after this use.
  void settle(NodeIndex n, Source destination) {
    if (use_counts_[n] < 2) return;
    places_[n] = take_tile();
    append(Opcode::spill, graph_.node(n).dtype, destination, places_[n]);
  }

  // Instructions ------------------------------------------------------------------------------------------------------------------

  void emit_node(const Step& step) {
    const Node& node = graph_.node(step.node);
    const DType dtype = graph_.kernel_dtype(node);
    if (node.operand_count == 3) {
      append(opcode_of(node.operation), dtype, step.destination, operand_at(step, 1), operand_at(step, 2));
    } else if (!emit_fused_product(step)) {
      Operand left = operand_at(step, 0);
      Operand right = reads_one_operand_twice(node) ? same : node.operand_count == 2 ? operand_at(step, 1) : none;
      arrange(node, step.destination, left, right);
      if (must_load_left(node, left, right)) {
        append(left.source == Source::scratch ? Opcode::reload : Opcode::load, dtype, step.destination, left);
        left = accumulator(step.destination);
      }
      append(opcode_of(node.operation), dtype, step.destination, left, right);
    }
    for (std::size_t i = 0; i < read_operands(node).size(); ++i) release(step, i);
  }

  Operand operand_at(const Step& step, std::size_t position) const {
    return step.waiting[position] != none ? step.waiting[position] : places_[graph_.node(step.node).operands[position]];
  }

  /// Commutative operations have instructions for one order of operand kinds only: accumulators (the destination first), memory, constants.
  static void arrange(const Node& node, Source destination, Operand& left, Operand& right) {
    if (!operation(node.operation).algebra.commutative || right == none || right == same) return;
    const auto rank = [](Operand operand) { return is_accumulator(operand) ? 0 : is_memory(operand) ? 1 : 2; };
    const bool both_accumulators = is_accumulator(left) && is_accumulator(right);
    if (rank(left) > rank(right) || (both_accumulators && left.source != destination)) std::swap(left, right);
  }

  static bool must_load_left(const Node& node, Operand left, Operand right) {
    if (is_accumulator(left) || is_accumulator(right)) return false;
    if (operation(node.operation).cost == Cost::heavy) return true;
    return is_constant(left) && !is_memory(right);
  }

  void append(Opcode opcode, DType dtype, Source destination, Operand left, Operand right = none) {
    instructions_.push_back({opcode, dtype, destination, left, right});
  }

  // Products that become part of a sum --------------------------------------------------------------------------------------------

  /// True if operand `position` of a sum is a product that needs no accumulator of its own.
  bool fuses(const Node& sum, std::size_t position) const {
    const bool is_sum = sum.operation == OperationId::add || sum.operation == OperationId::subtract;
    if (!is_sum || sum.dtype.is_bool()) return false;
    const NodeIndex n = sum.operands[position];
    if (!is_computed(n) || use_counts_[n] != 1) return false;
    const Node& product = graph_.node(n);
    if (product.operation != OperationId::multiply) return false;
    const bool direct = std::ranges::all_of(product.operand_list(), [&](NodeIndex operand) { return is_direct(operand); });
    return direct && std::ranges::any_of(product.operand_list(), [&](NodeIndex operand) { return is_memory(places_[operand]); });
  }

  bool emit_fused_product(const Step& step) {
    const Node& sum = graph_.node(step.node);
    if (sum.operand_count != 2 || reads_one_operand_twice(sum)) return false;
    for (const std::size_t position : {0u, 1u}) {
      const std::size_t addend = 1 - position;
      if (step.waiting[position] != none || is_direct(sum.operands[position]) || !is_accumulator(step.waiting[addend])) continue;
      const Node& product = graph_.node(sum.operands[position]);
      Operand left = places_[product.operands[0]];
      Operand right = reads_one_operand_twice(product) ? same : places_[product.operands[1]];
      if (is_constant(left)) std::swap(left, right);
      const Opcode opcode = sum.operation == OperationId::add ? Opcode::add_product
                            : position == 1                   ? Opcode::subtract_product
                                                              : Opcode::subtract_from_product;
      append(opcode, sum.dtype, step.destination, left, right);
      for (const NodeIndex factor : read_operands(product)) consume(factor);
      return true;
    }
    return false;
  }

  // Scratch tiles -----------------------------------------------------------------------------------------------------------------

  Operand take_tile() {
    if (free_tiles_.empty()) return {Source::scratch, tile_count_++};
    const std::uint32_t tile = free_tiles_.back();
    free_tiles_.pop_back();
    return {Source::scratch, tile};
  }

  void release(const Step& step, std::size_t position) {
    if (step.waiting[position].source == Source::scratch) free_tiles_.push_back(step.waiting[position].index);
    consume(graph_.node(step.node).operands[position]);
  }

  /// Counts one use as done; after the last, the node's tile is free.
  void consume(NodeIndex n) {
    if (--use_counts_[n] == 0 && places_[n].source == Source::scratch) free_tiles_.push_back(places_[n].index);
  }

  const Graph& graph_;
  std::vector<Operand> places_;
  std::vector<std::uint32_t> use_counts_;  ///< still to come
  std::vector<std::uint8_t> needs_;        ///< accumulators that computing the node takes; 0 for direct operands
  std::size_t first_output_;
  std::vector<Step> steps_;
  std::vector<Instruction> instructions_;
  std::vector<std::uint32_t> free_tiles_;
  std::uint32_t tile_count_ = 0;
};

}  // namespace

ProgramPart emit_part(const Graph& graph, std::vector<Operand> leaves, std::span<const NodeIndex> roots, std::size_t first_output) {
  return PartEmitter(graph, std::move(leaves), first_output).emit(roots);
}

}  // namespace lanewise::inline v0
