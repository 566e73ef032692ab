// Which words are options, which the expression, which arguments; and what is wrong usage.
#include "program/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "program/input_definition.hpp"

namespace lanewise::inline v0::program {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

Request request(const std::vector<std::string>& words) {
  const auto parsed = parse_command_line(words);
  if (const auto* notice = std::get_if<Notice>(&parsed)) {
    ADD_FAILURE() << notice->text;
    return {};
  }
  return std::get<Request>(parsed);
}

Notice notice(const std::vector<std::string>& words) {
  const auto parsed = parse_command_line(words);
  if (const auto* found = std::get_if<Notice>(&parsed)) return *found;
  ADD_FAILURE() << "accepted";
  return {};
}

TEST(CommandLine, TheFirstWordThatIsNoOptionIsTheExpression) {
  EXPECT_EQ(request({"u**2", "u=1"}).expression, "u**2");
  EXPECT_THAT(request({"u*v", "u=1", "v=2"}).definitions, ElementsAre("u=1", "v=2"));
  EXPECT_EQ(request({"-x**2", "x=3"}).expression, "-x**2");
  EXPECT_EQ(request({"-x", "x=3"}).expression, "-x");
  EXPECT_EQ(request({"--json", "-x", "x=2"}).expression, "-x");
  EXPECT_EQ(request({"--threads", "2", "-x", "x=2"}).expression, "-x");
  EXPECT_EQ(request({"-1"}).expression, "-1");
  EXPECT_EQ(request({"-"}).expression, "-");
  EXPECT_EQ(request({"--x**2", "x=3"}).expression, "--x**2");
  EXPECT_EQ(request({"--(x)", "x=3"}).expression, "--(x)");
  EXPECT_EQ(request({"--1"}).expression, "--1");
  EXPECT_EQ(request({"--", "--x", "x=3"}).expression, "--x");
  EXPECT_EQ(request({"--", "--json"}).expression, "--json");
  EXPECT_EQ(request({"[1, 2]"}).expression, "[1, 2]");
  EXPECT_EQ(request({""}).expression, "");
  EXPECT_EQ(request({}).expression, std::nullopt);
}

TEST(CommandLine, DefinitionsAlone) {
  EXPECT_EQ(request({"x=4"}).expression, std::nullopt);
  EXPECT_THAT(request({"x=4", "y=x"}).definitions, ElementsAre("x=4", "y=x"));
  EXPECT_THAT(request({"x=@a;b.npy"}).definitions, ElementsAre("x=@a;b.npy"));
  EXPECT_EQ(request({"x==4", "x=3"}).expression, "x==4");
  EXPECT_EQ(request({"y = x*2; y + 1", "x=3"}).expression, "y = x*2; y + 1");
  EXPECT_EQ(request({"--explain", "tree", "y=x*2", "x=3"}).expression, "y=x*2");
  EXPECT_THAT(notice({"--out", "r.npy", "x=4"}).text, HasSubstr("--out needs an expression"));
}

TEST(CommandLine, Options) {
  const Request all = request({"x", "--time", "x=1", "--json", "--full", "--threads", "3", "--explain", "plan"});
  EXPECT_TRUE(all.time && all.json && all.full);
  EXPECT_EQ(all.max_threads, 3U);
  EXPECT_EQ(all.explain, "plan");
  EXPECT_EQ(request({"--threads=2", "x"}).max_threads, 2U);
  EXPECT_EQ(request({"--explain=tree", "x"}).explain, "tree");
  EXPECT_EQ(request({"--timeout", "1.5", "x"}).timeout_seconds, 1.5);
  EXPECT_EQ(request({"--color", "always"}).color, "always");
  EXPECT_TRUE(request({"--allow-files"}).allow_files);
  EXPECT_EQ(request({"--print-completion=zsh"}).printed_completion, "zsh");
  EXPECT_TRUE(request({"--print-man"}).print_manual && request({"--version"}).print_version);
  EXPECT_EQ(request({"-f", "a.lw"}).script_path, "a.lw");
  EXPECT_EQ(request({"--file", "-a.lw", "x=1"}).script_path, "-a.lw");
  EXPECT_THAT(request({"-f", "a.lw", "x=1"}).definitions, ElementsAre("x=1"));
}

TEST(CommandLine, WrongUsage) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"--foo"},
                                                                                     {"--foo=1", "x"},
                                                                                     {"x", "--bar"},
                                                                                     {"--x", "x=3"},
                                                                                     {"--threads", "0", "x"},
                                                                                     {"--threads", "-1", "x"},
                                                                                     {"--threads", "two", "x"},
                                                                                     {"x", "--threads"},
                                                                                     {"--threads=", "x"},
                                                                                     {"--explain", "nothing", "x"},
                                                                                     {"--timeout", "0", "x"},
                                                                                     {"--timeout", "nan", "x"},
                                                                                     {"--color", "blue", "x"},
                                                                                     {"--print-completion", "csh"},
                                                                                     {"-f"},
                                                                                     {"u", "**", "2"},
                                                                                     {"x", "x="},
                                                                                     {"x", "x==1"}}) {
    const Notice wrong = notice(words);
    EXPECT_EQ(wrong.status, ExitStatus::wrong_usage) << testing::PrintToString(words);
    EXPECT_THAT(wrong.text, StartsWith("lanewise: "));
    EXPECT_THAT(wrong.text, HasSubstr("\nTry 'lanewise --help'."));
  }
}

TEST(CommandLine, OptionsOfOtherInterpreters) {
  EXPECT_THAT(notice({"-e", "2+3"}).text, HasSubstr("an expression needs no -e: lanewise '2+3'"));
  EXPECT_EQ(request({"-e", "e=2"}).expression, "-e");
}

TEST(CommandLine, Help) {
  EXPECT_EQ(notice({"--help"}).status, ExitStatus::done);
  EXPECT_THAT(notice({"-h"}).text, HasSubstr("--explain STAGE"));
}

TEST(InputDefinition, Parts) {
  EXPECT_FALSE(split_definition("x"));
  EXPECT_FALSE(split_definition("x==1"));
  EXPECT_FALSE(split_definition("2x=1"));
  EXPECT_FALSE(split_definition("x+1=2"));
  EXPECT_FALSE(split_definition("=2"));
  const auto parts = split_definition(" x = a == b");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->name, "x");
  EXPECT_EQ(parts->right_side, "a == b");
}

TEST(InputDefinition, Files) {
  const auto file = [](const char* text) { return input_file(split_definition(text).value()); };
  EXPECT_FALSE(file("x=3"));
  EXPECT_EQ(file("x=@a b.npy ").value().path, "a b.npy ");
  EXPECT_EQ(file("x=@t.csv").value().column, "x");
  EXPECT_EQ(file("x=@t.csv:a:b").value().path, "t.csv");
  EXPECT_EQ(file("x=@t.csv:a:b").value().column, "a:b");
  EXPECT_EQ(file("x=@a:b.npy").value().path, "a:b.npy");
}

TEST(InputDefinition, AsStatements) {
  EXPECT_EQ(load_statement("x", {"a \"b\\.npy", {}}), R"(x = load("a \"b\\.npy"))");
  EXPECT_EQ(load_statement("x", {"t.csv", "mass"}), R"(x = load("t.csv", "mass"))");
}

}  // namespace
}  // namespace lanewise::inline v0::program
