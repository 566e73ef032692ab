#include "api/compile.hpp"

#include "exec/evaluate_constant.hpp"
#include "exec/floating_point_environment.hpp"
#include "ir/bind.hpp"
#include "ir/simplify.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0 {

Graph bind_text(std::string_view source, const Schema& inputs, const CompileOptions& options) {
  const FloatingPointEnvironment environment;  // reading "0.1" rounds
  const SyntaxTree tree = parse(source, options.limits);
  return bind(tree, inputs, numpy_promotion, evaluate_constant, options.limits, options.functions);
}

Graph compile_graph(std::string_view source, const Schema& inputs, const CompileOptions& options) {
  const FloatingPointEnvironment environment;
  return with_source(source, [&] { return simplify(bind_text(source, inputs, options), evaluate_constant); });
}

}  // namespace lanewise::inline v0
