// Positions of statements, names and arguments, shown as the parts of the text that they cut out.
#include "calculator/statement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lanewise::inline v0::calculator {
namespace {

using testing::ElementsAre;

std::vector<std::string> parts(std::string_view text, const std::vector<TextRange>& ranges) {
  std::vector<std::string> result;
  for (const TextRange range : ranges) result.emplace_back(part(text, range));
  return result;
}

std::vector<std::string> statements(std::string_view line) { return parts(line, split_statements(line)); }

std::string assignment(std::string_view text) {
  const auto found = find_assignment(text, {0, text.size()});
  return found ? std::string(part(text, found->name)) + " <- " + std::string(part(text, found->right_side)) : "none";
}

std::vector<std::string> call(std::string_view text) {
  const auto found = find_call(text, {0, text.size()});
  if (!found) return {"none"};
  std::vector<std::string> result = parts(text, found->arguments);
  result.emplace(result.begin(), part(text, found->name));
  return result;
}

TEST(Statement, Split) {
  EXPECT_THAT(statements("x + 1"), ElementsAre("x + 1"));
  EXPECT_THAT(statements(" x = 1 ;y= 2;; "), ElementsAre("x = 1", "y= 2"));
  EXPECT_THAT(statements("x # one; two"), ElementsAre("x"));
  EXPECT_THAT(statements("x = (1;\n2); y\nz"), ElementsAre("x = (1;\n2)", "y", "z"));
  EXPECT_THAT(statements("f('a; b', \"# ' ; \\\" ;\"); y"), ElementsAre("f('a; b', \"# ' ; \\\" ;\")", "y"));
  EXPECT_THAT(statements("'open; y\nz"), ElementsAre("'open; y", "z"));
  EXPECT_THAT(statements("a); b"), ElementsAre("a)", "b"));
  EXPECT_THAT(statements("x\r"), ElementsAre("x"));
  EXPECT_THAT(statements("  # nothing"), ElementsAre());
  EXPECT_THAT(statements(""), ElementsAre());
}

TEST(Statement, EndsInsideBrackets) {
  for (const char* text : {"(", "f(1, [2)", "f(\n# )\n", "('a)'"}) EXPECT_TRUE(ends_inside_brackets(text)) << text;
  for (const char* text : {"", "(1)", "f(')')", "a)", "')('", "# ("}) EXPECT_FALSE(ends_inside_brackets(text)) << text;
}

TEST(Statement, Assignment) {
  EXPECT_EQ(assignment("x=1"), "x <- 1");
  EXPECT_EQ(assignment(" long_name2  =  a == b "), "long_name2 <- a == b");
  EXPECT_EQ(assignment("x="), "x <- ");
  EXPECT_EQ(assignment("x == 1"), "none");
  EXPECT_EQ(assignment("x <= 1"), "none");
  EXPECT_EQ(assignment("2 = x"), "none");
  EXPECT_EQ(assignment("f(x) = x"), "none");
  EXPECT_EQ(assignment("x"), "none");
  EXPECT_EQ(assignment(""), "none");
}

TEST(Statement, Call) {
  EXPECT_THAT(call("f()"), ElementsAre("f"));
  EXPECT_THAT(call(" f ( 1, g(2, 3), (4) ) "), ElementsAre("f", "1", "g(2, 3)", "(4)"));
  EXPECT_THAT(call("f(1,)"), ElementsAre("f", "1"));
  EXPECT_THAT(call("f(,1)"), ElementsAre("f", "", "1"));
  EXPECT_THAT(call("f(1 # )\n, 2)"), ElementsAre("f", "1", "2"));
  EXPECT_THAT(call("f((2, 3), 'a, )', x[1, 2])"), ElementsAre("f", "(2, 3)", "'a, )'", "x[1, 2]"));
  EXPECT_THAT(call("f(1) + 2"), ElementsAre("none"));
  EXPECT_THAT(call("f(1)(2)"), ElementsAre("none"));
  EXPECT_THAT(call("f(1"), ElementsAre("none"));
  EXPECT_THAT(call("(1)"), ElementsAre("none"));
  EXPECT_THAT(call("-f(1)"), ElementsAre("none"));
  EXPECT_THAT(call("f"), ElementsAre("none"));
}

TEST(Statement, MentionedNames) {
  EXPECT_THAT(mentioned_names("2*sin (x) + y_1*x"), ElementsAre("x", "y_1"));
  EXPECT_THAT(mentioned_names("1e5 + 0x1F + 1.e3*e"), ElementsAre("e"));
  EXPECT_THAT(mentioned_names("x # y\n+ z"), ElementsAre("x", "z"));
  EXPECT_THAT(mentioned_names("1"), ElementsAre());
  EXPECT_THAT(mentioned_names("sum(x, axis=k, keepdims = True)"), ElementsAre("True", "k", "x"));
  EXPECT_THAT(mentioned_names("where(a == b, a.real, c .imag)"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(mentioned_names("y = x; f(g\n(z), size)"), ElementsAre("size", "x", "y", "z"));
  EXPECT_THAT(mentioned_names("'x' + \"y\" + .5 + 2j"), ElementsAre());
}

TEST(Statement, BlankBefore) { EXPECT_EQ(blank_before("x = 1 + 2; y", {4, 9}), "    1 + 2"); }

}  // namespace
}  // namespace lanewise::inline v0::calculator
