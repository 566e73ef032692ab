// Tables in, columns or complaints with a place out.
#include <lanewise/io.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <cstdint>
#include <cstdio>
#include <string>

#include <lanewise/lanewise.hpp>

#include "io/temporary_folder.hpp"

namespace lanewise::inline v0 {
namespace {

template <class T>
std::string joined(const Array& array) {
  std::string text;
  for (const T element : array.span<T>()) {
    char number[40];
    std::snprintf(number, sizeof number, " %.17g", static_cast<double>(element));
    text += number;
  }
  return text;
}

// The dtype and elements of a column, or the complaint without the part that names the file.
std::string column_of(const std::string& table, const std::string& name = "x") {
  const TemporaryFolder folder;
  const std::string path = folder.write("t.csv", table);
  try {
    const Array array = load_csv(path, name);
    const std::string dtype(array.dtype().name());
    return dtype + (array.dtype().is_bool()      ? joined<bool>(array)
                    : array.dtype().is_integer() ? joined<std::int64_t>(array)
                                                 : joined<double>(array));
  } catch (const FileError& error) {
    return error.code() + std::string(error.what()).substr(std::string("cannot use '").size() + path.size() + 1);
  }
}

TEST(LoadCsv, Types) {
  EXPECT_EQ(column_of("x\n1\n-2\n+3\n"), "int64 1 -2 3");
  EXPECT_EQ(column_of("x\n1\n2.5\n1e3\n.5\n2.\n"), "float64 1 2.5 1000 0.5 2");
  EXPECT_EQ(column_of("x,y\n1,2\n,3\n"), "float64 1 nan");
  EXPECT_EQ(column_of("x\ntrue\nFalse\nTRUE\n"), "bool 1 0 1");
  EXPECT_EQ(column_of("x\nnan\nInfinity\n-inf\n+INF\n"), "float64 nan inf -inf inf");
  EXPECT_EQ(column_of("x\n"), "float64");
  EXPECT_EQ(column_of("x"), "float64");
  EXPECT_EQ(column_of("x\n9223372036854775807\n-9223372036854775808\n"), "int64 9.2233720368547758e+18 -9.2233720368547758e+18");
  EXPECT_EQ(column_of("x\n9223372036854775808\n0.5\n"), "float64 9.2233720368547758e+18 0.5");
  EXPECT_EQ(column_of("x\n1e400\n-1e400\n1e-400\n-0.0\n"), "float64 inf -inf 0 -0");
}

TEST(LoadCsv, ExampleOfTheHeader) {
  const TemporaryFolder folder;
  const std::string path = folder.write("stars.csv", "name,mass\nSun,1\nSirius,2.063\n");
  lanewise::Array mass = lanewise::load_csv(path, "mass");
  EXPECT_EQ(mass.span<double>()[1], 2.063);
}

TEST(LoadCsv, RowsAndFields) {
  EXPECT_EQ(column_of("x,y\r\n1,2\r\n3,4\r\n"), "int64 1 3");
  EXPECT_EQ(column_of("x,y\n1,2\n3,4", "y"), "int64 2 4");
  EXPECT_EQ(column_of("x,y\r\n1,2\r\n3,4\r", "y"), "int64 2 4");
  EXPECT_EQ(column_of("\n\nx\n\n1\n\r\n2\n\n"), "int64 1 2");
  EXPECT_EQ(column_of("x\n1\n\"\"\n2\n"), "float64 1 nan 2");
  EXPECT_EQ(column_of("x,y\n1,\n2,\n", "y"), "float64 nan nan");
  EXPECT_EQ(column_of("\xEF\xBB\xBFx,y\n1,2\n"), "int64 1");
  EXPECT_EQ(column_of(" x , y\n 1 ,\t2 \n", "y"), "int64 2");
}

TEST(LoadCsv, QuotedFields) {
  EXPECT_EQ(column_of("name,x\n\"Smith, John\",1\n\"two\nlines, \"\"quoted\"\"\",2\n"), "int64 1 2");
  EXPECT_EQ(column_of("\"x\",\"y\"\n\"1\",\"2.5\"\n", "y"), "float64 2.5");
  EXPECT_EQ(column_of("\"a\"\"b\",\"c,d\"\n1,2\n", "a\"b"), "int64 1");
  EXPECT_EQ(column_of("\"a\"\"b\",\"c,d\"\n1,2\n", "c,d"), "int64 2");
}

TEST(LoadCsv, Complaints) {
  EXPECT_EQ(column_of(""), "E702: it is empty; expected a line with the names of the columns");
  EXPECT_EQ(column_of("a,b\n1,2\n"), "E705: it has no column 'x'; its columns are 'a', 'b'");
  EXPECT_EQ(column_of("a,b,c,d,e,f,g,h,i,j,k,l\n"),
            "E705: it has no column 'x'; its columns are 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j' and 2 more");
  EXPECT_EQ(column_of("x,x\n1,2\n"), "E702: two of its columns are named 'x'");
  EXPECT_EQ(column_of("y,x\n1,2\n3,4.5.6\n"), "E702: line 3, column 3: '4.5.6' in column 'x' is no number, true or false");
  EXPECT_THAT(column_of("x\n1_000\n"), testing::StartsWith("E702: line 2, column 1: '1_000' "));
  EXPECT_THAT(column_of("x\n\"1,5\"\n"), testing::StartsWith("E702: line 2, column 1: '1,5' "));
  EXPECT_THAT(column_of("x\n0x1F\n+-1\n"), testing::StartsWith("E702: line 2, column 1: '0x1F' "));
  EXPECT_EQ(column_of("x,y\n1,2\n3\n"), "E702: line 3 has 1 fields; expected 2, as in the first line");
  EXPECT_EQ(column_of("x,y\n1,2\n3,4,5\n"), "E702: line 3 has 3 fields; expected 2, as in the first line");
  EXPECT_EQ(column_of("x\ntrue\n1\n"), "E702: line 3, column 1: '1' is no truth value, and the column 'x' began with one");
  EXPECT_EQ(column_of("x\n1\ntrue\n"), "E702: line 3, column 1: 'true' is a truth value, and the column 'x' began with a number");
  EXPECT_EQ(column_of("x\n1\n9223372036854775808\n"),
            "E702: line 3, column 1: '9223372036854775808' does not fit int64; one number with a point makes the column float64");
  EXPECT_EQ(column_of("x,y\n1,\"2\n3,4\n"), "E702: line 2, column 3: the quotation mark is not closed");
  EXPECT_EQ(column_of("x,y\n1,\"2\"3\n"), "E702: line 2, column 6: expected a comma or the end of the line, found '3'");
  EXPECT_EQ(column_of("x,y\n1,2\"\n"), "E702: line 2, column 4: a quotation mark inside a field that does not begin with one");
  EXPECT_EQ(column_of("x\r1\r2\r"), "E702: line 1, column 2: expected a comma or the end of the line, found '?'");
  EXPECT_THAT(column_of("y,x\n\"a\nb\",z\n"), testing::StartsWith("E702: line 3, column 4: 'z'"));
}

TEST(LoadCsv, TheLocaleDoesNotMatter) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  if (std::setlocale(LC_ALL, "de_DE.UTF-8") == nullptr) std::setlocale(LC_ALL, "de_DE.utf8");
  EXPECT_EQ(column_of("x\n1.5\n"), "float64 1.5");
  std::setlocale(LC_ALL, before.c_str());
}

TEST(LoadCsv, AnyTextIsReadOrRefused) {
  constexpr std::string_view pieces[] = {
      "x", ",", "\n", "\r\n", "\"", "\r", "1", "-", ".5", "e", " ", "true", std::string_view("\0", 1), "\xFF", "nan("};
  const TemporaryFolder folder;
  std::uint64_t state = 1;
  for (int round = 0; round < 1'000; ++round) {
    std::string text = "x,y\n";
    for (int i = 0; i < 16; ++i) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      text += pieces[(state >> 33) % std::size(pieces)];
    }
    try {
      load_csv(folder.write("t.csv", text), "x");
    } catch (const FileError&) {
    }
  }
}

}  // namespace
}  // namespace lanewise::inline v0
