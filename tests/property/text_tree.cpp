#include "property/text_tree.hpp"

#include <utility>

namespace lanewise::inline v0::property {
namespace {

using Shape = TextTree::Shape;

std::string in_brackets(const std::string& text) { return std::string("(").append(text).append(")"); }

std::string text_of(const TextTree& tree);

std::string child_text(const TextTree& child) {
  const bool needs_brackets = child.shape == Shape::conditional || child.head == "not" || child.head == "and" || child.head == "or";
  return needs_brackets && !child.brackets ? in_brackets(text_of(child)) : text_of(child);
}

std::string list_text(const std::vector<TextTree>& trees) {
  std::string text;
  for (const TextTree& tree : trees) text += (text.empty() ? "" : ", ") + text_of(tree);
  return text;
}

std::string text_of(const TextTree& tree) {
  std::string text;
  switch (tree.shape) {
    case Shape::leaf: return tree.head;
    case Shape::call: return tree.head + in_brackets(list_text(tree.children) + tree.tail);
    case Shape::attribute: return in_brackets(text_of(tree.children[0])) + "." + tree.head;
    case Shape::prefix: text = tree.head + (tree.head == "not" ? " " : "") + child_text(tree.children[0]); break;
    case Shape::infix: text = child_text(tree.children[0]) + " " + tree.head + " " + child_text(tree.children[1]); break;
    case Shape::conditional:
      text = child_text(tree.children[1]) + " if " + child_text(tree.children[0]) + " else " + child_text(tree.children[2]);
      break;
  }
  return tree.brackets ? in_brackets(text) : text;
}

// Calls `visit` with every piece of the tree.
template <class Visit>
void for_each_piece(TextTree& tree, Visit visit) {
  visit(tree);
  for (TextTree& child : tree.children) for_each_piece(child, visit);
}

// Appends the program with `piece`, which is part of it, replaced.
void add_replaced(RandomProgram& program, TextTree& piece, TextTree replacement, std::vector<RandomProgram>& results) {
  std::swap(piece, replacement);
  results.push_back(program);
  std::swap(piece, replacement);
}

void add_smaller_pieces(RandomProgram& program, TextTree& root, std::vector<RandomProgram>& results) {
  for_each_piece(root, [&](TextTree& piece) {
    const std::vector<TextTree> children = piece.children;
    for (const TextTree& child : children) add_replaced(program, piece, child, results);
    if (!children.empty()) {
      add_replaced(program, piece, {Shape::leaf, "x0"}, results);
      add_replaced(program, piece, {Shape::leaf, "1"}, results);
    }
    if (piece.tail.empty()) return;
    TextTree without = piece;
    without.tail.resize(without.tail.rfind(", ", without.tail.rfind('=')));
    add_replaced(program, piece, std::move(without), results);
  });
}

}  // namespace

std::string local_name(std::size_t index) { return std::string("t").append(std::to_string(index)); }

std::string to_text(const RandomProgram& program) {
  std::string text;
  for (std::size_t i = 0; i < program.locals.size(); ++i) text += local_name(i) + " = " + text_of(program.locals[i]) + "; ";
  return text + list_text(program.results);
}

std::vector<RandomProgram> smaller_programs(const RandomProgram& program) {
  std::vector<RandomProgram> results;
  if (program.locals.size() + program.results.size() > 1) {
    for (const TextTree& local : program.locals) results.push_back({{}, {local}});
    for (const TextTree& result : program.results) results.push_back({program.locals, {result}});
    results.push_back({{}, program.results});
  }
  RandomProgram scratch = program;
  for (TextTree& local : scratch.locals) add_smaller_pieces(scratch, local, results);
  for (TextTree& result : scratch.results) add_smaller_pieces(scratch, result, results);
  return results;
}

}  // namespace lanewise::inline v0::property
