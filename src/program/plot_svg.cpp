// One path, thinned to two points a pixel, or one rectangle a bin; lines and labels for round numbers. Colours are those of no style sheet, so the file
// stands alone.
#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "program/plot.hpp"
#include "program/plot_data.hpp"

namespace lanewise::inline v0::program {
namespace {

constexpr double width = 800, height = 500;  // of the picture, in pixels
constexpr double left = 80, right = 20, top = 40, bottom = 50;
constexpr double plot_width = width - left - right, plot_height = height - top - bottom;
constexpr std::size_t most_bins = 60;

double x_at(double fraction) { return left + fraction * plot_width; }
double y_at(double fraction) { return top + (1 - fraction) * plot_height; }

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '\n': result += ' '; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) result += c;  // XML knows no other control characters
    }
  }
  return result;
}

std::string axes(const PlotRange& across, const PlotRange& up) {
  std::string text = "<g font-size=\"12\" fill=\"#333\" stroke=\"none\">\n";
  const auto line = [&](double x1, double y1, double x2, double y2, const char* colour) {
    text += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>\n", x1, y1, x2, y2, colour);
  };
  for (const double tick : ticks_of(across, 8)) {
    const double x = x_at(across.fraction(tick));
    line(x, y_at(0), x, y_at(1), "#e5e5e5");
    text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", x, y_at(0) + 18, label_of(tick, across));
  }
  for (const double tick : ticks_of(up, 6)) {
    const double y = y_at(up.fraction(tick));
    line(x_at(0), y, x_at(1), y, "#e5e5e5");
    text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", x_at(0) - 8, y + 4, label_of(tick, up));
  }
  line(x_at(0), y_at(0), x_at(1), y_at(0), "#333");
  line(x_at(0), y_at(0), x_at(0), y_at(1), "#333");
  return text + "</g>\n";
}

// The pen is lifted where elements are missing; an element alone is a point, by the round ends of a line without length.
class Pen {
 public:
  void to(double x, double y) {
    path_ += fmt::format("{}{:.2f} {:.2f}", is_down_ ? "L" : "M", x, y);
    if (!is_down_) path_ += "h0";
    is_down_ = true;
  }
  void lift() { is_down_ = false; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool is_down_ = false;
};

std::string line_path(std::span<const double> values, const PlotRange& range) {
  Pen pen;
  const auto y = [&](double value) { return y_at(range.fraction(value)); };
  const auto pixel_count = static_cast<std::size_t>(plot_width);
  if (values.size() <= 4 * pixel_count) {
    const double last = static_cast<double>(std::max<std::size_t>(values.size() - 1, 1));
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isfinite(values[i])) {
        pen.to(x_at(values.size() == 1 ? 0.5 : static_cast<double>(i) / last), y(values[i]));
      } else {
        pen.lift();
      }
    }
  } else {
    const auto columns = columns_of(values, pixel_count);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const double x = left + static_cast<double>(i) + 0.5;
      if (!columns[i]) {
        pen.lift();
        continue;
      }
      for (const double value : {columns[i]->first, columns[i]->least, columns[i]->greatest, columns[i]->last}) pen.to(x, y(value));
    }
  }
  return fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"#1f77b4\" stroke-width=\"1.5\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n",
                     pen.path());
}

std::string bars(const Bins& bins, const PlotRange& counts) {
  std::string text;
  const double bar_width = plot_width / static_cast<double>(bins.counts.size());
  for (std::size_t i = 0; i < bins.counts.size(); ++i) {
    const double y = y_at(counts.fraction(static_cast<long double>(bins.counts[i])));
    text += fmt::format("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" fill=\"#1f77b4\" stroke=\"white\"/>\n",
                        left + static_cast<double>(i) * bar_width, y, bar_width, y_at(0) - y);
  }
  return text;
}

std::string content(std::span<const double> values, PlotKind kind) {
  if (kind == PlotKind::line) {
    const auto range = range_of(values);
    const PlotRange elements{0, static_cast<long double>(std::max<std::size_t>(values.size(), 2) - 1)};
    return range ? axes(elements, *range) + line_path(values, *range) : "";
  }
  const auto bins = bins_of(values, most_bins);
  if (!bins) return "";
  const PlotRange counts{0, static_cast<long double>(std::ranges::max(bins->counts))};
  return axes(bins->range, counts) + bars(*bins, counts);
}

}  // namespace

std::string plot_svg(std::span<const double> values, PlotKind kind, std::string_view title) {
  const std::string drawn = content(values, kind);
  const std::string note = drawn.empty() ? "nothing to plot: no element is finite" : omission_of(values);
  std::string text = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
                                 "font-family=\"sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n", width, height);
  text += fmt::format("<text x=\"{}\" y=\"25\" font-size=\"14\">{}</text>\n", left, escaped(title)) + drawn;
  if (!note.empty()) text += fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"#777\">{}</text>\n", left, height - 10, note);
  return text + "</svg>\n";
}

}  // namespace lanewise::inline v0::program
