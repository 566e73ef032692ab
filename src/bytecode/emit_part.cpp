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

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>

#include "bytecode/segment.hpp"
#include "ir/power_form.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

constexpr Operand none{};
constexpr NodeIndex no_partner = std::numeric_limits<NodeIndex>::max();
constexpr Operand same{Source::same, 0};

Operand accumulator(Source which) { return {which, 0}; }
Source other(Source which) { return which == Source::a ? Source::b : Source::a; }
bool is_accumulator(Operand operand) { return operand.source == Source::a || operand.source == Source::b; }
bool is_memory(Operand operand) { return operand.source == Source::input || operand.source == Source::scratch; }
bool is_constant(Operand operand) { return operand.source == Source::constant || operand.source == Source::slot; }
Opcode opcode_of(OperationId id) { return static_cast<Opcode>(id); }

/// True if a value of this dtype lies in arrays otherwise than it travels.
bool must_be_loaded(DType dtype) { return dtype.is_bool() || dtype.is_complex() || dtype != travelling_dtype(dtype); }

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
  PartEmitter(const Graph& graph, std::vector<Operand> leaves, std::vector<bool> is_spread, std::size_t first_output)
      : graph_(graph),
        places_(std::move(leaves)),
        is_spread_(std::move(is_spread)),
        use_counts_(places_.size()),
        needs_(places_.size()),
        fills_both_(places_.size()),
        whole_(places_.size()),
        partners_(places_.size(), no_partner),
        first_output_(first_output) {}

  ProgramPart emit(std::span<const NodeIndex> roots) {
    count_uses(roots);
    find_partners();
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
    /// Where the operands are that have left their own place: in an accumulator, or in a tile to wait.
    std::array<Operand, 3> waiting = {none, none, none};
    std::uint32_t argument_count = 0;  ///< of a call: arguments begun
    Operand frame = none;              ///< of a call: the tiles of its arguments and result
  };

  // Which nodes are needed, how often, and with how many accumulators ------------------------------------------------------------

  bool is_computed(NodeIndex n) const { return places_[n] == none && graph_.node(n).operand_count > 0; }

  /// A square reads its operand once.
  bool reads_one_operand_twice(const Node& node) const {
    const Operation& row = operation(node.operation);
    if (node.kind != Node::Kind::operation || has_complex_operand(node)) return false;
    return node.operand_count == 2 && node.operands[0] == node.operands[1] && row.algebra.commutative && row.cost == Cost::cheap;
  }

  std::span<const NodeIndex> read_operands(const Node& node) const {
    return node.operand_list().first(reads_one_operand_twice(node) ? 1u : node.operand_count);
  }

  void count_uses(std::span<const NodeIndex> roots) {
    for (const NodeIndex root : roots) ++use_counts_[root];
    for (std::size_t n = places_.size(); n-- > 0;) {
      if (use_counts_[n] == 0 || !is_computed(static_cast<NodeIndex>(n))) continue;
      const Node& node = graph_.nodes()[n];
      const bool passes_on = whole_[n] && !brings_into_range(node);  // the users of a node come after it, so whole_[n] is final
      for (const NodeIndex operand : read_operands(node)) {
        ++use_counts_[operand];
        if (passes_on || !uses_low_bits(node, operand)) whole_[operand] = true;
      }
    }
  }

  /// Pairs up each sine with the cosine of the same operand, which they then use once.
  void find_partners() {
    std::map<NodeIndex, NodeIndex> sines;  // by their operand
    const auto is_needed = [&](NodeIndex n, OperationId id) {
      const Node& node = graph_.node(n);
      return use_counts_[n] > 0 && is_computed(n) && node.kind == Node::Kind::operation && node.operation == id && node.dtype.is_floating();
    };
    for (NodeIndex n = 0; n < places_.size(); ++n) {
      if (is_needed(n, OperationId::sin)) sines.emplace(graph_.node(n).operands[0], n);
    }
    for (NodeIndex n = 0; n < places_.size() && !sines.empty(); ++n) {
      if (!is_needed(n, OperationId::cos)) continue;
      const auto sine = sines.find(graph_.node(n).operands[0]);
      if (sine == sines.end()) continue;
      partners_[n] = sine->second;
      partners_[sine->second] = n;
      --use_counts_[sine->first];
    }
  }

  bool has_partner(NodeIndex n) const { return partners_[n] != no_partner; }

  /// True if a node sees no more of an operand than the bits that its dtype has in memory.
  bool uses_low_bits(const Node& node, NodeIndex operand) const {
    if (node.kind == Node::Kind::call) return true;
    return operation(node.operation).algebra.low_bits && node.dtype == graph_.node(operand).dtype;
  }

  /// True if the value is wrapped after its own instruction, whatever bits its operands had beyond their range.
  static bool brings_into_range(const Node& node) { return node.kind == Node::Kind::call || operation(node.operation).algebra.wraps; }

  /// True if the node's value or one of its operands' fills both accumulators.
  bool is_complex(const Node& node) const {
    return node.dtype.is_complex() ||
           std::ranges::any_of(node.operand_list(), [&](NodeIndex operand) { return graph_.node(operand).dtype.is_complex(); });
  }
  bool has_complex_operand(const Node& node) const { return graph_.node(node.operands[node.operand_count - 1u]).dtype.is_complex(); }

  void count_needs() {
    for (NodeIndex n = 0; n < places_.size(); ++n) {
      if (!is_computed(n)) {
        needs_[n] = is_direct(n) ? 0 : graph_.node(n).dtype.is_complex() ? 3 : 1;
        continue;
      }
      const auto operands = graph_.node(n).operand_list();
      const bool fills_both = is_complex(graph_.node(n)) || has_partner(n);
      fills_both_[n] = fills_both || std::ranges::any_of(operands, [&](NodeIndex operand) { return fills_both_[operand]; });
      if (fills_both || graph_.node(n).kind == Node::Kind::call) {
        needs_[n] = 3;
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
    return places_[n] != none && !(places_[n].source == Source::input && (is_spread_[n] || must_be_loaded(graph_.node(n).dtype)));
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
      load(n, destination, places_[n]);
      if (is_spread_[n] && places_[n].source == Source::input) settle(n, destination);  // a tile is read faster than over gaps again
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
    if (has_complex_operand(node)) return begin_complex_operand(step, node);
    return node.operand_count == 3 ? begin_select_operand(step) : begin_operand(step);
  }

  /// Arguments of a host function go to its frame one after another, as they lie in arrays.
  bool begin_argument(Step& step, const Node& node) {
    if (step.argument_count == 0) step.frame = take_tiles(frame_tile_count(node));
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
    free_tiles_[frame_tile_count(node)].push_back(step.frame.index);
  }

  static std::uint32_t tile_count_of(DType dtype) { return dtype.is_complex() ? 2 : 1; }

  /// The tile of an argument, or after the last one of the result.
  Operand frame_tile(const Step& step, const Node& node, std::uint32_t argument) const {
    std::uint32_t tile = step.frame.index;
    for (std::uint32_t i = 0; i < argument; ++i) tile += tile_count_of(graph_.node(node.operands[i]).dtype);
    return {Source::scratch, tile};
  }

  std::uint32_t frame_tile_count(const Node& node) const {
    return frame_tile({}, node, node.operand_count).index + tile_count_of(node.dtype);
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
      const bool in_place = is_direct(operand) && (!is_select || (position != 1 && places_[operand].source == Source::scratch));
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
    const bool stays = left.size() == 1 && !step.other_live && needs_[node.operands[0]] < 2 && !fills_both_[node.operands[position]];
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
    wait_in_tile(step, position);
  }

  void wait_in_tile(Step& step, std::size_t position) {
    const NodeIndex n = graph_.node(step.node).operands[position];
    if (places_[n].source == Source::scratch) {
      step.waiting[position] = none;
      return;
    }
    const Operand tile = take_tile(graph_.node(n).dtype);
    append(Opcode::spill, travelling_dtype(graph_.node(n).dtype), step.waiting[position].source, tile);
    step.waiting[position] = tile;
  }

  /// Keeps a value that is used again after this use.
  void settle(NodeIndex n, Source destination) {
    if (use_counts_[n] < 2) return;
    places_[n] = take_tile(graph_.node(n).dtype);
    append(Opcode::spill, travelling_dtype(graph_.node(n).dtype), destination, places_[n]);
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
    if (has_complex_operand(node)) {
      emit_complex(step, node, dtype);
    } else if (node.operand_count == 3) {
      append(opcode_of(node.operation), dtype, step.destination, operand_at(step, 1), operand_at(step, 2));
    } else if (has_partner(step.node)) {
      emit_sine_cosine(step, dtype);
    } else if (!emit_fused(step)) {
      Operand left = operand_at(step, 0);
      Operand right = reads_one_operand_twice(node) ? same : node.operand_count == 2 ? operand_at(step, 1) : none;
      arrange(node, step.destination, left, right);
      if (must_load_left(node, left, right)) {
        load(node.operands[0], step.destination, left);
        left = accumulator(step.destination);
      }
      append(is_short_power(node) ? Opcode::power_of_constant : opcode_of(node.operation), dtype, step.destination, left, right);
    }
    if (whole_[step.node] && is_narrow_integer(node.dtype) && operation(node.operation).algebra.wraps) {
      append(wrap_to(node.dtype), DType::int32, step.destination, accumulator(step.destination));
    }
    for (std::size_t i = 0; i < read_operands(node).size(); ++i) release(step, i);
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
    Operand& place = places_[partners_[step.node]];
    place = take_tile(dtype);
    append(Opcode::spill, dtype, Source::b, place);
  }

  void load(NodeIndex n, Source destination, Operand place) {
    const DType dtype = graph_.node(n).dtype;
    const Opcode opcode = place.source == Source::scratch ? Opcode::reload : Opcode::load;
    append(opcode, place.source == Source::input ? dtype : travelling_dtype(dtype), destination, place);
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

  // Products that become part of a sum, and sums that become part of a product ------------------------------------------------------

  /// The instruction that does both steps, if there is one: `inner` is operand `position` of `outer`.
  static std::optional<Opcode> fused_opcode(OperationId outer, std::size_t position, OperationId inner) {
    if (outer == OperationId::multiply && inner == OperationId::add) return Opcode::multiply_sum;
    if (outer == OperationId::multiply && inner == OperationId::subtract) return Opcode::multiply_difference;
    if (inner != OperationId::multiply) return std::nullopt;
    if (outer == OperationId::add) return Opcode::add_product;
    if (outer == OperationId::subtract) return position == 1 ? Opcode::subtract_product : Opcode::subtract_from_product;
    return std::nullopt;
  }

  /// True if operand `position` of a node is a product or a sum that needs no accumulator of its own.
  bool fuses(const Node& node, std::size_t position) const {
    if (node.dtype.is_bool() || node.dtype.is_complex() || node.operand_count != 2) return false;
    const NodeIndex n = node.operands[position];
    if (!is_computed(n) || use_counts_[n] != 1) return false;
    const Node& inner = graph_.node(n);
    if (inner.kind != Node::Kind::operation || !fused_opcode(node.operation, position, inner.operation)) return false;
    const bool direct = std::ranges::all_of(inner.operand_list(), [&](NodeIndex operand) { return is_direct(operand); });
    return direct && std::ranges::any_of(inner.operand_list(), [&](NodeIndex operand) { return is_memory(places_[operand]); });
  }

  bool emit_fused(const Step& step) {
    const Node& outer = graph_.node(step.node);
    if (outer.operand_count != 2 || reads_one_operand_twice(outer)) return false;
    for (const std::size_t position : {0u, 1u}) {
      if (step.waiting[position] != none || is_direct(outer.operands[position]) || !is_accumulator(step.waiting[1 - position])) continue;
      const Node& inner = graph_.node(outer.operands[position]);
      Operand left = places_[inner.operands[0]];
      Operand right = reads_one_operand_twice(inner) ? same : places_[inner.operands[1]];
      if (is_constant(left) && inner.operation != OperationId::subtract) std::swap(left, right);
      append(*fused_opcode(outer.operation, position, inner.operation), travelling_dtype(outer.dtype), step.destination, left, right);
      for (const NodeIndex operand : read_operands(inner)) consume(operand);
      return true;
    }
    return false;
  }

  // Scratch tiles -----------------------------------------------------------------------------------------------------------------

  Operand take_tile(DType dtype) { return take_tiles(tile_count_of(dtype)); }

  /// Tiles in a row.
  Operand take_tiles(std::uint32_t count) {
    std::vector<std::uint32_t>& free = free_tiles_[count];
    if (free.empty()) {
      const std::uint32_t tile = tile_count_;
      tile_count_ += count;
      return {Source::scratch, tile};
    }
    const std::uint32_t tile = free.back();
    free.pop_back();
    return {Source::scratch, tile};
  }

  void release(const Step& step, std::size_t position) {
    const NodeIndex n = graph_.node(step.node).operands[position];
    if (step.waiting[position].source == Source::scratch) free_tile(n, step.waiting[position]);
    consume(n);
  }

  /// Counts one use as done; after the last, the node's tile is free.
  void consume(NodeIndex n) {
    if (--use_counts_[n] == 0 && places_[n].source == Source::scratch) free_tile(n, places_[n]);
  }

  void free_tile(NodeIndex n, Operand tile) { free_tiles_[tile_count_of(graph_.node(n).dtype)].push_back(tile.index); }

  const Graph& graph_;
  std::vector<Operand> places_;
  std::vector<bool> is_spread_;
  std::vector<std::uint32_t> use_counts_;  ///< still to come
  std::vector<std::uint8_t> needs_;        ///< accumulators that computing the node takes; 0 for direct operands
  std::vector<bool> fills_both_;           ///< something on the way fills both accumulators, so the way leads through `a`
  std::vector<bool> whole_;                ///< somebody sees more of the value than its low bits
  std::vector<NodeIndex> partners_;        ///< what is computed together with the node, or `no_partner`
  std::size_t first_output_;
  std::vector<Step> steps_;
  std::vector<Instruction> instructions_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> free_tiles_;  ///< the first of so many in a row
  std::uint32_t tile_count_ = 0;
};

}  // namespace

ProgramPart emit_part(const Graph& graph, std::vector<Operand> leaves, std::vector<bool> is_spread, std::span<const NodeIndex> roots,
                      std::size_t first_output) {
  return PartEmitter(graph, std::move(leaves), std::move(is_spread), first_output).emit(roots);
}

}  // namespace lanewise::inline v0
