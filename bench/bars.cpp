// Holds the measurements against the bars. A contender that computes wrongly has no time and so misses its bar.
#include "bars.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <string>

#include "support/allocation_count.hpp"
#include "support/machine.hpp"
#include "workloads.hpp"

namespace bench {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

class BarCount {
 public:
  void at_most(const std::string& name, double value, double bar) { print(name, value, bar, value <= bar); }
  void at_least(const std::string& name, double value, double bar) { print(name, value, bar, value >= bar); }
  int missed() const { return missed_; }

 private:
  void print(const std::string& name, double value, double bar, bool passes) {
    if (!passes) ++missed_;
    fmt::print("{}: {:.3g} (bar {:g}) {}\n", name, value, bar, passes ? "PASS" : "MISS");
    std::fflush(stdout);
  }

  int missed_ = 0;
};

double ratio_of(const Results& results, const char* contender) { return results.ratio(contender).value_or(infinity); }

double geometric_mean(const std::vector<double>& ratios) {
  double sum = 0;
  for (const double ratio : ratios) sum += std::log(ratio);
  return std::exp(sum / static_cast<double>(ratios.size()));
}

std::vector<double> ratios_of(const std::vector<Results>& all_results, const char* contender) {
  std::vector<double> ratios;
  for (const Results& results : all_results) ratios.push_back(ratio_of(results, contender));
  return ratios;
}

/// "60M", "10k", "1".
std::string brief(std::size_t count) {
  if (count >= 1'000'000) return fmt::format("{:g}M", static_cast<double>(count) / 1e6);
  return count >= 1'000 ? fmt::format("{:g}k", static_cast<double>(count) / 1e3) : fmt::format("{}", count);
}

void check_memory(BarCount& bars, const Sizes& sizes, const ContestRules& rules) {
  for (const Results& results : measure_at_the_wall(sizes.in_memory, rules)) {
    bars.at_most(fmt::format("P1 {} {}", results.name, brief(sizes.in_memory)), ratio_of(results, lanewise_all_threads), 1.10);
  }
}

void check_cache(BarCount& bars, const char* level, std::size_t element_count, const ContestRules& rules) {
  const std::vector<Results> all_results = measure_in_cache(element_count, rules);
  for (const Results& results : all_results) {
    bars.at_most(fmt::format("P2 {} {}", results.name, level), ratio_of(results, lanewise_one_thread), 2.0);
  }
  bars.at_most(fmt::format("P2 geometric mean {}", level), geometric_mean(ratios_of(all_results, lanewise_one_thread)), 1.6);
}

void check_functions(BarCount& bars, const Sizes& sizes, const ContestRules& rules) {
  for (const Results& results : measure_functions(sizes.in_first_cache, rules)) {
    bars.at_most(fmt::format("P3 {}", results.expression), ratio_of(results, lanewise_one_thread), 1.05);
  }
}

// One thread and several are the same work below the serial threshold: what is asked there is within the noise of 1.
void check_lengths(BarCount& bars, const Sizes& sizes, const ContestRules& rules) {
  for (const std::size_t element_count : sizes.lengths) {
    const Results results = measure_length(element_count, rules);
    const double all = ratio_of(results, lanewise_all_threads);
    bars.at_most(fmt::format("P5 {} {}, all threads to one", results.name, brief(element_count)),
                 all / ratio_of(results, lanewise_one_thread), 1.05);
    if (element_count == 10'000) bars.at_most(fmt::format("P5 {} 10k, to the compiled loop", results.name), all, 1.5);
  }
}

void check_one_element(BarCount& bars, const ContestRules& rules) {
  const std::vector<Results> all_results = measure_one_element(rules);
  bars.at_most("P6 one element by position to muParser, geometric mean", geometric_mean(ratios_of(all_results, lanewise_by_position)), 5);
  bars.at_most("P6 function of scalars to muParser, geometric mean", geometric_mean(ratios_of(all_results, lanewise_function)), 1);
  const Results compiling = measure_compiling(rules);
  bars.at_most("P7 compile ten operations to muParser", ratio_of(compiling, lanewise_compiling), 2);
  bars.at_most("P7 one shot of a known text to a compile", ratio_of(compiling, lanewise_cached) / ratio_of(compiling, lanewise_compiling), 0.1);
}

// To be measured before anything else: memory that one evaluation took is kept for the next.
void check_scratch(BarCount& bars, const Sizes& sizes) {
  const std::size_t bytes = peak_allocated_bytes([&] {
    for (const std::size_t input_count : {2, 10, 40}) {
      for (const std::size_t element_count : {sizes.in_cache, 16 * sizes.in_cache}) evaluate_staged_inputs(input_count, element_count);
    }
  });
  const auto thread_count = static_cast<double>(describe_machine().thread_count);
  bars.at_most("P9 heap for 2, 10 and 40 copied inputs, KiB a thread", static_cast<double>(bytes) / 1024 / thread_count, 512);
  bars.at_most("P9 allocations of a warm evaluation", static_cast<double>(warm_allocation_count(sizes.in_cache)), 0);
}

void check_layouts(BarCount& bars, const Sizes& sizes, const ContestRules& rules) {
  for (const Results& results : measure_layouts(sizes.side, rules)) {
    const double bar = results.name == "transposed, a + b.T" ? 2.0 : 1.3;
    bars.at_most(fmt::format("P10 {}", results.name), ratio_of(results, lanewise_all_threads), bar);
  }
  bars.at_most("P10 u**2 into fresh memory, to pages of 4 KiB",
               ratio_of(measure_fresh_results(sizes.in_memory, rules), lanewise_all_threads), 0.6);
}

void check_threads(BarCount& bars, const Sizes& sizes, const ContestRules& rules) {
  const std::size_t thread_count = describe_machine().thread_count;
  const Results results = measure_thread_scaling(sizes.lengths.back(), thread_count, rules);
  bars.at_least(fmt::format("P11 speed-up on {} threads, {}", thread_count, results.expression),
                1 / ratio_of(results, lanewise_all_threads), 0.9 * static_cast<double>(thread_count));
}

}  // namespace

int check_bars(const Sizes& sizes, const ContestRules& memory_rules, const ContestRules& cache_rules) {
  BarCount bars;
  check_scratch(bars, sizes);
  check_memory(bars, sizes, memory_rules);
  check_cache(bars, "L1", sizes.in_first_cache, cache_rules);
  check_cache(bars, "L2", sizes.in_cache, cache_rules);
  check_functions(bars, sizes, cache_rules);
  check_lengths(bars, sizes, cache_rules);
  check_one_element(bars, cache_rules);
  for (const Results& results : measure_reductions(sizes.in_memory, memory_rules)) {
    bars.at_most(fmt::format("P8 {} {}", results.expression, brief(sizes.in_memory)), ratio_of(results, lanewise_all_threads), 1.10);
  }
  check_layouts(bars, sizes, memory_rules);
  check_threads(bars, sizes, memory_rules);
  return bars.missed();
}

}  // namespace bench
