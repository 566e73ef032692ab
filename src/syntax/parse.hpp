#pragma once

#include <string_view>

#include <lanewise/options.hpp>

#include "syntax/syntax_tree.hpp"

namespace lanewise::inline v0 {

/// Turns text into a tree. Throws SyntaxError E1xx, LimitError E401 to E403.
SyntaxTree parse(std::string_view source, const Limits& limits = {});

}  // namespace lanewise::inline v0
