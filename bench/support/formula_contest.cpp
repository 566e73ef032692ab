// What a user would write is compiled as users compile, -O3 for any processor; the other loops are in files of their own.
#include "support/formula_contest.hpp"

#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <limits>
#include <span>

#include "support/array_peers.hpp"
#include "support/compiled_loops.hpp"
#include "support/formula.hpp"
#include "support/result_check.hpp"
#include "support/temporaries.hpp"

namespace bench {
namespace {

using LoopOverRange = void (*)(const double*, const double*, double*, std::size_t, std::size_t);

template <class Formula>
void loop_over_range(const double* u, const double* v, double* out, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) out[i] = Formula::value(u[i], v[i]);
}

// Splits into pieces that begin at whole cache lines.
std::function<void()> on_all_threads(LoopOverRange loop, const double* u, const double* v, std::span<double> out) {
  constexpr std::size_t piece = 4'096;
  return [=] {
    const std::size_t pieces = (out.size() + piece - 1) / piece;
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, pieces), [&](const tbb::blocked_range<std::size_t>& range) {
      loop(u, v, out.data(), range.begin() * piece, std::min(range.end() * piece, out.size()));
    });
  };
}

}  // namespace

FormulaContest::FormulaContest(std::string_view formula, std::size_t element_count)
    : named_(find_expression(formula)), expression_(named_.compiled()), u_(element_count, 0), v_(element_count, 1), out_(element_count, 2) {
  u_.fill_random(1);
  v_.fill_random(2);
}

void FormulaContest::choose(std::string_view formula) {
  named_ = find_expression(formula);
  expression_ = named_.compiled();
}

Contender FormulaContest::naive_loop(bool on_threads) const {
  const LoopOverRange loop =
      visit_formula(named_.name, []<class Formula>(Formula) -> LoopOverRange { return &loop_over_range<Formula>; });
  if (on_threads) return {"naive loop, all threads", repeated(on_all_threads(loop, u_.data(), second(), out_.span()))};
  return {"naive loop, one thread", repeated([this, loop] { loop(u_.data(), second(), out_.data(), 0, out_.size()); })};
}

Contender FormulaContest::one_temporary_per_step() const {
  return {"one temporary per step (as NumPy), one thread",
          repeated(bench::one_temporary_per_step(named_.name, u_.data(), second(), out_.data(), out_.size()))};
}

Contender FormulaContest::hand_fused_loop(Stores stores) const {
  const char* name = stores == Stores::plain ? "hand-fused loop, plain stores, all threads" : "hand-fused loop, streaming, all threads";
  const FusedLoop loop = bench::hand_fused_loop(named_.name, stores);
  return {name, repeated(on_all_threads(loop, u_.data(), second(), out_.span())), false, true};
}

std::vector<Contender> FormulaContest::compiled_loops() const {
  std::vector<Contender> contenders;
  for (const CompiledLoop& loop : bench::compiled_loops(named_.name)) {
    auto run = repeated([this, loop] { loop.run(u_.data(), second(), out_.data(), out_.size()); });
    contenders.push_back({"loop by " + loop.compiler + ", one thread", std::move(run), false, true});
  }
  return contenders;
}

Contender FormulaContest::lanewise(const char* contender, std::size_t max_threads) const {
  return {contender, repeated([this, max_threads] { evaluate(max_threads); }), true};
}

std::vector<Contender> FormulaContest::array_peers() const {
  return bench::array_peers(named_, u_.data(), second(), out_.data(), out_.size());
}

Results FormulaContest::hold(const std::vector<Contender>& contenders, const ContestRules& rules, std::string_view baseline) {
  Results results;
  results.expression = named_.text;
  results.name = named_.name;
  results.element_count = out_.size();
  results.touched_bytes = (named_.inputs.size() + 1) * out_.size() * sizeof(double);
  results.title = fmt::format("{}   ({} float64; ratio: to {})", named_.text, out_.size(), baseline);
  results.timings = hold_contest(
      contenders, rules, [&] { out_.fill(std::numeric_limits<double>::quiet_NaN()); },
      [&](const Contender& contender) {
        return find_fault(named_.name, u_.span(), {second(), out_.size()}, out_.span(), contender.exact);
      });
  return results;
}

void FormulaContest::evaluate(std::size_t max_threads) const {
  const lanewise::ArrayView views[] = {u_.span(), v_.span()};
  expression_.evaluate_positional(std::span(views, named_.inputs.size()), out_.span(), {.max_threads = max_threads});
}

}  // namespace bench
