// The choice of a CPU target.

#include "kernels/registry.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <lanewise/error.hpp>
#include <string>

namespace lanewise::inline v0 {
namespace {

TEST(Registry, ListsTheBestTargetFirst) {
  ASSERT_FALSE(runnable_targets().empty());
  for (std::size_t i = 1; i < runnable_targets().size(); ++i) {
    EXPECT_GE(runnable_targets()[i - 1]->vector_bytes, runnable_targets()[i]->vector_bytes);
  }
  for (const Target* target : runnable_targets()) {
    EXPECT_EQ(target->tile_length(8), target->vector_bytes / 2);
    EXPECT_EQ(target->tile_length(4), target->vector_bytes);
  }
}

TEST(Registry, HasNoFormThatTypesRuleOut) {
  for (const Target* target : runnable_targets()) {
    const InstructionForm form{OperandKind::a, OperandKind::a, OperandKind::b};
    EXPECT_NE(target->find(Opcode::add, DType::float64, 8, form), nullptr);
    EXPECT_EQ(target->find(Opcode::add, DType::float64, 4, form), nullptr);
    EXPECT_EQ(target->find(Opcode::bitwise_and, DType::float64, 8, form), nullptr);
    EXPECT_EQ(target->find(Opcode::add, DType::float64, 8, {OperandKind::a, OperandKind::constant, OperandKind::constant}), nullptr);
  }
}

// Each runs in a process of its own, as the choice is made once.
int exit_code_with(const char* forced) {
  setenv("LANEWISE_TARGET", forced, 1);
  try {
    return std::string(machine_target().name) == forced ? 0 : 2;
  } catch (const UnsupportedMachine& error) {
    std::fprintf(stderr, "%s %s\n", error.code().c_str(), error.what());
    return 1;
  }
}

TEST(RegistryDeathTest, ObeysTheEnvironment) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  for (const Target* target : runnable_targets()) EXPECT_EXIT(std::exit(exit_code_with(target->name)), testing::ExitedWithCode(0), "");
}

TEST(RegistryDeathTest, RefusesAnUnknownTargetAndNamesTheValidOnes) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      std::exit(exit_code_with("pentium")), testing::ExitedWithCode(1),
      std::string("E601 LANEWISE_TARGET is 'pentium', which is no target; lanewise is built for .*") + runnable_targets().back()->name);
}

}  // namespace
}  // namespace lanewise::inline v0
