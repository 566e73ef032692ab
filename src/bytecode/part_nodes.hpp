#pragma once
// PartNodes: what emitting one part of a program knows of the graph's nodes. Where each value is, how often it is still wanted, how many
// accumulators it takes to compute, and what is computed together.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "bytecode/program.hpp"
#include "ir/graph.hpp"

namespace lanewise::inline v0 {

class PartNodes {
 public:
  /// `leaves` and `is_spread`: see emit_part. `graph` outlives the object.
  PartNodes(const Graph& graph, std::vector<Operand> leaves, std::vector<bool> is_spread, std::span<const NodeIndex> roots);

  /// Where the value is, or no operand while it is nowhere.
  Operand place(NodeIndex n) const { return places_[n]; }
  void set_place(NodeIndex n, Operand place) { places_[n] = place; }

  /// Uses that are still to come.
  std::uint32_t use_count(NodeIndex n) const { return use_counts_[n]; }
  /// Counts one use as done, and returns how many are left.
  std::uint32_t use(NodeIndex n) { return --use_counts_[n]; }

  /// Accumulators that computing the node takes; 0 for direct operands, 3 where some value must wait in a tile.
  std::uint8_t needs(NodeIndex n) const { return needs_[n]; }
  /// Something on the way fills both accumulators, so the way leads through `a`.
  bool fills_both(NodeIndex n) const { return fills_both_[n]; }
  /// Somebody sees more of the value than its low bits.
  bool is_whole(NodeIndex n) const { return whole_[n]; }

  /// A sine and a cosine of one operand are partners: both are computed with the one that comes first.
  bool has_partner(NodeIndex n) const;
  NodeIndex partner(NodeIndex n) const { return partners_[n]; }

  /// True if an instruction can have the value as an operand where it is.
  bool is_direct(NodeIndex n) const;
  /// True of an array, where it still is its own place, with gaps between the elements.
  bool is_spread(NodeIndex n) const { return is_spread_[n] && places_[n].source == Operand::Source::input; }

  /// A square reads its operand once.
  bool reads_one_operand_twice(const Node& node) const;
  std::span<const NodeIndex> read_operands(const Node& node) const;
  bool has_complex_operand(const Node& node) const;

  /// The instruction that does the steps of `node` and of its operand at `position`, a product or a sum that needs no accumulator of its own and
  /// that nobody else uses; if there is one.
  std::optional<Opcode> fused_opcode(const Node& node, std::size_t position) const;

 private:
  bool is_computed(NodeIndex n) const;
  bool uses_low_bits(const Node& node, NodeIndex operand) const;
  bool is_complex(const Node& node) const;
  void count_uses(std::span<const NodeIndex> roots);
  void find_partners();
  void count_needs();

  const Graph& graph_;
  std::vector<Operand> places_;
  std::vector<bool> is_spread_;
  std::vector<std::uint32_t> use_counts_;
  std::vector<std::uint8_t> needs_;
  std::vector<bool> fills_both_;
  std::vector<bool> whole_;
  std::vector<NodeIndex> partners_;
};

}  // namespace lanewise::inline v0
