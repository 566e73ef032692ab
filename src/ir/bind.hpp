#pragma once

#include <lanewise/options.hpp>

#include "ir/graph.hpp"
#include "ops/promotion.hpp"
#include "syntax/syntax_tree.hpp"

namespace lanewise::inline v0 {

/// Gives names and types a meaning. Throws NameError and DTypeError E2xx, LimitError E403, E404, and SyntaxError E108 for literals that
/// parse but are no values yet (strings, imaginary numbers).
Graph bind(const SyntaxTree& tree, const Schema& inputs, const Promotion& promotion, EvaluateConstant evaluate_constant,
           const Limits& limits = {}, const FunctionSet* functions = nullptr);

}  // namespace lanewise::inline v0
