#pragma once
// What a plot shows of many values: their range, the least and greatest of each column of points, counts in bins, and round numbers for axes.
//
// nan and infinities are in no range, column or bin; they are counted, so that a plot can say what it left out. Ranges are long double, as the difference
// of two doubles may be beyond all of them.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lanewise::inline v0::program {

struct PlotRange {
  long double least;
  long double greatest;  ///< above `least`
  long double length() const { return greatest - least; }
  /// Returns where a value stands, 0 at `least`, 1 at `greatest`.
  double fraction(long double value) const { return static_cast<double>((value - least) / length()); }
};

/// Returns the range of the finite values, made wider if they are all equal; nothing if there is none.
std::optional<PlotRange> range_of(std::span<const double> values);

/// The finite values of a run of neighbours.
struct PlotColumn {
  double first, last, least, greatest;
};
/// Splits the values into `column_count` runs of nearly equal length. Precondition: there are at least as many values. Nothing for a run without
/// finite values.
std::vector<std::optional<PlotColumn>> columns_of(std::span<const double> values, std::size_t column_count);

struct Bins {
  PlotRange range;
  std::vector<std::size_t> counts;
  long double edge(std::size_t i) const { return range.least + range.length() * static_cast<long double>(i) / static_cast<long double>(counts.size()); }
};
/// Counts the finite values in bins of equal width, as many as suit the number of values (Sturges), at most `most_bins`; of whole
/// numbers in bins of whole width.
std::optional<Bins> bins_of(std::span<const double> values, std::size_t most_bins);

/// Returns round numbers (1, 2 or 5 times a power of ten apart) in the range, about `wanted_count` of them.
std::vector<double> ticks_of(const PlotRange& range, std::size_t wanted_count);

/// Returns a label with as many digits as neighbours in the range need to differ.
std::string label_of(long double value, const PlotRange& range);

/// Returns "2 nan and 1 infinite left out", or nothing if all are finite.
std::string omission_of(std::span<const double> values);

}  // namespace lanewise::inline v0::program
