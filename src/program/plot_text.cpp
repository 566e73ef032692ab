// A line is drawn in dots, two by four a character, by the Braille patterns of Unicode; bars of a histogram in eighths of a character.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

#include "program/plot.hpp"
#include "program/plot_data.hpp"
#include "program/utf8_text.hpp"

namespace lanewise::inline v0::program {
namespace {

constexpr std::size_t dot_columns = 2, dot_rows = 4;  // of a character
constexpr std::size_t least_width = 10;

// Dots by column and row, the first row on top.
class DotCanvas {
 public:
  DotCanvas(std::size_t column_count, std::size_t row_count) : column_count_(column_count), row_count_(row_count), cells_(column_count * row_count) {}

  std::size_t dot_column_count() const { return column_count_ * dot_columns; }
  std::size_t dot_row_count() const { return row_count_ * dot_rows; }

  void set(std::size_t column, std::size_t row) {
    constexpr std::uint8_t bits[dot_rows][dot_columns] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    cells_[row / dot_rows * column_count_ + column / dot_columns] |= bits[row % dot_rows][column % dot_columns];
  }

  std::string row_text(std::size_t row) const {
    std::wstring text;
    for (std::size_t i = 0; i < column_count_; ++i) {
      const std::uint8_t cell = cells_[row * column_count_ + i];
      text += cell == 0 ? L' ' : static_cast<wchar_t>(0x2800 + cell);
    }
    text.erase(text.find_last_not_of(L' ') + 1);
    return to_utf8(text);
  }

 private:
  std::size_t column_count_, row_count_;
  std::vector<std::uint8_t> cells_;
};

// The row at a fraction of the range.
std::size_t dot_row(double fraction, std::size_t row_count) {
  const double from_top = (1 - fraction) * static_cast<double>(row_count - 1);
  return std::min(static_cast<std::size_t>(std::lround(from_top)), row_count - 1);
}

void draw_upright(DotCanvas& canvas, std::size_t column, std::size_t one_end, std::size_t other_end) {
  for (std::size_t row = std::min(one_end, other_end); row <= std::max(one_end, other_end); ++row) canvas.set(column, row);
}

// More elements than columns of dots: each column spans its elements, and reaches to its neighbour.
void draw_columns(DotCanvas& canvas, std::span<const double> values, const PlotRange& range) {
  const auto row = [&](double value) { return dot_row(range.fraction(value), canvas.dot_row_count()); };
  const auto columns = columns_of(values, canvas.dot_column_count());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!columns[i]) continue;
    draw_upright(canvas, i, row(columns[i]->least), row(columns[i]->greatest));
    if (i == 0 || !columns[i - 1]) continue;
    const std::size_t before = row(columns[i - 1]->last), here = row(columns[i]->first);
    if (before + 1 < here) draw_upright(canvas, i, before + 1, here);
    if (here + 1 < before) draw_upright(canvas, i, here, before - 1);
  }
}

// Fewer elements than columns of dots: straight lines from one to the next.
void draw_lines(DotCanvas& canvas, std::span<const double> values, const PlotRange& range) {
  const auto column = [&](std::size_t i) {
    return values.size() == 1 ? canvas.dot_column_count() / 2 : i * (canvas.dot_column_count() - 1) / (values.size() - 1);
  };
  const auto row = [&](double fraction) { return dot_row(fraction, canvas.dot_row_count()); };
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) continue;
    const double here = range.fraction(values[i]);
    canvas.set(column(i), row(here));
    if (i == 0 || !std::isfinite(values[i - 1])) continue;
    const std::size_t from = column(i - 1), to = column(i);
    const double before = range.fraction(values[i - 1]);
    const auto at = [&](std::size_t x) { return row(before + (here - before) * static_cast<double>(x - from) / static_cast<double>(to - from)); };
    for (std::size_t x = from + 1; x <= to; ++x) draw_upright(canvas, x, at(x - 1), at(x));
  }
}

std::string axis_text(std::size_t width, std::size_t element_count, std::size_t indent) {
  const std::string last = fmt::format("{}", element_count - 1);
  std::string text = std::string(indent, ' ') + "└";
  for (std::size_t i = 0; i < width; ++i) text += "─";
  text += '\n' + std::string(indent + 1, ' ') + '0';
  if (element_count > 1 && width > last.size() + 2) text += std::string(width - 1 - last.size(), ' ') + last;
  return text + '\n';
}

std::string line_text(std::span<const double> values, const PlotRange& range, PlotSize size) {
  const std::size_t row_count = (std::max<std::size_t>(size.row_count, 5) - 3) / 2 * 2 + 1;  // two for the axis; odd, as one row is the middle
  const auto value_of_row = [&](std::size_t row) {
    return range.greatest - range.length() * static_cast<long double>(row) / static_cast<long double>(row_count - 1);
  };
  std::vector<std::string> labels(row_count);
  for (const std::size_t row : {std::size_t{0}, (row_count - 1) / 2, row_count - 1}) labels[row] = label_of(value_of_row(row), range);
  const std::size_t label_width = std::ranges::max(labels, {}, &std::string::size).size();
  const std::size_t width = std::max(size.column_count, label_width + 2 + least_width) - label_width - 2;
  DotCanvas canvas(width, row_count);
  (values.size() >= canvas.dot_column_count() ? draw_columns : draw_lines)(canvas, values, range);
  std::string text;
  for (std::size_t row = 0; row < row_count; ++row) {
    text += fmt::format("{:>{}} {}{}\n", labels[row], label_width, labels[row].empty() ? "│" : "┤", canvas.row_text(row));
  }
  return text + axis_text(width, values.size(), label_width + 1);
}

std::string bar_text(double eighths) {
  constexpr std::array parts = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto count = static_cast<std::size_t>(std::lround(eighths));
  std::string text;
  for (std::size_t i = 0; i < count / 8; ++i) text += "█";
  return text + parts[count % 8];
}

std::string histogram_text(std::span<const double> values, PlotSize size) {
  const Bins bins = *bins_of(values, std::max<std::size_t>(size.row_count, 3));
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < bins.counts.size(); ++i) labels.push_back(label_of(bins.edge(i), bins.range));
  const std::size_t label_width = std::ranges::max(labels, {}, &std::string::size).size();
  const std::size_t most = std::ranges::max(bins.counts);
  const std::size_t taken = label_width + 3 + fmt::format("{}", most).size();
  const std::size_t width = std::max(size.column_count, taken + least_width) - taken;
  std::string text;
  for (std::size_t i = 0; i < bins.counts.size(); ++i) {
    const double eighths = 8 * static_cast<double>(width) * static_cast<double>(bins.counts[i]) / static_cast<double>(most);
    text += fmt::format("{:>{}} ┤{} {}\n", labels[i], label_width, bar_text(bins.counts[i] > 0 ? std::max(eighths, 1.0) : 0), bins.counts[i]);
  }
  return text + fmt::format("{:>{}} ┘\n", label_of(bins.range.greatest, bins.range), label_width);
}

}  // namespace

std::string plot_text(std::span<const double> values, PlotKind kind, PlotSize size) {
  const auto range = range_of(values);
  if (!range) return values.empty() ? "nothing to plot: the array has no elements\n" : "nothing to plot: no element is finite\n";
  const std::string omission = omission_of(values);
  const std::string picture = kind == PlotKind::line ? line_text(values, *range, size) : histogram_text(values, size);
  return omission.empty() ? picture : picture + omission + '\n';
}

}  // namespace lanewise::inline v0::program
