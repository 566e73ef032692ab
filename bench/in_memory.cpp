// The main job: u**2, 2*u + 3*v and a cubic over arrays much larger than a cache, every contender writing into the same existing memory.
//
// What a user would write is compiled as users compile: -O3 for any processor. The wall is the faster of two hand-fused loops on all
// threads, with and without streaming stores; both may contract to fused multiply-add, lanewise must give the reference's bits.
#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <lanewise/lanewise.hpp>
#include <limits>

#include "support/expression_list.hpp"
#include "support/formula.hpp"
#include "support/hand_fused_loop.hpp"
#include "support/numbers.hpp"
#include "support/result_check.hpp"
#include "support/temporaries.hpp"
#include "workloads.hpp"

namespace bench {
namespace {

using Evaluation = std::function<void()>;
using LoopOverRange = void (*)(const double*, const double*, double*, std::size_t, std::size_t);

// One contest's arrays. Where the expression has one input, `second` is the first again.
struct Arrays {
  const double* first;
  const double* second;
  double* out;
  std::size_t count;
};

template <class Formula>
void naive_loop(const double* u, const double* v, double* out, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) out[i] = Formula::value(u[i], v[i]);
}

LoopOverRange naive_loop_of(const std::string& name) {
  return visit_formula(name, []<class Formula>(Formula) -> LoopOverRange { return &naive_loop<Formula>; });
}

// Splits into pieces that begin at whole cache lines.
Evaluation on_all_threads(LoopOverRange loop, const Arrays& arrays) {
  constexpr std::size_t piece = 4'096;
  return [loop, arrays] {
    const std::size_t pieces = (arrays.count + piece - 1) / piece;
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, pieces), [&](const tbb::blocked_range<std::size_t>& range) {
      loop(arrays.first, arrays.second, arrays.out, range.begin() * piece, std::min(range.end() * piece, arrays.count));
    });
  };
}

Evaluation lanewise_evaluation(const NamedExpression& named, const Arrays& arrays, std::size_t max_threads) {
  std::vector<lanewise::SchemaEntry> schema;
  for (const std::string& input : named.inputs) schema.push_back({input, lanewise::DType::float64});
  const auto expression = lanewise::Expression::compile(named.text, lanewise::Schema(std::move(schema)));
  return [expression, arrays, max_threads, input_count = named.inputs.size()] {
    const lanewise::ArrayView views[] = {std::span(arrays.first, arrays.count), std::span(arrays.second, arrays.count)};
    expression.evaluate_positional(std::span(views, input_count), std::span(arrays.out, arrays.count), {.max_threads = max_threads});
  };
}

std::vector<Contender> contenders_of(const NamedExpression& named, const Arrays& arrays) {
  const std::string& name = named.name;
  const LoopOverRange naive = naive_loop_of(name);
  return {
      {"naive loop, one thread", repeated([=] { naive(arrays.first, arrays.second, arrays.out, 0, arrays.count); })},
      {"naive loop, all threads", repeated(on_all_threads(naive, arrays))},
      {"one temporary per step (as NumPy), one thread",
       repeated(one_temporary_per_step(name, arrays.first, arrays.second, arrays.out, arrays.count))},
      {"hand-fused loop, plain stores, all threads", repeated(on_all_threads(hand_fused_loop(name, Stores::plain), arrays)), false, true},
      {"hand-fused loop, streaming, all threads", repeated(on_all_threads(hand_fused_loop(name, Stores::streaming), arrays)), false, true},
      {lanewise_one_thread, repeated(lanewise_evaluation(named, arrays, 1)), true},
      {lanewise_all_threads, repeated(lanewise_evaluation(named, arrays, 0)), true},
  };
}

}  // namespace

std::vector<Results> measure_in_memory(std::size_t element_count, const ContestRules& rules) {
  Numbers u(element_count, 0);
  Numbers v(element_count, 1);
  Numbers out(element_count, 2);
  u.fill_random(1);
  v.fill_random(2);

  std::vector<Results> all_results;
  for (const char* name : {"square", "axpy", "cubic"}) {
    const NamedExpression named = find_expression(name);
    const Numbers& first = named.inputs.front() == "u" ? u : v;
    const Arrays arrays{first.data(), named.inputs.size() == 2 ? v.data() : first.data(), out.data(), element_count};
    Results& results = all_results.emplace_back();
    results.expression = named.text;
    results.element_count = element_count;
    results.touched_bytes = (named.inputs.size() + 1) * element_count * sizeof(double);
    results.title = fmt::format("{}   ({} float64; ratio: to the faster hand-fused loop)", named.text, element_count);
    results.timings = hold_contest(
        contenders_of(named, arrays), rules, [&] { out.fill(std::numeric_limits<double>::quiet_NaN()); },
        [&](const Contender& contender) {
          return find_fault(name, {arrays.first, element_count}, {arrays.second, element_count}, out.span(), contender.exact);
        });
  }
  return all_results;
}

}  // namespace bench
