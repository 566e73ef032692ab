// Hints lead somewhere: no row names what exists already, and what a row says to write is in the language.

#include "ir/name_hints.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "ir/graph_of.hpp"
#include "ops/operation.hpp"

namespace lanewise {
namespace {

TEST(NameHints, AreFoundInAnyCase) {
  EXPECT_EQ(hint_for_function("ln"), "write log(x)");
  EXPECT_EQ(hint_for_function("Ln"), "write log(x)");
  EXPECT_EQ(hint_for_value("TRUE"), "write True");
  EXPECT_EQ(hint_for_function("sin"), std::nullopt);
  EXPECT_EQ(hint_for_function(""), std::nullopt);
  EXPECT_EQ(hint_for_function(std::string(1000, 'l')), std::nullopt);
}

TEST(NameHints, NameNothingThatExists) {
  std::set<std::string_view> names;
  for (const NameHint& hint : function_hints()) {
    EXPECT_TRUE(names.insert(hint.name).second) << hint.name;
    EXPECT_FALSE(find_function(hint.name)) << hint.name;
  }
  for (const NameHint& hint : value_hints())
    EXPECT_TRUE(testing_ir::report_of(std::string(hint.name)).starts_with("error E201")) << hint.name;
}

/// Calls f for each name before a bracket in "write where(condition, x, y)".
template <class Visitor>
void for_each_call(std::string_view advice, const Visitor& visit) {
  for (std::size_t bracket = advice.find('('); bracket != advice.npos; bracket = advice.find('(', bracket + 1)) {
    const std::size_t before = advice.find_last_not_of("abcdefghijklmnopqrstuvwxyz_0123456789", bracket - 1);
    const std::string_view name = advice.substr(before + 1, bracket - before - 1);
    if (bracket != 0 && !name.empty()) visit(name);
  }
}

TEST(NameHints, OfferFunctionsOfTheTable) {
  for (const NameHint& hint : function_hints()) {
    for_each_call(hint.advice, [&](std::string_view name) { EXPECT_TRUE(find_function(name)) << hint.name << ": " << hint.advice; });
  }
}

}  // namespace
}  // namespace lanewise
