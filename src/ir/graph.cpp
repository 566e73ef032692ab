// Graph: adding nodes so that equal nodes are one, and listing them.
//
// Each node is looked up by its hash before it is appended; its span takes no part. Operands of a commutative operation are ordered by
// index first, so that a + b and b + a are equal. An operand must exist when its user is added, so indices are a topological order.

#include "ir/graph.hpp"

#include <algorithm>
#include <cassert>

namespace lanewise::inline v0 {

namespace {

std::size_t combine(std::size_t hash, std::uint64_t value) {
  constexpr std::uint64_t odd_multiplier = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
  const std::uint64_t mixed = (hash ^ value) * odd_multiplier;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32));
}

std::size_t hash_of(const Node& node) {
  std::size_t hash = combine(static_cast<std::size_t>(node.kind), static_cast<std::uint64_t>(node.dtype.code));
  hash = combine(hash, static_cast<std::uint64_t>(node.operation));
  hash = combine(hash, (std::uint64_t{node.subscript} << 32) | node.input_index);
  hash = combine(hash, (std::uint64_t{node.function_index} << 32) | node.call_number);
  hash = combine(hash, node.value.bits);
  hash = combine(hash, node.value.imaginary_bits);
  hash = combine(hash, (std::uint64_t{node.axes.from_front} << 32) | node.axes.from_back);
  for (const NodeIndex operand : node.operand_list()) hash = combine(hash, operand);
  return hash;
}

bool equal(const Node& left, const Node& right) {
  return left.kind == right.kind && left.dtype == right.dtype && left.operation == right.operation &&
         left.input_index == right.input_index && left.subscript == right.subscript && left.value == right.value && left.axes == right.axes &&
         left.function_index == right.function_index && left.call_number == right.call_number &&
         std::ranges::equal(left.operand_list(), right.operand_list());
}

/// Returns " axis=0,-1 keepdims", and of all axes nothing.
std::string axes_text(Axes axes) {
  std::string text;
  const auto append = [&](const std::string& axis) { text += (text.empty() ? " axis=" : ",") + axis; };
  for (int k = 0; k < 32; ++k) {
    if ((axes.from_front >> k & 1U) != 0) append(std::to_string(k));
  }
  for (int k = 31; k >= 0; --k) {
    if ((axes.from_back >> k & 1U) != 0) append(std::to_string(-1 - k));
  }
  return text + (axes.keepdims ? " keepdims" : "");
}

std::string name_of(const Graph& graph, const Node& node) {
  switch (node.kind) {
    case Node::Kind::extent: return "extent";
    case Node::Kind::index: return "index";
    case Node::Kind::view: return "view";
    case Node::Kind::call: return "call " + graph.functions()[node.function_index]->name;
    default: return std::string(operation(node.operation).name);
  }
}

std::string description(const Graph& graph, const Node& node) {
  switch (node.kind) {
    case Node::Kind::input: return "input " + graph.inputs()[node.input_index].name;
    case Node::Kind::constant: return "constant " + to_text(node.value);
    default: break;
  }
  std::string text = name_of(graph, node);
  for (const NodeIndex operand : node.operand_list()) text += " %" + std::to_string(operand);
  return text + (node.kind == Node::Kind::view ? " " + to_text(graph.subscripts()[node.subscript]) : axes_text(node.axes));
}

template <class Value>
std::uint32_t position_or_append(std::vector<Value>& list, const Value& value) {
  const auto found = std::ranges::find(list, value);
  const auto position = static_cast<std::uint32_t>(found - list.begin());
  if (found == list.end()) list.push_back(value);
  return position;
}

/// Returns "   for add(f64, i32)", or nothing.
std::string reason_text(const CastReason& reason) {
  if (reason.operand_count == 0) return "";
  std::string text = "   for " + std::string(operation(reason.operation).name) + "(";
  for (std::size_t i = 0; i < reason.operand_count; ++i) text += (i == 0 ? "" : ", ") + std::string(short_name(reason.given[i]));
  return text + ")";
}

bool last_node_is_the_output(const Graph& graph) { return graph.outputs().size() == 1 && graph.outputs()[0] + 1 == graph.nodes().size(); }

}  // namespace

NodeIndex Graph::add_input(std::uint32_t input_index, DType dtype, SourceSpan span) {
  Node node{.kind = Node::Kind::input, .dtype = dtype};
  node.input_index = input_index;
  node.span = span;
  return add(node);
}

NodeIndex Graph::add_constant(Scalar value, SourceSpan span) {
  Node node{.kind = Node::Kind::constant, .dtype = value.dtype};
  node.value = value;
  node.span = span;
  return add(node);
}

