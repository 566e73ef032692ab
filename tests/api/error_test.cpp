// How an Error is drawn: the whole report, with the carets under the exact characters.

#include <lanewise/error.hpp>

#include <string>

#include <gtest/gtest.h>

namespace {

using namespace lanewise;

std::string report_of(std::string_view source, SourceSpan span, std::optional<Error::Note> note = {}) {
  NameError error(ErrorCode::unknown_name, "unknown name 'coss'; did you mean 'cos'?", span, std::move(note));
  error.attach_source(source);
  return error.report();
}

// The two lines under the sentence.
std::string quote_of(std::string_view source, SourceSpan span) {
  const std::string report = report_of(source, span);
  return report.substr(report.find('\n') + 1);
}

TEST(Error, ReportShowsTheLineWithCarets) {
  EXPECT_EQ(report_of("2*coss(x) + y", {2, 4}),
            "error E201: unknown name 'coss'; did you mean 'cos'?\n"
            "  2*coss(x) + y\n"
            "    ^^^^");
}

TEST(Error, NoteHasTheSameShape) {
  EXPECT_EQ(report_of("(coss", {1, 4}, Error::Note{"'(' was opened here", {0, 1}}),
            "error E201: unknown name 'coss'; did you mean 'cos'?\n"
            "  (coss\n"
            "   ^^^^\n"
            "note: '(' was opened here\n"
            "  (coss\n"
            "  ^");
}

TEST(Error, WithoutSourceOnlyTheSentenceIsShown) {
  const ShapeError error(ErrorCode::shape_mismatch, "shapes (3,) and (4,) do not broadcast");
  EXPECT_EQ(error.report(), "error E301: shapes (3,) and (4,) do not broadcast");
  EXPECT_STREQ(error.what(), "shapes (3,) and (4,) do not broadcast");
  EXPECT_EQ(error.code(), "E301");
}

TEST(Error, SpanOfNothingAtTheBeginningIsNoPlace) {
  EXPECT_EQ(report_of("coss", {}), "error E201: unknown name 'coss'; did you mean 'cos'?");
}

TEST(Error, EmptySpanHasOneCaret) {
  EXPECT_EQ(quote_of("1 +", {3, 0}), "  1 +\n     ^");
  EXPECT_EQ(quote_of("1 +   ", {3, 0}), "  1 +   \n     ^");
}

TEST(Error, OnlyTheLineConcernedIsShown) {
  EXPECT_EQ(quote_of("a = 1\ncoss(a)\nb", {6, 4}), "  coss(a)\n  ^^^^");
  EXPECT_EQ(quote_of("a = 1\r\ncoss(a)\r\nb", {7, 4}), "  coss(a)\n  ^^^^");
  EXPECT_EQ(quote_of("a = 1\n", {5, 0}), "  a = 1\n       ^");
  EXPECT_EQ(quote_of("a = 1\n", {6, 0}), "  \n  ^");
  EXPECT_EQ(quote_of("(a\n+b", {0, 5}), "  (a\n  ^^");
}

TEST(Error, ColumnsAreThoseOfATerminal) {
  EXPECT_EQ(quote_of("\ta\t+ coss", {5, 4}), "   a + coss\n       ^^^^");
  EXPECT_EQ(quote_of("'é' + coss", {7, 4}), "  'é' + coss\n        ^^^^");
  EXPECT_EQ(quote_of("'漢字' + coss", {11, 4}), "  '漢字' + coss\n           ^^^^");
  EXPECT_EQ(quote_of("'e\u0301' + coss", {8, 4}), "  'e\u0301' + coss\n        ^^^^");
  EXPECT_EQ(quote_of("x × y", {2, 2}), "  x × y\n    ^");
  EXPECT_EQ(quote_of("１ + y", {0, 3}), "  １ + y\n  ^^");
}

TEST(Error, CharactersThatAreNotShownAreReplaced) {
  EXPECT_EQ(quote_of("x\u200B+ 1", {1, 3}), "  x\uFFFD+ 1\n   ^");
  EXPECT_EQ(quote_of("x\x1B[31m + 1", {1, 1}), "  x\uFFFD[31m + 1\n   ^");
  EXPECT_EQ(quote_of("x \xFF\xC3 y", {2, 1}), "  x \uFFFD\uFFFD y\n    ^");
  EXPECT_EQ(quote_of(std::string_view("x\0y", 3), {1, 1}), "  x\uFFFDy\n   ^");
}

TEST(Error, LongLinesAreCutAroundTheCarets) {
  const std::string before(1000, 'a');
  const std::string after(1000, 'b');
  EXPECT_EQ(quote_of(before + "+coss+" + after, {1001, 4}),
            "  ..." + std::string(39, 'a') + "+coss+" + std::string(55, 'b') + "...\n  " + std::string(43, ' ') + "^^^^");
  EXPECT_EQ(quote_of("coss+" + after, {0, 4}), "  coss+" + std::string(95, 'b') + "...\n  ^^^^");
  EXPECT_EQ(quote_of(before + "+", {1001, 0}), "  ..." + std::string(39, 'a') + "+\n  " + std::string(43, ' ') + "^");
  EXPECT_EQ(quote_of(before, {0, 1000}), "  " + std::string(100, 'a') + "...\n  " + std::string(100, '^'));
}

TEST(Error, PlacesBeyondTheTextAreItsEnd) { EXPECT_EQ(quote_of("abc", {10, 5}), "  abc\n     ^"); }

TEST(Error, KindsAreErrors) {
  EXPECT_THROW(throw Cancelled(ErrorCode::cancelled, "stopped"), Error);
  EXPECT_THROW(throw LimitError(ErrorCode::text_too_long, "too long"), std::runtime_error);
}

}  // namespace
