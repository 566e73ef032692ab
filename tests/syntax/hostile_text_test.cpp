// Texts that try to exhaust the parser: it uses no stack for nesting, linear time, and stops at its limits.

#include <pthread.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "syntax/parse.hpp"

namespace {

using namespace lanewise;

// Runs `work` on a thread with a stack of 512 KiB, as some hosts give.
void on_small_stack(std::function<void()> work) {
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, 512 << 10), 0);
  pthread_t thread;
  const auto run = [](void* function) -> void* {
    (*static_cast<std::function<void()>*>(function))();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, run, &work), 0);
  ASSERT_EQ(pthread_join(thread, nullptr), 0);
  pthread_attr_destroy(&attributes);
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

std::string code_of(const std::string& text, const Limits& limits = {}) {
  try {
    parse(text, limits);
    return "parsed";
  } catch (const Error& error) {
    return error.code();
  }
}

constexpr Limits no_limits{.text_bytes = std::size_t{1} << 30, .nesting_depth = std::size_t{1} << 30, .node_count = std::size_t{1} << 30};

TEST(HostileText, TextLength) {
  const Limits limits{.text_bytes = 10};
  EXPECT_EQ(code_of("123456789", limits), "parsed");
  EXPECT_EQ(code_of("1234567890", limits), "parsed");
  EXPECT_EQ(code_of("12345678901", limits), "E401");
  EXPECT_EQ(code_of(std::string(2 << 20, '1')), "E401");
}

TEST(HostileText, Nesting) {
  const auto nested = [](const std::string& open, std::size_t depth, const std::string& close) {
    return repeated(open, depth) + "x" + repeated(close, depth);
  };
  const char* const shapes[][2] = {{"(", ")"},           {"f(", ")"},   {"-", ""},     {"not ", ""}, {"2**", ""},
                                   {"a if b else ", ""}, {"(a, ", ")"}, {"f(a=", ")"}, {"(", ",)"},  {"(", ").real"}};
  for (const auto& [open, close] : shapes) {
    EXPECT_EQ(code_of(nested(open, 999, close)), "parsed") << open;
    EXPECT_EQ(code_of(nested(open, 1000, close)), "parsed") << open;
    EXPECT_EQ(code_of(nested(open, 1001, close)), "E402") << open;
  }
}

TEST(HostileText, NestingEndsWithItsBracket) {
  EXPECT_EQ(code_of(repeated("(-x)+", 5000) + "x"), "parsed");
  EXPECT_EQ(code_of(repeated("-x**2+", 5000) + "x"), "parsed");
  EXPECT_EQ(code_of(repeated("(x if a else y)+f(x)+", 5000) + "x"), "parsed");
  EXPECT_EQ(code_of(repeated("-x\n", 5000)), "parsed");
}

TEST(HostileText, NestingErrorShowsThePlace) {
  try {
    parse(repeated("(", 1001));
    FAIL();
  } catch (const LimitError& error) {
    EXPECT_EQ(error.span(), (SourceSpan{1000, 1}));
  }
}

