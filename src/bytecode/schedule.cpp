// Splits a graph into passes.
//
// Each node has a *level*, how many reductions lie one inside the other below it, and a *set*, the shape classes of the arrays it is computed
// from. Reductions with the same level, set and axes fold in one pass, as they walk the same elements at the same time. Results join a pass
// that reduces all axes of the same set; those left get a pass for each set, after all reductions: so an output that is also an input is
// written late.
//
// An operation on arrays of one shape that is small, whose value meets larger ones, is computed beforehand, once for each of its own elements: so
// exp(row) * x computes as many exponentials as the row has elements. Small are inputs that are said to be, and what reductions leave of an array.

#include "bytecode/schedule.hpp"

#include <algorithm>
#include <utility>

#include "ir/set_table.hpp"

namespace lanewise::inline v0 {
namespace {

using Kind = Node::Kind;

class Scheduler {
 public:
  Scheduler(const Graph& graph, std::vector<InputPattern> pattern)
      : graph_(graph), pattern_(std::move(pattern)), places_(graph.nodes().size()), sets_(schedule_.sets) {
    schedule_.input_count = static_cast<std::uint32_t>(pattern_.size());
    schedule_.subscripts.assign(graph.subscripts().begin(), graph.subscripts().end());
  }

  /// The pattern's classes do not matter: every input that is read has one of its own.
  Schedule make_elementwise() {
    mark_needed();
    std::vector<std::uint32_t> set;
    for (NodeIndex n = 0; n < places_.size(); ++n) {
      const std::uint32_t input = graph_.node(n).input_index;
      if (!places_[n].value_needed || graph_.node(n).kind != Kind::input) continue;
      places_[n].value = input;
      set.push_back(input + 1);
    }
    for (std::uint32_t i = 0; i < pattern_.size(); ++i) {
      schedule_.classes.push_back({.kind = ShapeClass::Kind::input, .input = i});
    }
    std::ranges::sort(set);
    set.erase(std::unique(set.begin(), set.end()), set.end());
    const Draft draft{.level = 0, .set = sets_.intern(std::move(set)), .axes = {}, .reductions = {}, .outputs = {0}};
    schedule_.results.push_back({graph_.node(graph_.outputs()[0]).dtype, draft.set, {}});
    schedule_.passes.push_back(finish(draft));
    return std::move(schedule_);
  }

  Schedule make() {
    mark_needed();
    add_input_classes();
    for (NodeIndex n = 0; n < places_.size(); ++n) {
      if (places_[n].shape_needed) place(n);
    }
    for (NodeIndex n = 0; n < places_.size(); ++n) keep_small_operands(n);
    for (NodeIndex n = 0; n < places_.size(); ++n) {
      if (places_[n].value_needed && graph_.node(n).kind == Kind::reduction) add_to_pass(n);
    }
    std::ranges::stable_sort(drafts_, {}, &Draft::level);  // of one level, those of small values are first
    add_results();
    for (const Draft& draft : drafts_) schedule_.passes.push_back(finish(draft));
    return std::move(schedule_);
  }

 private:
  struct Place {
    bool value_needed = false;
    bool shape_needed = false;
    std::uint32_t level = 0;
    std::uint32_t set = 0;
    std::uint32_t value = 0;   ///< of a leaf: its number in the call
    bool is_movable = true;    ///< neither a position in the pass nor a function of the host takes part
    bool is_kept = false;      ///< a small value that its own pass computes
  };

  /// A pass before its program is made.
  struct Draft {
    std::uint32_t level;
    std::uint32_t set;
    Axes axes;
    std::vector<NodeIndex> reductions = {};
    std::vector<std::uint32_t> outputs = {};
    std::vector<NodeIndex> small = {};
  };

  void mark_needed() {
    for (const NodeIndex output : graph_.outputs()) places_[output] = {.value_needed = true, .shape_needed = true};
    for (std::size_t n = places_.size(); n-- > 0;) {
      const Place& place = places_[n];
      const Node& node = graph_.nodes()[n];
      for (const NodeIndex operand : node.operand_list()) {
        const bool is_whole = node.kind == Kind::view && operand != node.operands[0];
        places_[operand].shape_needed |= place.shape_needed;
        places_[operand].value_needed |= place.value_needed && node.kind != Kind::extent && !is_whole;
      }
    }
  }

  void add_input_classes() {
    for (std::uint32_t i = 0; i < pattern_.size(); ++i) {
      if (pattern_[i].shape_class <= schedule_.classes.size()) continue;
      schedule_.classes.push_back({.kind = ShapeClass::Kind::input, .input = i});
    }
  }

