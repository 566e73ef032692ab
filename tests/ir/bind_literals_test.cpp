// Integer literals at the edges of every type, and comparisons of integers of different types: exact, whatever the machine's types are.

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>

#include "ir/evaluate_graph.hpp"
#include "ir/graph_of.hpp"
#include "ir/scalar_machine.hpp"

namespace lanewise {
namespace {

using testing_ir::bound;
using testing_ir::flat;

constexpr DType integers[] = {DType::int8,  DType::int16,  DType::int32,  DType::int64,
                              DType::uint8, DType::uint16, DType::uint32, DType::uint64};

// Wider than every integer type, so that the reference needs no care.
__extension__ using Wide = __int128;

Wide lowest(DType dtype) { return dtype.is_unsigned_integer() ? 0 : -(Wide{1} << (8 * dtype.size_bytes() - 1)); }
Wide highest(DType dtype) { return (Wide{1} << (8 * dtype.size_bytes() - (dtype.is_unsigned_integer() ? 0 : 1))) - 1; }

std::string to_text(Wide value) {
  if (value < 0) return "-" + to_text(-value);
  const std::string last(1, static_cast<char>('0' + static_cast<int>(value % 10)));
  return value < 10 ? last : to_text(value / 10) + last;
}

Wide value_of(Scalar scalar) { return scalar.dtype == DType::uint64 ? Wide{scalar.bits} : Wide{integer_value(scalar)}; }

TEST(BindLiterals, FitUpToTheEndsOfTheType) {
  for (const DType dtype : integers) {
    const Schema inputs{{"v", dtype}};
    for (const Wide value : {lowest(dtype), highest(dtype)}) {
      EXPECT_EQ(flat(bound("v + " + to_text(value), inputs)), std::string(short_name(dtype)) + ": add(v, " + to_text(value) + ")");
      EXPECT_EQ(flat(bound("where(True, " + to_text(value) + ", v)", inputs)),
                std::string(short_name(dtype)) + ": where(True, " + to_text(value) + ", v)");
    }
    for (const Wide value : {lowest(dtype) - 1, highest(dtype) + 1}) {
      try {
        bound("v + " + to_text(value), inputs);
        ADD_FAILURE() << dtype.name() << " takes " << to_text(value);
      } catch (const DTypeError& error) {
        EXPECT_EQ(error.error_code(), ErrorCode::literal_out_of_range);
        EXPECT_EQ(error.span(), (SourceSpan{4, to_text(value).size()}));
      }
    }
  }
}

TEST(BindLiterals, BeyondInt64AreForUint64AndFloats) {
  EXPECT_EQ(flat(bound("u64 + 18446744073709551615")), "u64: add(u64, 18446744073709551615)");
  EXPECT_EQ(flat(bound("uint64(18446744073709551615)")), "u64: 18446744073709551615");
  EXPECT_EQ(flat(bound("int64(18446744073709551615)")), "i64: 9223372036854775807") << "a cast saturates";
  EXPECT_THROW(bound("uint64(18446744073709551616)"), DTypeError) << "no integer type holds the literal";
  EXPECT_EQ(flat(bound("x + 18446744073709551616")), "f64: add(x, 18446744073709551616)");
  EXPECT_EQ(flat(bound("z + 18446744073709551616")), "c128: add(z, 18446744073709551616+0j)");
  EXPECT_EQ(flat(bound("u64 / 18446744073709551616")), "f64: divide(cast_float64(u64), 18446744073709551616)");
}

// Every comparison of every type with every edge of every type, as a literal, against true arithmetic.
TEST(BindLiterals, CompareExactly) {
  for (const DType dtype : integers) {
    for (const DType other : integers) {
      for (const Wide literal :
           {lowest(other) - 1, lowest(other), lowest(other) + 1, highest(other) - 1, highest(other), highest(other) + 1}) {
        for (const std::string operation : {"<", "<=", ">", ">=", "==", "!="}) {
          const Graph right = bound("v " + operation + " " + to_text(literal), {{"v", dtype}});
          const Graph left = bound(to_text(literal) + " " + operation + " v", {{"v", dtype}});
          const auto holds = [&](Wide x, Wide y) {
            const bool less = operation.front() == '<' && x < y, greater = operation.front() == '>' && x > y;
            const bool equal = operation.size() == 2 && operation != "!=" && x == y;
            return less || greater || equal || (operation == "!=" && x != y);
          };
          for (const Scalar value : testing_ir::edge_values(dtype)) {
            EXPECT_EQ(testing_ir::evaluate_graph(right, std::span(&value, 1))[0].as<bool>(), holds(value_of(value), literal))
                << to_text(value) << operation << to_text(literal);
            EXPECT_EQ(testing_ir::evaluate_graph(left, std::span(&value, 1))[0].as<bool>(), holds(literal, value_of(value)))
                << to_text(literal) << operation << to_text(value);
          }
        }
      }
    }
  }
}

TEST(BindLiterals, TypedIntegersCompareExactly) {
  for (const DType left : integers) {
    for (const DType right : integers) {
      const Schema inputs{{"v", left}, {"w", right}};
      const std::array graphs = {bound("v < w", inputs),  bound("v <= w", inputs), bound("v > w", inputs),
                                 bound("v >= w", inputs), bound("v == w", inputs), bound("v != w", inputs)};
      for (const Scalar v : testing_ir::edge_values(left)) {
        for (const Scalar w : testing_ir::edge_values(right)) {
          const Wide x = value_of(v), y = value_of(w);
          const std::array expected = {x<y, x <= y, x> y, x >= y, x == y, x != y};
          const std::array values = {v, w};
          for (std::size_t i = 0; i < graphs.size(); ++i) {
            EXPECT_EQ(testing_ir::evaluate_graph(graphs[i], values)[0].as<bool>(), expected[i])
                << to_text(v) << " and " << to_text(w) << ": " << i;
          }
        }
      }
    }
  }
}

TEST(BindLiterals, OfComplexNumbers) {
  EXPECT_EQ(flat(bound("2j")), "c128: 0+2j");
  EXPECT_EQ(flat(bound("1 + 2j")), "c128: 1+2j");
  EXPECT_EQ(flat(bound("-2j")), "c128: -0-2j");
  EXPECT_EQ(flat(bound("1j*1j")), "c128: -1+0j");
  EXPECT_EQ(flat(bound("(3+4j).real + (3+4j).imag")), "f64: 7");
  EXPECT_EQ(flat(bound("f * 1j")), "c64: multiply(cast_complex64(f), 0+1j)");
  EXPECT_EQ(flat(bound("h * 1j")), "c64: multiply(cast_complex64(h), 0+1j)");
  EXPECT_EQ(flat(bound("i8 * 1j")), "c128: multiply(cast_complex128(i8), 0+1j)");
  EXPECT_EQ(flat(bound("c + w")), "c64: add(c, w.c64)");
  EXPECT_EQ(flat(bound("f + w")), "c64: add(cast_complex64(f), w.c64)");
  EXPECT_EQ(flat(bound("k + 1j")), "c128: add(k.c128, 0+1j)");
  EXPECT_EQ(flat(bound("c == 1j")), "b8: equal(c, 0+1j)");
  EXPECT_EQ(flat(bound("abs(3+4j)*f")), "f32: multiply(f, 5)");
}

}  // namespace
}  // namespace lanewise
