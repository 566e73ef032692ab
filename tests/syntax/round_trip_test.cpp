// The place of each node is the text of that node: parsed on its own it gives the same tree.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "syntax/parse.hpp"
#include "syntax/programs.hpp"

namespace {

using namespace lanewise;

std::size_t first_of_subtree(const SyntaxTree& tree, std::size_t root) {
  std::size_t missing = 1, node = root + 1;
  while (missing != 0) missing += tree.nodes[--node].child_count - std::size_t{1};
  return node;
}

std::string subtree_text(const SyntaxTree& tree, std::size_t root) {
  SyntaxTree part = tree;
  const auto at = [&](std::size_t index) { return tree.nodes.begin() + static_cast<std::ptrdiff_t>(index); };
  part.nodes.assign(at(first_of_subtree(tree, root)), at(root + 1));
  return to_text(part);
}

// Brackets around it let a text go over several lines; assignments and arguments by name, which read alike, stand without.
std::string alone(const SyntaxTree& tree, const SyntaxNode& node) {
  const std::string text(tree.text(node.extent));
  const bool has_sign =
      node.kind == SyntaxKind::program || node.kind == SyntaxKind::assignment || node.kind == SyntaxKind::keyword_argument;
  return has_sign ? text : "(" + text + "\n)";
}

bool stands_in_index_only(SyntaxKind kind) {
  return kind == SyntaxKind::slice || kind == SyntaxKind::ellipsis || kind == SyntaxKind::new_axis;
}

TEST(RoundTrip, EachNodeIsItsText) {
  for (const std::string_view program : programs) {
    const SyntaxTree tree = parse(program);
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
      if (stands_in_index_only(tree.nodes[i].kind)) continue;
      const std::string text = alone(tree, tree.nodes[i]);
      EXPECT_EQ(to_text(parse(text)), subtree_text(tree, i)) << text << "\nof " << program;
    }
  }
}

std::string listed(const std::vector<std::string>& values, const std::string& after_each) {
  std::string text;
  for (const std::string& value : values) text += value + after_each;
  return text;
}

std::string written_chain(const SyntaxTree& tree, const SyntaxNode& node, const std::vector<std::string>& operands) {
  std::string text = "(" + operands[0];
  for (std::size_t i = 1; i < operands.size(); ++i) {
    const SourceSpan comparison = tree.chain_operators[node.first_chain_operator + i - 1].token;
    text += " " + std::string(tree.text(comparison)) + " " + operands[i];
  }
  return text + ")";
}

std::string without_brackets(const std::string& text) { return text.substr(1, text.size() - 2); }

std::string written_slice(const SyntaxNode& node, const std::vector<std::string>& parts) {
  auto next = parts.begin();
  std::string text;
  for (unsigned part = 0; part < 3; ++part) text += (part > 0 ? ":" : "") + ((node.integer >> part & 1U) != 0 ? *next++ : "");
  return text;
}

// Returns a node as text, each value in brackets of its own; `parts` are its children's texts.
std::string written(const SyntaxTree& tree, const SyntaxNode& node, const std::vector<std::string>& parts) {
  const std::string token(tree.text(node.token));
  switch (node.kind) {
    case SyntaxKind::operation:
      return parts.size() == 1 ? "(" + token + " " + parts[0] + ")" : "(" + parts[0] + " " + token + " " + parts[1] + ")";
    case SyntaxKind::chain: return written_chain(tree, node, parts);
    case SyntaxKind::conditional: return "(" + parts[0] + " if " + parts[1] + " else " + parts[2] + ")";
    case SyntaxKind::attribute: return "(" + parts[0] + "." + token + ")";
    case SyntaxKind::keyword_argument:
    case SyntaxKind::assignment: return token + "=" + parts[0];
    case SyntaxKind::call: return token + "(" + listed(parts, ",") + ")";
    case SyntaxKind::tuple: return "(" + listed(parts, ",") + ")";
    case SyntaxKind::subscript: return "(" + without_brackets(parts[0]) + "[" + listed({parts.begin() + 1, parts.end()}, ",") + "])";
    case SyntaxKind::slice: return written_slice(node, parts);
    case SyntaxKind::ellipsis:
    case SyntaxKind::new_axis: return token;
    case SyntaxKind::program: return listed(parts, "\n");
    default: return "(" + token + ")";
  }
}

std::string written(const SyntaxTree& tree) {
  std::vector<std::string> texts;
  for (const SyntaxNode& node : tree.nodes) {
    const auto first = texts.end() - static_cast<std::ptrdiff_t>(node.child_count);
    const std::vector<std::string> parts(first, texts.end());
    texts.erase(first, texts.end());
    texts.push_back(written(tree, node, parts));
  }
  return texts.back();
}

TEST(RoundTrip, BracketsAroundEveryValueChangeNothing) {
  for (const std::string_view program : programs) {
    const SyntaxTree tree = parse(program);
    EXPECT_EQ(to_text(parse(written(tree))), to_text(tree)) << written(tree);
  }
}

}  // namespace
