#pragma once
// The one-shot form, for those who keep no Expression.

#include <string_view>

#include <lanewise/array.hpp>
#include <lanewise/export.hpp>
#include <lanewise/expression.hpp>
#include <lanewise/options.hpp>

namespace lanewise::inline v0 {

/// Evaluates `source` on `inputs` and returns the result in fresh memory.
///
/// The compiled program is kept in a bounded cache, keyed by the text, the inputs' names and types, and the compile options.
/// Shapes, strides, dtypes, aliasing, threads, errors: as Expression::compile and Expression::evaluate. The result keeps the order of axes that
/// the inputs have, unless `options.evaluate.order` asks for another.
///
/// Example     lanewise::Array r = lanewise::evaluate("u**2", {{"u", u}});
LANEWISE_API Array evaluate(std::string_view source, const Inputs& inputs, const Options& options = {});

/// The same into the caller's memory.
///
/// Example     lanewise::evaluate("u**2", {{"u", u}}, out);
LANEWISE_API void evaluate(std::string_view source, const Inputs& inputs, const MutableArrayView& out, const Options& options = {});

}  // namespace lanewise::inline v0
