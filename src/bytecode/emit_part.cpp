// Straight-line instructions for some nodes of a graph: the order of work, and where each value waits.
//
// Order: operands first, and of two the one that needs more accumulators (Sethi and Ullman, "The generation of optimal code for arithmetic
// expressions", 1970): fewest values wait, so two accumulators mostly suffice. A value that is used twice is computed once and waits in a
// scratch tile until its last use, so for graphs that are no trees the count of tiles may not be the least.
//
// Operands that need no accumulator are *direct*: arrays (but for those that must be loaded, as bool, whose bytes become lane masks, or
// with gaps between their elements), scratch tiles, constants and slots. A product of direct operands that only one sum uses becomes part of
// that sum: `add_product`; and a sum that only one product uses part of that: `multiply_sum`. A sine and a cosine of one operand are computed
// together, and the one that comes second waits in a tile.
//
// A complex value fills both accumulators, so whatever else is alive waits in tiles while one is computed; of two complex operands the right
// one is in a tile, or a constant. Integers of 8 and 16 bits are computed as int32 and brought back into range only where somebody sees more
// than their low bits; a store does not.
//
// The walk keeps its own stack of steps, so a chain of half a million terms costs memory but no depth of calls.
// What an accumulator, a tile and a slot are: src/README.md. Cutting into segments: bytecode/segment.hpp.

#include "bytecode/emit_part.hpp"

#include <array>
#include <utility>

#include "bytecode/part_nodes.hpp"
#include "bytecode/scratch_tiles.hpp"
#include "bytecode/segment.hpp"
#include "ir/power_form.hpp"

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

bool is_narrow_integer(DType dtype) { return dtype.is_integer() && dtype != travelling_dtype(dtype); }

Opcode wrap_to(DType dtype) {
  switch (dtype.code) {
    case DType::Code::int8: return Opcode::wrap_int8;
    case DType::Code::int16: return Opcode::wrap_int16;
    case DType::Code::uint8: return Opcode::wrap_uint8;
    default: return Opcode::wrap_uint16;
  }
}

class PartEmitter {
 public:
  PartEmitter(const Graph& graph, PartNodes nodes, std::size_t first_output) : graph_(graph), nodes_(std::move(nodes)), first_output_(first_output) {}

  ProgramPart emit(std::span<const NodeIndex> roots) {
    for (std::size_t i = 0; i < roots.size(); ++i) {
      compute(roots[i]);
      const Opcode store = i + 1 == roots.size() ? Opcode::store_last : Opcode::store;
      append(store, graph_.node(roots[i]).dtype, Source::a, {Source::output, static_cast<std::uint32_t>(first_output_ + i)});
      consume(roots[i]);
    }
    return cut_into_segments(std::move(instructions_), tiles_.count());
  }

 private:
  /// Work that waits on the stack.
  struct Step {
    NodeIndex node;
    Source destination;
    bool other_live;   ///< the other accumulator holds a value that must survive
    /// Where the operands are that have left their own place: in an accumulator, or in a tile to wait.
    std::array<Operand, 3> waiting = {none, none, none};
    std::uint32_t argument_count = 0;  ///< of a call: arguments begun
    Operand frame = none;              ///< of a call: the tiles of its arguments and result
  };

  // The walk ----------------------------------------------------------------------------------------------------------------------

  void compute(NodeIndex root) {
    begin(root, Source::a, false);
    while (!steps_.empty()) {
      advance(steps_.size() - 1);
    }
  }

  /// Loads the node if it has a place, else pushes the step that computes it.
  void begin(NodeIndex n, Source destination, bool other_live) {
    if (nodes_.place(n) == none) {
      steps_.push_back({n, destination, other_live});
    } else {
      load(n, destination, nodes_.place(n));
      if (nodes_.is_spread(n)) settle(n, destination);  // a tile is read faster than over gaps again
    }
  }

