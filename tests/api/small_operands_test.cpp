// What is computed from arrays much smaller than the result is computed once for each of their own elements, with the same bits.

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstring>
#include <lanewise/lanewise.hpp>
#include <string>
#include <vector>

namespace lanewise::inline v0 {
namespace {

using Shape = std::vector<std::size_t>;

constexpr std::size_t rows = 300, columns = 401;

class SmallOperands : public testing::Test {
 protected:
  SmallOperands() {
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::sin(static_cast<double>(i));
    for (std::size_t i = 0; i < columns; ++i) row[i] = std::cos(static_cast<double>(i));
    for (std::size_t i = 0; i < rows; ++i) column[i] = 1 + static_cast<double>(i) / 7;
    for (std::size_t i = 0; i < x.size(); ++i) {
      rows_of_row[i] = row[i % columns];
      columns_of_column[i] = column[i / columns];
    }
  }

  std::vector<Input> inputs() const {
    return {{"x", ArrayView(x.data(), Shape{rows, columns})}, {"row", row}, {"column", ArrayView(column.data(), Shape{rows, 1})}};
  }
  std::vector<Input> whole_inputs() const {
    return {{"x", ArrayView(x.data(), Shape{rows, columns})},
            {"row", ArrayView(rows_of_row.data(), Shape{rows, columns})},
            {"column", ArrayView(columns_of_column.data(), Shape{rows, columns})}};
  }
  std::string plan(const char* text) const {
    std::vector<SchemaEntry> schema{{"x", DType::float64}, {"row", DType::float64}, {"column", DType::float64}};
    const Expression expression = Expression::compile(text, Schema(std::move(schema)));
    Array out(DType::float64, Shape{rows, columns});
    return expression.explain(inputs(), out);
  }

  std::vector<double> x = std::vector<double>(rows * columns);
  std::vector<double> row = std::vector<double>(columns);
  std::vector<double> column = std::vector<double>(rows);
  std::vector<double> rows_of_row = std::vector<double>(rows * columns);
  std::vector<double> columns_of_column = std::vector<double>(rows * columns);
};

TEST_F(SmallOperands, GiveTheBitsOfWholeArrays) {
  for (const char* text :
       {"exp(row) * x + column", "x * sqrt(column) + sqrt(column)", "where(row > 0, x, exp(row) - column)", "2*row + 3*column + x",
        "exp(row) * exp(column) * x", "x + (row if row > 0 else -row)", "r = exp(row); r*x + r*2*column"}) {
    const Array found = evaluate(text, inputs());
    const Array expected = evaluate(text, whole_inputs());
    ASSERT_EQ(std::vector<double>(found.span<double>().begin(), found.span<double>().end()),
              std::vector<double>(expected.span<double>().begin(), expected.span<double>().end()))
        << text;
  }
}

TEST_F(SmallOperands, MayBeResultsToo) {
  const Expression expression =
      Expression::compile("exp(row), exp(row) * x, sum(exp(row))", {{"x", DType::float64}, {"row", DType::float64}});
  const std::vector<Array> results = expression.evaluate_all({{"x", ArrayView(x.data(), Shape{rows, columns})}, {"row", row}});
  const Array alone = evaluate("exp(row)", {{"row", row}});
  ASSERT_EQ(results[0].shape().size(), 1U);
  for (std::size_t i = 0; i < columns; ++i) ASSERT_EQ(results[0].span<double>()[i], alone.span<double>()[i]);
  for (std::size_t i = 0; i < x.size(); ++i) ASSERT_EQ(results[1].span<double>()[i], alone.span<double>()[i % columns] * x[i]);
  EXPECT_EQ(results[2].item<double>(), evaluate("sum(e)", {{"e", alone}}).item<double>());
}

TEST_F(SmallOperands, HaveAPassOfTheirOwn) {
  EXPECT_NE(plan("exp(row) * x + column").find("pass 1"), std::string::npos);
  EXPECT_NE(plan("(x - mean(x, axis=0)) / std(x, axis=0) + row + column").find("pass 3"), std::string::npos) << "the square root";
  EXPECT_EQ(plan("row * x + column").find("pass 1"), std::string::npos) << "they are only read";
}

TEST_F(SmallOperands, PositionsAndHostFunctionsStayWhereTheyAre) {
  const Array found = evaluate("x*0 + row*0 + (row*0 + index())", {{"x", ArrayView(x.data(), Shape{rows, columns})}, {"row", row}});
  EXPECT_EQ(found.span<double>()[columns + 2], static_cast<double>(columns + 2));
  std::atomic<std::size_t> calls = 0;
  FunctionSet functions;
  functions.add("counted", [&calls](double value) {
    ++calls;
    return value;
  });
  (void)evaluate("counted(row) + x", {{"x", ArrayView(x.data(), Shape{rows, columns})}, {"row", row}},
                 {.compile = {.functions = &functions}});
  EXPECT_EQ(calls, rows * columns) << "once for each element of the result";
}

}  // namespace
}  // namespace lanewise::inline v0
