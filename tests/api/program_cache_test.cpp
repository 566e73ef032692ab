// The cache of one-shot texts: what its key tells apart, and that it forgets.

#include "api/program_cache.hpp"

#include <gtest/gtest.h>

#include <string>

#include <lanewise/lanewise.hpp>

namespace lanewise::inline v0 {
namespace {

/// Two expressions are one object if they hand out the same schema.
bool is_same(const Expression& left, const Expression& right) { return left.inputs().data() == right.inputs().data(); }

TEST(ProgramCache, CompilesATextOnce) {
  ProgramCache cache;
  const double x = 1;
  const Expression first = cache.get("x + 1", {{"x", x}}, {});
  EXPECT_TRUE(is_same(first, cache.get("x + 1", {{"x", 7.5}}, {})));
}

TEST(ProgramCache, TellsApartWhateverDecidesTheProgram) {
  ProgramCache cache;
  const Expression first = cache.get("x + 1", {{"x", 1.0}}, {});
  EXPECT_FALSE(is_same(first, cache.get("x + 2", {{"x", 1.0}}, {})));
  EXPECT_FALSE(is_same(first, cache.get("x + 1", {{"x", 1.0F}}, {})));
  EXPECT_FALSE(is_same(first, cache.get("x + 1", {{"x", 1.0}, {"y", 1.0}}, {})));
  EXPECT_FALSE(is_same(first, cache.get("x + 1", {{"x", 1.0}}, {.limits = {.nesting_depth = 10}})));
  const double value = 1;
  const ArrayView typed(&value, std::span<const std::size_t>{});
  EXPECT_FALSE(is_same(first, cache.get("x + 1", {{"x", typed}}, {}))) << "weak and typed scalars";
}

TEST(ProgramCache, LimitsHoldForATextThatIsKnown) {
  evaluate("((x))", {{"x", 1.0}});
  EXPECT_THROW(evaluate("((x))", {{"x", 1.0}}, {.compile = {.limits = {.nesting_depth = 1}}}), LimitError);
}

TEST(ProgramCache, ForgetsTheLeastRecentlyUsed) {
  ProgramCache cache;
  const Expression first = cache.get("x", {{"x", 1.0}}, {});
  const Expression second = cache.get("x + 0", {{"x", 1.0}}, {});
  for (std::size_t i = 1; i + 1 < ProgramCache::capacity; ++i) cache.get("x + " + std::to_string(i), {{"x", 1.0}}, {});
  EXPECT_TRUE(is_same(first, cache.get("x", {{"x", 1.0}}, {})));
  cache.get("x - 1", {{"x", 1.0}}, {});
  EXPECT_TRUE(is_same(first, cache.get("x", {{"x", 1.0}}, {})));
  EXPECT_FALSE(is_same(second, cache.get("x + 0", {{"x", 1.0}}, {})));
}

TEST(ProgramCache, KeepsNoLongText) {
  ProgramCache cache;
  const std::string text = "x +" + std::string(ProgramCache::longest_key_bytes, ' ') + "1";
  const Expression first = cache.get(text, {{"x", 1.0}}, {});
  EXPECT_FALSE(is_same(first, cache.get(text, {{"x", 1.0}}, {})));
}

TEST(ProgramCache, AnErrorIsNotKept) {
  ProgramCache cache;
  EXPECT_THROW(cache.get("x +", {{"x", 1.0}}, {}), SyntaxError);
  EXPECT_THROW(cache.get("x +", {{"x", 1.0}}, {}), SyntaxError);
}

/// Each pattern of scalars and arrays needs a program of its own; more patterns than are kept still evaluate.
TEST(ProgramsOfAnExpression, ServeEveryPatternOfRates) {
  Schema schema{{"a", DType::float64}, {"b", DType::float64}, {"c", DType::float64}, {"d", DType::float64},
                {"e", DType::float64}, {"f", DType::float64}, {"g", DType::float64}};
  const Expression expression = Expression::compile("(a + 2*b) * (c - d) + e*f - sin(g)", schema);
  const std::vector<double> many(40, 3.0);
  for (int round = 0; round < 2; ++round) {
    for (unsigned pattern = 0; pattern < 128; ++pattern) {
      std::vector<ArrayView> inputs;
      for (unsigned i = 0; i < 7; ++i) inputs.push_back((pattern >> i & 1) != 0 ? ArrayView(many) : ArrayView(3.0));
      std::vector<double> out(40);
      expression.evaluate_positional(inputs, out);
      EXPECT_EQ(out, std::vector<double>(40, 9.0 - evaluate("sin(3.0)", {}).item<double>())) << pattern;
    }
  }
}

}  // namespace
}  // namespace lanewise::inline v0
