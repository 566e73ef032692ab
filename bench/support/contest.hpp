#pragma once
// Contenders that compute the same thing, checked first and then timed turn by turn, so that drift of the machine meets all alike.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace bench {

/// The names of the contenders that the bars are about.
inline constexpr const char* lanewise_all_threads = "lanewise, all threads";
inline constexpr const char* lanewise_one_thread = "lanewise, one thread";
inline constexpr const char* lanewise_by_position = "lanewise, by position";
inline constexpr const char* lanewise_function = "lanewise, function of scalars";
inline constexpr const char* lanewise_compiling = "lanewise, compiling";
inline constexpr const char* lanewise_cached = "lanewise, one shot of a known text";

/// One way to compute an expression.
struct Contender {
  std::string name;
  std::function<void(std::size_t repeats)> run;
  /// Its output must equal the reference bit for bit; otherwise a tolerance for contraction holds.
  bool exact = false;
  /// The fastest of the baselines is what the others are compared with.
  bool is_baseline = false;
  /// Takes many times as long as the others: left out where arrays are long.
  bool is_slow = false;
};

/// Wraps one evaluation into a Contender's `run`; the barrier keeps the compiler from merging repeats.
template <class Evaluation>
std::function<void(std::size_t)> repeated(Evaluation evaluation) {
  return [evaluation](std::size_t repeats) mutable {
    for (std::size_t k = 0; k < repeats; ++k) {
      evaluation();
      asm volatile("" ::: "memory");
    }
  };
}

/// Seconds of one evaluation.
struct Timing {
  std::string contender;
  bool is_baseline = false;
  double median_seconds = 0;
  double minimum_seconds = 0;
  std::string fault;  // not timed if not empty

  bool is_timed() const { return fault.empty(); }
};

/// One expression at one size: the timings of its contenders.
struct Results {
  std::string title;  // "u**2, 60,000,000 float64"
  std::string set;         // the contest that it belongs to
  std::string name;        // in expressions.txt, or of the workload
  std::string expression;
  std::size_t element_count = 0;
  std::size_t touched_bytes = 0;  // read and written by one evaluation
  std::vector<Timing> timings;

  /// Returns the least time of any baseline, or nothing if none was timed.
  std::optional<double> baseline_seconds() const;
  /// Returns a contender's least time over the baseline's, or nothing if either was not timed.
  std::optional<double> ratio(const std::string& contender) const;
  const Timing* find(const std::string& contender) const;
};

/// How a contest is run.
struct ContestRules {
  std::size_t rounds = 15;
  /// An evaluation shorter than this is repeated within one reading of the clock.
  double reading_seconds = 0.002;
};

/// Runs each contender once and asks `find_fault` about its output; then times the right ones in turn. `spoil` makes the output wrong
/// before each check.
std::vector<Timing> hold_contest(const std::vector<Contender>& contenders, const ContestRules& rules, const std::function<void()>& spoil,
                                 const std::function<std::optional<std::string>(const Contender&)>& find_fault);

}  // namespace bench
