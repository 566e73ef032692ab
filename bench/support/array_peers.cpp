// Eigen fuses an expression when its program is compiled; muParser interprets text, element after element.
#include "support/array_peers.hpp"

#include "support/formula.hpp"

#if defined(BENCH_HAS_EIGEN)
#include <Eigen/Core>
#endif
#if defined(BENCH_HAS_MUPARSER)
#include "support/muparser.hpp"
#endif

namespace bench {
namespace {

#if defined(BENCH_HAS_EIGEN)
Contender eigen_contender(const NamedExpression& named, const double* u, const double* v, double* out, std::size_t count) {
  using Values = Eigen::Map<const Eigen::ArrayXd>;
  const auto length = static_cast<Eigen::Index>(count);
  auto run = visit_formula(named.name, [=]<class Formula>(Formula) {
    return repeated([=] { Eigen::Map<Eigen::ArrayXd>(out, length) = Formula::value(Values(u, length), Values(v, length)); });
  });
  return {"Eigen, one thread", std::move(run)};
}
#endif

#if defined(BENCH_HAS_MUPARSER)
Contender muparser_contender(const NamedExpression& named, double* u, double* v, double* out, std::size_t count) {
  double* const inputs[] = {u, v};
  const auto parser = muparser_of(named, inputs);
  return {"muParser, one thread", repeated([=] { parser->Eval(out, static_cast<int>(count)); }), false, false, true};
}
#endif

}  // namespace

std::vector<Contender> array_peers([[maybe_unused]] const NamedExpression& named, [[maybe_unused]] double* u, [[maybe_unused]] double* v,
                                   [[maybe_unused]] double* out, [[maybe_unused]] std::size_t count) {
  std::vector<Contender> contenders;
#if defined(BENCH_HAS_EIGEN)
  contenders.push_back(eigen_contender(named, u, v, out, count));
#endif
#if defined(BENCH_HAS_MUPARSER)
  contenders.push_back(muparser_contender(named, u, v, out, count));
#endif
  return contenders;
}

std::string missing_peers() {
  std::string names;
#if !defined(BENCH_HAS_EIGEN)
  names = "Eigen";
#endif
#if !defined(BENCH_HAS_MUPARSER)
  names += names.empty() ? "muParser" : ", muParser";
#endif
  return names;
}

}  // namespace bench
