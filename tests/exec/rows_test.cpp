// Long rows with gaps, repeated elements, or in the order of columns, in every dtype: the same bits as contiguous copies of the arrays
// give.

#include <gtest/gtest.h>

#include <array>
#include <complex>
#include <cstdint>
#include <cstring>
#include <vector>

#include <lanewise/lanewise.hpp>

namespace lanewise::inline v0 {
namespace {

using Shape = std::vector<std::size_t>;
using Strides = std::vector<std::ptrdiff_t>;

/// How an array of rows and columns lies in memory.
struct Layout {
  const char* name;
  bool one_row, one_column;
  Strides (*strides)(Shape shape, std::ptrdiff_t element_bytes);
};

Strides by_rows(Shape shape, std::ptrdiff_t size) { return {static_cast<std::ptrdiff_t>(shape[1]) * size, size}; }
Strides by_columns(Shape shape, std::ptrdiff_t size) { return {size, static_cast<std::ptrdiff_t>(shape[0]) * size}; }
Strides with_gaps(Shape shape, std::ptrdiff_t size) { return {static_cast<std::ptrdiff_t>(shape[1]) * size + 5, size}; }
Strides second_columns(Shape shape, std::ptrdiff_t size) { return {static_cast<std::ptrdiff_t>(shape[1]) * 2 * size, 2 * size}; }
Strides third_columns_with_gaps(Shape shape, std::ptrdiff_t size) { return {static_cast<std::ptrdiff_t>(shape[1]) * 3 * size + 5, 3 * size}; }
Strides second_columns_backwards(Shape shape, std::ptrdiff_t size) { return {static_cast<std::ptrdiff_t>(shape[1]) * 2 * size, -2 * size}; }
Strides backwards(Shape shape, std::ptrdiff_t size) { return {-static_cast<std::ptrdiff_t>(shape[1]) * size, -size}; }

constexpr Layout layouts[] = {
    {"contiguous", false, false, by_rows},        {"rows with gaps", false, false, with_gaps},
    {"transposed", false, false, by_columns},     {"one row", true, false, by_rows},
    {"one column", false, true, by_rows},         {"every second column", false, false, second_columns},
    {"backwards", false, false, backwards},       {"every third column", false, false, third_columns_with_gaps},
    {"every second column, backwards", false, false, second_columns_backwards},
};

/// An array of small whole numbers, exact in all dtypes and as sums, and its copy spread over all rows and columns.
class Operand {
 public:
  Operand(DType dtype, Shape whole, const Layout& layout, std::size_t seed) : dtype_(dtype), shape_(whole) {
    if (layout.one_row) shape_[0] = 1;
    if (layout.one_column) shape_[1] = 1;
    const std::size_t size = dtype.size_bytes();
    strides_ = layout.strides(shape_, static_cast<std::ptrdiff_t>(size));
    const std::size_t room = 3 * shape_[0] * (shape_[1] + 5) * size;
    memory_.resize(room);
    first_ = 3;
    for (const std::size_t axis : {0U, 1U}) {
      if (strides_[axis] < 0) first_ += (shape_[axis] - 1) * static_cast<std::size_t>(-strides_[axis]);
    }
    copy_.resize(whole[0] * whole[1] * size);
    for (std::size_t row = 0; row < whole[0]; ++row) {
      for (std::size_t column = 0; column < whole[1]; ++column) {
        std::byte* const element = memory_.data() + offset(row, column);
        write(element, (place(row, column) * 7 + seed) % 5);
        std::memcpy(copy_.data() + (row * whole[1] + column) * size, element, size);
      }
    }
    whole_ = std::move(whole);
  }

  ArrayView view() const { return {memory_.data() + first_, dtype_, shape_, strides_}; }
  ArrayView copy() const { return {copy_.data(), dtype_, whole_}; }

 private:
  std::size_t place(std::size_t row, std::size_t column) const { return (shape_[0] == 1 ? 0 : row) * 31 + (shape_[1] == 1 ? 0 : column); }
  std::size_t offset(std::size_t row, std::size_t column) const {
    const std::ptrdiff_t down = shape_[0] == 1 ? 0 : static_cast<std::ptrdiff_t>(row) * strides_[0];
    const std::ptrdiff_t across = shape_[1] == 1 ? 0 : static_cast<std::ptrdiff_t>(column) * strides_[1];
    return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(first_) + down + across);
  }
  void write(std::byte* element, std::size_t number) const {
    const auto put = [&](auto value) { std::memcpy(element, &value, sizeof(value)); };
    switch (dtype_.code) {
      case DType::Code::bool_: return put(static_cast<std::uint8_t>(number % 2));
      case DType::Code::int8: return put(static_cast<std::int8_t>(number));
      case DType::Code::uint16: return put(static_cast<std::uint16_t>(number));
      case DType::Code::int64: return put(static_cast<std::int64_t>(number));
      case DType::Code::float32: return put(static_cast<float>(number));
      case DType::Code::complex128: return put(std::complex<double>(static_cast<double>(number), 1));
      default: return put(static_cast<double>(number));
    }
  }

