// Finds the name that a misspelt one was probably meant to be.
//
// Distance is that of Damerau and Levenshtein in its restricted form (optimal string alignment): single letters inserted, dropped,
// exchanged, or two neighbours swapped; upper and lower case count as equal. A third of the letters may be wrong, but in a name of one
// letter none. A name that was cut short ("min" for "minimum") is nearer than one with a wrong letter ("sin").
// Cost: product of the two lengths for each candidate; runs only when an error is about to be reported.

#include "ir/nearest_name.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace lanewise::inline v0 {

namespace {

constexpr std::size_t longest_name = 64;  // nobody misspells a longer one by a letter or two only; bounds the time for hostile text
constexpr std::size_t shortest_stem = 3;

std::string lower_case(std::string_view name) {
  std::string result(name);
  for (char& letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before_last(right.size() + 1), last(right.size() + 1), row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t exchanged = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, exchanged});
      const bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[right.size()];
}

std::size_t largest_distance(std::size_t letter_count) { return letter_count < 2 ? 0 : std::max<std::size_t>(1, letter_count / 3); }

}  // namespace

std::optional<std::string_view> nearest_name(std::string_view name, std::span<const std::string_view> candidates) {
  if (name.size() > longest_name) return {};
  const std::string asked = lower_case(name);
  std::optional<std::string_view> nearest;
  std::size_t least_score = 2 * largest_distance(name.size()) + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > longest_name) continue;
    const std::string offered = lower_case(candidate);
    const bool cut_short = asked.size() >= shortest_stem && offered.starts_with(asked) && offered != asked;
    const std::size_t score = cut_short ? 1 : 2 * edit_distance(asked, offered);
    if (score >= least_score) continue;
    least_score = score;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace lanewise::inline v0
