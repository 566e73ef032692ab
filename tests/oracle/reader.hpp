#pragma once
// From a SyntaxTree to nodes with types: what names, literals and calls mean. What shapes decide is left to the evaluation.

#include <lanewise/schema.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "oracle/node.hpp"
#include "syntax/syntax_tree.hpp"

namespace lanewise::inline v0::oracle {

/// What a piece of the tree stands for.
struct Meaning {
  std::size_t node = 0;
  bool is_tuple = false;
  std::vector<Meaning> tuple = {};
  std::string_view keyword = {};  ///< of an argument that is given by name
  std::optional<Entry> entry = {};  ///< of an index: it is no position
};

class Reader {
 public:
  explicit Reader(std::vector<SchemaEntry> inputs) : inputs_(std::move(inputs)) {}

  /// Returns the nodes of the results. Throws Refusal where the text has no meaning.
  std::vector<std::size_t> read(const SyntaxTree& tree);
  std::vector<Node> take_nodes() { return std::move(nodes_); }

 private:
  // A text that is being read: the program, or a definition on behalf of a call.
  struct Scope {
    const SyntaxTree& tree;
    bool is_definition;
    Axes axes;  // of a definition that is a reduction
    std::vector<std::pair<std::string_view, std::size_t>> locals;
  };
  using Arguments = std::vector<Meaning>;

  Meaning read_tree(Scope& scope);
  Meaning read_node(Scope& scope, const SyntaxNode& node, Arguments children);
  std::size_t read_literal(const SyntaxNode& node);
  std::size_t read_name(const Scope& scope, std::string_view name);
  std::size_t read_operation(std::string_view spelling, const Arguments& operands);
  std::size_t read_chain(const Scope& scope, const SyntaxNode& node, const Arguments& operands);
  Meaning read_slice(const SyntaxNode& node, const Arguments& parts) const;
  std::size_t read_subscript(const Arguments& children);
  std::int64_t position_of(const Meaning& value) const;
  void assign(Scope& scope, std::string_view name, std::size_t value);

  std::size_t read_call(const Scope& scope, std::string_view name, const Arguments& arguments);
  std::size_t call_row(const Row& row, const Arguments& arguments);
  std::size_t call_fold(const Scope& scope, const FoldRow& row, const Arguments& arguments);
  std::size_t call_definition(const Scope& scope, const Definition& definition, const Arguments& arguments);
  std::size_t read_definition(Scope scope, const Definition& definition, std::vector<std::size_t> values);
  std::size_t call_select(const Arguments& arguments);
  std::size_t call_round(const Arguments& arguments);
  std::size_t rounded(std::size_t value, long double decimals);
  std::size_t call_size(const Scope& scope, const Arguments& arguments);
  std::size_t call_index(const Arguments& arguments);
  Axes axes_of(const Scope& scope, const Arguments& arguments, std::size_t position) const;
  std::int64_t axis_of(const Meaning& value) const;

  std::size_t operation(std::string_view name, std::vector<std::size_t> operands);
  std::size_t operation(const Row& row, std::vector<std::size_t> operands);
  std::size_t conversion(std::size_t operand, DType dtype, bool weak);
  std::size_t constant(Value value, bool weak);
  std::size_t add(Node node);
  std::vector<Type> types_of(std::span<const std::size_t> operands) const;

  std::vector<SchemaEntry> inputs_;
  std::vector<Node> nodes_;
};

}  // namespace lanewise::inline v0::oracle
