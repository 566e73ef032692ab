// Whole pictures, small ones.
#include <algorithm>
#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "program/plot.hpp"
#include "program/plot_data.hpp"

namespace lanewise::inline v0::program {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

std::string line(const std::vector<double>& values, PlotSize size = {20, 7}) { return plot_text(values, PlotKind::line, size); }
std::string histogram(const std::vector<double>& values, PlotSize size = {20, 7}) { return plot_text(values, PlotKind::histogram, size); }

TEST(Plot, Line) {
  EXPECT_EQ(line({0, 1}),
            "  1 ┤            ⣀⡴⠚\n"
            "    │         ⣀⡴⠚⠁\n"
            "0.5 ┤      ⣠⠴⠚⠁\n"
            "    │   ⣠⠴⠋⠁\n"
            "  0 ┤⣠⠴⠋⠁\n"
            "    └───────────────\n"
            "     0             1\n");
}

TEST(Plot, ManyElementsShareAColumn) {
  std::vector<double> values;
  for (int i = 0; i < 10'000; ++i) values.push_back(i % 2);
  EXPECT_EQ(line(values, {18, 5}),
            "  1 ┤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿\n"
            "0.5 ┤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿\n"
            "  0 ┤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿\n"
            "    └─────────────\n"
            "     0        9999\n");
}

TEST(Plot, WhatIsNotFiniteLeavesGaps) {
  EXPECT_EQ(line({1, 1, nan, 0, -inf, 1}, {17, 5}),
            "  1 ┤⠉⠉⠁        ⠈\n"
            "0.5 ┤\n"
            "  0 ┤      ⢀\n"
            "    └────────────\n"
            "     0          5\n"
            "1 nan and 1 infinite left out\n");
}

TEST(Plot, NothingToShow) {
  EXPECT_EQ(line({}), "nothing to plot: the array has no elements\n");
  EXPECT_EQ(line({nan, inf}), "nothing to plot: no element is finite\n");
  EXPECT_EQ(histogram({nan}), "nothing to plot: no element is finite\n");
}

TEST(Plot, ConstantAndExtremeValues) {
  EXPECT_THAT(line({5, 5, 5}), HasSubstr("  5 ┤⠤⠤⠤"));
  for (const std::vector<double>& values : {std::vector<double>{0}, {1e308, -1e308, 1.7e308}, {5e-324, 1e-323}, {1e9, 1e9 + 1}, {-0.0, 0.0}}) {
    for (const PlotSize size : {PlotSize{0, 0}, {1, 1}, {200, 60}}) {
      EXPECT_FALSE(line(values, size).empty());
      EXPECT_FALSE(histogram(values, size).empty());
    }
    EXPECT_THAT(plot_svg(values, PlotKind::line, ""), HasSubstr("<path"));
    EXPECT_THAT(plot_svg(values, PlotKind::histogram, ""), HasSubstr("<rect x"));
  }
}

TEST(Plot, Histogram) {
  EXPECT_EQ(histogram({0, 0, 0, 0, 1, 3, 4, nan}),
            "0 ┤███████████████ 4\n"
            "1 ┤███▊ 1\n"
            "2 ┤ 0\n"
            "3 ┤███▊ 1\n"
            "4 ┤███▊ 1\n"
            "5 ┘\n"
            "1 nan left out\n");
}

TEST(Plot, LabelInTheMiddle) {
  const std::string text = line({0, 1}, {20, 8});
  EXPECT_THAT(text, HasSubstr("\n0.5 ┤"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 7);
}

TEST(PlotData, BinsOfWholeNumbers) {
  std::vector<double> values;
  for (int i = 0; i < 60; ++i) values.push_back(i % 30);
  const Bins bins = bins_of(values, 16).value();
  EXPECT_THAT(bins.counts, ElementsAre(10, 10, 10, 10, 10, 10));
  EXPECT_EQ(bins.edge(1), 5);
}

TEST(PlotData, Ticks) {
  EXPECT_THAT(ticks_of({0, 10}, 5), ElementsAre(0, 2, 4, 6, 8, 10));
  EXPECT_THAT(ticks_of({-0.13, 0.31}, 4), ElementsAre(-0.1, 0, 0.1, 0.2, 0.3));
  EXPECT_THAT(ticks_of({0, 0.9}, 2), ElementsAre(0, 0.5));
}

TEST(PlotData, Labels) {
  EXPECT_EQ(label_of(1'000'000'001, {1e9L, 1e9L + 3}), "1000000001");
  EXPECT_EQ(label_of(1e-20L, {-1, 1}), "0");
  EXPECT_EQ(label_of(0.25L, {0, 1}), "0.25");
}

TEST(PlotSvg, IsWellFormed) {
  const std::string text = plot_svg(std::vector<double>{1, 2, nan, 3}, PlotKind::line, "a<b & \"c\"\x01");
  EXPECT_TRUE(text.starts_with("<svg ") && text.ends_with("</svg>\n"));
  EXPECT_THAT(text, HasSubstr(">a&lt;b &amp; \"c\"</text>"));
  EXPECT_THAT(text, HasSubstr(">1 nan left out</text>"));
  EXPECT_EQ(text.find("\x01"), std::string::npos);
  EXPECT_THAT(plot_svg({}, PlotKind::line, "x"), HasSubstr("nothing to plot"));
}

}  // namespace
}  // namespace lanewise::inline v0::program