NodeIndex Graph::add_operation(OperationId operation_id, DType dtype, std::span<const NodeIndex> operands, Origin origin) {
  Node node{.kind = Node::Kind::operation, .dtype = dtype};
  assert(operands.size() <= node.operands.size());
  node.operation = operation_id;
  node.operand_count = static_cast<std::uint8_t>(operands.size());
  node.span = origin.span;
  node.cast_reason = origin.cast_reason;
  std::ranges::copy(operands, node.operands.begin());
  if (operation(operation_id).algebra.commutative) std::sort(node.operands.begin(), node.operands.begin() + node.operand_count);
  return add(node);
}

NodeIndex Graph::add_reduction(OperationId reduction, DType dtype, NodeIndex operand, Axes axes, SourceSpan span) {
  Node node{.kind = Node::Kind::reduction, .dtype = dtype, .operand_count = 1, .operation = reduction, .operands = {operand}};
  node.axes = axes;
  node.span = span;
  return add(node);
}

NodeIndex Graph::add_extent(NodeIndex operand, Axes axes, SourceSpan span) {
  Node node{.kind = Node::Kind::extent, .dtype = DType::int64, .operand_count = 1, .operands = {operand}};
  node.axes = axes;
  node.span = span;
  return add(node);
}

NodeIndex Graph::add_index(Axes axes, SourceSpan span) {
  Node node{.kind = Node::Kind::index, .dtype = DType::int64};
  node.axes = axes;
  node.span = span;
  return add(node);
}

NodeIndex Graph::add_view(NodeIndex leaf, NodeIndex whole, std::uint32_t subscript, SourceSpan span) {
  Node node{.kind = Node::Kind::view, .dtype = nodes_[leaf].dtype, .operand_count = 2, .operands = {leaf, whole}};
  node.subscript = subscript;
  node.span = span;
  return add(node);
}

// Linear, as bind keeps to Limits::input_count.
std::uint32_t Graph::add_subscript(const Subscript& subscript) { return position_or_append(subscripts_, subscript); }
std::uint32_t Graph::add_whole(const std::vector<std::uint32_t>& inputs) { return position_or_append(wholes_, inputs); }

std::uint32_t Graph::add_input_view(InputView view, std::string name) {
  const std::uint32_t position = position_or_append(views_, view);
  const std::size_t input_index = schema_.entries().size() + position;
  if (input_index == inputs_.size()) inputs_.push_back({std::move(name), inputs_[view.input].dtype});
  return static_cast<std::uint32_t>(input_index);
}

NodeIndex Graph::add_call(std::shared_ptr<const detail::HostFunction> function, std::span<const NodeIndex> operands, SourceSpan span) {
  Node node{.kind = Node::Kind::call, .dtype = function->result};
  node.operand_count = static_cast<std::uint8_t>(operands.size());
  std::ranges::copy(operands, node.operands.begin());
  node.call_number = function->purity == Purity::pure ? 0 : ++call_count_;
  node.function_index = add_function(std::move(function));
  node.span = span;
  return add(node);
}

std::uint32_t Graph::add_function(std::shared_ptr<const detail::HostFunction> function) {
  const auto found = std::ranges::find(functions_, function);
  const auto index = static_cast<std::uint32_t>(found - functions_.begin());
  if (found == functions_.end()) functions_.push_back(std::move(function));
  return index;
}

NodeIndex Graph::add_copy(const Graph& source, const Node& node, std::span<const NodeIndex> operands) {
  if (node.kind == Node::Kind::operation) return add_operation(node.operation, node.dtype, operands, node.span);
  Node copy = node;
  std::ranges::copy(operands, copy.operands.begin());
  if (node.kind == Node::Kind::call) copy.function_index = add_function(source.functions_[node.function_index]);
  return add(copy);
}

NodeIndex Graph::add(const Node& node) {
  const std::size_t hash = hash_of(node);
  const auto [first, last] = index_by_hash_.equal_range(hash);
  const auto found = std::find_if(first, last, [&](const auto& entry) { return equal(nodes_[entry.second], node); });
  if (found != last) return found->second;
  const auto index = static_cast<NodeIndex>(nodes_.size());
  nodes_.push_back(node);
  index_by_hash_.emplace(hash, index);
  return index;
}

std::string to_text(const Graph& graph) {
  std::vector<std::string> names, descriptions;
  std::size_t name_width = 0, description_width = 0;
  for (const Node& node : graph.nodes()) {
    names.push_back("%" + std::to_string(names.size()));
    descriptions.push_back(description(graph, node));
    name_width = std::max(name_width, names.back().size());
    description_width = std::max(description_width, descriptions.back().size());
  }
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    names[i].resize(name_width, ' ');
    descriptions[i].resize(description_width, ' ');
    text += (i == 0 ? "" : "\n") + names[i] + " = " + descriptions[i] + "   " + std::string(short_name(graph.nodes()[i].dtype)) + reason_text(graph.nodes()[i].cast_reason);
  }
  if (last_node_is_the_output(graph)) return text;
  text += "\noutput";
  for (const NodeIndex output : graph.outputs()) text += " %" + std::to_string(output);
  return text;
}

}  // namespace lanewise::inline v0
