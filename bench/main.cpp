// The program behind bench/run: chooses the contests, prints their tables and writes them as JSON.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iterator>

#include "bars.hpp"
#include "support/array_peers.hpp"
#include "support/machine.hpp"
#include "support/report.hpp"
#include "workloads.hpp"

namespace {

struct Arguments {
  bool in_cache = false;
  bool layouts = false;
  bool bars = false;
  bench::Sizes sizes;
  std::size_t memory_rounds = 15;
  std::size_t cache_rounds = 60;
  std::string json_path;
};

std::vector<bench::Results> measure(const Arguments& arguments, const bench::ContestRules& memory_rules,
                                    const bench::ContestRules& cache_rules) {
  if (arguments.layouts) {
    std::vector<bench::Results> all_results = bench::measure_layouts(arguments.sizes.side, memory_rules);
    all_results.push_back(bench::measure_fresh_results(arguments.sizes.in_memory, memory_rules));
    return all_results;
  }
  if (!arguments.in_cache) return bench::measure_in_memory(arguments.sizes.in_memory, memory_rules);
  std::vector<bench::Results> all_results;
  const auto add = [&](std::vector<bench::Results> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all_results));
  };
  add(bench::measure_in_cache(arguments.sizes.in_first_cache, cache_rules));
  add(bench::measure_in_cache(arguments.sizes.in_cache, cache_rules));
  add(bench::measure_functions(arguments.sizes.in_first_cache, cache_rules));
  for (const std::size_t length : arguments.sizes.lengths) all_results.push_back(bench::measure_length(length, cache_rules));
  add(bench::measure_one_element(cache_rules));
  all_results.push_back(bench::measure_compiling(cache_rules));
  return all_results;
}

// Returns the exit status: the number of bars missed, or of contenders whose result was wrong.
int run(const Arguments& arguments) {
  const bench::Machine machine = bench::describe_machine();
  fmt::print("{}\n", bench::to_text(machine));
  if (const std::string missing = bench::missing_peers(); !missing.empty()) fmt::print("not installed, so missing: {}\n", missing);
  std::fflush(stdout);
  const bench::ContestRules memory_rules{.rounds = arguments.memory_rounds};
  const bench::ContestRules cache_rules{.rounds = arguments.cache_rounds};
  if (arguments.bars) return bench::check_bars(arguments.sizes, memory_rules, cache_rules);

  const std::vector<bench::Results> all_results = measure(arguments, memory_rules, cache_rules);
  int wrong_count = 0;
  for (const bench::Results& results : all_results) {
    bench::print_table(results);
    for (const bench::Timing& timing : results.timings) wrong_count += timing.is_timed() ? 0 : 1;
  }
  if (!arguments.json_path.empty()) {
    bench::write_json(arguments.json_path, machine, all_results);
    fmt::print("\nalso written to {}\n", arguments.json_path);
  }
  return wrong_count;
}

}  // namespace

int main(int argument_count, char** argument_values) {
  Arguments arguments;
  CLI::App app("Measures lanewise beside loops: by default three expressions over arrays in memory");
  app.add_flag("--in-cache", arguments.in_cache, "arrays in L1 and L2 on one thread, functions, short arrays, one element, compiling");
  app.add_flag("--layouts", arguments.layouts, "strided, broadcast and transposed arrays, a stencil, fresh results");
  app.add_flag("--bars", arguments.bars, "hold the measurements against the bars; the exit status is the number of misses");
  app.add_option("--elements", arguments.sizes.in_memory, "elements of the arrays in memory")->check(CLI::PositiveNumber);
  app.add_option("--cache-elements", arguments.sizes.in_cache, "elements of the arrays in L2")->check(CLI::PositiveNumber);
  app.add_option("--lengths", arguments.sizes.lengths, "elements of the short arrays")->check(CLI::PositiveNumber)->delimiter(',');
  app.add_option("--first-cache-elements", arguments.sizes.in_first_cache, "elements of the arrays in L1")->check(CLI::PositiveNumber);
  app.add_option("--side", arguments.sizes.side, "rows and columns of the arrays of several layouts")->check(CLI::Range(4, 30'000));
  app.add_option("--rounds", arguments.memory_rounds, "turns of each contender in memory")->check(CLI::PositiveNumber);
  app.add_option("--cache-rounds", arguments.cache_rounds, "turns of each contender in cache")->check(CLI::PositiveNumber);
  app.add_option("--json", arguments.json_path, "file to write the tables to");
  CLI11_PARSE(app, argument_count, argument_values);
  try {
    return run(arguments);
  } catch (const std::exception& error) {
    fmt::print(stderr, "lanewise-bench: {}\n", error.what());
    return 125;
  }
}
