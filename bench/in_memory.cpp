// Arrays much larger than a cache, every contender writing into the same existing memory.
//
// The wall is the faster of two hand-fused loops on all threads, with and without streaming stores; both may contract to fused
// multiply-add, lanewise must give the reference's bits.
#include "support/formula.hpp"
#include "support/formula_contest.hpp"
#include "workloads.hpp"

namespace bench {
namespace {

constexpr const char* the_wall = "the faster hand-fused loop";

}  // namespace

std::vector<Results> measure_in_memory(std::size_t element_count, const ContestRules& rules) {
  FormulaContest contest("square", element_count);
  std::vector<Results> all_results;
  for (const char* formula : {"square", "axpy", "cubic"}) {
    contest.choose(formula);
    const std::vector<Contender> contenders = {contest.naive_loop(false),
                                               contest.naive_loop(true),
                                               contest.one_temporary_per_step(),
                                               contest.hand_fused_loop(Stores::plain),
                                               contest.hand_fused_loop(Stores::streaming),
                                               contest.lanewise(lanewise_one_thread, 1),
                                               contest.lanewise(lanewise_all_threads, 0)};
    all_results.push_back(contest.hold(contenders, rules, the_wall));
  }
  return all_results;
}

std::vector<Results> measure_at_the_wall(std::size_t element_count, const ContestRules& rules) {
  FormulaContest contest("square", element_count);
  std::vector<Results> all_results;
  for (const std::string_view formula : formula_names) {
    contest.choose(formula);
    const std::vector<Contender> contenders = {contest.hand_fused_loop(Stores::plain), contest.hand_fused_loop(Stores::streaming),
                                               contest.lanewise(lanewise_all_threads, 0)};
    all_results.push_back(contest.hold(contenders, rules, the_wall));
  }
  return all_results;
}

}  // namespace bench
