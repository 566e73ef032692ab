#include "bytecode/part_nodes.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

constexpr Operand none{};
constexpr NodeIndex no_partner = std::numeric_limits<NodeIndex>::max();

bool is_memory(Operand operand) { return operand.source == Source::input || operand.source == Source::scratch; }

/// True if a value of this dtype lies in arrays otherwise than it travels.
bool must_be_loaded(DType dtype) { return dtype.is_bool() || dtype.is_complex() || dtype != travelling_dtype(dtype); }

/// True if the value is wrapped after its own instruction, whatever bits its operands had beyond their range.
bool brings_into_range(const Node& node) { return node.kind == Node::Kind::call || operation(node.operation).algebra.wraps; }

/// `inner` is operand `position` of `outer`.
std::optional<Opcode> fused_opcode_of(OperationId outer, std::size_t position, OperationId inner) {
  if (outer == OperationId::multiply && inner == OperationId::add) return Opcode::multiply_sum;
  if (outer == OperationId::multiply && inner == OperationId::subtract) return Opcode::multiply_difference;
  if (inner != OperationId::multiply) return std::nullopt;
  if (outer == OperationId::add) return Opcode::add_product;
  if (outer == OperationId::subtract) return position == 1 ? Opcode::subtract_product : Opcode::subtract_from_product;
  return std::nullopt;
}

}  // namespace

PartNodes::PartNodes(const Graph& graph, std::vector<Operand> leaves, std::vector<bool> is_spread, std::span<const NodeIndex> roots)
    : graph_(graph),
      places_(std::move(leaves)),
      is_spread_(std::move(is_spread)),
      use_counts_(places_.size()),
      needs_(places_.size()),
      fills_both_(places_.size()),
      whole_(places_.size()),
      partners_(places_.size(), no_partner) {
  count_uses(roots);
  find_partners();
  count_needs();
}

// Of one node -------------------------------------------------------------------------------------------------------------------------

bool PartNodes::is_computed(NodeIndex n) const { return places_[n] == none && graph_.node(n).operand_count > 0; }

bool PartNodes::has_partner(NodeIndex n) const { return partners_[n] != no_partner; }

bool PartNodes::is_direct(NodeIndex n) const {
  if (places_[n].source == Source::input) return !is_spread_[n] && !must_be_loaded(graph_.node(n).dtype);
  return places_[n] != none;
}

bool PartNodes::reads_one_operand_twice(const Node& node) const {
  const Operation& row = operation(node.operation);
  if (node.kind != Node::Kind::operation || has_complex_operand(node)) return false;
  return node.operand_count == 2 && node.operands[0] == node.operands[1] && row.algebra.commutative && row.cost == Cost::cheap;
}

std::span<const NodeIndex> PartNodes::read_operands(const Node& node) const {
  return node.operand_list().first(reads_one_operand_twice(node) ? 1u : node.operand_count);
}

bool PartNodes::has_complex_operand(const Node& node) const { return graph_.node(node.operands[node.operand_count - 1u]).dtype.is_complex(); }

/// True if a node sees no more of an operand than the bits that its dtype has in memory.
bool PartNodes::uses_low_bits(const Node& node, NodeIndex operand) const {
  if (node.kind == Node::Kind::call) return true;
  return operation(node.operation).algebra.low_bits && node.dtype == graph_.node(operand).dtype;
}

/// True if the node's value or one of its operands' fills both accumulators.
bool PartNodes::is_complex(const Node& node) const {
  return node.dtype.is_complex() ||
         std::ranges::any_of(node.operand_list(), [&](NodeIndex operand) { return graph_.node(operand).dtype.is_complex(); });
}

std::optional<Opcode> PartNodes::fused_opcode(const Node& node, std::size_t position) const {
  if (node.dtype.is_bool() || node.dtype.is_complex() || node.operand_count != 2) return std::nullopt;
  const NodeIndex n = node.operands[position];
  if (!is_computed(n) || use_counts_[n] != 1) return std::nullopt;
  const Node& inner = graph_.node(n);
  if (inner.kind != Node::Kind::operation) return std::nullopt;
  const bool direct = std::ranges::all_of(inner.operand_list(), [&](NodeIndex operand) { return is_direct(operand); });
  const bool reads_memory = std::ranges::any_of(inner.operand_list(), [&](NodeIndex operand) { return is_memory(places_[operand]); });
  return direct && reads_memory ? fused_opcode_of(node.operation, position, inner.operation) : std::nullopt;
}

// Of all nodes ------------------------------------------------------------------------------------------------------------------------

void PartNodes::count_uses(std::span<const NodeIndex> roots) {
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
void PartNodes::find_partners() {
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

void PartNodes::count_needs() {
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

}  // namespace lanewise::inline v0
