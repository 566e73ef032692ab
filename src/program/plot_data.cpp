#include "program/plot_data.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace lanewise::inline v0::program {

std::optional<PlotRange> range_of(std::span<const double> values) {
  std::optional<PlotRange> range;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    if (!range) range = {value, value};
    range->least = std::min<long double>(range->least, value);
    range->greatest = std::max<long double>(range->greatest, value);
  }
  if (range && range->least == range->greatest) {
    const long double margin = range->least == 0 ? 1 : std::abs(range->least) / 2;
    range = {range->least - margin, range->greatest + margin};
  }
  return range;
}

std::vector<std::optional<PlotColumn>> columns_of(std::span<const double> values, std::size_t column_count) {
  std::vector<std::optional<PlotColumn>> columns(column_count);
  const std::size_t shortest = values.size() / column_count, longer_count = values.size() % column_count;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < column_count; ++i) {
    const std::size_t end = begin + shortest + (i < longer_count ? 1 : 0);
    for (const double value : values.subspan(begin, end - begin)) {
      if (!std::isfinite(value)) continue;
      std::optional<PlotColumn>& column = columns[i];
      if (!column) column = {value, value, value, value};
      column->last = value;
      column->least = std::min(column->least, value);
      column->greatest = std::max(column->greatest, value);
    }
    begin = end;
  }
  return columns;
}

// Bins of whole width, so that each has as many whole numbers; of one each where they fit.
static Bins bins_of_wholes(const PlotRange& range, std::size_t suited, std::size_t most_bins) {
  const long double number_count = range.length() + 1;
  const long double width = number_count <= static_cast<long double>(most_bins) ? 1 : std::ceil(number_count / static_cast<long double>(suited));
  const long double bin_count = std::ceil(number_count / width);
  return {{range.least, range.least + bin_count * width}, std::vector<std::size_t>(static_cast<std::size_t>(bin_count))};
}

std::optional<Bins> bins_of(std::span<const double> values, std::size_t most_bins) {
  const auto range = range_of(values);
  if (!range) return {};
  const auto by_sturges = static_cast<std::size_t>(std::ceil(std::log2(static_cast<double>(values.size())))) + 1;
  const std::size_t suited = std::clamp<std::size_t>(by_sturges, 1, std::max<std::size_t>(most_bins, 1));
  const bool are_whole = range->least == std::floor(range->least) &&
                         std::ranges::all_of(values, [](double value) { return !std::isfinite(value) || value == std::floor(value); });
  Bins bins = are_whole ? bins_of_wholes(*range, suited, most_bins) : Bins{*range, std::vector<std::size_t>(suited)};
  const std::size_t last = bins.counts.size() - 1;
  const long double width = bins.range.length() / static_cast<long double>(bins.counts.size());
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    const auto bin = static_cast<std::size_t>((value - bins.range.least) / width);
    ++bins.counts[std::min(bin, last)];
  }
  return bins;
}

std::vector<double> ticks_of(const PlotRange& range, std::size_t wanted_count) {
  const long double rough = range.length() / static_cast<long double>(std::max<std::size_t>(wanted_count, 1));
  const long double power = std::pow(10.0L, std::floor(std::log10(rough)));
  const long double step = (rough / power < 1.5L ? 1 : rough / power < 3.5L ? 2 : rough / power < 7.5L ? 5 : 10) * power;
  std::vector<double> ticks;
  const long double first = std::ceil(range.least / step);
  for (long double i = first; i * step <= range.greatest && ticks.size() <= 2 * wanted_count; ++i) ticks.push_back(static_cast<double>(i * step));
  return ticks;
}

std::string label_of(long double value, const PlotRange& range) {
  const long double largest = std::max(std::abs(range.least), std::abs(range.greatest));
  const int digits = std::clamp(static_cast<int>(std::ceil(std::log10(largest / range.length()))) + 3, 4, 17);
  if (std::abs(value) < range.length() * 1e-9L) return "0";  // what rounding left of it
  return fmt::format("{:.{}g}", static_cast<double>(value), digits);
}

std::string omission_of(std::span<const double> values) {
  const auto nan_count = std::ranges::count_if(values, [](double value) { return std::isnan(value); });
  const auto infinite_count = std::ranges::count_if(values, [](double value) { return std::isinf(value); });
  if (nan_count > 0 && infinite_count > 0) return fmt::format("{} nan and {} infinite left out", nan_count, infinite_count);
  if (nan_count > 0) return fmt::format("{} nan left out", nan_count);
  return infinite_count > 0 ? fmt::format("{} infinite left out", infinite_count) : "";
}

}  // namespace lanewise::inline v0::program
