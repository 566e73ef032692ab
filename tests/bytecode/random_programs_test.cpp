// Random texts over all dtypes, three ways to the same bits: the graph as written, the simplified graph, and the program run by the words
// of its instructions.

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "bytecode/program_of.hpp"
#include "bytecode/run_program.hpp"
#include "ir/evaluate_graph.hpp"
#include "ir/random_text.hpp"
#include "ir/scalar_machine.hpp"
#include "ir/simplify.hpp"

namespace lanewise::inline v0 {
namespace {

using testing_ir::edge_values;

constexpr std::size_t text_count = 20'000;
constexpr std::size_t assignment_count = 6;

std::vector<Scalar> random_inputs(std::mt19937_64& engine) {
  std::vector<Scalar> inputs;
  for (const SchemaEntry& entry : inputs_of_programs().entries()) {
    const std::span<const Scalar> values = edge_values(entry.dtype);
    inputs.push_back(values[static_cast<std::size_t>(engine() % values.size())]);
  }
  return inputs;
}

std::string to_text(std::span<const Scalar> values) {
  std::string text;
  for (const Scalar value : values) text += (text.empty() ? "" : ", ") + std::string(short_name(value.dtype)) + " " + to_text(value);
  return text;
}

void expect_same(const std::vector<Scalar>& left, const std::vector<Scalar>& right, const char* what, std::span<const Scalar> inputs) {
  const bool same = std::ranges::equal(left, right, testing_ir::same_value);
  EXPECT_TRUE(same) << what << ": " << to_text(left) << " and " << to_text(right) << "\nof " << to_text(inputs);
}

/// Returns whether the text has a meaning.
bool check(const std::string& text, std::mt19937_64& engine) {
  std::optional<Graph> written;
  try {
    written = graph_of_program(text);
  } catch (const Error&) {
    return false;
  }
  const Graph simplified = simplify(*written, testing_ir::evaluate_anything);
  const Program program = program_of(simplified), plain = program_of(*written);
  EXPECT_EQ(verify(program), "");
  EXPECT_EQ(verify(plain), "");
  const bool has_power = text.find("**") != text.npos;
  for (std::size_t i = 0; i < assignment_count && !testing::Test::HasFailure(); ++i) {
    const std::vector<Scalar> inputs = random_inputs(engine);
    const std::vector<Scalar> expected = testing_ir::evaluate_graph(*written, inputs);
    expect_same(expected, testing_ir::evaluate_graph(simplified, inputs), "simplified", inputs);
    expect_same(expected, run_program(program, inputs), "program", inputs);
    if (has_power) continue;  // left as it is written, x**3 is no product
    expect_same(expected, run_program(plain, inputs), "program of the graph as written", inputs);
  }
  if (testing::Test::HasFailure())
    ADD_FAILURE() << text << "\n" << to_text(*written) << "\n" << to_text(simplified) << "\n" << to_text(program);
  return true;
}

TEST(RandomPrograms, GiveTheBitsOfTheirGraph) {
  std::mt19937_64 engine(1);
  std::size_t meaningful = 0;
  for (std::uint64_t seed = 0; seed < text_count && !HasFailure(); ++seed) {
    const std::string text = testing_ir::random_text(seed, inputs_of_programs());
    SCOPED_TRACE(text);
    try {
      meaningful += check(text, engine);
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
  }
  EXPECT_GT(meaningful, text_count / 8);
}

}  // namespace
}  // namespace lanewise::inline v0
