#pragma once
// Random texts of the language, kept as trees so that a failing one can be made smaller.

#include <string>
#include <vector>

#include "property/random_choice.hpp"

namespace lanewise::inline v0::property {

/// A piece of text: what stands at its head and how its children are arranged around it.
struct TextTree {
  enum class Shape { leaf, prefix, infix, call, conditional } shape = Shape::leaf;
  std::string head;
  std::vector<TextTree> children = {};
  bool brackets = true;  ///< around an operator; without them its neighbours may bind tighter
};

/// A text of statements `t0 = …; t1 = …; …`; each may use the locals before it.
struct RandomProgram {
  std::vector<TextTree> statements;  ///< the last is the result
};

/// An input as the generator sees it: the name, and what kind of value it brings.
struct NamedKind {
  std::string name;
  enum class Kind { truth, integer, floating } kind;
};

RandomProgram random_program(RandomChoice& random, const std::vector<NamedKind>& inputs);

std::string to_text(const RandomProgram& program);

/// Returns texts that are a step smaller: a piece replaced by one of its children or by the input `x0`, a statement left out.
std::vector<RandomProgram> smaller_programs(const RandomProgram& program);

}  // namespace lanewise::inline v0::property
