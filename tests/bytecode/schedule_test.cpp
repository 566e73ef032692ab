// Which passes an expression takes: one row a text, the lines that name passes out.

#include "bytecode/schedule.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "ir/bind.hpp"
#include "ir/scalar_machine.hpp"
#include "ir/simplify.hpp"
#include "ops/promotion.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0 {
namespace {

/// x and y share a shape, z has another, k is a scalar.
Schedule schedule_of(std::string_view text, std::string* listing) {
  const Schema schema{{"x", DType::float64}, {"y", DType::float64}, {"z", DType::float64}, {"k", DType::float64}};
  const Graph graph = simplify(lanewise::bind(parse(text), schema, numpy_promotion, testing_ir::evaluate_anything), testing_ir::evaluate_anything);
  Schedule schedule = make_schedule(graph, {{1, Rate::element}, {1, Rate::element}, {2, Rate::element}, {0, Rate::call}});
  *listing = to_text(schedule, graph);
  return schedule;
}

std::string passes_of(std::string_view text) {
  std::string listing;
  schedule_of(text, &listing);
  std::istringstream lines(listing);
  std::string passes;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("pass ")) passes += line.substr(5) + "\n";
  }
  return passes;
}

TEST(Schedule, OfElementwiseWorkIsItsProgram) {
  std::string listing;
  EXPECT_TRUE(schedule_of("x*x", &listing).is_elementwise());
  EXPECT_EQ(listing.substr(0, 1), "0");
}

TEST(Schedule, FoldsAnArrayAsItIs) {
  EXPECT_EQ(passes_of("sum(x)"), "0: over x: %1 = sum of %0\n");
}

TEST(Schedule, SharesAPassBetweenReductionsOfEqualShapes) {
  EXPECT_EQ(passes_of("sum(x*y) / sum(y)"),
            "0: over x: %3 = sum of %2, %4 = sum of %1\n"
            "1: one element: out, with in4 = %3, in5 = %4\n");
}

TEST(Schedule, KeepsOtherShapesAxesAndLevelsApart) {
  EXPECT_EQ(passes_of("sum(x) + sum(z)"),
            "0: over x: %1 = sum of %0\n"
            "1: over z: %3 = sum of %2\n"
            "2: one element: out, with in4 = %1, in5 = %3\n");
  EXPECT_EQ(passes_of("sum(x, axis=0), sum(x, axis=1)"),
            "0: over x: %1 = sum of %0\n"
            "1: over x: %2 = sum of %0\n");
  EXPECT_EQ(passes_of("sum((x - max(x)) * 2)"),
            "0: over x: %1 = max of %0\n"
            "1: over x: %5 = sum of %4, with in4 = %1\n");
}

TEST(Schedule, StoresResultsWithReductionsOfAllAxes) {
  EXPECT_EQ(passes_of("sum(x), x*2"), "0: over x: %1 = sum of %0, out1\n");
  EXPECT_EQ(passes_of("sum(x, axis=0), x*2"),
            "0: over x: %1 = sum of %0\n"
            "1: over x: out1\n");
}

TEST(Schedule, BroadcastsResultsOfAxes) {
  EXPECT_EQ(passes_of("x - max(x, axis=0)"),
            "0: over x: %1 = max of %0\n"
            "1: over x, %1: out, with in4 = %1\n");
}

TEST(Schedule, ComputesNoOperandOfAnExtent) {
  EXPECT_EQ(passes_of("size(sin(x)) + z"), "0: over z: out, with in4 = %2\n");
}

TEST(Schedule, OfOneOutputWithoutShapesNeedsRatesOnly) {
  const auto graph_of = [](std::string_view text) {
    const Schema schema{{"x", DType::float64}};
    return simplify(lanewise::bind(parse(text), schema, numpy_promotion, testing_ir::evaluate_anything), testing_ir::evaluate_anything);
  };
  EXPECT_TRUE(needs_rates_only(graph_of("x*2 + 1")));
  EXPECT_FALSE(needs_rates_only(graph_of("x*2, x")));
  EXPECT_FALSE(needs_rates_only(graph_of("sum(x)")));
  EXPECT_FALSE(needs_rates_only(graph_of("size(x) * x")));
}

}  // namespace
}  // namespace lanewise::inline v0
