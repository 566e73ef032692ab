// Memory of tasks: reused by nested evaluations, and safe after a thread's own objects are gone.

#include "exec/workspace.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <thread>

#include <lanewise/lanewise.hpp>

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t large_bytes = 100'000;

TEST(Workspaces, AreAlignedAndReusedWhenNested) {
  const std::byte* first_before = nullptr;
  const std::byte* second_before = nullptr;
  for (int round = 0; round < 3; ++round) {
    Workspace small(100), first(large_bytes), second(2 * large_bytes);
    for (Workspace* workspace : {&small, &first, &second}) EXPECT_EQ(reinterpret_cast<std::uintptr_t>(workspace->data()) % 64, 0U);
    if (round > 0) {
      EXPECT_EQ(first.data(), first_before);
      EXPECT_EQ(second.data(), second_before);
    }
    first_before = first.data();
    second_before = second.data();
  }
}

std::string long_sum() {
  std::string text = "x";
  for (int i = 0; i < 400; ++i) text += " + sin(x * " + std::to_string(i) + ")";
  return text;
}

/// Evaluates when it is destroyed.
struct LateUser {
  double* out;
  ~LateUser() {
    if (out != nullptr) evaluate(long_sum(), {{"x", 0.0}}, std::span(out, 1));
  }
};

TEST(Workspaces, MayBeAskedForWhenTheThreadEnds) {
  double out = -1;
  std::thread([&out] {
    static thread_local LateUser late{nullptr};
    late.out = &out;
    EXPECT_EQ(evaluate(long_sum(), {{"x", 0.0}}).item<double>(), 0.0);  // its blocks are cleaned up before `late` is
  }).join();
  EXPECT_EQ(out, 0.0);
}

}  // namespace
}  // namespace lanewise::inline v0