  DType dtype_;
  Shape shape_;
  Shape whole_;
  Strides strides_;
  std::vector<std::byte> memory_;
  std::vector<std::byte> copy_;
  std::size_t first_ = 0;
};

std::vector<std::byte> bytes_of(const Array& array) {
  const ArrayView view = array;
  const auto* first = static_cast<const std::byte*>(view.data());
  return {first, first + array.size() * array.dtype().size_bytes()};
}

struct Question {
  const char* text;
  DType x, y;
};

constexpr Question questions[] = {
    {"x + 2*y", DType::float64, DType::float64},
    {"x*y - x", DType::float32, DType::float32},
    {"x + y", DType::int8, DType::float64},
    {"where(x, y, -y)", DType::bool_, DType::float32},
    {"x & ~y", DType::bool_, DType::bool_},
    {"x*y + 1", DType::uint16, DType::int8},
    {"x*y", DType::complex128, DType::float64},
    {"x + y*index(0) + 3*index(1)", DType::int64, DType::int64},
    {"sum(x*y, axis=1)", DType::float64, DType::float32},
    {"sum(x + y, axis=0) + max(x*y, axis=0)", DType::int64, DType::int8},
    {"sum(x + y)", DType::int64, DType::float64},
};

TEST(Rows, GiveTheBitsOfContiguousCopies) {
  for (const Shape& shape : {Shape{5, 1003}, Shape{200, 301}, Shape{3, 70'000}}) {
    for (const Question& question : questions) {
      for (const Layout& left : layouts) {
        const Operand x(question.x, shape, left, 1);
        for (const Layout& right : layouts) {
          const Operand y(question.y, shape, right, 2);
          if ((left.one_row && right.one_row) || (left.one_column && right.one_column)) continue;  // then the joint shape is another
          const Array found = evaluate(question.text, {{"x", x.view()}, {"y", y.view()}}, {.evaluate = {.order = Order::c}});
          ASSERT_EQ(bytes_of(found), bytes_of(evaluate(question.text, {{"x", x.copy()}, {"y", y.copy()}})))
              << question.text << " of " << shape[0] << " by " << shape[1] << ", x " << left.name << ", y " << right.name;
        }
      }
    }
  }
}

/// Streaming stores to the second output's rows would be misaligned where the first's are not.
TEST(Rows, StreamIntoOutputsWithGapsOfTheirOwn) {
  constexpr std::size_t rows = 3000, columns = 1500, room = columns + 8;
  const std::vector<double> x(rows * columns, 2);
  const Expression expression = Expression::compile("x + 1, x * 3", {{"x", DType::float64}});
  for (const std::array<std::ptrdiff_t, 2> row_bytes :
       {std::array<std::ptrdiff_t, 2>{8 * columns + 8, 8 * columns + 16}, {8 * columns + 12, 8 * columns + 12}}) {
    std::vector<double> first(rows * room, -7), second(rows * room, -7);
    const auto output = [&](std::vector<double>& memory, std::ptrdiff_t stride) {
      return MutableArrayView(memory.data(), DType::float64, Shape{rows, columns}, Strides{stride, 8});
    };
    expression.evaluate_all({{"x", ArrayView(x.data(), Shape{rows, columns})}},
                            {output(first, row_bytes[0]), output(second, row_bytes[1])});
    for (std::size_t row = 0; row < rows; ++row) {
      const auto element = [&](const std::vector<double>& memory, std::ptrdiff_t stride, std::size_t column) {
        double value = 0;
        std::memcpy(&value,
                    reinterpret_cast<const std::byte*>(memory.data()) + static_cast<std::ptrdiff_t>(row) * stride +
                        static_cast<std::ptrdiff_t>(column) * 8,
                    sizeof(value));
        return value;
      };
      for (const std::size_t column : {std::size_t{0}, std::size_t{1}, columns / 2, columns - 1}) {
        ASSERT_EQ(element(first, row_bytes[0], column), 3) << row << ", " << column;
        ASSERT_EQ(element(second, row_bytes[1], column), 6) << row << ", " << column;
      }
    }
  }
}

/// Rows within planes, of which neither those of a part of a larger array nor those of an array whose last two axes are exchanged are all evenly far
/// from each other; with one plane all are. Once within a cache and once beyond, where blocks have another shape.
TEST(Rows, OfThreeDimensions) {
  constexpr std::ptrdiff_t size = sizeof(double);
  struct Extents {
    std::size_t planes, rows, columns, gap;
  };
  for (const auto& [planes, rows, columns, gap] : {Extents{3, 67, 301, 5}, {3, 67, 301, 0}, {1, 100, 600, 0}, {3, 1000, 901, 5}, {3, 1000, 901, 0}, {1, 2000, 1403, 5}}) {
    const std::size_t pitch = columns + gap, plane = (rows + gap) * pitch;
    std::vector<double> x(planes * plane), y(planes * rows * columns);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i);
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<double>(7 * i);
    const std::array extents{planes, rows, columns};
    const ArrayView part(x.data(), DType::float64, extents,
                         std::array{static_cast<std::ptrdiff_t>(plane) * size, static_cast<std::ptrdiff_t>(pitch) * size, size});
    const ArrayView exchanged(y.data(), DType::float64, extents,
                              std::array{static_cast<std::ptrdiff_t>(rows * columns) * size, size, static_cast<std::ptrdiff_t>(rows) * size});
    const Array found = evaluate("x + 2*y", {{"x", part}, {"y", exchanged}}, {.evaluate = {.order = Order::c}});
    const double* element = static_cast<const double*>(ArrayView(found).data());
    for (std::size_t p = 0; p < planes; ++p) {
      for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
          ASSERT_EQ(*element++, x[p * plane + r * pitch + c] + 2 * y[p * rows * columns + c * rows + r]) << p << ", " << r << ", " << c;
        }
      }
    }
  }
}

