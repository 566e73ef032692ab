// Time against size, from one element to arrays far beyond every cache.
#include "support/formula_contest.hpp"
#include "workloads.hpp"

namespace bench {

std::vector<Results> measure_sizes(std::string_view formula, const std::vector<std::size_t>& sizes, const ContestRules& rules) {
  constexpr std::size_t longest_slow = 1'000'000;  // where one evaluation by an interpreter of elements takes a tenth of a second
  std::vector<Results> all_results;
  for (const std::size_t element_count : sizes) {
    FormulaContest contest(formula, element_count);
    std::vector<Contender> contenders = contest.compiled_loops();
    contenders.push_back(contest.naive_loop(true));
    contenders.push_back(contest.one_temporary_per_step());
    contenders.push_back(contest.hand_fused_loop(Stores::streaming));
    for (Contender& peer : contest.array_peers()) {
      if (!peer.is_slow || element_count <= longest_slow) contenders.push_back(std::move(peer));
    }
    contenders.push_back(contest.lanewise(lanewise_one_thread, 1));
    contenders.push_back(contest.lanewise(lanewise_all_threads, 0));
    all_results.push_back(contest.hold(contenders, rules, "the fastest loop"));
  }
  return all_results;
}

}  // namespace bench
