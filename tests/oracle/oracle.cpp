// Computes the nodes that results need, each as a whole array of its own shape, as NumPy would.
//
// The shape of `index()` is the one thing that a node does not have of itself: that of the array that it helps to compute, which is a
// result of the program or the operand of a reduction. What depends on positions is therefore computed once for each of these.

#include "oracle/oracle.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "oracle/reader.hpp"
#include "oracle/shapes.hpp"

namespace lanewise::inline v0::oracle {
namespace {

// All positions of an array, axes going from slow to fast in a permutation of their order.
std::vector<Position> positions_in_order(const Shape& shape, std::size_t permutation) {
  std::vector<std::size_t> axes(shape.size());
  std::iota(axes.begin(), axes.end(), 0);
  for (; permutation > 0; --permutation) std::ranges::next_permutation(axes);
  Shape permuted;
  for (const std::size_t axis : axes) permuted.push_back(shape[axis]);
  std::vector<Position> positions;
  for (std::size_t i = 0; i < count_elements(shape); ++i) {
    const Position position = position_of(i, permuted);
    positions.emplace_back(shape.size());
    for (std::size_t k = 0; k < axes.size(); ++k) positions.back()[axes[k]] = position[k];
  }
  return positions;
}

bool is_position(Fold reduction) { return reduction == Fold::argmin || reduction == Fold::argmax; }

class Evaluation {
 public:
  Evaluation(std::span<const Node> nodes, std::span<const ArrayValue> inputs, std::span<const std::size_t> orders)
      : nodes_(nodes), inputs_(inputs) {
    auto next = orders.begin();
    for (const Node& node : nodes) {
      if (node.kind == Node::Kind::reduction && next != orders.end()) orders_[&node] = *next++;
    }
  }

  /// Returns the elements of a result, or of the operand of a reduction.
  const ArrayValue& root(std::size_t index) {
    if (!nodes_[index].has_index) return value(index, {});
    Shape domain;
    widen(domain, index);
    return value(index, domain);
  }

 private:
  // Domains matter to nodes with positions alone.
  const ArrayValue& value(std::size_t index, const Shape& domain) {
    const auto key = std::pair(index, nodes_[index].has_index ? domain : Shape{});
    const auto found = computed_.find(key);
    if (found != computed_.end()) return found->second;
    ArrayValue result = compute_node(nodes_[index], domain);
    return computed_.emplace(key, std::move(result)).first->second;
  }

  // Broadcasts the shapes of the arrays that a node is computed from.
  void widen(Shape& domain, std::size_t index) {
    const Node& node = nodes_[index];
    if (node.kind == Node::Kind::index) return;
    if (!node.has_index) {
      domain = broadcast(domain, value(index, {}).shape);
      return;
    }
    for (const std::size_t operand : node.operands) widen(domain, operand);
  }

  ArrayValue compute_node(const Node& node, const Shape& domain) {
    switch (node.kind) {
      case Node::Kind::constant: return {{}, {*node.type.constant}};
      case Node::Kind::input: return inputs_[node.input_index];
      case Node::Kind::reduction: return reduced(node);
      case Node::Kind::extent: return extent(node);
      case Node::Kind::index: return positions(node, domain);
      case Node::Kind::part: return part(node);
      default: return elementwise(node, domain);
    }
  }

  ArrayValue elementwise(const Node& node, const Shape& domain) {
    std::vector<const ArrayValue*> operands;
    std::vector<Type> types;
    Shape shape;
    for (const std::size_t operand : node.operands) {
      operands.push_back(&value(operand, domain));
      types.push_back(nodes_[operand].type);
      shape = broadcast(shape, operands.back()->shape);
    }
    ArrayValue result{shape, std::vector<Value>(count_elements(shape))};
    std::vector<Value> elements(operands.size());
    for (std::size_t i = 0; i < result.elements.size(); ++i) {
      for (std::size_t k = 0; k < operands.size(); ++k) elements[k] = element_at(*operands[k], i, shape);
      result.elements[i] =
          node.kind == Node::Kind::conversion ? convert_element(types[0], elements[0], node.type.dtype) : compute(node, types, elements);
    }
    return result;
  }

  static const Value& element_at(const ArrayValue& array, std::size_t i, const Shape& shape) {
    if (array.elements.size() == 1) return array.elements[0];
    return array.elements[array.shape == shape ? i : index_at(position_of(i, shape), array.shape)];
  }

  // Each element of the part has, along each axis of the whole, one of the places that its entry lists.
  ArrayValue part(const Node& node) {
    const ArrayValue& whole = value(node.operands[0], {});
    const PartLayout layout = part_layout(node.entries, whole.shape);
    ArrayValue result{layout.shape, {}};
    for (std::size_t i = 0; i < count_elements(layout.shape); ++i) {
      const Position position = position_of(i, layout.shape);
      Position from;
      for (const PartAxis& axis : layout.axes) from.push_back(axis.places[axis.part_axis ? position[*axis.part_axis] : 0]);
      result.elements.push_back(whole.elements[index_at(from, whole.shape)]);
    }
    return result;
  }

