// Arrays in L1 and L2 on one thread, and arrays of a few thousand elements. Memory does not limit here, so the price of going from
// instruction to instruction, of a call, and of a second thread can be seen. The baseline is the loop as the compiler fuses it with
// -O3 -march=native, by the faster of the compilers that the machine has.
#include <fmt/format.h>

#include <array>
#include <lanewise/lanewise.hpp>
#include <string>
#include <vector>

#include "support/allocation_count.hpp"
#include "support/formula.hpp"
#include "support/formula_contest.hpp"
#include "support/numbers.hpp"
#include "workloads.hpp"

namespace bench {
namespace {

constexpr const char* the_loop = "the faster compiled loop";

}  // namespace

std::vector<Results> measure_in_cache(std::size_t element_count, const ContestRules& rules) {
  FormulaContest contest("square", element_count);
  std::vector<Results> all_results;
  for (const std::string_view formula : formula_names) {
    contest.choose(formula);
    std::vector<Contender> contenders = contest.compiled_loops();
    contenders.push_back(contest.lanewise(lanewise_one_thread, 1));
    all_results.push_back(contest.hold(contenders, rules, the_loop));
  }
  return all_results;
}

Results measure_length(std::size_t element_count, const ContestRules& rules) {
  FormulaContest contest("axpy", element_count);
  std::vector<Contender> contenders = contest.compiled_loops();
  contenders.push_back(contest.lanewise(lanewise_one_thread, 1));
  contenders.push_back(contest.lanewise(lanewise_all_threads, 0));
  return contest.hold(contenders, rules, the_loop);
}

std::size_t warm_allocation_count(std::size_t element_count) {
  const FormulaContest contest("cubic", element_count);
  for (int k = 0; k < 1000; ++k) contest.evaluate(0);  // by then it is machine code
  const std::size_t before = allocation_count();
  contest.evaluate(0);
  return allocation_count() - before;
}

void evaluate_staged_inputs(std::size_t input_count, std::size_t element_count) {
  std::string sum;
  std::vector<lanewise::SchemaEntry> schema;
  for (std::size_t i = 0; i < input_count; ++i) {
    sum += fmt::format("{}x{}", i == 0 ? "" : " + ", i);
    schema.push_back({fmt::format("x{}", i), lanewise::DType::complex128});
  }
  const auto expression = lanewise::Expression::compile(sum, lanewise::Schema(std::move(schema)));
  const Numbers values(2 * element_count, 0);
  Numbers results(2 * element_count, 1);
  const std::array shape{element_count};
  const std::array backwards{-std::ptrdiff_t{16}};
  const lanewise::ArrayView view(values.data() + 2 * (element_count - 1), lanewise::DType::complex128, shape, backwards);
  const lanewise::MutableArrayView out(results.data(), lanewise::DType::complex128, shape);
  expression.evaluate_positional(std::vector(input_count, view), out);
}

}  // namespace bench
