// Prints a SyntaxTree as nested lists.
//
// Nodes are stored after their children and printed before them, so the printer walks from the last node down, with a stack of its own:
// a tree may be deeper than the call stack.

#include "syntax/syntax_tree.hpp"

#include <algorithm>
#include <utility>

namespace lanewise::inline v0 {

namespace {

class TreePrinter {
 public:
  explicit TreePrinter(const SyntaxTree& tree) : tree_(tree), begin_(tree.nodes.size()) {
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
      begin_[i] = i;
      for (std::uint32_t k = 0; k < tree.nodes[i].child_count; ++k) begin_[i] = begin_[begin_[i] - 1];
    }
  }

  std::string print() {
    if (!tree_.nodes.empty()) steps_.push_back({tree_.nodes.size() - 1, {}});
    while (!steps_.empty()) {
      const Step step = steps_.back();
      steps_.pop_back();
      if (step.text.empty()) {
        expand(step.node_index);
      } else {
        text_ += step.text;
      }
    }
    return std::move(text_);
  }

 private:
  /// A node that is still to be printed, or a text.
  struct Step {
    std::size_t node_index;
    std::string_view text;
  };

  std::vector<std::size_t> children_of(std::size_t node_index) const {
    std::vector<std::size_t> children(tree_.nodes[node_index].child_count);
    std::size_t end = node_index;
    for (std::size_t k = children.size(); k-- > 0; end = begin_[end - 1]) children[k] = end - 1;
    return children;
  }

  std::string_view head_of(const SyntaxNode& node) const {
    switch (node.kind) {
      case SyntaxKind::operation: return operation(node.operation).spelling();
      case SyntaxKind::chain: return "chain";
      case SyntaxKind::conditional: return "if";
      case SyntaxKind::assignment:
      case SyntaxKind::keyword_argument: return "=";
      case SyntaxKind::attribute: return ".";
      case SyntaxKind::tuple: return ",";
      case SyntaxKind::subscript: return "[]";
      default: return tree_.text(node.token);
    }
  }

  void expand(std::size_t node_index) {
    const SyntaxNode& node = tree_.nodes[node_index];
    const bool is_list = node.kind == SyntaxKind::call || node.kind == SyntaxKind::tuple || node.kind == SyntaxKind::slice;
    const bool is_leaf = node.child_count == 0 && !is_list;
    if (is_leaf) {
      text_ += tree_.text(node.token);
      return;
    }
    const std::size_t first_step = steps_.size();
    if (node.kind == SyntaxKind::program) {
      push_statements(children_of(node_index));
    } else if (node.kind == SyntaxKind::slice) {
      push_slice(node, children_of(node_index));
    } else {
      push_list(node, children_of(node_index));
    }
    std::reverse(steps_.begin() + static_cast<std::ptrdiff_t>(first_step), steps_.end());
  }

  void push_statements(const std::vector<std::size_t>& statements) {
    for (std::size_t k = 0; k < statements.size(); ++k) {
      if (k > 0) push_text("; ");
      push_child(statements[k]);
    }
  }

  void push_slice(const SyntaxNode& node, const std::vector<std::size_t>& parts) {
    auto next = parts.begin();
    push_text("(:");
    for (unsigned part = 0; part < 3; ++part) {
      push_text(" ");
      if ((node.integer >> part & 1U) != 0) {
        push_child(*next++);
      } else {
        push_text(".");
      }
    }
    push_text(")");
  }

  void push_list(const SyntaxNode& node, std::vector<std::size_t> children) {
    if (node.kind == SyntaxKind::conditional) std::swap(children[0], children[1]);
    push_text("(");
    push_text(head_of(node));
    if (node.kind == SyntaxKind::assignment || node.kind == SyntaxKind::keyword_argument) {
      push_text(" ");
      push_text(tree_.text(node.token));
    }
    for (std::size_t k = 0; k < children.size(); ++k) {
      push_text(" ");
      if (node.kind == SyntaxKind::chain && k > 0) {
        push_text(operation(tree_.chain_operators[node.first_chain_operator + k - 1].operation).spelling());
        push_text(" ");
      }
      push_child(children[k]);
    }
    if (node.kind == SyntaxKind::attribute) {
      push_text(" ");
      push_text(tree_.text(node.token));
    }
    push_text(")");
  }

  void push_text(std::string_view text) { steps_.push_back({0, text}); }
  void push_child(std::size_t node_index) { steps_.push_back({node_index, {}}); }

  const SyntaxTree& tree_;
  std::vector<std::size_t> begin_;  ///< of each node, the index of the first node of its subtree
  std::vector<Step> steps_;         ///< what is still to be printed, the next last
  std::string text_;
};

}  // namespace

std::string to_text(const SyntaxTree& tree) { return TreePrinter(tree).print(); }

}  // namespace lanewise::inline v0
