#include "ir/nearest_name.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ops/operation.hpp"

namespace lanewise {
namespace {

std::string nearest_function(std::string_view name) { return std::string(nearest_name(name, function_names()).value_or("-")); }

TEST(NearestName, CorrectsALetterOrTwo) {
  EXPECT_EQ(nearest_function("coss"), "cos");
  EXPECT_EQ(nearest_function("sn"), "sin");
  EXPECT_EQ(nearest_function("sqtr"), "sqrt") << "neighbours swapped";
  EXPECT_EQ(nearest_function("arctann"), "arctan");
  EXPECT_EQ(nearest_function("maximmun"), "maximum");
  EXPECT_EQ(nearest_function("Exp"), "exp");
  EXPECT_EQ(nearest_function("SQRT"), "sqrt");
}

TEST(NearestName, CompletesWhatWasCutShort) {
  EXPECT_EQ(nearest_function("minim"), "minimum");
  EXPECT_EQ(nearest_function("logical_n"), "logical_not");
}

TEST(NearestName, OffersNothingFar) {
  EXPECT_EQ(nearest_function("histogram"), "-");
  EXPECT_EQ(nearest_function("cumsum"), "-");
  EXPECT_EQ(nearest_function("x"), "-");
  EXPECT_EQ(nearest_function(""), "-");
  EXPECT_EQ(nearest_function(std::string(100, 's')), "-");
  EXPECT_FALSE(nearest_name("x", {}));
}

TEST(NearestName, PrefersTheFirstOfEquallyNearOnes) {
  const std::string_view names[] = {"velocity_x", "velocity_y"};
  EXPECT_EQ(nearest_name("velocity_z", names), "velocity_x");
}

}  // namespace
}  // namespace lanewise
