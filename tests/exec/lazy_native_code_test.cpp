// When programs are translated: after as many elements as pay for it, once, whoever asks; and what the environment says about it.

#include "exec/lazy_native_code.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include <lanewise/error.hpp>

#include "exec/loaded_program.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t no_element = 0;

/// d := in0 + in0 of float64; or, where `dtype` is another, what is not translated.
Program program_of(DType dtype = DType::float64) {
  const Operand input{Operand::Source::input, 0}, output{Operand::Source::output, 0};
  Program program{.input_is_used = {true}, .output_dtypes = {dtype}};
  program.each.instructions = {{Opcode::add, dtype, Operand::Source::a, input, {Operand::Source::same, 0}},
                               {Opcode::store_last, dtype, Operand::Source::a, output, {}}};
  program.each.segment_starts = {0};
  return program;
}

bool is_translated() { return NativeCode::can_translate(program_of(), machine_target()) && std::getenv("LANEWISE_NATIVE_CODE") == nullptr; }

TEST(LazyNativeCode, IsMadeWhenEnoughElementsWereComputed) {
  if (!is_translated()) GTEST_SKIP() << "nothing is translated here";
  LazyNativeCode lazy(2, 32.0, 32);
  const Program program = program_of();
  std::size_t element_count = 0;
  const NativeCode* code = nullptr;
  for (; code == nullptr && element_count < 1'000'000; element_count += 1000) code = lazy.code_for(program, machine_target(), 1000);
  EXPECT_NE(code, nullptr);
  EXPECT_GT(element_count, 5'000U);
  EXPECT_EQ(lazy.code_for(program, machine_target(), no_element), code);
}

TEST(LazyNativeCode, IsMadeAtOnceForOneLongCall) {
  if (!is_translated()) GTEST_SKIP() << "nothing is translated here";
  EXPECT_NE(LazyNativeCode(2, 32.0, 32).code_for(program_of(), machine_target(), 1'000'000), nullptr);
}

TEST(LazyNativeCode, IsTheSameForAllThreads) {
  if (!is_translated()) GTEST_SKIP() << "nothing is translated here";
  constexpr int thread_count = 8;
  LazyNativeCode lazy(2, 32.0, 32);
  const Program program = program_of();
  std::latch start(thread_count);
  std::vector<std::thread> threads;
  for (int t = 0; t < thread_count; ++t) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      const NativeCode* seen = nullptr;
      for (int k = 0; k < 2000; ++k) {
        const NativeCode* const code = lazy.code_for(program, machine_target(), 100);
        EXPECT_TRUE(seen == nullptr || code == seen);
        if (code != nullptr) seen = code;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_NE(lazy.code_for(program, machine_target(), no_element), nullptr);
}

// Each runs in a process of its own, as the environment is read once.
int exit_code_with(const char* policy, std::size_t element_count) {
  setenv("LANEWISE_NATIVE_CODE", policy, 1);
  try {
    return LazyNativeCode(2, 32.0, 32).code_for(program_of(), machine_target(), element_count) != nullptr ? 1 : 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s %s\n", error.code().c_str(), error.what());
    return 2;
  }
}

TEST(LazyNativeCodeDeathTest, ObeysTheEnvironment) {
  if (!is_translated()) GTEST_SKIP() << "nothing is translated here";
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(std::exit(exit_code_with("never", 1'000'000)), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(std::exit(exit_code_with("always", 1)), testing::ExitedWithCode(1), "");
  EXPECT_EXIT(std::exit(exit_code_with("auto", 1)), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(std::exit(exit_code_with("", 1'000'000)), testing::ExitedWithCode(1), "");
}

TEST(LazyNativeCodeDeathTest, RefusesWhatItDoesNotKnow) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(std::exit(exit_code_with("sometimes", 1)), testing::ExitedWithCode(2),
              "E601 LANEWISE_NATIVE_CODE is 'sometimes'; it may be auto, always or never");
}

}  // namespace
}  // namespace lanewise::inline v0