  /// Finds the level and the set of a node, and the number of a leaf.
  void place(NodeIndex n) {
    const Node& node = graph_.node(n);
    Place& own = places_[n];
    switch (node.kind) {
      case Kind::constant: break;
      case Kind::input:
        own.set = set_of_class(pattern_[node.input_index].shape_class);
        own.value = node.input_index;
        break;
      case Kind::reduction:
        own.level = places_[node.operands[0]].level + 1;
        own.set = node.axes.all && !node.axes.keepdims ? 0 : set_of_class(reduced_class(n));
        if (own.value_needed) add_value(n, ScheduledValue::Kind::reduction, node.axes.all ? Rate::call : Rate::element, own.set);
        break;
      case Kind::extent:
        if (own.value_needed) add_value(n, ScheduledValue::Kind::extent, Rate::call, places_[node.operands[0]].set);
        break;
      case Kind::index:
        own.is_movable = false;
        if (own.value_needed) add_value(n, ScheduledValue::Kind::index, Rate::element, 0);
        break;
      case Kind::view: place_view(n); break;
      case Kind::operation:
      case Kind::call:
        own.is_movable = node.kind == Kind::operation;
        for (const NodeIndex operand : node.operand_list()) {
          own.is_movable &= places_[operand].is_movable;
          own.level = std::max(own.level, places_[operand].level);
          own.set = sets_.unite(own.set, places_[operand].set);
        }
        break;
    }
  }

  void place_view(NodeIndex n) {
    const Node& node = graph_.node(n);
    const Place& array = places_[node.operands[0]];
    Place& own = places_[n];
    const ShapeClass seen{.kind = ShapeClass::Kind::view, .operand_set = places_[node.operands[1]].set, .array_set = array.set,
                          .subscript = node.subscript, .node = n, .span = node.span};
    const auto same = [&](const ShapeClass& one) {
      return one.kind == seen.kind && one.operand_set == seen.operand_set && one.array_set == seen.array_set && one.subscript == seen.subscript;
    };
    const std::uint32_t shape_class = class_number(same, seen);
    own.level = array.level;
    own.set = set_of_class(shape_class);
    if (!own.value_needed) return;
    add_value(n, ScheduledValue::Kind::view, Rate::element, own.set);
    schedule_.values.back().array = array.value;
    schedule_.values.back().shape_class = shape_class;
  }

  /// Returns the number of the class that is the `same`, or that of `fresh`, which is added.
  template <class IsSame>
  std::uint32_t class_number(const IsSame& same, const ShapeClass& fresh) {
    std::vector<ShapeClass>& classes = schedule_.classes;
    const auto found = std::ranges::find_if(classes, same);
    const auto number = static_cast<std::uint32_t>(found - classes.begin()) + 1;
    if (found == classes.end()) classes.push_back(fresh);
    return number;
  }

  std::uint32_t set_of_class(std::uint32_t shape_class) { return shape_class == 0 ? 0 : sets_.intern({shape_class}); }

  std::uint32_t reduced_class(NodeIndex n) {
    const Axes axes = graph_.node(n).axes;
    const std::uint32_t operand_set = places_[graph_.node(n).operands[0]].set;
    const auto kind = ShapeClass::Kind::reduction;
    const auto same = [&](const ShapeClass& one) { return one.kind == kind && one.operand_set == operand_set && one.axes == axes; };
    return class_number(same, {.kind = kind, .operand_set = operand_set, .axes = axes, .node = n, .operation = graph_.node(n).operation,
                               .span = graph_.node(n).span});
  }

  void add_value(NodeIndex n, ScheduledValue::Kind kind, Rate rate, std::uint32_t set) {
    places_[n].value = schedule_.input_count + static_cast<std::uint32_t>(schedule_.values.size());
    schedule_.values.push_back({kind, n, graph_.node(n).dtype, rate, set, graph_.node(n).axes, graph_.node(n).span});
  }

  bool is_small(std::uint32_t set) const {
    const std::vector<std::uint32_t>& classes = schedule_.sets[set];
    if (classes.size() != 1) return false;
    const ShapeClass& own = schedule_.classes[classes[0] - 1];
    if (own.kind == ShapeClass::Kind::input) return pattern_[own.input].is_small;
    return own.kind == ShapeClass::Kind::reduction && !own.axes.all;
  }

  void keep_small_operands(NodeIndex n) {
    const Kind kind = graph_.node(n).kind;
    if (!places_[n].value_needed || (kind != Kind::operation && kind != Kind::call)) return;
    for (const NodeIndex operand : graph_.node(n).operand_list()) {
      Place& place = places_[operand];
      const bool is_computed = graph_.node(operand).kind == Kind::operation && place.is_movable && !place.is_kept;
      if (is_computed && place.set != places_[n].set && is_small(place.set)) keep_small(operand);
    }
  }

  void keep_small(NodeIndex n) {
    places_[n].is_kept = true;
    add_value(n, ScheduledValue::Kind::small, Rate::element, places_[n].set);
    const auto same = [&](const Draft& draft) { return draft.level == places_[n].level && draft.set == places_[n].set; };
    auto found = std::ranges::find_if(drafts_, same);
    if (found == drafts_.end()) found = drafts_.insert(found, {places_[n].level, places_[n].set, {}});
    found->small.push_back(n);
  }

