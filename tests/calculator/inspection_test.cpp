// What editors ask: completeness, completion, highlighting, descriptions.
#include <lanewise/calculator.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <lanewise/operations.hpp>

#include "calculator/inspection.hpp"
#include "calculator/makers.hpp"
#include "calculator/text_of.hpp"

namespace lanewise::inline v0 {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Inspection, Completeness) {
  const Calculator calculator;
  for (const char* text : {"1", "", "# (", "x = 1; y", "unknown + 1", "a, b = 1, 2", "x += 1", "assert x, 'text'", "arange(3)*load('x.npy')",
                           "save('r.npy', x)", "f('(')", "sum(x, axis=0)", "arange(10)[::2]", "1 + zeros((2,3))[1,2]", "shape(x)[0]",
                           "zeros(shape(arange(4)[1:])[0])[::2]"}) {
    EXPECT_EQ(calculator.is_complete(text), Completeness::complete) << text;
  }
  for (const char* text : {"(", "f(1,\n", "x = [", "1 + (2 # )"}) EXPECT_EQ(calculator.is_complete(text), Completeness::incomplete) << text;
  for (const char* text : {"1 +", "x =", "1)", "a b", "x = lambda", "assert", "1; 2 +", "'open", "a, b =", "arange(1 +)[0]", "arange(arange(2 3)[0])[1]"}) {
    EXPECT_EQ(calculator.is_complete(text), Completeness::invalid) << text;
  }
}

std::vector<std::string> candidates(const Calculator& calculator, std::string_view text) {
  std::vector<std::string> result;
  for (const Completion& candidate : calculator.complete(text, text.size()).candidates) result.push_back(candidate.text + std::string(candidate.suffix));
  return result;
}

TEST(Inspection, Completion) {
  Calculator calculator;
  calculator.run("arrow = 1; area = 2");
  EXPECT_THAT(candidates(calculator, "2*ar"),
              ElementsAre("arange(", "arccos(", "arccosh(", "arcsin(", "arcsinh(", "arctan(", "arctan2(", "arctanh(", "area", "argmax(", "argmin(", "around(", "arrow"));
  EXPECT_EQ(calculator.complete("2*ar + 1", 4).replaced, (SourceSpan{2, 2}));
  EXPECT_THAT(candidates(calculator, "sum(area, ax"), ElementsAre("axis="));
  EXPECT_THAT(candidates(calculator, "linspace(0, sin(1), end"), ElementsAre("endpoint="));
  EXPECT_THAT(candidates(calculator, "(1, ax"), ElementsAre());
  EXPECT_THAT(candidates(calculator, "ass"), ElementsAre("assert"));
  EXPECT_THAT(candidates(calculator, "x # ar"), ElementsAre());
  EXPECT_THAT(candidates(calculator, "load('ar"), ElementsAre());
  EXPECT_THAT(candidates(calculator, "1e"), ElementsAre());
  const std::vector<std::string> all = candidates(calculator, "");
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, [](const std::string& text) { return text.substr(0, text.find('(')); }));
  EXPECT_THAT(all, Contains("area"));
  EXPECT_THAT(all, Not(Contains(HasSubstr("_standard_normal"))));
}

// A letter for each byte.
std::string kinds(const Calculator& calculator, std::string_view text) {
  constexpr std::string_view letters = "0'#nUfakob!";
  std::string result(text.size(), ' ');
  for (const HighlightSpan& span : calculator.highlight(text)) {
    result.replace(span.span.offset_bytes, span.span.length_bytes, span.span.length_bytes, letters[static_cast<std::size_t>(span.kind)]);
  }
  return result;
}

TEST(Inspection, Highlighting) {
  Calculator calculator;
  calculator.run("x = 1");
  EXPECT_EQ(kinds(calculator, "2*sin(x) + y # why"), "0offfbnb o U #####");
  EXPECT_EQ(kinds(calculator, "y = pi; y if x else 1e5"), "n o nno n kk n kkkk 000");
  EXPECT_EQ(kinds(calculator, "sum(x, axis=0).real"), "fffbno aaaao0bonnnn");
  EXPECT_EQ(kinds(calculator, "coss(1) + load('a')"), "UUUUb0b o ffffb'''b");
  EXPECT_EQ(kinds(calculator, "x) + $ 'open"), "n! o ! !!!!!");
  EXPECT_EQ(kinds(calculator, "zeros(3, dtype=int8)"), "fffffb0o aaaaaonnnnb");
  EXPECT_EQ(kinds(calculator, "assert x > 0\n# end\nx[1]"), "kkkkkk n o 0 ##### nb0b");
}

TEST(Inspection, Descriptions) {
  Calculator calculator;
  calculator.run("x = arange(2000)*0.5; k = 3");
  EXPECT_EQ(calculator.describe("x"), "  x: float64, shape (2000), 16 kB\n  [0.000e+00 5.000e-01 1.000e+00 ... 9.985e+02 9.990e+02 9.995e+02]\n");
  EXPECT_EQ(calculator.describe("k"), "  k: int64, a scalar, 8 bytes\n  3\n");
  EXPECT_THAT(calculator.describe("hypot"), HasSubstr("hypot(x, y)"));
  EXPECT_THAT(calculator.describe("hypot"), HasSubstr("example   "));
  EXPECT_THAT(calculator.describe("arange"), HasSubstr("gives  [2 5 8]"));
  EXPECT_THAT(calculator.describe("+"), HasSubstr("x + y"));
  EXPECT_EQ(calculator.describe("nothing"), "");
}

// What describe says that an example gives, it gives.
TEST(Inspection, ExamplesAreTrue) {
  for (const calculator::Maker* const maker : calculator::makers()) {
    if (maker->example.empty()) continue;  // load: needs a file
    EXPECT_EQ(text_of(maker->example), maker->value) << maker->example;
  }
  for (const OperationInfo& operation : operations()) EXPECT_EQ(text_of(operation.example), operation.value) << operation.example;
}

TEST(Inspection, EveryFunctionIsDescribed) {
  const Calculator calculator;
  for (const std::string_view name : calculator::function_names()) EXPECT_NE(calculator.describe(name), "") << name;
  for (const calculator::Maker* const maker : calculator::makers()) EXPECT_NE(calculator.describe(maker->name), "") << maker->name;
}

}  // namespace
}  // namespace lanewise::inline v0
