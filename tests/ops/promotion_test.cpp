// The promotion policy against NumPy's lattice, and the rules of the table against the language, every pair of dtypes.

#include "ops/promotion.hpp"

#include <gmock/gmock.h>

#include <string>

#include "ops/operation.hpp"
#include "ops/scalar.hpp"

namespace lanewise {
namespace {

constexpr DType dtypes[] = {DType::bool_, DType::int32, DType::int64, DType::float32, DType::float64};
constexpr DType weak_dtypes[] = {DType::bool_, DType::int64, DType::float64};

std::string row_of(DType typed, std::span<const DType> others, DType (*meet)(DType, DType)) {
  std::string row(short_name(typed));
  row += ":";
  for (const DType other : others) row += " " + std::string(short_name(meet(typed, other)));
  return row;
}

std::vector<std::string> table_of(std::span<const DType> others, DType (*meet)(DType, DType)) {
  std::vector<std::string> rows;
  for (const DType typed : dtypes) rows.push_back(row_of(typed, others, meet));
  return rows;
}

// numpy.result_type(left, right) of NumPy 2.
TEST(Promotion, TypedOperandsMeetAsInNumpy) {
  EXPECT_THAT(table_of(dtypes, numpy_promotion.typed), testing::ElementsAre(            //
                                                           "b8: b8 i32 i64 f32 f64",    //
                                                           "i32: i32 i32 i64 f64 f64",  //
                                                           "i64: i64 i64 i64 f64 f64",  //
                                                           "f32: f32 f64 f64 f32 f64",  //
                                                           "f64: f64 f64 f64 f64 f64"));
}

// numpy.result_type(dtype, True), (dtype, 1), (dtype, 1.0) of NumPy 2.
TEST(Promotion, WeakOperandsTakeTheTypedDtypeOrTheNextKind) {
  EXPECT_THAT(table_of(weak_dtypes, numpy_promotion.weak), testing::ElementsAre(    //
                                                               "b8: b8 i64 f64",    //
                                                               "i32: i32 i32 f64",  //
                                                               "i64: i64 i64 f64",  //
                                                               "f32: f32 f32 f32",  //
                                                               "f64: f64 f64 f64"));
}

/// For each dtype "operand>result", or "-" where the rule has no meaning.
std::string typings(TypeRule rule, bool weak = false) {
  std::string text;
  for (const DType met : dtypes) {
    const OperandTyping typing = type_operands(rule, met, weak);
    text += text.empty() ? "" : " ";
    text += typing.allowed ? std::string(short_name(typing.operand)) + ">" + std::string(short_name(typing.result)) : "-";
  }
  return text;
}

TEST(TypeRules, GiveOperandAndResultDtypes) {
  EXPECT_EQ(typings(TypeRule::promote), "b8>b8 i32>i32 i64>i64 f32>f32 f64>f64");
  EXPECT_EQ(typings(TypeRule::promote_number), "- i32>i32 i64>i64 f32>f32 f64>f64");
  EXPECT_EQ(typings(TypeRule::power), "- i32>i32 i64>i64 f32>f32 f64>f64");
  EXPECT_EQ(typings(TypeRule::divide), "f64>f64 f64>f64 f64>f64 f32>f32 f64>f64");
  EXPECT_EQ(typings(TypeRule::float_promote), "f32>f32 f64>f64 f64>f64 f32>f32 f64>f64");
  EXPECT_EQ(typings(TypeRule::float_promote, true), "f64>f64 f64>f64 f64>f64 f32>f32 f64>f64");
  EXPECT_EQ(typings(TypeRule::compare), "b8>b8 i32>b8 i64>b8 f32>b8 f64>b8");
  EXPECT_EQ(typings(TypeRule::bits), "b8>b8 i32>i32 i64>i64 - -");
  EXPECT_EQ(typings(TypeRule::shift), "- i32>i32 i64>i64 - -");
  EXPECT_EQ(typings(TypeRule::logical), "b8>b8 b8>b8 b8>b8 b8>b8 b8>b8");
  EXPECT_EQ(typings(TypeRule::select), "b8>b8 i32>i32 i64>i64 f32>f32 f64>f64");
  EXPECT_EQ(typings(TypeRule::rounding), "b8>b8 i32>i32 i64>i64 f32>f32 f64>f64");
  EXPECT_EQ(typings(TypeRule::float_test), "f64>b8 f64>b8 f64>b8 f32>b8 f64>b8");
  EXPECT_EQ(typings(TypeRule::cast_to_bool), "b8>b8 i32>b8 i64>b8 f32>b8 f64>b8");
  EXPECT_EQ(typings(TypeRule::cast_to_int32), "b8>i32 i32>i32 i64>i32 f32>i32 f64>i32");
  EXPECT_EQ(typings(TypeRule::cast_to_int64), "b8>i64 i32>i64 i64>i64 f32>i64 f64>i64");
  EXPECT_EQ(typings(TypeRule::cast_to_float32), "b8>f32 i32>f32 i64>f32 f32>f32 f64>f32");
  EXPECT_EQ(typings(TypeRule::cast_to_float64), "b8>f64 i32>f64 i64>f64 f32>f64 f64>f64");
}

// What bind hands to a kernel exists, but for the rounding of what is whole already.
TEST(TypeRules, LeadToDtypesThatHaveKernels) {
  for (const Operation& row : all_operations()) {
    for (const DType met : dtypes) {
      const OperandTyping typing = type_operands(row.type_rule, met, false);
      if (!typing.allowed || row.type_rule == TypeRule::rounding) continue;
      EXPECT_TRUE(has_kernel(row.type_rule, typing.operand)) << row.name << " of " << met.name();
    }
  }
}

}  // namespace
}  // namespace lanewise