  /// Begins the next operand of the step's node that must be computed, or emits the node when none is left.
  void advance(std::size_t step_index) {
    Step& step = steps_[step_index];
    const Node& node = graph_.node(step.node);
    if (begin_next_operand(step, node)) return;
    const Step finished = step;
    steps_.pop_back();
    emit_node(finished);
    settle(finished.node, finished.destination);
  }

  bool begin_next_operand(Step& step, const Node& node) {
    if (node.kind == Node::Kind::call) return begin_argument(step, node);
    if (nodes_.has_complex_operand(node)) return begin_complex_operand(step, node);
    return node.operand_count == 3 ? begin_select_operand(step) : begin_operand(step);
  }

  /// Arguments of a host function go to its frame one after another, as they lie in arrays.
  bool begin_argument(Step& step, const Node& node) {
    if (step.argument_count == 0) step.frame = tiles_.take(frame_tile_count(node));
    if (step.argument_count > 0) {
      const std::uint32_t last = step.argument_count - 1;
      append(Opcode::store, graph_.node(node.operands[last]).dtype, Source::a, frame_tile(step, node, last));
      consume(node.operands[last]);
    }
    if (step.argument_count == node.operand_count) return false;
    const NodeIndex argument = node.operands[step.argument_count++];
    begin(argument, Source::a, false);
    return true;
  }

  void emit_call(const Step& step, const Node& node) {
    append(Opcode::call_host, DType::int32, Source::a, step.frame, {Source::host, node.function_index});
    append(Opcode::load, node.dtype, step.destination, frame_tile(step, node, node.operand_count));
    tiles_.give_back(step.frame, frame_tile_count(node));
  }

  /// The tile of an argument, or after the last one of the result.
  Operand frame_tile(const Step& step, const Node& node, std::uint32_t argument) const {
    std::uint32_t tile = step.frame.index;
    for (std::uint32_t i = 0; i < argument; ++i) tile += ScratchTiles::tiles_of(graph_.node(node.operands[i]).dtype);
    return {Source::scratch, tile};
  }

  std::uint32_t frame_tile_count(const Node& node) const {
    return frame_tile({}, node, node.operand_count).index + ScratchTiles::tiles_of(node.dtype);
  }

  /// Operands of a node that works on complex values: all but the first value wait in tiles, or are constants.
  bool begin_complex_operand(Step& step, const Node& node) {
    const bool is_select = node.operand_count == 3;
    const std::array<std::size_t, 3> order = is_select ? std::array<std::size_t, 3>{2, 0, 1} : std::array<std::size_t, 3>{1, 0, 0};
    const std::size_t first = node.operand_count == 1 ? 1 : 0;
    const std::size_t last = is_select ? 2 : 1;
    for (std::size_t i = first; i <= last; ++i) {
      const std::size_t position = order[i];
      const NodeIndex operand = node.operands[position];
      // The first value of a select is loaded here, as the condition may be in the accumulator that it is loaded into.
      const bool in_place = nodes_.is_direct(operand) && (!is_select || (position != 1 && nodes_.place(operand).source == Source::scratch));
      if (step.waiting[position] != none || in_place) continue;
      for (std::size_t j = 0; j < node.operand_count; ++j) {
        if (is_accumulator(step.waiting[j])) wait_in_tile(step, j);
      }
      step.waiting[position] = accumulator(Source::a);
      begin(operand, Source::a, false);
      return true;
    }
    return false;
  }

  /// Positions of the operands that are neither direct nor waiting, from `first` on; the one that needs most comes first.
  std::vector<std::size_t> pending(const Step& step, std::size_t first) const {
    const Node& node = graph_.node(step.node);
    std::vector<std::size_t> result;
    for (std::size_t i = first; i < nodes_.read_operands(node).size(); ++i) {
      if (step.waiting[i] == none && !nodes_.is_direct(node.operands[i])) result.push_back(i);
    }
    if (result.size() == 2 && goes_second(node, result[0], result[1])) std::swap(result[0], result[1]);
    return result;
  }

