// Inputs and outputs in the same memory, in every way: what shares bytes is refused and nothing written, unless it is the same array; what
// does not is computed. The truth is found byte by byte.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <lanewise/lanewise.hpp>
#include <set>
#include <string>
#include <vector>

namespace lanewise::inline v0 {
namespace {

using Shape = std::vector<std::size_t>;
using Strides = std::vector<std::ptrdiff_t>;

/// An array in a memory that it may share.
struct Place {
  DType dtype;
  Shape shape;
  Strides strides;
  std::ptrdiff_t offset;  ///< of the first element, from the middle of the memory

  template <class Visit>
  void for_each(Visit visit) const {
    std::size_t count = 1;
    for (const std::size_t extent : shape) count *= extent;
    for (std::size_t i = 0; i < count; ++i) {
      std::ptrdiff_t place = offset;
      for (std::size_t axis = shape.size(), rest = i; axis-- > 0; rest /= shape[axis]) {
        place += static_cast<std::ptrdiff_t>(rest % shape[axis]) * strides[axis];
      }
      visit(i, place);
    }
  }
  std::set<std::ptrdiff_t> bytes() const {
    std::set<std::ptrdiff_t> result;
    for_each([&](std::size_t, std::ptrdiff_t place) {
      for (std::size_t k = 0; k < dtype.size_bytes(); ++k) result.insert(place + static_cast<std::ptrdiff_t>(k));
    });
    return result;
  }
  bool overlaps(const Place& other) const {
    const std::set<std::ptrdiff_t> own = bytes();
    for (const std::ptrdiff_t byte : other.bytes()) {
      if (own.contains(byte)) return true;
    }
    return false;
  }
  bool is_same(const Place& other) const { return dtype == other.dtype && offset == other.offset && strides == other.strides; }
};

constexpr std::size_t middle = 2048;

struct Memory {
  std::vector<std::byte> bytes = std::vector<std::byte>(2 * middle);

  Memory() {
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 37 % 120);  // no nan, no negative number
  }
  std::byte* at(std::ptrdiff_t offset) { return bytes.data() + static_cast<std::ptrdiff_t>(middle) + offset; }
  ArrayView view(const Place& place) { return {at(place.offset), place.dtype, place.shape, place.strides}; }
  MutableArrayView output(const Place& place) { return {at(place.offset), place.dtype, place.shape, place.strides}; }
};

/// What the memory is once the complements of the elements of `in` were stored to `out`.
template <class T>
std::vector<std::byte> complemented(Memory memory, const Place& in, const Place& out) {
  std::vector<T> results;
  in.for_each([&](std::size_t, std::ptrdiff_t place) {
    T element;
    std::memcpy(&element, memory.at(place), sizeof(element));
    results.push_back(static_cast<T>(~element));
  });
  out.for_each([&](std::size_t i, std::ptrdiff_t place) { std::memcpy(memory.at(place), &results[i], sizeof(T)); });
  return memory.bytes;
}

/// Returns how many layouts that share no byte were refused all the same.
template <class T>
std::size_t check(const Expression& expression, const Place& in, const Place& out) {
  Memory memory;
  const Memory before;
  const bool must_refuse = in.overlaps(out) && !in.is_same(out);
  try {
    expression.evaluate_positional({memory.view(in)}, memory.output(out));
  } catch (const AliasError&) {
    EXPECT_EQ(memory.bytes, before.bytes) << "something was written";
    EXPECT_FALSE(in.is_same(out)) << "in place";
    return must_refuse ? 0 : 1;
  }
  EXPECT_FALSE(must_refuse) << "offset " << out.offset << ", strides " << in.strides.back() << " and " << out.strides.back();
  EXPECT_EQ(memory.bytes, (complemented<T>(before, in, out))) << "offset " << out.offset;
  return 0;
}

template <class T>
class Overlap : public testing::Test {};
using IntegerTypes = testing::Types<std::uint8_t, std::int16_t, std::int32_t, std::int64_t>;
TYPED_TEST_SUITE(Overlap, IntegerTypes);

TYPED_TEST(Overlap, OfOneDimension) {
  constexpr auto size = static_cast<std::ptrdiff_t>(sizeof(TypeParam));
  const Expression expression = Expression::compile("~x", {{"x", dtype_of<TypeParam>}});
  std::size_t refused_needlessly = 0, count = 0;
  for (const std::ptrdiff_t in_stride : {size, -size, 2 * size, 3 * size, -2 * size, size + 1}) {
    for (const std::ptrdiff_t out_stride : {size, -size, 2 * size, 3 * size, size + 1}) {
      for (const std::ptrdiff_t unit : {std::ptrdiff_t{1}, size}) {
        for (std::ptrdiff_t offset = -16; offset <= 16; ++offset) {
          refused_needlessly += check<TypeParam>(expression, {dtype_of<TypeParam>, {11}, {in_stride}, 0},
                                                 {dtype_of<TypeParam>, {11}, {out_stride}, offset * unit});
          ++count;
        }
      }
    }
  }
  EXPECT_LT(refused_needlessly, count / 4) << "interleaved arrays of different strides are hard to tell from overlapping ones";
}

TYPED_TEST(Overlap, OfTwoDimensions) {
  constexpr auto size = static_cast<std::ptrdiff_t>(sizeof(TypeParam));
  const Expression expression = Expression::compile("~x", {{"x", dtype_of<TypeParam>}});
  const Strides layouts[] = {{5 * size, size}, {size, 3 * size}, {10 * size, 2 * size}, {-8 * size, size}, {6 * size, -size}};
  for (const Strides& in : layouts) {
    for (const Strides& out : layouts) {
      for (std::ptrdiff_t offset = -16; offset <= 16; ++offset) {
        (void)check<TypeParam>(expression, {dtype_of<TypeParam>, {3, 5}, in, 0}, {dtype_of<TypeParam>, {3, 5}, out, offset * size});
      }
    }
  }
}

TYPED_TEST(Overlap, OfTwoOutputs) {
  constexpr auto size = static_cast<std::ptrdiff_t>(sizeof(TypeParam));
  const Expression expression = Expression::compile("~x, x", {{"x", dtype_of<TypeParam>}});
  for (const std::ptrdiff_t stride : {size, -size, 2 * size}) {
    for (std::ptrdiff_t offset = -16; offset <= 16; ++offset) {
      const Place in{dtype_of<TypeParam>, {9}, {size}, 600};
      const Place first{dtype_of<TypeParam>, {9}, {2 * size}, 0};
      const Place second{dtype_of<TypeParam>, {9}, {stride}, offset * size};
      Memory memory;
      const Memory before;
      try {
        expression.evaluate_all({{"x", memory.view(in)}}, {memory.output(first), memory.output(second)});
        EXPECT_FALSE(first.overlaps(second)) << offset;
      } catch (const AliasError&) {
        EXPECT_EQ(memory.bytes, before.bytes);
      }
    }
  }
}

/// Whatever is evaluated into x must be what it is beside x, or refused with x as it was.
TEST(OverlapOfPrograms, IntoAnInput) {
  const char* const texts[] = {"x[::-1] + 0*x", "x - mean(x)",    "x / sum(x)",
                               "x + x[0]",      "x + max(x[1:])", "sqrt(x) + y",
                               "x*y + x",       "x + index()",    "r = x - min(x); r / max(r)"};
  for (const char* text : texts) {
    std::vector<double> x(1000), y(1000, 2.0), beside(1000);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i % 17) + 1;
    const std::vector<double> before = x;
    evaluate(text, {{"x", x}, {"y", y}}, beside);
    try {
      evaluate(text, {{"x", x}, {"y", y}}, x);
      EXPECT_EQ(x, beside) << text;
    } catch (const AliasError&) {
      EXPECT_EQ(x, before) << text;
    }
  }
}

