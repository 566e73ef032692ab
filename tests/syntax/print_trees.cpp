// Reads texts, each ended by a null byte, and prints a line for each: its tree, a tab and the values of its literals; or "error E101".
// Driven by python_test.py, which compares the lines with what CPython makes of the same texts.

#include <bit>
#include <cstdio>
#include <iostream>
#include <string>

#include "syntax/parse.hpp"

namespace {

std::string hexadecimal(std::uint64_t bits) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(bits));
  return digits;
}

// Integers in decimal; floats by their bits, so that every rounding shows.
std::string value_of(const lanewise::SyntaxNode& node) {
  using lanewise::SyntaxKind;
  switch (node.kind) {
    case SyntaxKind::integer_literal:
      if (node.integer_overflow) return " >" + hexadecimal(std::bit_cast<std::uint64_t>(node.real));
      return " " + std::to_string(node.integer);
    case SyntaxKind::truth_literal: return node.integer != 0 ? " True" : " False";
    case SyntaxKind::float_literal: return " f" + hexadecimal(std::bit_cast<std::uint64_t>(node.real));
    case SyntaxKind::imaginary_literal: return " j" + hexadecimal(std::bit_cast<std::uint64_t>(node.real));
    default: return "";
  }
}

std::string line_for(const std::string& text) {
  try {
    const lanewise::SyntaxTree tree = lanewise::parse(text);
    std::string line = to_text(tree) + "\t";
    for (const lanewise::SyntaxNode& node : tree.nodes) line += value_of(node);
    return line;
  } catch (const lanewise::Error& error) {
    return "error " + error.code();
  }
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string text; std::getline(std::cin, text, '\0');) std::cout << line_for(text) << '\n';
}
