// JSON text for answers and awkward strings. That whole lines are valid JSON is checked by tests/program/program_test.py.
#include "calculator/json.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace lanewise::inline v0::calculator {
namespace {

template <Element T>
std::string json_of_array(std::span<const std::size_t> shape, const std::vector<T>& elements, bool full = false) {
  Array array(dtype_of<T>, shape);
  for (std::size_t i = 0; i < array.size(); ++i) array.span<T>()[i] = elements[i % elements.size()];
  std::string text;
  print_json({.views = {array}, .effort = {.seconds = 0.25}}, full, [&](std::string_view piece) { text += piece; });
  return text;
}

template <Element T>
std::string json_of_scalar(T value) {
  return json_of_array<T>({}, {value});
}

TEST(Json, Scalars) {
  EXPECT_EQ(json_of_scalar(true), R"({"value": true, "dtype": "bool", "shape": [], "seconds": 0.25})");
  EXPECT_EQ(json_of_scalar(-7), R"({"value": -7, "dtype": "int32", "shape": [], "seconds": 0.25})");
  EXPECT_EQ(json_of_scalar(0.1 + 0.2), R"({"value": 0.30000000000000004, "dtype": "float64", "shape": [], "seconds": 0.25})");
  EXPECT_EQ(json_of_scalar(0.1f), R"({"value": 0.1, "dtype": "float32", "shape": [], "seconds": 0.25})");
  EXPECT_EQ(json_of_scalar(std::numeric_limits<std::uint64_t>::max()),
            R"({"value": 18446744073709551615, "dtype": "uint64", "shape": [], "seconds": 0.25})");
  EXPECT_EQ(json_of_scalar(Float16{0x3555}), R"({"value": 0.3333, "dtype": "float16", "shape": [], "seconds": 0.25})");
  EXPECT_EQ(json_of_scalar(std::complex<float>(0.1f, -2)), R"({"value": [0.1, -2.0], "dtype": "complex64", "shape": [], "seconds": 0.25})");
  EXPECT_EQ(json_of_scalar(std::complex(std::numeric_limits<double>::infinity(), 0.0)),
            R"({"value": ["inf", 0.0], "dtype": "complex128", "shape": [], "seconds": 0.25})");
}

TEST(Json, Tuples) {
  AnswerState answer{.is_tuple = true, .effort = {.seconds = 0.25}};
  std::vector<Array> arrays;
  for (const DType dtype : {DType::int8, DType::bool_}) {
    Array zero(dtype, {});
    *static_cast<char*>(zero.data()) = 0;
    answer.views.emplace_back(zero);
    arrays.push_back(std::move(zero));
  }
  std::string text;
  print_json(answer, false, [&](std::string_view piece) { text += piece; });
  EXPECT_EQ(text, R"({"value": [0, false], "dtype": ["int8", "bool"], "shape": [[], []], "seconds": 0.25})");
}

TEST(Json, StatementsWithoutValue) {
  std::string text;
  const TextSink sink = [&](std::string_view piece) { text += piece; };
  print_json({.kind = Answer::Kind::assertion, .effort = {.seconds = 0.25}}, false, sink);
  EXPECT_EQ(text, R"({"value": null, "seconds": 0.25})");
  text.clear();
  print_json({.kind = Answer::Kind::word, .word = "int64", .effort = {.seconds = 0.25}}, false, sink);
  EXPECT_EQ(text, R"({"value": "int64", "seconds": 0.25})");
}

TEST(Json, ArraysOfHigherRank) {
  EXPECT_EQ(json_of_array<int>(std::array<std::size_t, 2>{2, 3}, {1, 2, 3, 4, 5, 6}),
            R"({"value": [[1, 2, 3], [4, 5, 6]], "dtype": "int32", "shape": [2, 3], "seconds": 0.25})");
  EXPECT_EQ(json_of_array<int>(std::array<std::size_t, 2>{2, 0}, {}),
            R"({"value": [[], []], "dtype": "int32", "shape": [2, 0], "seconds": 0.25})");
  EXPECT_EQ(json_of_array<int>(std::array<std::size_t, 2>{501, 2}, {1, 2}),
            R"({"value": [[1, 2], [1, 2], [1, 2], [1, 2], [1, 2], [1, 2]], "shortened": true, "dtype": "int32", "shape": [501, 2], )"
            R"("seconds": 0.25})");
}

TEST(Json, Arrays) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(json_of_array<double>(std::array<std::size_t, 1>{4}, {1, inf, -inf, -std::numeric_limits<double>::quiet_NaN()}),
            R"({"value": [1.0, "inf", "-inf", "nan"], "dtype": "float64", "shape": [4], "seconds": 0.25})");
  EXPECT_EQ(json_of_array<double>(std::array<std::size_t, 1>{0}, {0}),
            R"({"value": [], "dtype": "float64", "shape": [0], "seconds": 0.25})");
}

TEST(Json, LongArrays) {
  EXPECT_EQ(json_of_array<int>(std::array<std::size_t, 1>{1'001}, {1, 2}),
            R"({"value": [1, 2, 1, 1, 2, 1], "shortened": true, "dtype": "int32", "shape": [1001], "seconds": 0.25})");
  const std::string full = json_of_array<int>(std::array<std::size_t, 1>{50'000}, {7}, true);
  EXPECT_EQ(std::count(full.begin(), full.end(), '7'), 50'000);
  EXPECT_EQ(full.find("shortened"), std::string::npos);
}

TEST(Json, Strings) {
  EXPECT_EQ(json_string("a\"b\\c\n\x01"), R"("a\"b\\c\u000a\u0001")");
  EXPECT_EQ(json_string("\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80"), "\"\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80\"");
  EXPECT_EQ(json_string("\xFFx\xC3"), R"("\ufffdx\ufffd")");
  EXPECT_EQ(json_string("\xED\xA0\x80"), R"("\ufffd\ufffd\ufffd")");
  EXPECT_EQ(json_string("\xC0\x80"), R"("\ufffd\ufffd")");
}

}  // namespace
}  // namespace lanewise::inline v0::calculator
