// A single element, and compiling: beside muParser, whose texts are compiled by their first evaluation.
#include <fmt/format.h>

#include <cmath>
#include <lanewise/lanewise.hpp>
#include <memory>
#include <optional>

#include "support/expression_list.hpp"
#include "support/contest.hpp"
#include "workloads.hpp"
#if defined(BENCH_HAS_MUPARSER)
#include "support/muparser.hpp"
#endif

namespace bench {
namespace {

// The inputs and the output of one element, at addresses that last.
struct Element {
  double a = 1.25;
  double b = -0.75;
  double out = 0;
};

// Contenders that agree with the first one are right: it is lanewise by position, which the tests hold against an oracle.
Results hold(const NamedExpression& named, const std::vector<Contender>& contenders, Element& element, const ContestRules& rules) {
  Results results;
  results.name = named.name;
  results.expression = named.text;
  results.element_count = 1;
  results.touched_bytes = (named.inputs.size() + 1) * sizeof(double);
  results.title = fmt::format("{}   (1 float64; ratio: to muParser)", named.text);
  std::optional<double> expected;
  results.timings = hold_contest(
      contenders, rules, [&] { element.out = std::nan(""); },
      [&](const Contender&) -> std::optional<std::string> {
        if (!expected) expected = element.out;
        if (std::abs(element.out - *expected) <= 1e-14 * (1 + std::abs(*expected))) return std::nullopt;
        return fmt::format("{} instead of {}", element.out, *expected);
      });
  return results;
}

Results measure_element(const NamedExpression& named, const ContestRules& rules) {
  Element element;
  const lanewise::Expression expression = named.compiled();
  const auto function = std::make_shared<lanewise::Function<double(double, double)>>(named.text, std::array<std::string_view, 2>{"a", "b"});
  
  std::vector<Contender> contenders = {
      {lanewise_by_position, repeated([&] {
         const lanewise::ArrayView views[] = {element.a, element.b};
         expression.evaluate_positional(std::span(views, named.inputs.size()), std::span(&element.out, 1));
       })},
      {lanewise_function, repeated([&] { element.out = (*function)(element.a, element.b); })},
  };
#if defined(BENCH_HAS_MUPARSER)
  double* const inputs[] = {&element.a, &element.b};
  const auto parser = muparser_of(named, inputs);
  contenders.push_back({"muParser", repeated([&] { element.out = parser->Eval(); }), false, true});
#endif
  return hold(named, contenders, element, rules);
}

}  // namespace

std::vector<Results> measure_one_element(const ContestRules& rules) {
  std::vector<Results> all_results;
  for (const NamedExpression& named : expressions_of("element.")) all_results.push_back(measure_element(named, rules));
  return all_results;
}

Results measure_compiling(const ContestRules& rules) {
  Element element;
  const NamedExpression named = find_expression("element.9");
  const lanewise::Schema schema({{"a", lanewise::DType::float64}, {"b", lanewise::DType::float64}});
  std::vector<Contender> contenders = {
      {lanewise_compiling, repeated([&] {
         const auto expression = lanewise::Expression::compile(named.text, schema);
         element.out = static_cast<double>(expression.inputs().size());
       })},
      {lanewise_cached, repeated([&] {
         lanewise::evaluate(named.text, {{"a", element.a}, {"b", element.b}}, std::span(&element.out, 1));
         element.out = 2;
       })},
  };
#if defined(BENCH_HAS_MUPARSER)
  contenders.push_back({"muParser, compiling", repeated([&] {
                          double* const inputs[] = {&element.a, &element.b};
                          muparser_of(named, inputs)->Eval();
                          element.out = 2;
                        }),
                        false, true});
#endif
  Results results = hold(named, contenders, element, rules);
  results.name = "compile";
  results.expression = "compile " + named.text;
  results.title = results.expression + "   (ratio: to muParser)";
  return results;
}

}  // namespace bench
