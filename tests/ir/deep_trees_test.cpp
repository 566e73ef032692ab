// bind and simplify are loops: texts as long as the limits allow pass through on a stack of 512 KiB, with one node an operation.

#include <gtest/gtest.h>
#include <pthread.h>

#include <string>

#include "ir/bind.hpp"
#include "ir/scalar_machine.hpp"
#include "ir/simplify.hpp"
#include "syntax/parse.hpp"

namespace lanewise {
namespace {

struct Work {
  SyntaxTree tree;
  std::size_t bound_node_count = 0;
  std::size_t simplified_node_count = 0;
};

void* bind_and_simplify(void* argument) {
  Work& work = *static_cast<Work*>(argument);
  const Graph graph =
      lanewise::bind(work.tree, {{"a", DType::float64}, {"b", DType::float64}}, numpy_promotion, testing_ir::evaluate_scalar);
  work.bound_node_count = graph.nodes().size();
  work.simplified_node_count = simplify(graph, testing_ir::evaluate_scalar).nodes().size();
  return nullptr;
}

Work on_a_small_stack(const std::string& source) {
  Work work{parse(source)};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  EXPECT_EQ(pthread_attr_setstacksize(&attributes, 512 * 1024), 0);
  pthread_t thread;
  EXPECT_EQ(pthread_create(&thread, &attributes, bind_and_simplify, &work), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  return work;
}

std::string repeated(const std::string& unit, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += unit;
  return text;
}

TEST(DeepTrees, SumsOfHalfAMillionTerms) {
  const Work work = on_a_small_stack("a" + repeated("+a", 499'998));
  EXPECT_EQ(work.bound_node_count, 499'999u);
  EXPECT_EQ(work.simplified_node_count, 499'999u);
}

TEST(DeepTrees, OperationsThatFallAway) {
  const Work work = on_a_small_stack("a" + repeated("*1", 300'000));
  EXPECT_EQ(work.bound_node_count, 300'002u);
  EXPECT_EQ(work.simplified_node_count, 1u);
}

TEST(DeepTrees, ChainsOfComparisons) {
  const Work work = on_a_small_stack("a" + repeated("<b<a", 100'000));
  EXPECT_EQ(work.simplified_node_count, 5u + 199'999u - 1u) << "two inputs, two comparisons, and the rest joined one by one";
}

TEST(DeepTrees, BracketsToTheLimit) {
  const Work work = on_a_small_stack(repeated("-(", 499) + "a" + repeated(")", 499));
  EXPECT_EQ(work.bound_node_count, 500u);
  EXPECT_EQ(work.simplified_node_count, 2u);
}

}  // namespace
}  // namespace lanewise
