// Holds the measurements against the bars. A contender that computes wrongly has no time and so misses its bar.
#include "bars.hpp"

#include <fmt/format.h>

#include <limits>

#include "workloads.hpp"

namespace bench {
namespace {

class BarCount {
 public:
  void check(const std::string& name, double value, double bar, const char* unit) {
    const bool passes = value <= bar;
    if (!passes) ++missed_;
    fmt::print("{}: {:.3g}{} (bar {:g}{}) {}\n", name, value, unit, bar, unit, passes ? "PASS" : "MISS");
    std::fflush(stdout);
  }
  void check_ratio(const std::string& name, const Results& results, const char* contender, double bar) {
    check(name, results.ratio(contender).value_or(std::numeric_limits<double>::infinity()), bar, " x");
  }
  int missed() const { return missed_; }

 private:
  int missed_ = 0;
};

}  // namespace

int check_bars(const Sizes& sizes, const ContestRules& memory_rules, const ContestRules& cache_rules) {
  BarCount bars;
  for (const Results& results : measure_in_memory(sizes.in_memory, memory_rules)) {
    bars.check_ratio("in memory, all threads, over the hand-fused loop: " + results.expression, results, lanewise_all_threads, 1.15);
  }
  const double layout_bars[] = {1.3, 1.3, 1.3, 2.0, 1.3, 1.25};
  const std::vector<Results> layouts = measure_layouts(sizes.side, memory_rules);
  for (std::size_t k = 0; k < layouts.size(); ++k) {
    bars.check_ratio("all threads, " + layouts[k].expression, layouts[k], lanewise_all_threads, layout_bars[k]);
  }
  bars.check_ratio("all threads, over pages of 4 KiB: u**2 into fresh memory", measure_fresh_results(sizes.in_memory, memory_rules),
                   lanewise_all_threads, 0.6);
  const std::vector<Results> in_cache = measure_in_cache(sizes.in_cache, cache_rules);
  const double cache_bars[] = {1.3, 2.2};
  for (std::size_t k = 0; k < in_cache.size(); ++k) {
    bars.check_ratio("in L2, one thread, over the compiled loop: " + in_cache[k].expression, in_cache[k], lanewise_one_thread,
                     cache_bars[k]);
  }
  const Results short_array = measure_short_array(sizes.short_array, cache_rules);
  bars.check_ratio(
      fmt::format("{} elements, all threads, over the compiled loop on one: {}", short_array.element_count, short_array.expression),
      short_array, lanewise_all_threads, 2.0);
  const Results one_element = measure_one_element(cache_rules);
  const Timing* one = one_element.find(lanewise_all_threads);
  const double one_nanoseconds = one->is_timed() ? one->minimum_seconds * 1e9 : std::numeric_limits<double>::infinity();
  bars.check("one element by position: " + one_element.expression, one_nanoseconds, 300, " ns");
  bars.check("allocations of a warm evaluation", static_cast<double>(warm_allocation_count(sizes.in_cache)), 0, "");
  return bars.missed();
}

}  // namespace bench