/// Transposed elements of few bytes, of which many fit into a block, and folds of what is read and of what is computed side by side.
TEST(Rows, FoldTransposedElementsOfAnyWidth) {
  constexpr Layout transposed{"transposed", false, false, by_columns};
  constexpr Layout contiguous{"contiguous", false, false, by_rows};
  for (const Shape& shape : {Shape{600, 601}, Shape{24, 5000}, Shape{1200, 90}, Shape{9, 8}}) {
    for (const Question& question : {Question{"argmax(x) + sum(y)", DType::int8, DType::int8}, {"argmax(x*y)", DType::int8, DType::uint16},
                                     {"max(x) - min(x*y) + sum(x)", DType::float32, DType::float64}, {"sum(x*y)", DType::complex128, DType::bool_},
                                     {"sum(x*y + index(1))", DType::int64, DType::uint16}, {"max(x*y, axis=1)", DType::int8, DType::int8},
                                     {"sum(x*y, axis=0) + min(x)", DType::float64, DType::int8}}) {
      const Operand x(question.x, shape, transposed, 1), y(question.y, shape, contiguous, 2);
      for (const std::size_t threads : {1U, 2U, 16U}) {
        const Array found = evaluate(question.text, {{"x", x.view()}, {"y", y.view()}}, {.evaluate = {.max_threads = threads}});
        ASSERT_EQ(bytes_of(found), bytes_of(evaluate(question.text, {{"x", x.copy()}, {"y", y.copy()}})))
            << question.text << " of " << shape[0] << " by " << shape[1] << ", " << threads << " threads";
      }
    }
  }
}

TEST(Rows, FindTheOnlyElementOfTransposedOnes) {
  constexpr std::size_t rows = 600, columns = 601;
  for (const std::size_t place : {std::size_t{7}, std::size_t{65'536}, std::size_t{70'001}, std::size_t{259'632}, rows * columns - 1}) {
    std::vector<std::int8_t> x(rows * columns);
    x[place % columns * rows + place / columns] = 1;
    const ArrayView view(x.data(), DType::int8, std::array{rows, columns}, std::array<std::ptrdiff_t, 2>{1, rows});
    for (const std::size_t threads : {1U, 2U}) {
      const Array found = evaluate("argmax(x)", {{"x", view}}, {.evaluate = {.max_threads = threads}});
      EXPECT_EQ(*static_cast<const std::int64_t*>(ArrayView(found).data()), static_cast<std::int64_t>(place)) << threads << " threads";
    }
  }
}

}  // namespace
}  // namespace lanewise::inline v0
