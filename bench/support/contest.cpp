// Checks, calibrates and times the contenders, round robin.
#include "support/contest.hpp"

#include <algorithm>
#include <chrono>

namespace bench {
namespace {

double seconds_of(const Contender& contender, std::size_t repeats) {
  const auto start = std::chrono::steady_clock::now();
  contender.run(repeats);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Doubles the repeats until a reading of the clock is long enough; this also warms caches and thread pools.
std::size_t calibrated_repeats(const Contender& contender, double reading_seconds) {
  std::size_t repeats = 1;
  while (seconds_of(contender, repeats) < reading_seconds) repeats *= 2;
  return repeats;
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct Entry {
  const Contender* contender;
  Timing* timing;
  std::size_t repeats;
  std::vector<double> seconds;
};

}  // namespace

std::vector<Timing> hold_contest(const std::vector<Contender>& contenders, const ContestRules& rules, const std::function<void()>& spoil,
                                 const std::function<std::optional<std::string>(const Contender&)>& find_fault) {
  std::vector<Timing> timings(contenders.size());
  std::vector<Entry> entries;
  for (std::size_t k = 0; k < contenders.size(); ++k) {
    timings[k].contender = contenders[k].name;
    timings[k].is_baseline = contenders[k].is_baseline;
    spoil();
    contenders[k].run(1);
    timings[k].fault = find_fault(contenders[k]).value_or("");
    if (timings[k].is_timed())
      entries.push_back({&contenders[k], &timings[k], calibrated_repeats(contenders[k], rules.reading_seconds), {}});
  }
  for (std::size_t round = 0; round < rules.rounds; ++round) {
    for (Entry& entry : entries) entry.seconds.push_back(seconds_of(*entry.contender, entry.repeats) / static_cast<double>(entry.repeats));
  }
  for (Entry& entry : entries) {
    if (entry.seconds.empty()) continue;
    entry.timing->minimum_seconds = *std::min_element(entry.seconds.begin(), entry.seconds.end());
    entry.timing->median_seconds = median_of(entry.seconds);
  }
  return timings;
}

const Timing* Results::find(const std::string& contender) const {
  const auto found = std::find_if(timings.begin(), timings.end(), [&](const Timing& timing) { return timing.contender == contender; });
  return found == timings.end() ? nullptr : &*found;
}

std::optional<double> Results::baseline_seconds() const {
  std::optional<double> least;
  for (const Timing& timing : timings) {
    if (timing.is_baseline && timing.is_timed()) least = std::min(least.value_or(timing.minimum_seconds), timing.minimum_seconds);
  }
  return least;
}

std::optional<double> Results::ratio(const std::string& contender) const {
  const Timing* timing = find(contender);
  const std::optional<double> baseline = baseline_seconds();
  if (timing == nullptr || !timing->is_timed() || !baseline) return std::nullopt;
  return timing->minimum_seconds / *baseline;
}

}  // namespace bench
