// Statements in, values or reports out, by the public interface.
#include <lanewise/calculator.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "calculator/text_of.hpp"

namespace lanewise::inline v0 {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string_view dtype_of_answer(Calculator& calculator, std::string_view line) {
  return calculator.run(line).answers.at(0).values()[0].dtype().name();
}

TEST(Calculator, NamesAndLastValue) {
  Calculator calculator;
  const auto talk = [&](std::string_view line) { return text_of(calculator, line); };
  EXPECT_EQ(talk("x = 3"), "");
  EXPECT_EQ(talk("x**2"), "9");
  EXPECT_EQ(talk("_ + 1"), "10");
  EXPECT_EQ(talk("ans * 2"), "20");
  EXPECT_EQ(talk("x = x + 1; x"), "4");
  EXPECT_EQ(talk("u = arange(4)\nu**2 + x"), "[ 4  5  8 13]");
  EXPECT_EQ(talk("v = u; u = u * 0.5; u; v"), "[0.  0.5 1.  1.5]\n[0 1 2 3]");
  EXPECT_EQ(talk("  # a comment alone"), "");
  EXPECT_EQ(talk("(1,\n 2)  # over two lines"), "(1, 2)");
}

TEST(Calculator, NumberedResults) {
  Calculator calculator({.result_count = 3});
  EXPECT_EQ(calculator.run("1; x = 5; 2").answers[2].number(), 2U);
  EXPECT_EQ(text_of(calculator, "_1 + 10*_2"), "21");
  EXPECT_EQ(text_of(calculator, "_3"), "21");
  EXPECT_THAT(text_of(calculator, "_1"), HasSubstr("error E201"));
  EXPECT_THAT(text_of(calculator, "_99"), HasSubstr("error E201"));
  EXPECT_EQ(text_of(calculator, "_4"), "21");
  EXPECT_EQ(text_of(calculator, "_4 = 1"),
            "error E211: '_4' is the name of a result and cannot be bound\n"
            "  _4 = 1\n"
            "  ^^");
}

TEST(Calculator, OnlyMentionedNamesMustFitTogether) {
  Calculator calculator;
  calculator.run("u = arange(4); v = arange(5)");
  EXPECT_EQ(text_of(calculator, "u + 1"), "[1 2 3 4]");
  EXPECT_THAT(text_of(calculator, "u + v"), HasSubstr("error E301"));
}

TEST(Calculator, ScalarsAreWeak) {
  Calculator calculator;
  calculator.run("a = arange(3.0); n = 2; h = 0.5; t = True; c = 2j; f = float32(a); s = float32(0.5); i = int32(7)");
  EXPECT_EQ(dtype_of_answer(calculator, "f*h"), "float32");
  EXPECT_EQ(dtype_of_answer(calculator, "f*n"), "float32");
  EXPECT_EQ(dtype_of_answer(calculator, "int32(a)*t"), "int32");
  EXPECT_EQ(dtype_of_answer(calculator, "int32(a)*h"), "float64");
  EXPECT_EQ(dtype_of_answer(calculator, "f*c"), "complex64");
  EXPECT_EQ(dtype_of_answer(calculator, "s + i"), "float64");
  EXPECT_EQ(dtype_of_answer(calculator, "i + 1"), "int32");
}

TEST(Calculator, TuplesAndUnpacking) {
  Calculator calculator;
  calculator.run("u = arange(3); k = 2");
  const Reply reply = calculator.run("u*k, k, 1 < 2");
  EXPECT_TRUE(reply.answers[0].is_tuple());
  EXPECT_EQ(reply.answers[0].values().size(), 3U);
  EXPECT_EQ(text_of(calculator, "ans"), "True");
  EXPECT_EQ(text_of(calculator, "a, b = 1, u; b, a = a, b; a; b"), "[0 1 2]\n1");
  EXPECT_EQ(text_of(calculator, "x, = sum(u),; x; x,; (x,); shape(u)"), "3\n(3,)\n(3,)\n(3,)");
  EXPECT_EQ(text_of(calculator, "x = u, k"),
            "error E204: a name stands for one value, this is a tuple of 2; write a name for each, as in a, b = 1, 2\n"
            "  x = u, k\n"
            "      ^^^^");
  EXPECT_EQ(text_of(calculator, "x, y, z = u, k"),
            "error E308: 3 values are expected here, not a tuple of 2\n"
            "  x, y, z = u, k\n"
            "            ^^^^");
  EXPECT_THAT(text_of(calculator, "y"), HasSubstr("error E201"));
}

TEST(Calculator, OneValueOfSeveralNames) {
  Calculator calculator;
  EXPECT_EQ(text_of(calculator, "x = y = z = arange(2); x; y; z"), "[0 1]\n[0 1]\n[0 1]");
  EXPECT_THAT(calculator.run("x = y = 3").answers.at(0).names(), ElementsAre("x", "y"));
  EXPECT_THAT(text_of(calculator, "x = y = 1, 2"), HasSubstr("error E204"));
  for (const char* line : {"a, b = y = 1, 2", "x = a, b = 1, 2", "x = 2*y = 3", "x += y = 3"}) {
    EXPECT_THAT(text_of(calculator, line), HasSubstr("error E108")) << line;
  }
  EXPECT_EQ(text_of(calculator, "x; y"), "3\n3");
}

TEST(Calculator, Operations) {
  EXPECT_EQ(text_of("x = 3; x += 2*2; x"), "7");
  EXPECT_EQ(text_of("x = arange(4); x **= 2; x -= 1; x"), "[-1  0  3  8]");
  EXPECT_EQ(text_of("x = 7; x //= 1 + 1; x <<= 2; x"), "12");
  EXPECT_EQ(text_of("x += 1"),
            "error E201: unknown name 'x'; there are no inputs\n"
            "  x += 1\n"
            "  ^");
  EXPECT_THAT(text_of("x = 1; x += "), HasSubstr("error E102"));
}

TEST(Calculator, Assertions) {
  EXPECT_EQ(text_of("assert arange(3) >= 0; assert True; 1"), "1");
  EXPECT_EQ(text_of("x = arange(3); assert x > 0"),
            "error E801: assertion failed: this does not hold\n"
            "  x = arange(3); assert x > 0\n"
            "                        ^^^^^");
  EXPECT_EQ(text_of("assert 1 == 2, \"one is not two\""),
            "error E801: assertion failed: one is not two\n"
            "  assert 1 == 2, \"one is not two\"\n"
            "         ^^^^^^");
  EXPECT_EQ(text_of("assert 0, \"abc"), "error E102: this text has no closing \"\n  assert 0, \"abc\n            ^^^^");
  EXPECT_THAT(text_of("assert 0, 'isn\\'t'"), HasSubstr("assertion failed: isn't\n"));
  EXPECT_THAT(text_of("assert"), HasSubstr("error E1"));
  EXPECT_THAT(text_of("assert coss(1)"), HasSubstr("         ^^^^"));
}

// What the calculator puts around an expression must not complete it.
TEST(Calculator, BracketsBelongToOneExpression) {
  const struct {
    const char* text;
    const char* code;
    std::size_t offset;
  } rows[] = {{"assert 0) or (1", "E104", 8},     {"x = 5; x *= 2) + (3", "E104", 13}, {"assert (1", "E103", 7}, {"x = 5; x += (1]", "E104", 14},
              {"arange(3]", "E104", 8},           {"save('r.npy', arange(3])", "E104", 22}, {"dtype(1]", "E104", 7}};
  for (const auto& row : rows) {
    const Reply reply = Calculator({.write_files = true}).run(row.text);
    ASSERT_FALSE(reply) << row.text;
    EXPECT_EQ(reply.diagnostic->code, row.code) << row.text << '\n' << reply.diagnostic->report;
    EXPECT_EQ(reply.diagnostic->span.offset_bytes, row.offset) << row.text << '\n' << reply.diagnostic->report;
  }
}

TEST(Calculator, ReportsQuoteTheText) {
  const std::string names = "x = 1; long_name = 2; u = arange(3)\n";
  const auto report = [&](const std::string& line) { return text_of(names + line); };
  EXPECT_EQ(report("2*coss(x)"),
            "error E201: unknown name 'coss'; did you mean 'cos'?\n"
            "  2*coss(x)\n"
            "    ^^^^");
  EXPECT_EQ(report("y = 2*coss(x)"),
            "error E201: unknown name 'coss'; did you mean 'cos'?\n"
            "  y = 2*coss(x)\n"
            "        ^^^^");
  EXPECT_EQ(report("zeros(3) + 2*long_nam"),
            "error E201: unknown name 'long_nam'; did you mean 'long_name'?\n"
            "  zeros(3) + 2*long_nam\n"
            "               ^^^^^^^^");
  EXPECT_EQ(report("v = arange(1, coss(2))"),
            "error E201: unknown name 'coss'; did you mean 'cos'?\n"
            "  v = arange(1, coss(2))\n"
            "                ^^^^");
  EXPECT_EQ(report("arange(3) ^ 1.5"),
            "error E204: '^' takes bool and integers, not float64; for a power write arange(3) ** 1.5\n"
            "  arange(3) ^ 1.5\n"
            "            ^");
  EXPECT_THAT(report("arange(3) + arange(4)"), HasSubstr("'arange(3)' has (3,)"));
  EXPECT_THAT(report("arange( \n  3) + arange(4)"), HasSubstr("'arange( 3)' has (3,)"));
  EXPECT_THAT(report("sum(eye(3), axis=2)"), HasSubstr("  sum(eye(3), axis=2)\n"));
}

TEST(Calculator, KeywordsCannotBeBound) {
  for (const char* line : {"lambda = 1", "True = 1", "x = 1; not = 2"}) {
    EXPECT_THAT(text_of(line), HasSubstr("error E1")) << line;
    EXPECT_THAT(text_of(line), HasSubstr(line)) << line;
  }
}

TEST(Calculator, AfterAnErrorNamesAreAsBefore) {
  Calculator calculator;
  calculator.run("x = 3; 7");
  for (const char* line : {"x = coss(1)", "x += coss(1)", "x, y = 1, coss(2)", "a, x = 1, 2, 3", "coss(1)", "_3, x = 1, 2"}) {
    EXPECT_FALSE(calculator.run(line)) << line;
    EXPECT_EQ(text_of(calculator.evaluate("x; ans")), "3\n3") << line;
    EXPECT_EQ(calculator.names().size(), 1U) << line;
  }
  const Reply reply = calculator.run("x = 4; x; coss(1); x = 5");
  EXPECT_EQ(reply.answers.size(), 2U);
  EXPECT_EQ(text_of(calculator.evaluate("x")), "4");
}

TEST(Calculator, EvaluateChangesNothing) {
  Calculator calculator;
  calculator.run("x = 3; 7");
  EXPECT_EQ(text_of(calculator.evaluate("y = x*2; x = 1; y + x")), "7");
  EXPECT_EQ(text_of(calculator.evaluate("-x**2")), "-9");
  EXPECT_EQ(calculator.names().size(), 1U);
  EXPECT_EQ(text_of(calculator, "x; _1"), "3\n7");
}

TEST(Calculator, EvaluateIntoMemoryOfTheCaller) {
  Calculator calculator;
  std::vector<double> out;
  const OutputMaker make_output = [&](DType dtype, std::span<const std::size_t> shape) {
    EXPECT_EQ(dtype, DType::float64);
    out.resize(shape[0]);
    return MutableArrayView(out);
  };
  const Reply reply = calculator.evaluate_into("x = 2.0; x*arange(3)", make_output);
  EXPECT_THAT(out, ElementsAre(0, 2, 4));
  EXPECT_TRUE(reply.answers.back().values().empty());
  EXPECT_TRUE(calculator.names().empty());
  EXPECT_EQ(calculator.evaluate_into("1, 2", make_output).diagnostic->code, "E308");
}

TEST(Calculator, Measure) {
  Calculator calculator;
  const Reply reply = calculator.measure("arange(1000)*2.5", 10);
  EXPECT_EQ(reply.answers[0].element_count(), 1'000U);
  EXPECT_EQ(reply.answers[0].moved_bytes(), 8'000U);
  EXPECT_GT(reply.answers[0].seconds(), 0);
  EXPECT_EQ(calculator.measure("coss(1)", 2).diagnostic->code, "E201");
}

TEST(Calculator, LastStatementsOfOtherKinds) {
  Calculator calculator;
  calculator.run("x = arange(1000.0)");
  std::vector<double> out = {-1};
  const OutputMaker make_output = [&](DType, std::span<const std::size_t>) { return MutableArrayView(out); };
  for (const char* text : {"w = 2.5", "assert 2.5", "x += 1", "save('r.npy', x)"}) EXPECT_EQ(calculator.evaluate_into(text, make_output).diagnostic->code, "E108") << text;
  EXPECT_THAT(out, ElementsAre(-1));
  EXPECT_EQ(calculator.measure("x += 100", 2).answers.at(0).element_count(), 1'000U);
  EXPECT_EQ(calculator.measure("y = x*2", 2).answers.at(0).element_count(), 1'000U);
  EXPECT_EQ(calculator.explain("x += 3", Stage::tree).text, "(+ x 3)");
  for (const char* text : {"assert 0", "save('r.npy', x)"}) {
    EXPECT_EQ(calculator.measure(text, 3).diagnostic->code, "E108") << text;
    EXPECT_EQ(calculator.explain(text, Stage::tree).diagnostic->code, "E108") << text;
    EXPECT_EQ(calculator.explain_plan(text).diagnostic->code, "E108") << text;
  }
}

TEST(Calculator, CountsWhatIsMoved) {
  Calculator calculator;
  calculator.run("u = arange(1000.0)");
  const Answer answer = calculator.run("u*u + 1").answers[0];
  EXPECT_EQ(answer.element_count(), 1'000U);
  EXPECT_EQ(answer.moved_bytes(), 16'000U);
}

TEST(Calculator, Explain) {
  Calculator calculator;
  calculator.run("u = arange(4.0)");
  EXPECT_EQ(calculator.explain("y = u**2 + 1", Stage::tree).text, "(+ (** u 2) 1)");
  EXPECT_THAT(calculator.explain("u**2 + 1", Stage::program).text, HasSubstr("multiply.f64"));
  EXPECT_FALSE(calculator.explain_plan("u**2 + 1").text.empty());
  EXPECT_EQ(calculator.explain("ones(3)*2", Stage::tree).text, "(* ones(3) 2)");
  EXPECT_EQ(calculator.explain("1 + x", Stage::tree).json("tree").substr(0, 9), R"({"error":)");
  EXPECT_EQ(calculator.explain("u + 1", Stage::tree).json("tree"), R"x({"stage": "tree", "text": "(+ u 1)"})x");
  EXPECT_EQ(calculator.explain("x = ", Stage::tree).diagnostic->code, "E102");
}

TEST(Calculator, AnswersOutliveTheSession) {
  std::vector<Answer> answers;
  {
    Calculator calculator;
    answers = calculator.run("arange(3); 2.5").answers;
  }
  EXPECT_EQ(answers[0].text(), "[0 1 2]");
  EXPECT_EQ(answers[1].item<double>(), 2.5);
  EXPECT_THROW(answers[1].item<float>(), DTypeError);
  EXPECT_THROW(answers[0].item<std::int64_t>(), ShapeError);
}

TEST(Calculator, Moves) {
  Calculator first;
  first.run("x = 1");
  Calculator second = std::move(first);
  EXPECT_EQ(text_of(second, "x"), "1");
}

// The host ---------------------------------------------------------------------------------------------------------------------------

TEST(CalculatorHost, BindsByReference) {
  Calculator calculator;
  std::vector<double> u = {1, 2, 3};
  calculator.bind("u", u);
  calculator.bind("k", 2.0);
  EXPECT_EQ(text_of(calculator, "u*k"), "[2. 4. 6.]");
  calculator.run("kept = u; u");
  u[0] = 10;
  EXPECT_EQ(text_of(calculator, "u; kept; _2"), "[10.  2.  3.]\n[1. 2. 3.]\n[1. 2. 3.]");
  EXPECT_EQ(text_of(calculator, "u = 1"),
            "error E211: 'u' belongs to the host and may only be read; bind another name\n"
            "  u = 1\n"
            "  ^");
  EXPECT_THAT(text_of(calculator, "u += 1"), HasSubstr("E211"));
  EXPECT_TRUE(calculator.erase("u"));
  EXPECT_FALSE(calculator.erase("u"));
  EXPECT_EQ(text_of(calculator, "u = 1; u"), "1");
}

TEST(CalculatorHost, WritableBindings) {
  Calculator calculator;
  std::vector<double> x = {1, 2, 3};
  calculator.bind_writable("x", x);
  EXPECT_EQ(text_of(calculator, "x = x + 1"), "");
  EXPECT_THAT(x, ElementsAre(2, 3, 4));
  EXPECT_EQ(text_of(calculator, "x *= x"), "");
  EXPECT_THAT(x, ElementsAre(4, 9, 16));
  EXPECT_EQ(text_of(calculator, "x = x[::-1]"), "");
  EXPECT_THAT(x, ElementsAre(16, 9, 4));
  EXPECT_EQ(text_of(calculator, "x = 0.5"), "");
  EXPECT_THAT(x, ElementsAre(0.5, 0.5, 0.5));
  EXPECT_EQ(text_of(calculator, "x = arange(3)"),
            "error E203: the elements that this is written to are float64, the value is int64; write float64(...) around it\n"
            "  x = arange(3)\n"
            "      ^^^^^^^^^");
  EXPECT_EQ(text_of(calculator, "x = arange(4.)"),
            "error E301: the array that this is written to has the shape (3), the value has (4)\n"
            "  x = arange(4.)\n"
            "      ^^^^^^^^^^");
  EXPECT_THAT(text_of(calculator, "x = 1., 2."), HasSubstr("error E308: there is memory for one result, and the expression has 2"));
  EXPECT_THAT(text_of(calculator, "x = 1j"), HasSubstr("error E203"));
  EXPECT_THAT(text_of(calculator, "a, x = 1, 2"), HasSubstr("error E211"));
  EXPECT_THAT(x, ElementsAre(0.5, 0.5, 0.5));
}

TEST(CalculatorHost, NumbersTakeTheTypeOfElements) {
  Calculator calculator;
  std::vector<double> x = {1, 2, 3};
  std::vector<std::uint8_t> bytes = {1, 2};
  calculator.bind_writable("x", x);
  calculator.bind_writable("bytes", bytes);
  EXPECT_EQ(text_of(calculator, "x = 7; bytes = 255"), "");
  EXPECT_THAT(x, ElementsAre(7, 7, 7));
  EXPECT_THAT(bytes, ElementsAre(255, 255));
  EXPECT_EQ(text_of(calculator, "bytes = 300"), "error E205: this number does not fit elements of uint8\n  bytes = 300\n          ^^^");
  EXPECT_THAT(text_of(calculator, "bytes = 2.5"), HasSubstr("error E203"));
  EXPECT_THAT(bytes, ElementsAre(255, 255));
}

TEST(CalculatorHost, SetAndNames) {
  Calculator calculator;
  Array a(DType::float32, std::array<std::size_t, 2>{2, 3});
  std::ranges::fill(a.span<float>(), 1.5F);
  calculator.set("a", std::move(a));
  std::vector<std::int32_t> i(4);
  calculator.bind("i", i);
  calculator.bind_writable("w", i);
  const std::vector<NameInfo> names = calculator.names();
  ASSERT_EQ(names.size(), 3U);
  EXPECT_EQ(names[0].name, "a");
  EXPECT_EQ(names[0].kind, NameInfo::Kind::value);
  EXPECT_THAT(names[0].shape, ElementsAre(2, 3));
  EXPECT_EQ(names[0].size_bytes, 24U);
  EXPECT_EQ(names[1].kind, NameInfo::Kind::read_only);
  EXPECT_EQ(names[2].kind, NameInfo::Kind::writable);
  EXPECT_EQ(text_of(calculator, "a = a + 1; sum(a)"), "15.0");
  for (const char* name : {"", "1x", "_1", "ans", "lambda", "a b"}) EXPECT_THROW(calculator.bind(name, i), Error) << name;
  calculator.reset();
  EXPECT_TRUE(calculator.names().empty());
  EXPECT_EQ(calculator.run("5").answers[0].number(), 1U);
}

TEST(CalculatorHost, Functions) {
  FunctionSet mine;
  mine.add("smooth", [](double x) { return x * x * (3 - 2 * x); });
  mine.add("fails", [](double) -> double { throw std::runtime_error("the host says no"); });
  mine.add("normal", [](double x) { return -x; });
  Calculator calculator({.functions = mine});
  EXPECT_EQ(text_of(calculator, "smooth(linspace(0, 1, 3))"), "[0.  0.5 1. ]");
  EXPECT_EQ(text_of(calculator, "normal(2.5)"), "-2.5");
  const Reply reply = calculator.run("x = 1; fails(2.0); 3");
  EXPECT_EQ(reply.answers.size(), 1U);
  EXPECT_EQ(reply.diagnostic->code, "host");
  EXPECT_EQ(reply.diagnostic->report, "error: the host says no");
}

TEST(CalculatorHost, TwoSessionsInTwoThreads) {
  const auto work = [](std::string* text) {
    Calculator calculator;
    calculator.run("x = 0");
    for (int i = 0; i < 100; ++i) calculator.run("x = x + sum(arange(1000)); x");
    *text = text_of(calculator, "x; _100");
  };
  std::string texts[2];
  std::thread other(work, &texts[0]);
  work(&texts[1]);
  other.join();
  EXPECT_EQ(texts[0], "49950000\n49950000");
  EXPECT_EQ(texts[1], texts[0]);
}

TEST(CalculatorHost, Json) {
  Calculator calculator;
  const Reply reply = calculator.run("1.5, arange(2); coss(1)");
  EXPECT_THAT(reply.answers[0].json(), testing::StartsWith(R"({"value": [1.5, [0, 1]], "dtype": ["float64", "int64"], "shape": [[], [2]], )"));
  EXPECT_EQ(reply.diagnostic->json(),
            R"({"error": {"code": "E201", "offset": 16, "length": 4, "message": "unknown name 'coss'; did you mean 'cos'?"}})");
}

}  // namespace
}  // namespace lanewise::inline v0
