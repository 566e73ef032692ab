// How the work of a call is divided, as Expression::explain tells it.

#include "exec/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <utility>
#include <vector>

#include <lanewise/lanewise.hpp>

#include "bytecode/emit.hpp"
#include "exec/block_length.hpp"
#include "kernels/registry.hpp"

namespace lanewise::inline v0 {
namespace {

using testing::HasSubstr;

/// Memory of any alignment.
class Buffer {
 public:
  Buffer(std::size_t count, std::size_t offset_bytes) : bytes_(count * sizeof(double) + 128, std::byte{0}), count_(count) {
    const auto address = reinterpret_cast<std::uintptr_t>(bytes_.data());
    first_ = bytes_.data() + (64 - address % 64) % 64 + offset_bytes;
  }
  std::span<double> span() { return {reinterpret_cast<double*>(first_), count_}; }

 private:
  std::vector<std::byte> bytes_;
  std::size_t count_;
  std::byte* first_;
};

std::string plan_of(std::string_view text, std::size_t count, std::size_t max_threads) {
  Buffer u(count, 0);
  Buffer out(count, 0);
  const Expression expression = Expression::compile(text, {{"u", DType::float64}});
  return expression.explain({{"u", u.span()}}, out.span(), {.max_threads = max_threads});
}

TEST(Plan, SmallWorkIsDoneByTheCaller) {
  EXPECT_THAT(plan_of("u**2", 10'000, 0), HasSubstr("1 block on 1 thread; plain stores; no scratch tile"));
  EXPECT_THAT(plan_of("u**2", 1, 0), HasSubstr("1 block on 1 thread"));
}

TEST(Plan, LargeWorkIsShared) {
  if (std::thread::hardware_concurrency() < 2) GTEST_SKIP() << "one processor";
  EXPECT_THAT(plan_of("sin(u)", 1'000'000, 0), testing::Not(HasSubstr("on 1 thread")));
  EXPECT_THAT(plan_of("sin(u)", 1'000'000, 1), HasSubstr("on 1 thread"));
}

TEST(Plan, StoresStreamWhenTheDataIsLargerThanTheCaches) {
  const std::size_t elements = (streaming_threshold_bytes() + 15) / 16;  // each reads and writes 8 bytes
  EXPECT_THAT(plan_of("u**2", elements, 1), HasSubstr("streaming stores"));
  EXPECT_THAT(plan_of("u**2", elements / 2, 1), HasSubstr("plain stores"));
}

TEST(Plan, StoresDoNotStreamOverAnInput) {
  const std::size_t elements = streaming_threshold_bytes() / 8;
  Buffer u(elements, 0);
  const Expression expression = Expression::compile("u**2", {{"u", DType::float64}});
  EXPECT_THAT(expression.explain({{"u", u.span()}}, u.span()), HasSubstr("plain stores"));
}

TEST(Plan, AHeadAlignsTheOutput) {
  const std::size_t elements = 10'000;
  Buffer u(elements, 0);
  const Schema schema{{"u", DType::float64}};
  Graph graph{schema};
  const NodeIndex input = graph.add_input(0, DType::float64, {});
  const std::array root{graph.add_operation(OperationId::negative, DType::float64, std::array{input}, {})};
  const std::array leaves{Leaf{input, 0, Rate::element}};
  const LoadedProgram program = load(emit(graph, root, leaves), machine_target());
  for (const auto& [offset_bytes, head] : {std::pair<std::size_t, std::size_t>{0, 0}, {8, 7}, {16, 6}, {56, 1}, {4, 0}}) {
    Buffer out(elements, offset_bytes);
    const ArrayView view = u.span();
    const ArrayView* inputs[] = {&view};
    const MutableArrayView output = out.span();
    alignas(64) std::byte workspace[512];
    ASSERT_LE(plan_workspace_bytes(program), sizeof workspace);
    const ExecutionPlan made = plan(program, {schema.entries(), inputs, {&output, 1}, 1}, {}, workspace);
    EXPECT_EQ(made.head_length, head) << offset_bytes;
    EXPECT_EQ(made.block_length % program.each.tile_length, 0U);
    EXPECT_GE(made.head_length + made.block_count * made.block_length, elements);
    EXPECT_LT(made.head_length + (made.block_count - 1) * made.block_length, elements);
  }
}

}  // namespace
}  // namespace lanewise::inline v0
