// Which words are options, which the expression, which arguments; and what is wrong usage.
#include "program/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(CommandLine, Options) {
  const Request all = request({"x", "--time", "x=1", "--json", "--full", "--threads", "3", "--explain", "plan"});
  EXPECT_TRUE(all.time && all.json && all.full);
  EXPECT_EQ(all.max_threads, 3U);
  EXPECT_STREQ(all.explain->name, "plan");
  EXPECT_EQ(request({"--threads=2", "x"}).max_threads, 2U);
  EXPECT_EQ(request({"--explain=tree", "x"}).explain->stage, Stage::tree);
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

TEST(CommandLine, HelpAndVersion) {
  EXPECT_EQ(notice({"--help"}).status, ExitStatus::done);
  EXPECT_THAT(notice({"-h"}).text, HasSubstr("--explain STAGE"));
  EXPECT_EQ(notice({"--version"}).text, "lanewise " LANEWISE_VERSION);
}

}  // namespace
}  // namespace lanewise::inline v0::program
