#pragma once
// Texts of the language as trees, so that one that fails can be made smaller.

#include <string>
#include <vector>

namespace lanewise::inline v0::property {

/// A piece of text: what stands at its head and how its children are arranged around it.
struct TextTree {
  enum class Shape { leaf, prefix, infix, call, conditional, attribute } shape = Shape::leaf;
  std::string head;
  std::vector<TextTree> children = {};
  bool brackets = true;   ///< around an operator; without them its neighbours may bind tighter
  std::string tail = {};  ///< of a call: arguments after the children, each with its comma
};

/// A text of statements `t0 = …; t1 = …; …, …`; each may use the locals before it.
struct RandomProgram {
  std::vector<TextTree> locals;
  std::vector<TextTree> results;  ///< one, or a tuple
};

std::string local_name(std::size_t index);

std::string to_text(const RandomProgram& program);

/// Returns texts that are a step smaller: a piece replaced by one of its children, by the input `x0` or by 1, an argument, a result or all
/// statements but one left out.
std::vector<RandomProgram> smaller_programs(const RandomProgram& program);

}  // namespace lanewise::inline v0::property
