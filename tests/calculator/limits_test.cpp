// What a text must not do, however it is written: more memory, more time, files. Nothing here waits for a time to be over.
#include <lanewise/calculator.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>

#include "calculator/text_of.hpp"

namespace lanewise::inline v0 {
namespace {

using testing::HasSubstr;

std::string code_of(const Reply& reply) { return reply.diagnostic ? reply.diagnostic->code : "done"; }

constexpr std::size_t million = 1'000'000;

TEST(CalculatorMemory, MakersInsideExpressionsTakeNone) {
  Calculator calculator({.memory_bytes = million});
  EXPECT_EQ(text_of(calculator, "sum(arange(2e7)) == 2e7*(2e7 - 1)/2; max(linspace(0, 1, 1e7)); sum(ones((1e3, 1e4)), dtype=int64)"), "True\n1.0\n10000000");
  EXPECT_EQ(text_of(calculator, "sum(random(1e6, 1) < 2) + sum(eye(2000)) + 0*sum(normal(1e6, 2))"), "1002000.0");
}

TEST(CalculatorMemory, BudgetHolds) {
  Calculator calculator({.memory_bytes = 100 * million});
  calculator.run("x = 5");
  for (const char* text : {"arange(1e12) + 0", "y = zeros(1e12)", "arange(1e12)", "arange(1e12)[3]", "x = ones((1e6, 1e6))", "sum(zeros((2, 1e11)), axis=0)",
                           "sum(sum(zeros((2, 1e9)), axis=0)*2)", "reshape(arange(1e10), (1e5, 1e5))", "a, b = arange(1e7), arange(1e7)", "normal(1e10, 1)",
                           "assert sum(sum(zeros((2, 1e9)), axis=0)*2) == 0", "full(1e12, 1) + full(1e12, 2)", "exp(arange(2e7)) * zeros((100, 1))"}) {
    const Reply reply = calculator.run(text);
    EXPECT_EQ(code_of(reply), "E406") << text;
    EXPECT_EQ(reply.diagnostic->kind, Diagnostic::Kind::limit);
  }
  EXPECT_EQ(code_of(calculator.measure("arange(1e9)*2", 3)), "E406");
  EXPECT_EQ(calculator.explain_plan("arange(1e9)*2").diagnostic->code, "E406");
  EXPECT_EQ(text_of(calculator, "x; sum(arange(1e6)*2.0)"), "5\n999999000000.0");
}

TEST(CalculatorMemory, OldResultsMakeRoom) {
  Calculator calculator({.memory_bytes = 100 * million});
  for (int i = 0; i < 40; ++i) EXPECT_EQ(code_of(calculator.run("arange(1e6)*1.5")), "done") << i;  // 8 MB each
  EXPECT_EQ(text_of(calculator, "size(_40); size(_39)"), "1000000\n1000000");
  EXPECT_THAT(text_of(calculator, "_2"), HasSubstr("E201"));
  EXPECT_EQ(code_of(calculator.run("x = arange(1.1e7)*1.0")), "done");
  EXPECT_EQ(code_of(calculator.run("y = x + 1")), "E406");
  EXPECT_EQ(code_of(calculator.run("x = 0; y = arange(1.1e7)*1.0")), "done");
}

// Results are dropped for a statement that runs, never for one that is refused, and only those whose memory is free then.
TEST(CalculatorMemory, ResultsAreDroppedForRoomAlone) {
  Calculator calculator({.memory_bytes = 100 * million});
  calculator.run("1 + 1; x = arange(2e6)*1.0; x; arange(1e5)*1.0; arange(1e5)*2.0; 5");  // 0.8 MB each
  for (const char* text : {"zeros(1e12) + arange(1e12)", "y = arange(1e12)", "sum(sum(zeros((2, 1e9)), axis=0)*2)", "a, b = arange(1e7), arange(1e7)"}) {
    EXPECT_EQ(code_of(calculator.run(text)), "E406") << text;
  }
  EXPECT_EQ(code_of(calculator.measure("arange(1e9)*2", 3)), "E406");
  EXPECT_EQ(text_of(calculator.evaluate("_1; size(_2); size(_3); size(_4); _5")), "2\n2000000\n100000\n100000\n5");
  EXPECT_EQ(code_of(calculator.run("y = arange(1.03e7)*1.0")), "done");  // 82.4 of 82.4 MB
  EXPECT_EQ(text_of(calculator.evaluate("size(_2); _5")), "2000000\n5");
  EXPECT_THAT(text_of(calculator.evaluate("_3")), HasSubstr("E201"));
}

TEST(CalculatorMemory, AnswersCountAsLongAsTheyAreKept) {
  Calculator calculator({.memory_bytes = 100 * million});
  Reply kept = calculator.run("arange(8e6)*1.0");
  calculator.reset();
  EXPECT_EQ(code_of(calculator.run("arange(8e6)*1.0")), "E406");
  kept = {};
  EXPECT_EQ(code_of(calculator.run("arange(8e6)*1.0")), "done");
}

TEST(CalculatorMemory, ManyStatementsAndNames) {
  Calculator calculator({.memory_bytes = 2 * million, .name_count = 1'000});
  std::string names;
  for (int i = 0; i < 100'000; ++i) names += "v" + std::to_string(i) + "=1;";
  const Reply reply = calculator.run(names);
  EXPECT_EQ(code_of(reply), "E407");
  EXPECT_EQ(reply.answers.size(), 1'000U);
  EXPECT_EQ(calculator.names().size(), 1'000U);
  EXPECT_EQ(code_of(calculator.run("v0 = 2; fresh = 1")), "E407");
  EXPECT_EQ(text_of(calculator, "v0"), "2");
  std::string results;
  for (int i = 0; i < 100'000; ++i) results += "1;";
  EXPECT_EQ(code_of(calculator.run(results)), "E406");  // all of their answers are kept until the end
  EXPECT_EQ(text_of(calculator, "v0"), "2");
}

TEST(CalculatorMemory, NamesCount) {
  Calculator calculator({.memory_bytes = million});
  const std::string long_name(million - 100, 'n');
  const Reply reply = calculator.run(long_name + "=1");
  EXPECT_EQ(code_of(reply), "E401");
  EXPECT_EQ(reply.diagnostic->message, "a name has at most 255 letters, this one has 999900");
  EXPECT_THROW(calculator.bind(long_name, 1.0), LimitError);
  EXPECT_EQ(code_of(calculator.run(std::string(255, 'n') + "=1")), "done");
  for (int i = 0; i < 2'000; ++i) calculator.run(std::string(250, 'n') + std::to_string(i) + " = x = 1");
  EXPECT_LT(calculator.names().size(), million / (250 + 128));
  EXPECT_EQ(code_of(calculator.run(std::string(250, 'n') + "1999 = x = 1")), "E406");
  EXPECT_EQ(text_of(calculator, "x"), "1");
}

TEST(CalculatorText, LimitsHold) {
  Calculator calculator;
  const auto repeated = [](std::string_view piece, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += piece;
    return text;
  };
  EXPECT_EQ(code_of(calculator.run("1" + repeated("+1", million))), "E401");
  EXPECT_EQ(code_of(calculator.run(repeated("(", 100'000) + "1" + repeated(")", 100'000))), "E402");
  EXPECT_EQ(code_of(calculator.run(repeated("arange(", 100'000))), "E402");
  EXPECT_EQ(code_of(calculator.run(repeated("arange(", 100'000) + "1" + repeated(")", 100'000))), "E402");
  EXPECT_EQ(code_of(calculator.run(repeated("zeros(shape(", 50'000) + "1" + repeated("))", 50'000))), "E402");
  EXPECT_EQ(code_of(calculator.run("zeros(2)" + repeated("+zeros(2)", 5'000))), "E404");
  EXPECT_NE(code_of(calculator.run(repeated("[", 500'000))), "done");
  EXPECT_NE(code_of(calculator.run(repeated("'", 500'001))), "done");
  EXPECT_NE(code_of(calculator.run(repeated("a,", 500'000) + "=1")), "done");
  EXPECT_NE(code_of(calculator.run(std::string(500'000, '\0'))), "done");
  EXPECT_EQ(code_of(calculator.run(repeated("\n", 500'000))), "done");
  EXPECT_EQ(code_of(calculator.run(repeated("# (", 300'000))), "done");
  EXPECT_EQ(text_of(calculator, "1 + 1"), "2");
}

TEST(CalculatorText, LongTextsAreReadOnce) {
  const std::string marks(400'000, '_');
  EXPECT_EQ(text_of("sum(arange(3)) # _made_" + marks), "3");
  EXPECT_EQ(text_of("sum(arange(3)) # _made_made__ _made_"), "3");
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "1 +";
  EXPECT_EQ(Calculator().highlight(text + " # 1").size(), 400'001U);
}

TEST(CalculatorText, ATypoAmongManyNames) {
  Calculator calculator;
  std::string names;
  for (int i = 0; i < 9'000; ++i) names += "n" + std::to_string(i) + "=1;";
  calculator.run(names);
  EXPECT_THAT(text_of(calculator, "n1+n2+foo"), HasSubstr("error E201: unknown name 'foo'"));
}

TEST(CalculatorText, AnyBytes) {
  std::mt19937 random(7);
  constexpr std::string_view pieces[] = {"arange(", "(", ")", "[", "]", ",", "=", "+=", "3", "1e3", "x", "_", "_1", "'a'", "\"", ";", "\n", "#",
                                         "load(", "save(", "assert ", "dtype=", "int8", "zeros", "index(-1)", "_made_0_", ".", ":", "sum(", "\xC3", "\0"};
  Calculator calculator({.memory_bytes = 10 * million});
  for (int i = 0; i < 3'000; ++i) {
    std::string text;
    for (std::size_t k = random() % 20; k-- > 0;) text += pieces[random() % std::size(pieces)];
    const Reply reply = calculator.run(text);
    const SourceSpan place = reply.diagnostic ? reply.diagnostic->span : SourceSpan{};
    EXPECT_LE(place.offset_bytes + place.length_bytes, text.size()) << text;
    (void)calculator.is_complete(text);
    (void)calculator.complete(text, text.size() / 2);
    for (const HighlightSpan& span : calculator.highlight(text)) ASSERT_LE(span.span.offset_bytes + span.span.length_bytes, text.size()) << text;
  }
}

// Time and stops ---------------------------------------------------------------------------------------------------------------------

constexpr const char* endless = "x = sum(sin(arange(1e15)))";

TEST(CalculatorTime, TheLimitEndsAnEvaluation) {
  Calculator calculator;
  calculator.run("x = 3");
  const Reply reply = calculator.run(endless, {}, {.time_limit = std::chrono::milliseconds(20)});
  EXPECT_EQ(reply.diagnostic->report, "error E502: stopped, as the time limit of 0.02 s is over");
  EXPECT_EQ(reply.diagnostic->kind, Diagnostic::Kind::limit);
  EXPECT_EQ(text_of(calculator, "x"), "3");
}

TEST(CalculatorTime, TheLimitEndsManyStatements) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "sum(sin(arange(1e6)));";
  Calculator calculator;
  EXPECT_EQ(code_of(calculator.run(text, {}, {.time_limit = std::chrono::milliseconds(50)})), "E502");
}

TEST(CalculatorTime, ALongLimitCostsNothing) {
  Calculator calculator;
  for (int i = 0; i < 100; ++i) EXPECT_EQ(code_of(calculator.run("1 + 1", {}, {.time_limit = std::chrono::hours(1'000'000)})), "done");
}

TEST(CalculatorTime, StopsWhenAsked) {
  Calculator calculator;
  calculator.run("x = 3");
  for (const auto limit : {std::chrono::hours(0), std::chrono::hours(1)}) {
    std::stop_source source;
    std::atomic<bool> is_running = false;
    const RunOptions options{.time_limit = limit, .progress = [&](double, std::size_t) { is_running = true; }};
    std::thread stopper([&] {
      while (!is_running) std::this_thread::yield();
      source.request_stop();
    });
    const Reply reply = calculator.run(endless, source.get_token(), options);
    stopper.join();
    EXPECT_EQ(code_of(reply), "E501");
    EXPECT_EQ(reply.diagnostic->kind, Diagnostic::Kind::cancelled);
  }
  std::stop_source stopped;
  stopped.request_stop();
  EXPECT_EQ(code_of(calculator.run("1", stopped.get_token())), "E501");
  EXPECT_EQ(text_of(calculator, "x"), "3");
}

// Files ------------------------------------------------------------------------------------------------------------------------------

class CalculatorFiles : public testing::Test {
 protected:
  CalculatorFiles() { std::filesystem::create_directories(folder_); }
  ~CalculatorFiles() override { std::filesystem::remove_all(folder_); }
  std::string path(std::string_view name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / ("lanewise_files_" + std::to_string(std::random_device()()));
};

TEST_F(CalculatorFiles, AreOffByDefault) {
  Calculator calculator;
  const Reply reply = calculator.run("load(\"/etc/passwd\")");
  EXPECT_EQ(reply.diagnostic->kind, Diagnostic::Kind::file);
  EXPECT_EQ(reply.diagnostic->report,
            "error E706: this session may not read files\n"
            "  load(\"/etc/passwd\")\n"
            "       ^^^^^^^^^^^^^");
  EXPECT_EQ(code_of(calculator.run("shape(load('/etc/passwd', 'x'))")), "E706");
  EXPECT_EQ(code_of(calculator.run("save('" + path("r.npy") + "', 1)")), "E706");
  EXPECT_FALSE(std::filesystem::exists(path("r.npy")));
}

// The name of a file is what the text says, or there is none.
TEST_F(CalculatorFiles, NamesAreQuotedTexts) {
  Calculator calculator({.read_files = true, .write_files = true});
  EXPECT_EQ(text_of(calculator, "save('" + path("a\\'b.npy") + "', arange(2)); load(\"" + path("a'b.npy") + "\"); load('" + path("a\\'b.npy") + "')"),
            "[0 1]\n[0 1]");
  EXPECT_TRUE(std::filesystem::exists(path("a'b.npy")));
  EXPECT_EQ(code_of(calculator.run("save('" + path("z1.npy") + std::string(1, '\0') + ".npy', 1)")), "E106");
  EXPECT_EQ(code_of(calculator.run("load('" + path("z1.npy") + std::string(1, '\0') + "')")), "E106");
  EXPECT_EQ(code_of(calculator.run("save('" + path("z2.npyQ") + "\n, 1)")), "E102");
  EXPECT_EQ(code_of(calculator.run("save('" + path("z2.npy\\'") + "\n, 1)")), "E102");
  EXPECT_FALSE(std::filesystem::exists(path("z1.npy")));
  EXPECT_FALSE(std::filesystem::exists(path("z2.npy")));
}

TEST_F(CalculatorFiles, SaveAndLoad) {
  Calculator calculator({.read_files = true, .write_files = true});
  const std::string quoted = "'" + path("r.npy") + "'";
  EXPECT_EQ(text_of(calculator, "save(" + quoted + ", reshape(arange(6)*0.5, (2, 3)))"), "");
  EXPECT_EQ(text_of(calculator, "load(" + quoted + ")"), "[[0.  0.5 1. ]\n [1.5 2.  2.5]]");
  EXPECT_EQ(text_of(calculator, "x = load(" + quoted + "); sum(x, axis=1); x[1, ::2]; load(" + quoted + ")[0]; nbytes(x)"),
            "[1.5 6. ]\n[1.5 2.5]\n[0.  0.5 1. ]\n48");
  EXPECT_EQ(calculator.names()[0].kind, NameInfo::Kind::file);
  std::ofstream(path("t.csv")) << "mass,n\n1.5,2\n2.5,3\n";
  EXPECT_EQ(text_of(calculator, "load('" + path("t.csv") + "', 'mass')*2"), "[3. 5.]");
  EXPECT_EQ(text_of(calculator, "load('" + path("t.csv") + "', column=\"n\")"), "[2 3]");
  EXPECT_EQ(code_of(calculator.run("load('" + path("t.csv") + "', 'none')")), "E705");
  std::string rows = "n\n";
  for (int i = 0; i < 2'000; ++i) rows += "1\n";
  std::ofstream(path("long.csv")) << rows;
  Calculator small({.read_files = true, .memory_bytes = 10'000});
  EXPECT_EQ(code_of(small.run("load('" + path("long.csv") + "', 'n')")), "E406");
  EXPECT_EQ(text_of(small, "load('" + path("t.csv") + "', 'n')"), "[2 3]");
  EXPECT_EQ(code_of(calculator.run("1 + load('" + path("none.npy") + "')")), "E701");
  EXPECT_EQ(code_of(calculator.run("save('" + path("none/r.npy") + "', 1)")), "E704");
  EXPECT_EQ(code_of(calculator.run("save('" + path("r.txt") + "', 1)")), "E704");
  EXPECT_EQ(code_of(calculator.run("save(" + quoted + ")")), "E202");
  EXPECT_EQ(code_of(calculator.run("save(" + quoted + ", coss(1))")), "E201");
  EXPECT_EQ(text_of(calculator, "shape(load(" + quoted + "))"), "(2, 3)");
}

}  // namespace
}  // namespace lanewise::inline v0