TEST(HostileText, NodeCount) {
  const Limits limits{.node_count = 6};
  EXPECT_EQ(code_of("a+b", limits), "parsed");
  EXPECT_EQ(code_of("a+b+c", limits), "parsed");
  EXPECT_EQ(code_of("a+b+-c", limits), "E403");
  EXPECT_EQ(code_of(repeated("a+", 524'287) + "a"), "E403");
}

TEST(HostileText, ChainsFromTheLeftAreNoNesting) {
  EXPECT_EQ(code_of(repeated("a+", 200'000) + "a"), "parsed");
  EXPECT_EQ(code_of(repeated("a<", 200'000) + "a"), "parsed");
  EXPECT_EQ(code_of(repeated("a or ", 200'000) + "a"), "parsed");
  EXPECT_EQ(code_of("f(" + repeated("a,", 200'000) + ")"), "parsed");
  EXPECT_EQ(code_of("(" + repeated("a,", 200'000) + ")"), "parsed");
  EXPECT_EQ(code_of(repeated("a,", 200'000)), "parsed");
  EXPECT_EQ(code_of("a" + repeated(".real", 200'000)), "parsed");
}

TEST(HostileText, SmallStackIsEnough) {
  on_small_stack([] {
    EXPECT_EQ(code_of(repeated("(", 100'000)), "E402");
    EXPECT_EQ(code_of(repeated("(", 100'000) + "x" + repeated(")", 100'000)), "E402");
    for (const char* piece : {"(", "-",  "not ", "2**", "a if b else ", "f(", "(-", "a<(", "x if (", "'",    "#",   "=",    ")",
                              "]", "\\", "if ",  "1e",  "0x",           ".",  ",",  "(,",  "a.",     "f(a=", "(a,", "x.y(", "a,="}) {
      const std::string text = repeated(piece, (1 << 20) / std::string(piece).size());
      EXPECT_NE(code_of(text), "parsed") << piece;
      EXPECT_NE(code_of(text + "x"), "crashed") << piece;
    }
  });
}

// Of a call's 100,000 names each is compared with a few, not with each.
TEST(HostileText, ArgumentsByName) {
  std::string call = "f(";
  for (int i = 0; i < 100'000; ++i) call += "k" + std::to_string(i) + "=1,";
  EXPECT_EQ(code_of(call + ")"), "parsed");
  EXPECT_EQ(code_of(call + "k7=2)"), "E101");
  EXPECT_EQ(code_of(repeated("f(a=1)+", 50'000) + "f(a=1)"), "parsed");
}

TEST(HostileText, SmallStackIsEnoughWithoutLimits) {
  on_small_stack([] {
    const std::size_t count = 100'000;
    for (const char* piece : {"-", "not ", "2**", "a if b else ", "a+", "a<"}) {
      const SyntaxTree tree = parse(repeated(piece, count) + "x", no_limits);
      EXPECT_GT(to_text(tree).size(), 2 * count) << piece;
    }
    EXPECT_EQ(to_text(parse(repeated("(", count) + "x" + repeated(")", count), no_limits)), "x");
    EXPECT_EQ(to_text(parse(repeated("f(", count) + "x" + repeated(")", count), no_limits)),
              repeated("(f ", count) + "x" + repeated(")", count));
    EXPECT_EQ(to_text(parse(repeated("(", count) + "x" + repeated(",)", count), no_limits)),
              repeated("(, ", count) + "x" + repeated(")", count));
    EXPECT_EQ(to_text(parse(repeated("f(a=", count) + "x" + repeated(")", count), no_limits)),
              repeated("(f (= a ", count) + "x" + repeated("))", count));
    EXPECT_EQ(to_text(parse("x" + repeated(".y", count), no_limits)), repeated("(. ", count) + "x" + repeated(" y)", count));
  });
}

/// Returns the processor time of the fastest of some runs: what other programs take does not count.
double seconds_of_parsing(const std::string& text) {
  const auto now = [] {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  double fastest = HUGE_VAL;
  for (int i = 0; i < 3; ++i) {
    const double start = now();
    code_of(text, no_limits);
    fastest = std::min(fastest, now() - start);
  }
  return fastest;
}

// Sixteen times the text takes a quadratic parser 256 times as long.
TEST(HostileText, TimeIsLinear) {
  for (const char* piece : {"-", "2**", "a if b else ", "a+", "a<", "(", "f(", "a;", "a<(b<c<", "a,", "(a,", "f(a=", "a.b+", "(),", "a[", "a[b:c,", "a[1:2]+"}) {
    const std::size_t count = 4000;
    const double small = seconds_of_parsing(repeated(piece, count) + "x");
    EXPECT_LT(seconds_of_parsing(repeated(piece, 16 * count) + "x"), 100 * small + 0.05) << piece;
  }
}

TEST(HostileText, OneTokenOfAMebibyte) {
  for (const char character : {'1', 'a', '_', ' ', '\n', '\'', '#', '0', '.', ',', '='}) {
    const std::string text(1 << 20, character);
    EXPECT_NE(code_of(text), "crashed") << character;
    EXPECT_NE(code_of("a + " + text.substr(4)), "crashed") << character;
  }
}

}  // namespace
