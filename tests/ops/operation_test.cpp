// Look-ups over the operation table. That no two rows are spelled alike is asserted in ops/operation_table.hpp.

#include "ops/operation.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace lanewise;

TEST(Operation, RowStandsAtItsId) {
  ASSERT_EQ(all_operations().size(), operation_count);
  for (const Operation& row : all_operations()) EXPECT_EQ(&operation(row.id), &row) << row.name;
}

TEST(Operation, FunctionIsFoundByEachName) {
  const struct {
    const char* name;
    OperationId id;
  } rows[] = {
      {"sin", OperationId::sin},
      {"arcsin", OperationId::arcsin},
      {"asin", OperationId::arcsin},
      {"where", OperationId::where},
      {"power", OperationId::power},
      {"pow", OperationId::power},
      {"add", OperationId::add},
      {"logical_not", OperationId::logical_not},
      {"less", OperationId::less},
      {"true_divide", OperationId::divide},
      {"bool", OperationId::cast_bool},
      {"bool_", OperationId::cast_bool},
      {"float64", OperationId::cast_float64},
  };
  for (const auto& row : rows) EXPECT_EQ(find_function(row.name), row.id) << row.name;
}

TEST(Operation, OperatorIsNoFunctionName) {
  for (const char* text : {"", " ", "+", "**", "not", "and", "coss", "si", "sinn", "SIN", "asin arcsin", "zz", "power pow"}) {
    EXPECT_EQ(find_function(text), std::nullopt) << text;
  }
}

TEST(Operation, OperatorIsFoundByItsPlace) {
  EXPECT_EQ(find_prefix_operator("-"), OperationId::negative);
  EXPECT_EQ(find_infix_operator("-"), OperationId::subtract);
  EXPECT_EQ(find_prefix_operator("+"), OperationId::positive);
  EXPECT_EQ(find_infix_operator("+"), OperationId::add);
  EXPECT_EQ(find_prefix_operator("not"), OperationId::logical_not);
  EXPECT_EQ(find_infix_operator("not"), std::nullopt);
  EXPECT_EQ(find_infix_operator("**"), OperationId::power);
  EXPECT_EQ(find_prefix_operator("**"), std::nullopt);
  EXPECT_EQ(find_infix_operator("add"), std::nullopt);
}

TEST(Operation, EveryOperatorIsFound) {
  for (const Operation& row : all_operations()) {
    if (!row.is_operator()) continue;
    const bool is_prefix = row.form.kind == OperationForm::Kind::prefix;
    EXPECT_EQ(is_prefix ? find_prefix_operator(row.spelling()) : find_infix_operator(row.spelling()), row.id) << row.name;
  }
}

TEST(Operation, FunctionNamesAreSortedAndCallable) {
  const auto names = function_names();
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
  for (const std::string_view name : names) EXPECT_TRUE(find_function(name)) << name;
  EXPECT_TRUE(std::ranges::binary_search(names, std::string_view("hypot")));
  EXPECT_FALSE(std::ranges::binary_search(names, std::string_view("**")));
}

}  // namespace
