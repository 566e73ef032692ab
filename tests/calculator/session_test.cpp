// Statements in, values or reports out.
#include "calculator/session.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "calculator/print.hpp"

namespace lanewise::inline v0::calculator {
namespace {

// A session that answers with text: what is printed, or the report.
class Talk {
 public:
  std::string operator()(std::string_view line) {
    std::string text;
    try {
      for (const TextRange statement : split_statements(line)) text = printed(session_.run(line, statement).values.back()->array);
    } catch (const Error& error) {
      text = error.report();
      text.resize(text.find_last_not_of('\n') + 1);
    }
    return text;
  }
  Session& session() { return session_; }

 private:
  Session session_;
};

std::string dtype_of_answer(Talk& talk, std::string_view line) {
  return std::string(talk.session().run(line, {0, line.size()}).values.front()->array.dtype().name());
}

TEST(Session, NamesAndLastValue) {
  Talk talk;
  EXPECT_EQ(talk("x = 3"), "3");
  EXPECT_EQ(talk("x**2"), "9");
  EXPECT_EQ(talk("_ + 1"), "10");
  EXPECT_EQ(talk("ans * 2"), "20");
  EXPECT_EQ(talk("x = x + 1; x"), "4");
  EXPECT_EQ(talk("u = arange(4)"), "[0 1 2 3]");
  EXPECT_EQ(talk("u**2 + x"), "[ 4  5  8 13]");
  EXPECT_EQ(talk("u = u * 0.5"), "[0.  0.5 1.  1.5]");
  EXPECT_EQ(talk("  # a comment alone"), "");
}

TEST(Session, OnlyMentionedNamesMustFitTogether) {
  Talk talk;
  talk("u = arange(4); v = arange(5)");
  EXPECT_EQ(talk("u + 1"), "[1 2 3 4]");
  EXPECT_NE(talk("u + v").find("error E301"), std::string::npos);
}

TEST(Session, ScalarsAreWeak) {
  Talk talk;
  talk("a = arange(3.0); n = 2; h = 0.5; t = True; c = 2j");
  talk("f = float32(a)");
  EXPECT_EQ(dtype_of_answer(talk, "f*h"), "float32");
  EXPECT_EQ(dtype_of_answer(talk, "f*n"), "float32");
  EXPECT_EQ(dtype_of_answer(talk, "int32(a)*n"), "int32");
  EXPECT_EQ(dtype_of_answer(talk, "int32(a)*t"), "int32");
  EXPECT_EQ(dtype_of_answer(talk, "int32(a)*h"), "float64");
  EXPECT_EQ(dtype_of_answer(talk, "int8(a)*n"), "int8");
  EXPECT_EQ(dtype_of_answer(talk, "f*c"), "complex64");
  talk("s = float32(0.5); i = int32(7)");
  EXPECT_EQ(dtype_of_answer(talk, "s"), "float32");
  EXPECT_EQ(dtype_of_answer(talk, "s + i"), "float64");
  EXPECT_EQ(dtype_of_answer(talk, "i + 1"), "int32");
}

TEST(Session, MakersTakeExpressions) {
  Talk talk;
  EXPECT_EQ(talk("n = 2"), "2");
  EXPECT_EQ(talk("arange(n*2, n + 4)"), "[4 5]");
  EXPECT_EQ(talk("linspace(-n, (n), 3)"), "[-2.  0.  2.]");
  EXPECT_EQ(talk("ones(n) * 2"),
            "error E201: ones makes an array and stands alone, as in x = ones(shape)\n"
            "  ones(n) * 2\n"
            "  ^^^^");
}

TEST(Session, Tuples) {
  Talk talk;
  talk("u = arange(3); k = 2");
  const Answer answer = talk.session().run("u*k, k, 1 < 2", {0, 13});
  EXPECT_TRUE(answer.is_tuple);
  EXPECT_EQ(answer.values.size(), 3U);
  EXPECT_EQ(talk("ans"), "True");
  EXPECT_EQ(talk("x = u, k"),
            "error E204: a name stands for one value, this is a tuple of 2; bind each by a statement of its own\n"
            "  x = u, k\n"
            "      ^^^^");
  EXPECT_NE(talk("x").find("error E201"), std::string::npos);
}

TEST(Session, ReductionsAndShapes) {
  Talk talk;
  EXPECT_EQ(talk("o = ones((2, 3)); u = o*index(1); u"), "[[0. 1. 2.]\n [0. 1. 2.]]");
  EXPECT_EQ(talk("sum(u)"), "6.0");
  EXPECT_EQ(talk("axis = 5; sum(u, axis=0)"), "[0. 2. 4.]");
  EXPECT_EQ(talk("max(u, axis=-1, keepdims=True) + u"), "[[2. 3. 4.]\n [2. 3. 4.]]");
  EXPECT_EQ(talk("real = 2; (u + 1j).real*real"), "[[0. 2. 4.]\n [0. 2. 4.]]");
}

TEST(Session, EvaluateTakesLocalNames) {
  Session session;
  session.run("x=3", {0, 3});
  EXPECT_EQ(printed(session.evaluate("y = x*2; y + 1").values.front()->array), "7");
  EXPECT_EQ(printed(session.evaluate("-x**2").values.front()->array), "-9");
  EXPECT_THROW(session.evaluate("_"), NameError);
}

struct ReportRow {
  const char* line;
  const char* report;
};

TEST(Session, ReportsQuoteTheLine) {
  Talk talk;
  talk("x = 1; long_name = 2; u = arange(3)");
  const ReportRow rows[] = {
      {"2*coss(x)",
       "error E201: unknown name 'coss'; did you mean 'cos'?\n"
       "  2*coss(x)\n"
       "    ^^^^"},
      {"y = 2*coss(x)",
       "error E201: unknown name 'coss'; did you mean 'cos'?\n"
       "  y = 2*coss(x)\n"
       "        ^^^^"},
      {"x; 2*long_nam",
       "error E201: unknown name 'long_nam'; did you mean 'long_name'?\n"
       "  x; 2*long_nam\n"
       "       ^^^^^^^^"},
      {"v = arange(1, coss(2))",
       "error E201: unknown name 'coss'; did you mean 'cos'?\n"
       "  v = arange(1, coss(2))\n"
       "                ^^^^"},
      {"v = zeros(u)",
       "error E303: a number is expected here, not an array\n"
       "  v = zeros(u)\n"
       "            ^"},
      {"v = linspace(1, 2)",
       "error E202: wrong number of arguments; write linspace(first, last, count)\n"
       "  v = linspace(1, 2)\n"
       "      ^^^^^^^^"},
  };
  for (const ReportRow& row : rows) EXPECT_EQ(talk(row.line), row.report);
}

TEST(Session, KeywordsCannotBeBound) {
  Talk talk;
  for (const char* line : {"lambda = 1", "True = 1", "x = 1; not = 2"}) {
    EXPECT_EQ(talk(line).substr(0, 7), "error E") << line;
    EXPECT_NE(talk(line).find(line), std::string::npos) << line;
  }
}

TEST(Session, AfterAnErrorNamesAreAsBefore) {
  Talk talk;
  talk("x = 3");
  talk("x = coss(1)");
  EXPECT_EQ(talk("x"), "3");
}

TEST(Session, Explain) {
  Session session;
  const std::string_view line = "y = u**2 + 1";
  session.run("u = arange(4.0)", {0, 15});
  EXPECT_EQ(session.explain(line, {0, line.size()}, ExplainStage::tree), "(+ (** u 2) 1)");
  EXPECT_NE(session.explain(line, {0, line.size()}, ExplainStage::program).find("multiply.f64"), std::string::npos);
  EXPECT_FALSE(session.explain(line, {0, line.size()}, ExplainStage::plan).empty());
}

TEST(Session, CountsWhatIsMoved) {
  Session session;
  session.run("u = arange(1000.0)", {0, 18});
  const Answer answer = session.evaluate("u*u + 1");
  EXPECT_EQ(answer.element_count, 1'000U);
  EXPECT_EQ(answer.moved_bytes, 16'000U);
  EXPECT_GE(answer.seconds, 0);
}

TEST(Session, StopsWhenAsked) {
  Session session;
  session.run("u = zeros(1e6)", {0, 14});
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(session.evaluate("u + 1", source.get_token()), Cancelled);
}

}  // namespace
}  // namespace lanewise::inline v0::calculator
