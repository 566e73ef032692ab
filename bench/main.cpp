// The program behind bench/run: chooses the contests, prints their tables and writes them as JSON.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "bars.hpp"
#include "support/array_peers.hpp"
#include "support/machine.hpp"
#include "support/report.hpp"
#include "workloads.hpp"

namespace {

struct Arguments {
  bool all = false;
  bool in_cache = false;
  bool layouts = false;
  bool bars = false;
  bench::Sizes sizes;
  std::size_t memory_rounds = 15;
  std::size_t cache_rounds = 60;
  std::string json_path;
};

// Gathers the results of contests, each by its set.
class Collection {
 public:
  void add(const char* set, std::vector<bench::Results> more) {
    for (bench::Results& results : more) {
      results.set = set;
      bench::print_table(results);
      all_results.push_back(std::move(results));
    }
  }
  void add(const char* set, bench::Results results) { add(set, std::vector<bench::Results>{std::move(results)}); }

  std::vector<bench::Results> all_results;
};

void measure_small(Collection& collection, const bench::Sizes& sizes, const bench::ContestRules& rules) {
  collection.add("L1", bench::measure_in_cache(sizes.in_first_cache, rules));
  collection.add("L2", bench::measure_in_cache(sizes.in_cache, rules));
  collection.add("functions", bench::measure_functions(sizes.in_first_cache, rules));
  for (const std::size_t length : sizes.lengths) collection.add("lengths", bench::measure_length(length, rules));
  collection.add("one element", bench::measure_one_element(rules));
  collection.add("compile", bench::measure_compiling(rules));
}

void measure_layouts(Collection& collection, const bench::Sizes& sizes, const bench::ContestRules& rules) {
  collection.add("layouts", bench::measure_layouts(sizes.side, rules));
  collection.add("layouts", bench::measure_fresh_results(sizes.in_memory, rules));
}

void measure_all(Collection& collection, const bench::Sizes& sizes, const bench::ContestRules& memory_rules,
                 const bench::ContestRules& cache_rules) {
  constexpr std::size_t scaling_elements = 1'000'000;
  for (const char* formula : {"axpy", "cubic"}) collection.add("sizes", bench::measure_sizes(formula, sizes.sweep, memory_rules));
  collection.add("wall", bench::measure_at_the_wall(sizes.in_memory, memory_rules));
  collection.add("reductions", bench::measure_reductions(sizes.in_memory, memory_rules));
  collection.add("threads", bench::measure_thread_scaling(scaling_elements, bench::describe_machine().thread_count, memory_rules));
  measure_small(collection, sizes, cache_rules);
  measure_layouts(collection, sizes, memory_rules);
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

  Collection collection;
  if (arguments.all) {
    measure_all(collection, arguments.sizes, memory_rules, cache_rules);
  } else if (arguments.in_cache) {
    measure_small(collection, arguments.sizes, cache_rules);
  } else if (arguments.layouts) {
    measure_layouts(collection, arguments.sizes, memory_rules);
  } else {
    collection.add("memory", bench::measure_in_memory(arguments.sizes.in_memory, memory_rules));
  }
  int wrong_count = 0;
  for (const bench::Results& results : collection.all_results) {
    for (const bench::Timing& timing : results.timings) wrong_count += timing.is_timed() ? 0 : 1;
  }
  if (!arguments.json_path.empty()) {
    bench::write_json(arguments.json_path, machine, collection.all_results);
    fmt::print("\nalso written to {}\n", arguments.json_path);
  }
  return wrong_count;
}

}  // namespace

int main(int argument_count, char** argument_values) {
  Arguments arguments;
  CLI::App app("Measures lanewise beside loops: by default three expressions over arrays in memory");
  app.add_flag("--all", arguments.all, "every contest, and time against size, for the report");
  app.add_flag("--in-cache", arguments.in_cache, "arrays in L1 and L2 on one thread, functions, short arrays, one element, compiling");
  app.add_flag("--layouts", arguments.layouts, "strided, broadcast and transposed arrays, a stencil, fresh results");
  app.add_flag("--bars", arguments.bars, "hold the measurements against the bars; the exit status is the number of misses");
  app.add_option("--elements", arguments.sizes.in_memory, "elements of the arrays in memory")->check(CLI::PositiveNumber);
  app.add_option("--cache-elements", arguments.sizes.in_cache, "elements of the arrays in L2")->check(CLI::PositiveNumber);
  app.add_option("--lengths", arguments.sizes.lengths, "elements of the short arrays")->check(CLI::PositiveNumber)->delimiter(',');
  app.add_option("--sweep", arguments.sizes.sweep, "sizes of the contest of time against size")->check(CLI::PositiveNumber)->delimiter(',');
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
