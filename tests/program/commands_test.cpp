// What a line asks for, what Tab offers, and texts that are made of numbers.
#include "program/commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "program/colours.hpp"
#include "program/plot_command.hpp"
#include "program/progress_line.hpp"
#include "program/timing.hpp"
#include "program/word_choices.hpp"

namespace lanewise::inline v0::program {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::string parts_of(std::string_view line) {
  const auto parts = split_command(line);
  return parts ? std::string(parts->name) + "|" + std::string(parts->argument) : "statement";
}

TEST(Commands, Split) {
  EXPECT_EQ(parts_of(":help"), ":help|");
  EXPECT_EQ(parts_of("  :time  x + 1 \r"), ":time|x + 1");
  EXPECT_EQ(parts_of(":"), ":|");
  EXPECT_EQ(parts_of("?"), ":help|");
  EXPECT_EQ(parts_of("? sin"), ":help|sin");
  EXPECT_EQ(parts_of("sin ?"), ":help|sin");
  EXPECT_EQ(parts_of("x[1:2]"), "statement");
  EXPECT_EQ(parts_of("1 # why?"), "statement");
  EXPECT_EQ(parts_of("load(\"a?"), "statement");
  EXPECT_EQ(parts_of(""), "statement");
}

TEST(Commands, TableIsSound) {
  for (const Command& row : command_rows()) {
    EXPECT_TRUE(row.name.starts_with(':')) << row.name;
    EXPECT_EQ(row.argument.empty(), row.kind == Command::Argument::none) << row.name;
    EXPECT_FALSE(row.meaning.empty() || row.meaning.ends_with('.')) << row.name;
  }
}

TEST(Commands, NearestWord) {
  constexpr std::string_view words[] = {":help", ":threads", ":time", ":timeit", ":tree"};
  EXPECT_EQ(nearest_word(":hlep", words), ":help");
  EXPECT_EQ(nearest_word(":timeti", words), ":timeit");
  EXPECT_EQ(nearest_word(":qwertz", words), std::nullopt);
  EXPECT_EQ(nearest_word(std::string(100'000, 'x'), words), std::nullopt);
}

std::vector<std::string> choices(const Calculator& calculator, std::string_view text) { return word_choices(calculator, text, text.size()).words; }

TEST(WordChoices, CommandsAndNames) {
  Calculator calculator;
  calculator.run("length = 3");
  EXPECT_THAT(choices(calculator, ":th"), ElementsAre(":threads "));
  EXPECT_THAT(choices(calculator, ":qui"), ElementsAre(":quit"));
  EXPECT_THAT(word_choices(calculator, ":th 2", 3).words, ElementsAre(":threads"));
  EXPECT_THAT(word_choices(calculator, "arctan2(0, 1)", 7).words, ElementsAre("arctan2"));
  EXPECT_THAT(choices(calculator, ":t"), ElementsAre(":threads", ":time", ":timeit", ":tree"));
  EXPECT_THAT(choices(calculator, "2*leng"), ElementsAre("length"));
  EXPECT_THAT(choices(calculator, ":time 2*leng"), ElementsAre("length"));
  EXPECT_EQ(word_choices(calculator, ":time 2*leng", 12).begin, 8U);
  EXPECT_THAT(choices(calculator, ":plot --"), ElementsAre("--hist", "--svg"));
  EXPECT_THAT(choices(calculator, ":plot --hist leng"), ElementsAre("length"));
  EXPECT_THAT(choices(calculator, "arct"), ElementsAre("arctan", "arctan2", "arctanh"));
  EXPECT_THAT(choices(calculator, "arcco"), Contains("arccos"));
  EXPECT_THAT(choices(calculator, "arctan2"), ElementsAre("arctan2("));
  EXPECT_THAT(choices(calculator, "?arctan2"), Contains(testing::StartsWith("arctan2")));
  EXPECT_THAT(choices(calculator, ":who x"), IsEmpty());
  EXPECT_THAT(choices(calculator, ":nothing x"), IsEmpty());
  EXPECT_THAT(choices(calculator, ":load /nowhere/"), IsEmpty());
  for (std::size_t cursor = 0; cursor <= 20; ++cursor) word_choices(calculator, ":plot --svg f leng(\"x", cursor);
}

TEST(PlotCommand, Parts) {
  EXPECT_EQ(parse_plot("x + 1").expression, "x + 1");
  EXPECT_EQ(parse_plot("--hist x").kind, PlotKind::histogram);
  EXPECT_EQ(parse_plot("--svg 'a b.svg' --hist x").svg_path, "a b.svg");
  EXPECT_EQ(parse_plot("--svg a.svg x").expression, "x");
  EXPECT_EQ(parse_plot("--(x)").expression, "--(x)");
  for (const char* text : {"", "--hist", "--svg", "--svg a.svg", "--bars x", "--x"}) EXPECT_THROW(parse_plot(text), SyntaxError) << text;
}

TEST(Timing, Statistics) {
  const double seconds[] = {5, 1, 4, 2, 3};
  const Timings timings = timings_of(seconds);
  EXPECT_EQ(timings.least, 1);
  EXPECT_EQ(timings.median, 3);
  EXPECT_EQ(timings.quarter, 2);
  EXPECT_EQ(timings.three_quarters, 4);
  const double one[] = {2};
  EXPECT_EQ(timings_of(one).three_quarters, 2);
}

TEST(ProgressLine, Text) {
  EXPECT_EQ(progress_text(0.25, 4'000'000'000, 2), " 25 %  5e+08 elements/s  6 s left");
  EXPECT_EQ(progress_text(0.5, 6'000'000, 300), " 50 %  1e+04 elements/s  5 min left");
  EXPECT_EQ(progress_text(0, 100, 1), "  0 %  0 elements/s");
}

TEST(Colours, Report) {
  EXPECT_EQ(coloured_report("error E201: no\n  x: y\n  ^"), "\x1b[1;31merror E201\x1b[0m: no\n  x: y\n\x1b[1;31m  ^\x1b[0m");
  EXPECT_EQ(coloured_report(""), "");
}

TEST(Colours, Highlight) {
  const Calculator calculator;
  const std::string text = highlighted(calculator, "sin(1) + é  # x");
  EXPECT_EQ(text, "\x1b[34msin\x1b[0m(\x1b[36m1\x1b[0m) + \x1b[1;31mé\x1b[0m  \x1b[90m# x\x1b[0m");
  EXPECT_EQ(highlighted(calculator, ""), "");
}

TEST(Workspace, JsonStrings) {
  EXPECT_EQ(json_string("a\"b\\\n\x01é"), "\"a\\\"b\\\\\\u000a\\u0001é\"");
  EXPECT_EQ(json_string("\xff"), "\"\uFFFD\"");
}

}  // namespace
}  // namespace lanewise::inline v0::program