  bool goes_second(const Node& node, std::size_t left, std::size_t right) const {
    const bool left_fuses = nodes_.fused_opcode(node, left).has_value();
    const bool right_fuses = nodes_.fused_opcode(node, right).has_value();
    if (left_fuses != right_fuses) return left_fuses;
    return nodes_.needs(node.operands[left]) < nodes_.needs(node.operands[right]);
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
      if (nodes_.fused_opcode(node, position).has_value()) return false;
      if (!step.other_live && nodes_.needs(node.operands[position]) < 2) {
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
    const bool stays = left.size() == 1 && !step.other_live && nodes_.needs(node.operands[0]) < 2 && !nodes_.fills_both(node.operands[position]);
    const Source target = stays ? other(step.destination) : step.destination;
    step.waiting[position] = accumulator(target);
    begin(node.operands[position], target, !stays && step.other_live);
    return true;
  }

  /// Frees the destination for another operand: the value waits in its own place if it has one, else in a tile.
  void leave_accumulator(Step& step, std::size_t position) {
    const NodeIndex n = graph_.node(step.node).operands[position];
    if (nodes_.is_direct(n)) {
      step.waiting[position] = none;
      return;
    }
    wait_in_tile(step, position);
  }

  void wait_in_tile(Step& step, std::size_t position) {
    const NodeIndex n = graph_.node(step.node).operands[position];
    if (nodes_.place(n).source == Source::scratch) {
      step.waiting[position] = none;
      return;
    }
    const Operand tile = tiles_.take(graph_.node(n).dtype);
    append(Opcode::spill, travelling_dtype(graph_.node(n).dtype), step.waiting[position].source, tile);
    step.waiting[position] = tile;
  }

  /// Keeps a value that is used again after this use.
  void settle(NodeIndex n, Source destination) {
    if (nodes_.use_count(n) < 2) return;
    const DType dtype = graph_.node(n).dtype;
    nodes_.set_place(n, tiles_.take(dtype));
    append(Opcode::spill, travelling_dtype(dtype), destination, nodes_.place(n));
  }

  // Instructions ------------------------------------------------------------------------------------------------------------------

  bool is_short_power(const Node& node) const {
    if (node.operation != OperationId::power || !node.dtype.is_floating()) return false;
    const Node& exponent = graph_.node(node.operands[1]);
    return exponent.kind == Node::Kind::constant && can_multiply_power(exponent.value);
  }

  void emit_node(const Step& step) {
    const Node& node = graph_.node(step.node);
    if (node.kind == Node::Kind::call) return emit_call(step, node);
    const DType dtype = graph_.kernel_dtype(node);
    if (nodes_.has_complex_operand(node)) {
      emit_complex(step, node, dtype);
    } else if (node.operand_count == 3) {
      append(opcode_of(node.operation), dtype, step.destination, operand_at(step, 1), operand_at(step, 2));
    } else if (nodes_.has_partner(step.node)) {
      emit_sine_cosine(step, dtype);
    } else if (!emit_fused(step)) {
      Operand left = operand_at(step, 0);
      Operand right = nodes_.reads_one_operand_twice(node) ? same : node.operand_count == 2 ? operand_at(step, 1) : none;
      arrange(node, step.destination, left, right);
      if (must_load_left(node, left, right)) {
        load(node.operands[0], step.destination, left);
        left = accumulator(step.destination);
      }
      append(is_short_power(node) ? Opcode::power_of_constant : opcode_of(node.operation), dtype, step.destination, left, right);
    }
    if (nodes_.is_whole(step.node) && is_narrow_integer(node.dtype) && operation(node.operation).algebra.wraps) {
      append(wrap_to(node.dtype), DType::int32, step.destination, accumulator(step.destination));
    }
    for (std::size_t i = 0; i < nodes_.read_operands(node).size(); ++i) release(step, i);
  }

  /// The value that stays in the accumulators is the first one of the operation, or the second where only that one was computed.
  void emit_complex(const Step& step, const Node& node, DType dtype) {
    const bool is_select = node.operand_count == 3;
    const std::size_t value = is_select ? 1 : 0;
    Operand left = operand_at(step, value);
    const Operand right = node.operand_count == 1 ? none : operand_at(step, is_select ? 2 : 1);
    if (!is_accumulator(left) && !is_accumulator(right)) {
      load(node.operands[value], Source::a, left);
      left = accumulator(Source::a);
    }
    const bool turned = !is_accumulator(left);
    if (is_select) {
      append(opcode_of(node.operation), dtype, Source::a, operand_at(step, 0), right);
    } else if (turned && operation(node.operation).algebra.commutative) {
      append(opcode_of(node.operation), dtype, Source::a, right, left);
    } else {
      append(opcode_of(node.operation), dtype, Source::a, left, right);
    }
  }

  /// The node's value comes into `a`, where everything that fills both accumulators is computed, and its partner's waits in a tile.
  void emit_sine_cosine(const Step& step, DType dtype) {
    const NodeIndex angle = graph_.node(step.node).operands[0];
    if (!is_accumulator(operand_at(step, 0))) load(angle, Source::a, operand_at(step, 0));
    const Source sine = graph_.node(step.node).operation == OperationId::sin ? Source::a : Source::b;
    append(Opcode::sine_cosine, dtype, sine, accumulator(Source::a));
    const Operand tile = tiles_.take(dtype);
    nodes_.set_place(nodes_.partner(step.node), tile);
    append(Opcode::spill, dtype, Source::b, tile);
  }

  void load(NodeIndex n, Source destination, Operand place) {
    const DType dtype = graph_.node(n).dtype;
    const Opcode opcode = place.source == Source::scratch ? Opcode::reload : Opcode::load;
    append(opcode, place.source == Source::input ? dtype : travelling_dtype(dtype), destination, place);
  }

  Operand operand_at(const Step& step, std::size_t position) const {
    return step.waiting[position] != none ? step.waiting[position] : nodes_.place(graph_.node(step.node).operands[position]);
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

  bool emit_fused(const Step& step) {
    const Node& outer = graph_.node(step.node);
    if (outer.operand_count != 2 || nodes_.reads_one_operand_twice(outer)) return false;
    for (const std::size_t position : {0u, 1u}) {
      if (step.waiting[position] != none || nodes_.is_direct(outer.operands[position]) || !is_accumulator(step.waiting[1 - position])) continue;
      const Node& inner = graph_.node(outer.operands[position]);
      Operand left = nodes_.place(inner.operands[0]);
      Operand right = nodes_.reads_one_operand_twice(inner) ? same : nodes_.place(inner.operands[1]);
      if (is_constant(left) && inner.operation != OperationId::subtract) std::swap(left, right);
      append(*nodes_.fused_opcode(outer, position), travelling_dtype(outer.dtype), step.destination, left, right);
      for (const NodeIndex operand : nodes_.read_operands(inner)) consume(operand);
      return true;
    }
    return false;
  }

  void append(Opcode opcode, DType dtype, Source destination, Operand left, Operand right = none) {
    instructions_.push_back({opcode, dtype, destination, left, right});
  }

  void release(const Step& step, std::size_t position) {
    const NodeIndex n = graph_.node(step.node).operands[position];
    if (step.waiting[position].source == Source::scratch) tiles_.give_back(step.waiting[position], graph_.node(n).dtype);
    consume(n);
  }

  /// Counts one use as done; after the last, the node's tile is free.
  void consume(NodeIndex n) {
    if (nodes_.use(n) == 0 && nodes_.place(n).source == Source::scratch) tiles_.give_back(nodes_.place(n), graph_.node(n).dtype);
  }

  const Graph& graph_;
  PartNodes nodes_;
  ScratchTiles tiles_;
  std::size_t first_output_;
  std::vector<Step> steps_;
  std::vector<Instruction> instructions_;
};

}  // namespace

ProgramPart emit_part(const Graph& graph, std::vector<Operand> leaves, std::vector<bool> is_spread, std::span<const NodeIndex> roots,
                      std::size_t first_output) {
  return PartEmitter(graph, PartNodes(graph, std::move(leaves), std::move(is_spread), roots), first_output).emit(roots);
}

}  // namespace lanewise::inline v0
