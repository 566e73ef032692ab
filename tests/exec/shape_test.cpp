// Shapes of values: rows of shapes in, a shape or an axis out.

#include "exec/shape.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lanewise::inline v0 {
namespace {

using Extents = std::vector<std::size_t>;

std::string broadcast_text(const std::vector<Extents>& shapes) {
  Shape joint;
  for (const Extents& shape : shapes) {
    if (const std::size_t back = broadcast_into(joint, shape); back != 0) return "axis -" + std::to_string(back);
  }
  return shape_text(joint.values());
}

TEST(ShapeOf, Broadcasts) {
  const struct {
    std::vector<Extents> shapes;
    const char* joint;
  } rows[] = {{{}, "()"},
              {{{}, {3}}, "(3,)"},
              {{{3, 4}, {4}}, "(3, 4)"},
              {{{3, 1}, {1, 4}, {}}, "(3, 4)"},
              {{{1}, {0}}, "(0,)"},
              {{{2, 0}, {1}}, "(2, 0)"},
              {{{1, 1, 1}, {2}}, "(1, 1, 2)"},
              {{{3, 4}, {3}}, "axis -1"},
              {{{3, 4}, {2, 4}}, "axis -2"},
              {{{0}, {2}}, "axis -1"},
              {{{2, 1}, {3}, {4}}, "axis -1"}};
  for (const auto& row : rows) EXPECT_EQ(broadcast_text(row.shapes), row.joint);
}

TEST(ShapeOf, ReductionsLosesAxes) {
  const Extents shape{2, 3, 4};
  EXPECT_EQ(shape_text(reduced_shape(shape, 0b010, false).values()), "(2, 4)");
  EXPECT_EQ(shape_text(reduced_shape(shape, 0b101, true).values()), "(1, 3, 1)");
  EXPECT_EQ(shape_text(reduced_shape(shape, 0b111, false).values()), "()");
  EXPECT_EQ(extent_along(shape, 0b101), 8U);
  EXPECT_EQ(extent_along(shape, 0), 1U);
}

TEST(ShapeOf, AxesCountFromBothEnds) {
  EXPECT_EQ(resolve_axes({}, 3, {}), 0b111U);
  EXPECT_EQ(resolve_axes({}, 32, {}), ~0U);
  EXPECT_EQ(resolve_axes({.from_front = 0b1, .from_back = 0b1, .all = false}, 3, {}), 0b101U);
  EXPECT_THROW(resolve_axes({.from_front = 0b1000, .from_back = 0, .all = false}, 3, {}), ShapeError);
  EXPECT_THROW(resolve_axes({.from_front = 0b100, .from_back = 0b1, .all = false}, 3, {}), ShapeError);
}

TEST(ShapeOf, CountsElements) {
  EXPECT_EQ(element_count_of(Extents{}), 1U);
  EXPECT_EQ(element_count_of(Extents{std::size_t{1} << 40, std::size_t{1} << 40, 0}), 0U);
  EXPECT_THROW(element_count_of(Extents{std::size_t{1} << 40, std::size_t{1} << 40}), ShapeError);
}

}  // namespace
}  // namespace lanewise::inline v0
