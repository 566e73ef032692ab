// Reductions of whole arrays in memory, against loops that read them on all threads.
#include <fmt/format.h>

#include <cmath>
#include <lanewise/lanewise.hpp>

#include "support/expression_list.hpp"
#include "support/contest.hpp"
#include "support/hand_reduction.hpp"
#include "support/numbers.hpp"
#include "workloads.hpp"

namespace bench {

std::vector<Results> measure_reductions(std::size_t element_count, const ContestRules& rules) {
  Numbers u(element_count, 0);
  Numbers v(element_count, 1);
  u.fill_random(1);
  v.fill_random(2);
  std::vector<Results> all_results;
  for (const NamedExpression& named : expressions_of("reduction.")) {
    double out = 0;
    const lanewise::Expression expression = named.compiled();
    const auto loop = hand_reduction(named.name);
    const std::vector<Contender> contenders = {
        {"hand-written loop, all threads", repeated([&] { out = loop(u.data(), v.data(), element_count); }), false, true},
        {lanewise_all_threads, repeated([&] {
           const lanewise::ArrayView views[] = {u.span(), v.span()};
           expression.evaluate_positional(std::span(views, named.inputs.size()), std::span(&out, 1));
         })},
    };
    // The two add in different orders: what they may differ by grows with the root of the number of elements.
    const double expected = loop(u.data(), v.data(), element_count);
    const double tolerance = 1e-14 * std::sqrt(static_cast<double>(element_count)) * (1 + std::abs(expected));
    Results& results = all_results.emplace_back();
    results.name = named.name;
    results.expression = named.text;
    results.element_count = element_count;
    results.touched_bytes = named.inputs.size() * element_count * sizeof(double);
    results.title = fmt::format("{}   ({} float64; ratio: to the hand-written loop)", named.text, element_count);
    results.timings = hold_contest(
        contenders, rules, [&] { out = std::nan(""); },
        [&](const Contender&) -> std::optional<std::string> {
          if (std::abs(out - expected) <= tolerance) return std::nullopt;
          return fmt::format("{} instead of {}", out, expected);
        });
  }
  return all_results;
}

}  // namespace bench