TEST(OverlapOfPrograms, SlicesOfTheOutput) {
  std::vector<double> x(100, 1);
  const std::vector<double> before = x;
  const std::span<double> all_but_last(x.data(), 99);
  const std::span<double> all_but_first(x.data() + 1, 99);
  EXPECT_THROW(evaluate("x[1:] + x[:-1]", {{"x", x}}, all_but_last), AliasError);
  EXPECT_THROW(evaluate("x[1:] + x[:-1]", {{"x", x}}, all_but_first), AliasError);
  EXPECT_EQ(x, before);
  evaluate("x[1:] * 3", {{"x", x}}, all_but_first);
  EXPECT_EQ(x[0], 1);
  EXPECT_EQ(x[99], 3);
}

TEST(OverlapOfPrograms, BroadcastIntoItself) {
  std::vector<double> x(12);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i);
  const std::vector<double> before = x;
  const Shape shape{3, 4};
  const ArrayView first_row(x.data(), Shape{4});
  EXPECT_THROW(evaluate("x + row", {{"x", ArrayView(x.data(), shape)}, {"row", first_row}}, MutableArrayView(x.data(), shape)), AliasError);
  const ArrayView first_column(x.data(), Shape{3, 1}, Strides{32, 8});
  EXPECT_THROW(evaluate("x + c", {{"x", ArrayView(x.data(), shape)}, {"c", first_column}}, MutableArrayView(x.data(), shape)), AliasError);
  EXPECT_EQ(x, before);
}

TEST(OverlapOfPrograms, AnOutputThatAnotherResultReads) {
  std::vector<double> x(500, 2), y(500);
  const Expression expression = Expression::compile("x*3, sqrt(x)", {{"x", DType::float64}});
  try {
    expression.evaluate_all({{"x", x}}, {x, y});
    EXPECT_EQ(y[499], std::sqrt(2.0));
    EXPECT_EQ(x[499], 6);
  } catch (const AliasError&) {
    EXPECT_EQ(x, std::vector<double>(500, 2));
  }
}

}  // namespace
}  // namespace lanewise::inline v0