  void add_to_pass(NodeIndex reduction) {
    const Node& node = graph_.node(reduction);
    const Place& operand = places_[node.operands[0]];
    Axes axes = node.axes;
    axes.keepdims = false;
    const auto same = [&](const Draft& draft) {
      return draft.small.empty() && draft.level == operand.level && draft.set == operand.set && draft.axes == axes;
    };
    auto found = std::ranges::find_if(drafts_, same);
    if (found == drafts_.end()) found = drafts_.insert(found, {operand.level, operand.set, axes});
    found->reductions.push_back(reduction);
  }

  void add_results() {
    const std::size_t reducing_count = drafts_.size();
    for (std::uint32_t o = 0; o < graph_.outputs().size(); ++o) {
      const NodeIndex n = graph_.outputs()[o];
      const Place& place = places_[n];
      schedule_.results.push_back({graph_.node(n).dtype, place.set, {}});
      if (graph_.node(n).kind == Kind::reduction) {
        schedule_.results.back().value = place.value;
      } else {
        draft_for_result(place, reducing_count).outputs.push_back(o);
      }
    }
  }

  Draft& draft_for_result(const Place& place, std::size_t reducing_count) {
    for (std::size_t d = 0; d < drafts_.size(); ++d) {
      Draft& draft = drafts_[d];
      if (draft.set != place.set || !draft.small.empty()) continue;
      if (d >= reducing_count || (draft.level == place.level && draft.axes.all && place.set != 0)) return draft;
    }
    return drafts_.emplace_back(Draft{place.level, place.set, {}});
  }

  std::vector<Leaf> leaves_of(const Draft& draft) const {
    std::vector<Leaf> result;
    for (NodeIndex n = 0; n < places_.size(); ++n) {
      const Kind kind = graph_.node(n).kind;
      const bool is_computed = kind == Kind::operation || kind == Kind::call;
      if (!places_[n].value_needed || kind == Kind::constant || (is_computed && !places_[n].is_kept)) continue;
      if (std::ranges::find(draft.small, n) != draft.small.end()) continue;
      result.push_back({n, places_[n].value, rate_of(n), is_spread(n)});
    }
    return result;
  }

  Rate rate_of(NodeIndex leaf) const {
    const std::uint32_t value = places_[leaf].value;
    return value < schedule_.input_count ? pattern_[value].rate : schedule_.values[value - schedule_.input_count].rate;
  }

  bool is_spread(NodeIndex leaf) const {
    const std::uint32_t value = places_[leaf].value;
    return value < schedule_.input_count && pattern_[value].is_spread;
  }

  /// An array that is folded as it lies in memory.
  bool is_direct(NodeIndex n) const {
    const Kind kind = graph_.node(n).kind;
    return (kind == Kind::input || kind == Kind::reduction || kind == Kind::view) && rate_of(n) == Rate::element;
  }

  Pass finish(const Draft& draft) {
    Pass pass{.set = draft.set, .axes = draft.axes};
    std::vector<NodeIndex> roots;
    for (const NodeIndex n : draft.reductions) {
      const Node& node = graph_.node(n);
      const NodeIndex operand = node.operands[0];
      PassReduction reduction{places_[n].value, node.operation, node.span, graph_.node(operand).dtype, node.dtype, {}, 0};
      if (is_direct(operand)) {
        reduction.operand_value = places_[operand].value;
      } else {
        const auto found = std::ranges::find(roots, operand);
        reduction.program_output = static_cast<std::uint32_t>(found - roots.begin());
        if (found == roots.end()) roots.push_back(operand);
      }
      pass.reductions.push_back(reduction);
    }
    for (const std::uint32_t output : draft.outputs) {
      pass.results.push_back({output, static_cast<std::uint32_t>(roots.size())});
      roots.push_back(graph_.outputs()[output]);
    }
    for (const NodeIndex n : draft.small) {
      pass.values.push_back({places_[n].value, static_cast<std::uint32_t>(roots.size())});
      roots.push_back(n);
    }
    if (!roots.empty()) pass.program = emit(graph_, roots, leaves_of(draft));
    return pass;
  }

  const Graph& graph_;
  const std::vector<InputPattern> pattern_;
  std::vector<Place> places_;
  Schedule schedule_;
  SetTable sets_;
  std::vector<Draft> drafts_;
};

}  // namespace

Schedule make_schedule(const Graph& graph, std::vector<InputPattern> pattern) {
  const bool is_plain = needs_rates_only(graph) && std::ranges::none_of(pattern, &InputPattern::is_small);
  Scheduler scheduler(graph, std::move(pattern));
  return is_plain ? scheduler.make_elementwise() : scheduler.make();
}

bool needs_rates_only(const Graph& graph) {
  return graph.outputs().size() == 1 && std::ranges::all_of(graph.nodes(), [](const Node& node) {
           return node.kind != Kind::reduction && node.kind != Kind::extent && node.kind != Kind::index && node.kind != Kind::view;
         });
}

}  // namespace lanewise::inline v0
