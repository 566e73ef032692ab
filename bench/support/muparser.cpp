// muParser's language differs from lanewise's in the sign of powers and in the names of maximum and minimum.
#if defined(BENCH_HAS_MUPARSER)
#include "support/muparser.hpp"

#include <algorithm>
#include <string>

namespace bench {

std::shared_ptr<mu::Parser> muparser_of(const NamedExpression& named, std::span<double* const> inputs) {
  std::string text = named.text;
  for (std::size_t at = 0; (at = text.find("**", at)) != std::string::npos;) text.replace(at, 2, "^");
  auto parser = std::make_shared<mu::Parser>();
  parser->DefineFun("maximum", [](double left, double right) { return std::max(left, right); });
  parser->DefineFun("minimum", [](double left, double right) { return std::min(left, right); });
  for (std::size_t i = 0; i < named.inputs.size(); ++i) parser->DefineVar(named.inputs[i], inputs[i]);
  parser->SetExpr(text);
  return parser;
}

}  // namespace bench
#endif
