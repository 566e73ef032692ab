// Statements, their kinds and parts, shown as the parts of the text that they cut out.
#include "calculator/statement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lanewise::inline v0::calculator {
namespace {

using testing::ElementsAre;

std::vector<std::string> parts(const ScannedText& text, const std::vector<WordRange>& ranges) {
  std::vector<std::string> result;
  for (const WordRange range : ranges) result.emplace_back(part(text.text(), text.range_of(range)));
  return result;
}

std::vector<std::string> statements(std::string_view line) {
  const ScannedText text(line);
  return parts(text, split_statements(text));
}

// "x, y <- value", "x += value", "assert value", "save value", or "value".
std::string read(std::string_view line) {
  const ScannedText text(line);
  const Statement statement = read_statement(text, {0, text.words().size()});
  const std::string value(part(line, text.range_of(statement.value)));
  switch (statement.kind) {
    case Statement::Kind::assertion: return "assert " + value;
    case Statement::Kind::save: return "save " + value;
    case Statement::Kind::expression: return value;
    default: break;
  }
  std::string result;
  for (const std::size_t target : statement.targets) result += (result.empty() ? "" : ", ") + std::string(text.word_text(target));
  return result + " " + (statement.operation.empty() ? "<-" : std::string(statement.operation) + "=") + " " + value;
}

std::vector<std::string> members(std::string_view list) {
  const ScannedText text(list);
  return parts(text, split_list(text, {0, text.words().size()}));
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

TEST(Statement, Assignments) {
  EXPECT_EQ(read("x=1"), "x <- 1");
  EXPECT_EQ(read(" long_name2  =  a == b "), "long_name2 <- a == b");
  EXPECT_EQ(read("x="), "x <- ");
  EXPECT_EQ(read("a, b = b, a"), "a, b <- b, a");
  EXPECT_EQ(read("a, = 1,"), "a <- 1,");
  EXPECT_EQ(read("a = b = c == 3"), "a, b <- c == 3");
  for (const char* text : {"x == 1", "x <= 1", "2 = x", "f(x) = x", "x", "a, 2 = x", "a b = 1"}) EXPECT_EQ(read(text), text);
}

TEST(Statement, Operations) {
  EXPECT_EQ(read("x += 1"), "x += 1");
  EXPECT_EQ(read("x**=2"), "x **= 2");
  EXPECT_EQ(read("x //= y+1"), "x //= y+1");
  EXPECT_EQ(read("x >>= 1"), "x >>= 1");
  EXPECT_EQ(read("x -="), "x -= ");
  for (const char* text : {"x != 1", "x >= 1", "x + = 1", "x <== 1", "x ===1"}) EXPECT_EQ(read(text), text);
}

TEST(Statement, OtherKinds) {
  EXPECT_EQ(read("assert x > 0, 'text'"), "assert x > 0, 'text'");
  EXPECT_EQ(read("save('r.npy', x)"), "save 'r.npy', x");
  EXPECT_EQ(read("save('r.npy', x) + 1"), "save('r.npy', x) + 1");
  EXPECT_EQ(read("save = 2"), "save <- 2");
}

TEST(Statement, Lists) {
  EXPECT_THAT(members("1, g(2, 3), (4), 'a, )'"), ElementsAre("1", "g(2, 3)", "(4)", "'a, )'"));
  EXPECT_THAT(members("1,"), ElementsAre("1"));
  EXPECT_THAT(members(",1"), ElementsAre("", "1"));
  EXPECT_THAT(members(""), ElementsAre());
}

TEST(Statement, Brackets) {
  const ScannedText text("f(a[1], (2)) + ) (");
  EXPECT_EQ(text.word_text(text.closing_bracket(1)), ")");
  EXPECT_EQ(text.range_of({0, text.closing_bracket(1) + 1}), (TextRange{0, 12}));
  EXPECT_TRUE(text.is_balanced({0, text.closing_bracket(1) + 1}));
  EXPECT_FALSE(text.is_balanced({0, text.words().size()}));
  EXPECT_FALSE(ScannedText("(1]").has_partner(0));
  EXPECT_FALSE(text.has_partner(text.words().size() - 1));
  EXPECT_FALSE(text.has_partner(text.words().size() - 2));
}

TEST(Statement, Names) {
  for (const char* name : {"x", "_1", "lambda"}) EXPECT_TRUE(is_name(name)) << name;
  for (const char* name : {"", " x", "1x", "x y", "x.y", "\xC3\xA4"}) EXPECT_FALSE(is_name(name)) << name;
}

}  // namespace
}  // namespace lanewise::inline v0::calculator
