// Elementary functions of numbers in L1 on one thread, against plain loops over vector functions.
#include <fmt/format.h>

#include <cmath>
#include <lanewise/lanewise.hpp>
#include <limits>

#include "support/expression_list.hpp"
#include "support/contest.hpp"
#include "support/function_loops.hpp"
#include "support/numbers.hpp"
#include "workloads.hpp"

namespace bench {
namespace {

// A product of two functions has the errors of both, and the C library's vector functions are within 4 ulp.
constexpr double tolerance_ulp = 8;

std::optional<std::string> find_wrong(const NamedExpression& named, const Numbers& u, const Numbers& v, const Numbers& out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double expected = function_value(named.name, u.data()[i], v.data()[i]);
    const double allowed = tolerance_ulp * std::numeric_limits<double>::epsilon() * std::abs(expected);
    if (!(std::abs(out.data()[i] - expected) <= allowed)) return fmt::format("element {} is {}, expected {}", i, out.data()[i], expected);
  }
  return std::nullopt;
}

// The inputs of a function, positive, and its result.
struct Values {
  explicit Values(std::size_t element_count) : u(element_count, 0), v(element_count, 1), out(element_count, 2) {
    u.fill_random(1);
    v.fill_random(2);
    for (double& value : u.span()) value = std::abs(value) + 0.01;
  }
  Numbers u, v, out;
};

Contender lanewise_contender(const std::string& name, const NamedExpression& named, Values& values, std::size_t max_threads) {
  return {name, repeated([expression = named.compiled(), &values, max_threads] {
            const lanewise::ArrayView views[] = {values.u.span(), values.v.span()};
            expression.evaluate_positional(std::span(views, expression.inputs().size()), values.out.span(), {.max_threads = max_threads});
          })};
}

Results hold(const NamedExpression& named, const std::vector<Contender>& contenders, Values& values, const ContestRules& rules,
             std::string_view baseline) {
  Results results;
  results.name = named.name;
  results.expression = named.text;
  results.element_count = values.out.size();
  results.touched_bytes = (named.inputs.size() + 1) * values.out.size() * sizeof(double);
  results.title = fmt::format("{}   ({} float64; ratio: to {})", named.text, values.out.size(), baseline);
  results.timings = hold_contest(
      contenders, rules, [&] { values.out.fill(std::numeric_limits<double>::quiet_NaN()); },
      [&](const Contender&) { return find_wrong(named, values.u, values.v, values.out); });
  return results;
}

}  // namespace

std::vector<Results> measure_functions(std::size_t element_count, const ContestRules& rules) {
  constexpr std::size_t most_lanes = 8;
  Values values(std::max(element_count / most_lanes, std::size_t{1}) * most_lanes);
  std::vector<Results> all_results;
  for (const NamedExpression& named : expressions_of("function.")) {
    std::vector<Contender> contenders;
    for (const FunctionLoop& loop : function_loops(named.name)) {
      auto run = repeated([&, loop] { loop.run(values.u.data(), values.v.data(), values.out.data(), values.out.size()); });
      contenders.push_back({"loop over " + loop.library + ", one thread", std::move(run), false, loop.is_within_one_ulp});
    }
    contenders.push_back(lanewise_contender(lanewise_one_thread, named, values, 1));
    all_results.push_back(hold(named, contenders, values, rules, "the loop over SLEEF"));
  }
  return all_results;
}

Results measure_thread_scaling(std::size_t element_count, std::size_t thread_count, const ContestRules& rules) {
  Values values(element_count);
  const NamedExpression named = find_expression("function.sincos");
  std::vector<Contender> contenders;
  for (std::size_t threads = 1; threads <= thread_count; ++threads) {
    contenders.push_back(lanewise_contender(fmt::format("lanewise, {} threads", threads), named, values, threads));
  }
  contenders.front().name = lanewise_one_thread;
  contenders.front().is_baseline = true;
  contenders.back().name = lanewise_all_threads;
  return hold(named, contenders, values, rules, "one thread");
}

}  // namespace bench
