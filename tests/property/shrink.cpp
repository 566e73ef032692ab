// Takes the first smaller case that fails as well, until there is none.

#include <algorithm>

#include "property/compare.hpp"

namespace lanewise::inline v0::property {
namespace {

constexpr std::size_t most_checks = 3000;

std::size_t size_of(const ComparisonCase& comparison) {
  std::size_t size = to_text(comparison.program).size();
  for (const InputCase& input : comparison.inputs) {
    const std::size_t oddities = (input.layout.order.empty() ? 0U : 5U) + (input.layout.offset_bytes == 0 ? 0U : 1U);
    size += 10 + 10 * input.values.elements.size() + oddities;
  }
  return size;
}

}  // namespace

ComparisonCase shrink(ComparisonCase comparison) {
  for (std::size_t checks_left = most_checks; checks_left > 0;) {
    std::vector<ComparisonCase> candidates = cases_with_less(comparison);
    for (RandomProgram& program : smaller_programs(comparison.program)) {
      candidates.push_back(comparison);
      candidates.back().program = std::move(program);
    }
    const auto is_smaller_failure = [&](const ComparisonCase& candidate) {
      if (checks_left == 0 || size_of(candidate) >= size_of(comparison)) return false;
      --checks_left;
      return check(candidate).has_value();
    };
    const auto found = std::ranges::find_if(candidates, is_smaller_failure);
    if (found == candidates.end()) break;
    comparison = std::move(*found);
  }
  return comparison;
}

}  // namespace lanewise::inline v0::property
