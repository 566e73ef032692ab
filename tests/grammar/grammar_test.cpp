// The rules are sound by PEGTL's own analysis, and every line of grammar/README.md does what it says.

#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/expression.hpp"
#include "grammar/messages.hpp"
#include "syntax/parse.hpp"

namespace {

using namespace lanewise;

TEST(Grammar, RulesAlwaysMakeProgress) {
  EXPECT_EQ(tao::pegtl::analyze<grammar::operand_position>(), 0u);
  EXPECT_EQ(tao::pegtl::analyze<grammar::operator_position>(), 0u);
  EXPECT_EQ(tao::pegtl::analyze<grammar::attribute_position>(), 0u);
  EXPECT_EQ(tao::pegtl::analyze<grammar::index_end_position>(), 0u);
}

TEST(Grammar, EveryPositionTakesEveryByte) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    tao::pegtl::memory_input operand(text, "operand");
    EXPECT_TRUE(tao::pegtl::parse<grammar::operand_position>(operand)) << byte;
    tao::pegtl::memory_input operator_(text, "operator");
    EXPECT_TRUE(tao::pegtl::parse<grammar::operator_position>(operator_)) << byte;
    tao::pegtl::memory_input attribute(text, "attribute");
    EXPECT_TRUE(tao::pegtl::parse<grammar::attribute_position>(attribute)) << byte;
    tao::pegtl::memory_input index_end(text, "index end");
    EXPECT_TRUE(tao::pegtl::parse<grammar::index_end_position>(index_end)) << byte;
  }
}

TEST(Grammar, LongestOperatorIsTaken) {
  for (const Spelling& spelling : infix_operators) {
    tao::pegtl::memory_input input(spelling.text, "operator");
    EXPECT_TRUE((tao::pegtl::parse<tao::pegtl::seq<grammar::infix_operator, tao::pegtl::eof>>(input))) << spelling.text;
  }
}

// A line of the README: "  parses   TEXT  ->  TREE" or "  refused  TEXT  ->  CODE".
struct Example {
  int line_number;
  bool parses;
  std::string text;
  std::string answer;
};

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

std::string with_line_breaks(std::string text) {
  for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n")) text.replace(at, 2, "\n");
  return text;
}

std::vector<Example> examples() {
  std::vector<Example> all;
  std::ifstream readme(LANEWISE_GRAMMAR_README);
  int line_number = 0;
  for (std::string line; std::getline(readme, line);) {
    ++line_number;
    const bool parses = line.starts_with("  parses ");
    if (!parses && !line.starts_with("  refused ")) continue;
    const std::size_t arrow = line.find("  ->  ");
    all.push_back({line_number, parses, with_line_breaks(trimmed(line.substr(10, arrow - 10))), trimmed(line.substr(arrow + 6))});
  }
  return all;
}

std::string answer_to(const std::string& text) {
  try {
    return to_text(parse(text));
  } catch (const Error& error) {
    return error.code();
  }
}

TEST(Grammar, ReadmeLinesDoWhatTheySay) {
  const std::vector<Example> all = examples();
  EXPECT_GE(all.size(), 50u);
  for (const Example& example : all) {
    EXPECT_EQ(answer_to(example.text), example.answer) << "grammar/README.md:" << example.line_number << ": " << example.text;
    EXPECT_EQ(example.parses, !example.answer.starts_with('E')) << "grammar/README.md:" << example.line_number;
  }
}

TEST(Grammar, EachProductionHasALineThatParsesAndOneThatMustNot) {
  std::size_t parsing_count = 0;
  for (const Example& example : examples()) parsing_count += example.parses ? 1 : 0;
  EXPECT_EQ(2 * parsing_count, examples().size());
}

}  // namespace
