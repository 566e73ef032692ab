// The reference is computed here and nowhere kept; this file is compiled without contraction.
#include "support/result_check.hpp"

#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/parallel_reduce.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "support/formula.hpp"

namespace bench {
namespace {

template <class Formula>
bool is_right(double u, double v, double out, bool exact) {
  const double expected = Formula::value(u, v);
  if (exact) return std::bit_cast<std::uint64_t>(expected) == std::bit_cast<std::uint64_t>(out);
  const double allowed = contraction_tolerance * std::numeric_limits<double>::epsilon() * Formula::value(Magnitude(u), Magnitude(v)).size;
  return std::abs(out - expected) <= allowed;
}

}  // namespace

std::optional<std::string> find_fault(std::string_view formula, std::span<const double> u, std::span<const double> v,
                                      std::span<const double> out, bool exact) {
  return visit_formula(formula, [&]<class Formula>(Formula) -> std::optional<std::string> {
    using Range = tbb::blocked_range<std::size_t>;
    const std::size_t none = out.size();
    const std::size_t first_wrong = tbb::parallel_reduce(
        Range(0, out.size(), 65'536), none,
        [&](const Range& range, std::size_t found) {
          for (std::size_t i = range.begin(); i < range.end() && found == none; ++i) {
            if (!is_right<Formula>(u[i], v[i], out[i], exact)) found = i;
          }
          return found;
        },
        [](std::size_t left, std::size_t right) { return std::min(left, right); });
    if (first_wrong == none) return std::nullopt;
    return fmt::format("element {} is {:a}, expected {:a}", first_wrong, out[first_wrong], Formula::value(u[first_wrong], v[first_wrong]));
  });
}

}  // namespace bench
