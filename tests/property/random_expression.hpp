#pragma once
// Random texts of the language: grown by the kind of value that is wanted, so that most have a meaning.

#include <string>
#include <vector>

#include "property/random_choice.hpp"
#include "property/text_tree.hpp"

namespace lanewise::inline v0::property {

/// An input as the generator sees it: the name, and what kind of value it brings.
struct NamedKind {
  std::string name;
  enum class Kind { truth, integer, floating, complex } kind;
};

/// `rank` is the number of dimensions of most values: axes are taken from it.
RandomProgram random_program(RandomChoice& random, const std::vector<NamedKind>& inputs, std::size_t rank);

}  // namespace lanewise::inline v0::property
