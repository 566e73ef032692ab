// Random sessions, valid lines and invalid ones, against a replay in a fresh session on another number of threads: the same answers, the same
// reports. A failure prints the seed of the session and its lines. With LANEWISE_LONG_RUN=1 in the environment ten times as many.
#include <lanewise/calculator.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "calculator/text_of.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t session_count = 1'000;
constexpr std::size_t shard_count = 4;  // so that no test is long under sanitizers
constexpr std::size_t longest_session = 100;  // lines

class Lines {
 public:
  explicit Lines(std::uint64_t seed) : random_(seed) {}

  std::vector<std::string> session() {
    std::vector<std::string> lines(1 + below(longest_session));
    for (std::string& line : lines) line = damaged(this->line());
    return lines;
  }

 private:
  std::size_t below(std::size_t count) { return random_() % count; }
  template <std::size_t Count>
  std::string any(const char* const (&texts)[Count]) {
    return texts[below(Count)];
  }

  std::string name() { return any({"a", "b", "c", "u", "v", "ans", "_", "x_1"}); }
  std::string number() { return any({"0", "1", "2", "3", "7", "-1", "0.5", "1e3", "2.5", "1j", "True", "pi", "12"}); }

  std::string maker() {
    const std::string length = any({"0", "1", "3", "4", "4", "4", "1000", "5000", "(2, 4)", "(3, 1)"});
    switch (below(9)) {
      case 0: return "arange(" + any({"4", "1", "0, 4", "1, 9, 2", "0, 1, 0.25", "4.0", "4, dtype=float32", "20000"}) + ")";
      case 1: return "linspace(" + number() + ", " + number() + ", " + any({"4", "1", "3000"}) + ")";
      case 2: return any({"zeros", "ones"}) + "(" + length + any({"", "", ", dtype=int32", ", dtype=bool"}) + ")";
      case 3: return "full(" + length + ", " + number() + ")";
      case 4: return "eye(" + any({"4", "1", "2, 4", "3, 4, 1"}) + ")";
      case 5: return any({"random", "normal"}) + "(" + length + ", " + any({"1", "2"}) + ")";
      case 6: return "reshape(arange(" + any({"4", "8"}) + "), " + any({"(4, 1)", "(-1, 4)", "4", "(2, 2)"}) + ")";
      case 7: return any({"arange(9)[::2]", "linspace(0, 1, 5)[1:]", "eye(4)[0]", "shape(eye(4))", "nbytes(u)", "ndim(v)", "_1", "_2", "_7"});
      default: return "load('none.npy')";
    }
  }

  std::string expression(std::size_t depth) {
    if (depth == 0) return below(3) == 0 ? maker() : below(2) == 0 ? name() : number();
    const std::string x = expression(below(depth));
    switch (below(6)) {
      case 0: return any({"sin", "sqrt", "exp", "abs", "-", "floor", "int32", "float32"}) + "(" + x + ")";
      case 1: return any({"sum", "mean", "max", "argmin", "std"}) + "(" + x + any({"", "", ", axis=0", ", axis=-1", ", keepdims=True"}) + ")";
      case 2: return "where(" + x + " > 1, " + expression(below(depth)) + ", " + number() + ")";
      case 3: return "(" + x + ")";
      default: return "(" + x + any({" + ", " - ", "*", "/", " // ", " % ", "**", " < ", " and ", " & "}) + expression(below(depth)) + ")";
    }
  }

  std::string line() {
    const std::string value = expression(4);
    switch (below(9)) {
      case 0:
      case 1:
      case 2: return name() + " = " + value;
      case 3: return name() + any({" += ", " *= ", " -= ", " //= "}) + value;
      case 4: return name() + ", " + name() + " = " + expression(2) + ", " + expression(2);
      case 5: return "assert " + value;
      case 6: return value + "; " + expression(2) + ", " + expression(1);
      default: return value;
    }
  }

  // One line in eight loses a byte, or has one twice.
  std::string damaged(std::string line) {
    if (below(8) != 0) return line;
    const std::size_t at = below(line.size());
    return below(2) == 0 ? line.erase(at, 1) : line.insert(at, 1, line[at]);
  }

  std::mt19937_64 random_;
};

std::vector<std::string> outputs(const std::vector<std::string>& lines, std::size_t thread_count) {
  Calculator calculator({.memory_bytes = 64'000'000, .name_count = 20, .result_count = 10});
  std::vector<std::string> texts;
  for (const std::string& line : lines) texts.push_back(text_of(calculator.run(line, {}, {.max_threads = thread_count})));
  return texts;
}

class RandomSessions : public testing::TestWithParam<std::size_t> {};

TEST_P(RandomSessions, ReplayGivesTheSame) {
  const std::size_t factor = std::getenv("LANEWISE_LONG_RUN") != nullptr ? 10 : 1;
  std::size_t failed_count = 0;
  std::size_t line_count = 0;
  for (std::size_t seed = GetParam(); seed < session_count * factor; seed += shard_count) {
    const std::vector<std::string> lines = Lines(seed).session();
    const std::vector<std::string> once = outputs(lines, 0);
    const std::vector<std::string> again = outputs(lines, 1);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      failed_count += once[i].find("error ") != std::string::npos;
      ASSERT_EQ(once[i], again[i]) << "seed " << seed << ", line " << i << ": " << lines[i];
      ASSERT_EQ(once[i].find("_made_"), std::string::npos) << lines[i] << '\n' << once[i];
      ASSERT_EQ(once[i].find("internal"), std::string::npos) << lines[i] << '\n' << once[i];
    }
    line_count += lines.size();
  }
  EXPECT_GT(failed_count, line_count / 10);  // both kinds of lines are met
  EXPECT_LT(failed_count, line_count * 9 / 10);
}

INSTANTIATE_TEST_SUITE_P(Shards, RandomSessions, testing::Range<std::size_t>(0, shard_count));

}  // namespace
}  // namespace lanewise::inline v0
