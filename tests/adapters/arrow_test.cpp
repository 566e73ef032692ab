// Columns of Arrow's C Data Interface, by the structs of its specification.

#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include <lanewise/arrow.hpp>
#include <lanewise/lanewise.hpp>

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};

namespace lanewise::inline v0 {
namespace {

template <class T>
struct Column {
  ArrowSchema schema{};
  ArrowArray array{};
  std::vector<T> elements;
  std::vector<std::uint8_t> validity;
  const void* buffers[2] = {};

  Column(const char* format, std::vector<T> own_elements, std::vector<std::uint8_t> own_validity = {})
      : elements(std::move(own_elements)), validity(std::move(own_validity)) {
    schema.format = format;
    buffers[0] = validity.empty() ? nullptr : validity.data();
    buffers[1] = elements.data();
    array.length = static_cast<std::int64_t>(elements.size());
    array.null_count = validity.empty() ? 0 : -1;
    array.n_buffers = 2;
    array.buffers = buffers;
  }
  Column(const Column&) = delete;
  Column& operator=(const Column&) = delete;

  ArrowColumn column() const { return arrow_column(schema, array); }
};

TEST(Arrow, Example) {
  const Column<double> column("g", {1, 2, 4, 8}, {0b1011});
  const auto& [schema, array, elements, validity, buffers] = column;
  double s = lanewise::evaluate("nansum(x)", {{"x", lanewise::arrow_column(schema, array)}}).item<double>();
  EXPECT_EQ(s, 11);
}

TEST(Arrow, ColumnsWithoutNullsAreViewed) {
  Column<std::int32_t> column("i", {1, 2, 3, 4, 5});
  column.array.offset = 2;
  column.array.length = 3;
  EXPECT_FALSE(column.column().is_copy());
  EXPECT_EQ(column.column().dtype(), DType::int32);
  EXPECT_EQ(evaluate("sum(x)", {{"x", column.column()}}).item<std::int64_t>(), 12);
  const Column<float> all_valid("f", {1, 2}, {0b11});
  EXPECT_FALSE(all_valid.column().is_copy()) << "a count of -1 is not known";
  EXPECT_EQ(Column<double>("g", {}).column().size(), 0U);
}

TEST(Arrow, NullsAreNan) {
  Column<float> column("f", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {0b11110111, 0b01});
  column.array.offset = 2;
  column.array.length = 8;
  const ArrowColumn found = column.column();
  ASSERT_EQ(found.dtype(), DType::float32);
  ASSERT_TRUE(found.is_copy());
  const ArrayView view = found;
  const auto* const elements = static_cast<const float*>(view.data());
  EXPECT_TRUE(std::isnan(elements[1]));
  EXPECT_TRUE(std::isnan(elements[7]));
  EXPECT_EQ(elements[0] + elements[2] + elements[6], 2 + 4 + 8);
}

TEST(Arrow, IntegersWithNullsAreFloats) {
  const Column<std::uint8_t> column("C", {200, 7, 100}, {0b101});
  EXPECT_EQ(column.column().dtype(), DType::float64);
  EXPECT_EQ(evaluate("nansum(x)", {{"x", column.column()}}).item<double>(), 300);
  EXPECT_EQ(evaluate("sum(isnan(x))", {{"x", column.column()}}).item<std::int64_t>(), 1);
  const Column<std::uint16_t> halves("e", {0x3C00, 0x4000}, {0b01});
  EXPECT_EQ(evaluate("nansum(float32(x))", {{"x", halves.column()}}).item<float>(), 1);
}

TEST(Arrow, TruthValuesAreUnpacked) {
  Column<std::uint8_t> column("b", {0b10110100, 0b1});
  column.array.offset = 1;
  column.array.length = 8;
  EXPECT_EQ(column.column().dtype(), DType::bool_);
  EXPECT_EQ(evaluate("sum(x)", {{"x", column.column()}}).item<std::int64_t>(), 5);
  Column<std::uint8_t> with_nulls("b", {0b0101}, {0b0111});
  with_nulls.array.length = 4;
  EXPECT_EQ(evaluate("nansum(x)", {{"x", with_nulls.column()}}).item<double>(), 2);
}

TEST(Arrow, OtherColumnsAreRefused) {
  for (const char* format : {"u", "tdD", "n", "+l", "w:16", ""}) {
    const Column<double> column(format, {1});
    EXPECT_THROW((void)column.column(), DTypeError) << format;
  }
  Column<std::int32_t> encoded("i", {0});
  encoded.schema.dictionary = &encoded.schema;
  EXPECT_THROW((void)encoded.column(), DTypeError);
  Column<double> negative("g", {1});
  negative.array.length = -1;
  EXPECT_THROW((void)negative.column(), ShapeError);
}

}  // namespace
}  // namespace lanewise::inline v0
