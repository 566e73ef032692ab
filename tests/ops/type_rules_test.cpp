// The rules of the table on every dtype, and that what they allow has a kernel.

#include "ops/type_rules.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ops/instruction_set.hpp"
#include "ops/operation.hpp"
#include "ops/scalar.hpp"

namespace lanewise {
namespace {

DType dtype_at(std::size_t code) { return DType{static_cast<DType::Code>(code)}; }

/// For each dtype "operand>result", one name where both are the same, or "-" where the rule has no meaning.
std::string typings(TypeRule rule, bool weak = false) {
  std::string text;
  for (std::size_t code = 0; code < DType::count; ++code) {
    const OperandTyping typing = type_operands(rule, dtype_at(code), weak);
    const std::string operand(short_name(typing.operand)), result(short_name(typing.result));
    text += (text.empty() ? "" : " ") + (!typing.allowed ? "-" : operand == result ? operand : operand + ">" + result);
  }
  return text;
}

TEST(TypeRules, GiveOperandAndResultDtypes) {
  const std::string all = "b8 i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 c64 c128";
  EXPECT_EQ(typings(TypeRule::promote), all);
  EXPECT_EQ(typings(TypeRule::promote_number), "- i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 c64 c128");
  EXPECT_EQ(typings(TypeRule::promote_real), "b8 i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 - -");
  EXPECT_EQ(typings(TypeRule::quotient), "i8 i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 - -");
  EXPECT_EQ(typings(TypeRule::power), "i8 i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 c64 c128");
  EXPECT_EQ(typings(TypeRule::divide), "f64 f64 f64 f64 f64 f64 f64 f64 f64 f32 f32 f64 c64 c128");
  EXPECT_EQ(typings(TypeRule::float_promote), "f32 f32 f32 f64 f64 f32 f32 f64 f64 f32 f32 f64 - -");
  EXPECT_EQ(typings(TypeRule::elementary), "f32 f32 f32 f64 f64 f32 f32 f64 f64 f32 f32 f64 c64 c128");
  EXPECT_EQ(typings(TypeRule::scale), typings(TypeRule::float_promote));
  EXPECT_EQ(typings(TypeRule::compare), "b8 i8>b8 i16>b8 i32>b8 i64>b8 u8>b8 u16>b8 u32>b8 u64>b8 f16>b8 f32>b8 f64>b8 - -");
  EXPECT_EQ(typings(TypeRule::equality), "b8 i8>b8 i16>b8 i32>b8 i64>b8 u8>b8 u16>b8 u32>b8 u64>b8 f16>b8 f32>b8 f64>b8 c64>b8 c128>b8");
  EXPECT_EQ(typings(TypeRule::bits), "b8 i8 i16 i32 i64 u8 u16 u32 u64 - - - - -");
  EXPECT_EQ(typings(TypeRule::shift), "i8 i8 i16 i32 i64 u8 u16 u32 u64 - - - - -");
  EXPECT_EQ(typings(TypeRule::whole), "- i8 i16 i32 i64 u8 u16 u32 u64 - - - - -");
  EXPECT_EQ(typings(TypeRule::bit_count), "i8>u8 i8>u8 i16>u8 i32>u8 i64>u8 u8 u16>u8 u32>u8 u64>u8 - - - - -");
  EXPECT_EQ(typings(TypeRule::logical), "b8 b8 b8 b8 b8 b8 b8 b8 b8 b8 b8 b8 b8 b8");
  EXPECT_EQ(typings(TypeRule::truth), typings(TypeRule::logical));
  EXPECT_EQ(typings(TypeRule::select), all);
  EXPECT_EQ(typings(TypeRule::rounding), "b8 i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 - -");
  EXPECT_EQ(typings(TypeRule::rounding_any), all);
  EXPECT_EQ(typings(TypeRule::float_test),
            "f64>b8 f64>b8 f64>b8 f64>b8 f64>b8 f64>b8 f64>b8 f64>b8 f64>b8 f32>b8 f32>b8 f64>b8 c64>b8 c128>b8");
  EXPECT_EQ(typings(TypeRule::sign_test), "f64>b8 f64>b8 f64>b8 f64>b8 f64>b8 f64>b8 f64>b8 f64>b8 f64>b8 f32>b8 f32>b8 f64>b8 - -");
  EXPECT_EQ(typings(TypeRule::magnitude), "b8 i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 c64>f32 c128>f64");
  EXPECT_EQ(typings(TypeRule::real_part), typings(TypeRule::magnitude));
  EXPECT_EQ(typings(TypeRule::imaginary_part), typings(TypeRule::magnitude));
  EXPECT_EQ(typings(TypeRule::conjugate), all);
  EXPECT_EQ(typings(TypeRule::complex_of),
            "f32>c64 f32>c64 f32>c64 f64>c128 f64>c128 f32>c64 f32>c64 f64>c128 f64>c128 f32>c64 f32>c64 f64>c128 - -");
  EXPECT_EQ(typings(TypeRule::sum), "i64 i64 i64 i64 i64 u64 u64 u64 u64 f32 f32 f64 c64 c128");
  EXPECT_EQ(typings(TypeRule::position), "b8>i64 i8>i64 i16>i64 i32>i64 i64 u8>i64 u16>i64 u32>i64 u64>i64 f16>i64 f32>i64 f64>i64 - -");
  EXPECT_EQ(typings(TypeRule::statistic), "f64 f64 f64 f64 f64 f64 f64 f64 f64 f64>f32 f64>f32 f64 c128>c64 c128");
  EXPECT_EQ(typings(TypeRule::spread), "f64 f64 f64 f64 f64 f64 f64 f64 f64 f64>f32 f64>f32 f64 c128>f32 c128>f64");
}

// Values without a type of their own have no narrow float.
TEST(TypeRules, OfWeakOperandsGiveTheWideTypes) {
  for (const TypeRule rule : {TypeRule::float_promote, TypeRule::elementary, TypeRule::scale, TypeRule::complex_of}) {
    EXPECT_EQ(type_operands(rule, DType::bool_, true).operand, DType::float64);
    EXPECT_EQ(type_operands(rule, DType::int64, true).operand, DType::float64);
  }
  for (const TypeRule rule : {TypeRule::power, TypeRule::quotient, TypeRule::shift})
    EXPECT_EQ(type_operands(rule, DType::bool_, true).operand, DType::int64);
  EXPECT_EQ(type_operands(TypeRule::promote, DType::bool_, true).operand, DType::bool_);
}

TEST(TypeRules, OfCastsNameTheirDtype) {
  for (std::size_t target = 0; target < DType::count; ++target) {
    const TypeRule rule = operation(cast_to(dtype_at(target))).type_rule;
    EXPECT_TRUE(is_cast(rule));
    EXPECT_EQ(cast_target(rule), dtype_at(target));
    for (std::size_t source = 0; source < DType::count; ++source) {
      const OperandTyping typing = type_operands(rule, dtype_at(source), false);
      EXPECT_TRUE(typing.allowed && typing.operand == dtype_at(source) && typing.result == dtype_at(target));
    }
  }
}

/// Rules of rows that leave some dtypes as they are, without a kernel.
bool may_leave_unchanged(TypeRule rule) {
  return rule == TypeRule::rounding || rule == TypeRule::rounding_any || rule == TypeRule::real_part || rule == TypeRule::conjugate;
}

// What bind hands to a kernel exists once it travels; where nothing does, the result is the operand as it is.
TEST(TypeRules, LeadToDtypesThatHaveKernels) {
  for (const Operation& row : all_operations()) {
    for (std::size_t code = 0; code < DType::count; ++code) {
      const OperandTyping typing = type_operands(row.type_rule, dtype_at(code), false);
      if (!typing.allowed || has_kernel(row.type_rule, travelling_dtype(typing.operand))) continue;
      if (is_cast(row.type_rule) && typing.operand.is_complex()) continue;  // refused by bind, which asks for a part
      EXPECT_TRUE(may_leave_unchanged(row.type_rule)) << row.name << " of " << dtype_at(code).name();
      EXPECT_TRUE(typing.operand == typing.result && typing.result == dtype_at(code)) << row.name << " of " << dtype_at(code).name();
    }
  }
}

}  // namespace
}  // namespace lanewise
