// muParser compiles on its first evaluation and keeps the result; its variables are bound by address.
#include "support/scalar_peer.hpp"

#if defined(BENCH_HAS_MUPARSER)

#include <muParser.h>

#include <memory>

namespace bench {
namespace {

struct BoundParser {
  mu::Parser parser;
  double a;
  double b;
};

}  // namespace

std::vector<Contender> scalar_peers(const std::string& text, double a, double b, double* out) {
  const auto bound = std::make_shared<BoundParser>();
  bound->a = a;
  bound->b = b;
  bound->parser.DefineVar("a", &bound->a);
  bound->parser.DefineVar("b", &bound->b);
  bound->parser.SetExpr(text);
  return {{"muParser", repeated([bound, out] { *out = bound->parser.Eval(); }), false, true}};
}

}  // namespace bench

#else

namespace bench {

std::vector<Contender> scalar_peers(const std::string&, double, double, double*) { return {}; }

}  // namespace bench

#endif
