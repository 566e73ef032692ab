// Random expressions on random inputs: the library against the oracle, bit for bit.
//
//   LANEWISE_PROPERTY_CASES  how many; the default suits a test run
//   LANEWISE_PROPERTY_SEED   the first seed; a failure prints the one that repeats it with one case
//   LANEWISE_PROPERTY_SHOW   prints each case before it runs: the last one of a crash

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <lanewise/error.hpp>

#include "property/compare.hpp"

namespace lanewise::inline v0::property {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t default_case_count = 10'000;
#else
constexpr std::uint64_t default_case_count = 100'000;
#endif
constexpr std::uint64_t default_first_seed = 1;
constexpr int most_failures_shown = 5;

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

void report(std::uint64_t seed, const ComparisonCase& comparison, const Failure& failure) {
  const ComparisonCase small = shrink(comparison);
  const auto small_failure = check(small);
  ADD_FAILURE() << "LANEWISE_PROPERTY_SEED=" << seed << " LANEWISE_PROPERTY_CASES=1\n"
                << (small_failure ? small_failure->message : "(fails no more when shrunken)") << "\nin " << to_text(small)
                << "\nshrunken from\n"
                << failure.message << "\nin " << to_text(comparison);
}

TEST(RandomExpressions, AgreeWithTheOracle) {
  const std::uint64_t case_count = number_from_environment("LANEWISE_PROPERTY_CASES", default_case_count);
  const std::uint64_t first_seed = number_from_environment("LANEWISE_PROPERTY_SEED", default_first_seed);
  int failure_count = 0;
  for (std::uint64_t seed = first_seed; seed < first_seed + case_count && failure_count < most_failures_shown; ++seed) {
    const ComparisonCase comparison = random_case(seed);
    if (std::getenv("LANEWISE_PROPERTY_SHOW") != nullptr) std::fprintf(stderr, "%s\n", to_text(comparison).c_str());
    try {
      if (const auto failure = check(comparison)) {
        ++failure_count;
        report(seed, comparison, *failure);
      }
    } catch (const UnsupportedMachine& error) {
      GTEST_SKIP() << error.what();
    }
  }
}

}  // namespace
}  // namespace lanewise::inline v0::property