  ArrayValue reduced(const Node& node) {
    const ArrayValue& operand = root(node.operands[0]);
    const std::vector<bool> chosen = chosen_axes(node.axes, operand.shape.size());
    const Shape kept = extents(operand.shape, chosen, false), folded = extents(operand.shape, chosen, true);
    const std::vector<Position> steps = positions_in_order(folded, is_position(node.fold) ? 0 : orders_[&node]);
    ArrayValue result{kept, {}};
    for (std::size_t k = 0; k < count_elements(kept); ++k) {
      std::vector<Value> row;
      for (const Position& step : steps)
        row.push_back(operand.elements[index_at(merged(position_of(k, kept), step, chosen), operand.shape)]);
      const auto value = fold(node.fold, nodes_[node.operands[0]].type.dtype, row);
      if (!value) throw Refusal(ErrorCode::empty_reduction, "no elements");
      result.elements.push_back(*value);
    }
    if (result.elements.empty() && count_elements(folded) == 0) require_identity(node);
    if (node.axes.keepdims) result.shape = merged(kept, Shape(folded.size(), 1), chosen);
    return result;
  }

  // Even where nothing is kept of it, an empty extreme is an error.
  void require_identity(const Node& node) const {
    if (!fold(node.fold, nodes_[node.operands[0]].type.dtype, {})) throw Refusal(ErrorCode::empty_reduction, "no elements");
  }

  // Takes the axes of an array from two lists.
  static Position merged(const Position& kept, const Position& folded, const std::vector<bool>& chosen) {
    Position position;
    auto next_kept = kept.begin(), next_folded = folded.begin();
    for (const bool is_folded : chosen) position.push_back(is_folded ? *next_folded++ : *next_kept++);
    return position;
  }

  // Without elements, as only the shape is asked for.
  Shape shape_of(std::size_t index) {
    const Node& node = nodes_[index];
    if (node.kind == Node::Kind::input) return inputs_[node.input_index].shape;
    if (node.kind == Node::Kind::constant || node.kind == Node::Kind::extent || node.kind == Node::Kind::index) return {};
    if (node.kind == Node::Kind::reduction) {
      if (node.axes.all && !node.axes.keepdims) return {};
      const Shape shape = shape_of(node.operands[0]);
      const std::vector<bool> chosen = chosen_axes(node.axes, shape.size());
      const Shape kept = extents(shape, chosen, false);
      return node.axes.keepdims ? merged(kept, Shape(shape.size() - kept.size(), 1), chosen) : kept;
    }
    if (node.kind == Node::Kind::part) return part_layout(node.entries, shape_of(node.operands[0])).shape;
    Shape shape;
    for (const std::size_t operand : node.operands) shape = broadcast(shape, shape_of(operand));
    return shape;
  }

  ArrayValue extent(const Node& node) {
    const Shape shape = shape_of(node.operands[0]);
    const std::size_t count = count_elements(extents(shape, chosen_axes(node.axes, shape.size()), true));
    return {{}, {Value{static_cast<std::int64_t>(count)}}};
  }

  static ArrayValue positions(const Node& node, const Shape& domain) {
    const std::vector<bool> chosen = chosen_axes(node.axes, domain.size());
    ArrayValue result{domain, {}};
    for (std::size_t i = 0; i < count_elements(domain); ++i) {
      const Position position = position_of(i, domain);
      const auto axis = static_cast<std::size_t>(std::ranges::find(chosen, true) - chosen.begin());
      result.elements.push_back({static_cast<std::int64_t>(node.axes.all ? i : position[axis])});
    }
    return result;
  }

  std::span<const Node> nodes_;
  std::span<const ArrayValue> inputs_;
  std::map<const Node*, std::size_t> orders_;
  std::map<std::pair<std::size_t, Shape>, ArrayValue> computed_;
};

}  // namespace

Oracle::Oracle(const SyntaxTree& tree, const Schema& inputs) {
  Reader reader(inputs.entries());
  outputs_ = reader.read(tree);
  nodes_ = reader.take_nodes();
}

std::size_t Oracle::reduction_count() const {
  return static_cast<std::size_t>(std::ranges::count(nodes_, Node::Kind::reduction, &Node::kind));
}

bool Oracle::has_parts() const { return std::ranges::find(nodes_, Node::Kind::part, &Node::kind) != nodes_.end(); }

std::vector<ArrayValue> Oracle::evaluate(std::span<const ArrayValue> inputs, std::span<const std::size_t> orders) const {
  Evaluation evaluation(nodes_, inputs, orders);
  std::vector<ArrayValue> results;
  for (const std::size_t output : outputs_) results.push_back(evaluation.root(output));
  return results;
}

}  // namespace lanewise::inline v0::oracle
