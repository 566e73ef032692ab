#pragma once

#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ir/graph.hpp"
#include "ir/set_table.hpp"

namespace lanewise::inline v0 {

/// Applies subscripts to values of a graph, for as long as it is being built.
class Slicer {
 public:
  explicit Slicer(Graph& graph) : graph_(graph), sets_(set_list_) {}

  /// Returns false for a value that is one element whatever arrays are given.
  bool has_axes(NodeIndex value) { return leaves_of(value).set != 0; }
  /// Returns whether a value depends on the positions of its elements.
  bool counts_positions(NodeIndex value) { return leaves_of(value).has_index; }

  /// Returns the value seen through a subscript. Precondition: it has axes and counts no positions. `written` is its text, for the names of
  /// views.
  NodeIndex apply(NodeIndex value, const Subscript& subscript, std::string_view written);

 private:
  /// The arrays that a node is computed from: inputs, results of reductions, and views.
  struct Leaves {
    std::uint32_t set = 0;
    bool has_index = false;
  };
  /// Nodes that a subscript has been applied to, and what came of it.
  using Moved = std::unordered_map<NodeIndex, NodeIndex>;
  struct Application {
    std::uint32_t subscript;
    std::uint32_t set;
    NodeIndex whole;
    std::string_view written;
  };

  Leaves leaves_of(NodeIndex value);
  Leaves find_leaves(NodeIndex n);
  bool is_leaf(NodeIndex n) const;
  std::vector<NodeIndex> reach(NodeIndex value, const Moved& moved) const;
  NodeIndex view_of(NodeIndex leaf, const Application& application);
  NodeIndex copy_of(NodeIndex n, const Moved& moved);

  Graph& graph_;
  std::vector<Leaves> leaves_;  ///< of each node, as far as it was asked for
  std::vector<std::vector<std::uint32_t>> set_list_;
  SetTable sets_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Moved> moved_;  ///< by subscript and set of leaves
  std::map<std::uint32_t, NodeIndex> whole_of_set_;
};

}  // namespace lanewise::inline v0
