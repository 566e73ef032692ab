// Graph to program: the order of work, where values wait, and what is computed once a call.

#include "bytecode/emit.hpp"

#include <gtest/gtest.h>

#include "bytecode/program_of.hpp"

namespace lanewise::inline v0 {
namespace {

struct Row {
  const char* text;
  const char* listing;
};

void expect_listings(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    const Program program = program_of(row.text);
    EXPECT_EQ(to_text(program), row.listing + 1) << row.text;
    EXPECT_EQ(verify(program), "") << row.text;
  }
}

TEST(Emit, Leaves) {
  expect_listings({
      {"x", R"(
0  load.f64        a   <- in0
1  store_last.f64  out <- a)"},
      {"3", R"(
0  load.i64        a   <- k0   k0 = 3
1  store_last.i64  out <- a)"},
      {"p", R"(
0  load.b8        a   <- in6
1  store_last.b8  out <- a)"},
  });
}

TEST(Emit, OneInstructionReadsItsOperandsWhereTheyAre) {
  expect_listings({
      {"x**2", R"(
0  multiply.f64    a   <- in0 in0
1  store_last.f64  out <- a)"},
      {"x - y/z", R"(
0  divide.f64      a   <- in1 in2
1  subtract.f64    a   <- in0 a
2  store_last.f64  out <- a)"},
      {"(x+1)*(x+1)", R"(
0  add.f64         a   <- in0 k0   k0 = 1
1  multiply.f64    a   <- a a
2  store_last.f64  out <- a)"},
      {"hypot(2.0, x)", R"(
0  load.f64        a   <- in0
1  hypot.f64       a   <- a k0   k0 = 2
2  store_last.f64  out <- a)"},
      {"2**x", R"(
0  load.f64        a   <- k0      k0 = 2
1  power.f64       a   <- a in0
2  store_last.f64  out <- a)"},
  });
}

TEST(Emit, ASumBecomesPartOfItsProduct) {
  expect_listings({
      {"(x + 1)*(x - 1)*(2 - y)", R"(
0  add.f64                  a   <- in0 k0     k0 = 1
1  multiply_difference.f64  a   <- a in0 k0
2  multiply_difference.f64  a   <- a k1 in1   k1 = 2
3  store_last.f64           out <- a)"},
      {"sqrt(x)*(x + y)", R"(
0  sqrt.f64          a   <- in0
1  multiply_sum.f64  a   <- a in0 in1
2  store_last.f64    out <- a)"},
      {"x*(y + 1)", R"(
0  add.f64         a   <- in1 k0   k0 = 1
1  multiply.f64    a   <- a in0
2  store_last.f64  out <- a)"},
  });
}

TEST(Emit, AProductBecomesPartOfItsSum) {
  expect_listings({
      {"2*x + 3*y", R"(
0  multiply.f64     a   <- in0 k0     k0 = 2
1  add_product.f64  a   <- a in1 k1   k1 = 3
2  store_last.f64   out <- a)"},
      {"x*y - z*x", R"(
0  multiply.f64          a   <- in0 in1
1  subtract_product.f64  a   <- a in0 in2
2  store_last.f64        out <- a)"},
      {"x*y - (x+y)", R"(
0  add.f64                    a   <- in0 in1
1  subtract_from_product.f64  a   <- a in0 in1
2  store_last.f64             out <- a)"},
      {"x**2 + x**3", R"(
0  multiply.f64     a   <- in0 in0
1  spill.f64        t0  <- a
2  add_product.f64  a   <- a in0 t0
3  store_last.f64   out <- a)"},
  });
}

TEST(Emit, TwoAccumulatorsThenATile) {
  expect_listings({
      {"(x+y)/(y-z)", R"(
0  add.f64         a   <- in0 in1
1  subtract.f64    b   <- in1 in2
2  divide.f64      a   <- a b
3  store_last.f64  out <- a)"},
      {"(x+y)*(y+z)*(z+x+1)", R"(
0  add.f64           a   <- in0 in1
1  multiply_sum.f64  a   <- a in1 in2
2  add.f64           b   <- in0 in2
3  add.f64           b   <- b k0        k0 = 1
4  multiply.f64      a   <- a b
5  store_last.f64    out <- a)"},
      {"((x+y)*(y+z)) / ((x-y)*(y-z))", R"(
0  add.f64                  a   <- in0 in1
1  multiply_sum.f64         a   <- a in1 in2
2  spill.f64                t0  <- a
3  subtract.f64             a   <- in0 in1
4  multiply_difference.f64  a   <- a in1 in2
5  divide.f64               a   <- t0 a
6  store_last.f64           out <- a)"},
  });
}

TEST(Emit, AValueUsedTwiceIsComputedOnce) {
  expect_listings({
      {"sin(x+y)/(x+y)", R"(
0  add.f64         a   <- in0 in1
1  spill.f64       t0  <- a
2  sin.f64         a   <- a
3  divide.f64      a   <- a t0
4  store_last.f64  out <- a)"},
      {"(x+1)/(x+1)", R"(
0  add.f64         a   <- in0 k0   k0 = 1
1  spill.f64       t0  <- a
2  divide.f64      a   <- a t0
3  store_last.f64  out <- a)"},
  });
}

TEST(Emit, SineAndCosineOfOneAngleAreOneInstruction) {
  expect_listings({
      {"sin(x)*cos(x)", R"(
0  load.f64         a   <- in0
1  sine_cosine.f64  a   <- a
2  spill.f64        t0  <- b
3  multiply.f64     a   <- a t0
4  store_last.f64   out <- a)"},
      {"cos(x + y) - sin(x + y)/z", R"(
0  add.f64          a   <- in0 in1
1  sine_cosine.f64  b   <- a
2  spill.f64        t0  <- b
3  spill.f64        t1  <- a
4  divide.f64       a   <- t0 in2
5  subtract.f64     a   <- t1 a
6  store_last.f64   out <- a)"},
      {"cos(x) + cos(y)", R"(
0  load.f64        a   <- in0
1  cos.f64         a   <- a
2  load.f64        b   <- in1
3  cos.f64         b   <- b
4  add.f64         a   <- a b
5  store_last.f64  out <- a)"},
      {"where(x > y, sin(x) + 1, cos(x))", R"(
0  load.f64         a   <- in0
1  sine_cosine.f64  a   <- a
2  spill.f64        t0  <- b
3  add.f64          a   <- a k0      k0 = 1
4  spill.f64        t1  <- a
5  greater.f64      a   <- in0 in1
6  where.f64        a   <- a t1 t0
7  store_last.f64   out <- a)"},
  });
}

TEST(Emit, TheConditionEndsInTheDestination) {
  expect_listings({
      {"where(x > y, x, y)", R"(
0  greater.f64     a   <- in0 in1
1  where.f64       a   <- a in0 in1
2  store_last.f64  out <- a)"},
      {"where(x > y, x*y, x+y)", R"(
0  multiply.f64    a   <- in0 in1
1  spill.f64       t0  <- a
2  add.f64         b   <- in0 in1
3  greater.f64     a   <- in0 in1
4  where.f64       a   <- a t0 b
5  store_last.f64  out <- a)"},
      {"where(p, x+1, (x+y)*(y+z))", R"(
0  add.f64           a   <- in0 in1
1  multiply_sum.f64  a   <- a in1 in2
2  spill.f64         t0  <- a
3  add.f64           b   <- in0 k0      k0 = 1
4  load.b8           a   <- in6
5  where.f64         a   <- a b t0
6  store_last.f64    out <- a)"},
  });
}

TEST(Emit, ArraysWithGapsAreReadOnce) {
  const Graph graph = graph_of_program("2.0*x + x*y");
  std::vector<Leaf> leaves;
  for (NodeIndex n = 0; n < graph.nodes().size(); ++n) {
    const Node& node = graph.node(n);
    if (node.kind == Node::Kind::input) leaves.push_back({n, node.input_index, Rate::element, node.input_index == 0});
  }
  const Program program = emit(graph, graph.outputs(), leaves);
  EXPECT_EQ(verify(program), "");
  EXPECT_EQ(to_text(program), R"(0  load.f64         a   <- in0
1  spill.f64        t0  <- a
2  multiply.f64     a   <- a k0       k0 = 2
3  add_product.f64  a   <- a t0 in1
4  store_last.f64   out <- a)");
}

TEST(Emit, BoolArraysAreLoaded) {
  expect_listings({
      {"p & q", R"(
0  load.b8         a   <- in6
1  load.b8         b   <- in7
2  bitwise_and.b8  a   <- a b
3  store_last.b8   out <- a)"},
      {"p and not q or x > 1", R"(
0  load.b8         a   <- in6
1  load.b8         b   <- in7
2  logical_not.b8  b   <- b
3  logical_and.b8  a   <- a b
4  greater.f64     b   <- in0 k0   k0 = 1
5  logical_or.b8   a   <- a b
6  store_last.b8   out <- a)"},
  });
}

TEST(Emit, DtypesOfDifferentWidth) {
  expect_listings({
      {"f*2 < i", R"(
0  multiply.f32      a   <- in3 k0   k0 = 2
1  cast_float64.f32  a   <- a
2  cast_float64.i32  b   <- in4
3  less.f64          a   <- a b
4  store_last.b8     out <- a)"},
      {"i % 3", R"(
0  load.i32        a   <- in4
1  remainder.i32   a   <- a k0   k0 = 3
2  store_last.i32  out <- a)"},
  });
}

TEST(Emit, AComplexValueFillsBothAccumulators) {
  expect_listings({
      {"c + 1", R"(
0  load.c64        a   <- in11
1  add.c64         a   <- a k0   k0 = 1+0j
2  store_last.c64  out <- a)"},
      {"2j - c", R"(
0  load.c64        a   <- in11
1  subtract.c64    a   <- k0 a   k0 = 0+2j
2  store_last.c64  out <- a)"},
      {"c*c", R"(
0  load.c64        a   <- in11
1  spill.c64       t0  <- a
2  load.c64        a   <- in11
3  multiply.c64    a   <- a t0
4  store_last.c64  out <- a)"},
      {"sqrt(c)*d", R"(
0  load.c64        a   <- in12
1  spill.c64       t0  <- a
2  load.c64        a   <- in11
3  sqrt.c64        a   <- a
4  multiply.c64    a   <- a t0
5  store_last.c64  out <- a)"},
      {"Z*w + Z", R"(
0  load.c128        a   <- in13
1  multiply.c128    a   <- a s0   s0 = scalar in23
2  add.c128         a   <- a s0
3  store_last.c128  out <- a)"},
      {"(c*d + 1)/(c - d*2)", R"(
0   load.c64        a   <- in12
1   multiply.c64    a   <- a k1   k1 = 2+0j
2   spill.c64       t0  <- a
3   load.c64        a   <- in11
4   subtract.c64    a   <- a t0
5   spill.c64       t0  <- a
6   load.c64        a   <- in12
7   spill.c64       t2  <- a
8   load.c64        a   <- in11
9   multiply.c64    a   <- a t2
10  add.c64         a   <- a k0   k0 = 1+0j
11  divide.c64      a   <- a t0
12  store_last.c64  out <- a)"},
  });
}

TEST(Emit, ASharedComplexValueWaitsInTwoTiles) {
  expect_listings({
      {"(c+d)/(c+d)", R"(
0  load.c64        a   <- in12
1  spill.c64       t0  <- a
2  load.c64        a   <- in11
3  add.c64         a   <- a t0
4  spill.c64       t0  <- a
5  divide.c64      a   <- t0 a
6  store_last.c64  out <- a)"},
      {"(c*d) == (c*d)", R"(
0  load.c64       a   <- in12
1  spill.c64      t0  <- a
2  load.c64       a   <- in11
3  multiply.c64   a   <- a t0
4  spill.c64      t0  <- a
5  equal.c64      a   <- a t0
6  store_last.b8  out <- a)"},
      {"(c+d)*(c-d)", R"(
0   load.c64        a   <- in12
1   spill.c64       t0  <- a
2   load.c64        a   <- in11
3   subtract.c64    a   <- a t0
4   spill.c64       t0  <- a
5   load.c64        a   <- in12
6   spill.c64       t2  <- a
7   load.c64        a   <- in11
8   add.c64         a   <- a t2
9   multiply.c64    a   <- a t0
10  store_last.c64  out <- a)"},
  });
}

TEST(Emit, ComplexAndRealValuesMeetInTheFirstAccumulator) {
  expect_listings({
      {"abs(c) + f", R"(
0  load.c64        a   <- in11
1  absolute.c64    a   <- a
2  add.f32         a   <- a in3
3  store_last.f32  out <- a)"},
      {"c*f", R"(
0  load.f32            a   <- in3
1  cast_complex64.f32  a   <- a
2  spill.c64           t0  <- a
3  load.c64            a   <- in11
4  multiply.c64        a   <- a t0
5  store_last.c64      out <- a)"},
      {"c.real*d.imag", R"(
0  load.c64        a   <- in11
1  real.c64        a   <- a
2  spill.f32       t0  <- a
3  load.c64        a   <- in12
4  imaginary.c64   a   <- a
5  multiply.f32    a   <- a t0
6  store_last.f32  out <- a)"},
      {"complex(f, 2)", R"(
0  load.f32        a   <- in3
1  complex.f32     a   <- a k0   k0 = 2
2  store_last.c64  out <- a)"},
      {"complex(1, f + 1)", R"(
0  add.f32         a   <- in3 k0   k0 = 1
1  complex.f32     a   <- k0 a
2  store_last.c64  out <- a)"},
      {"where(f > 3, f, isnan(c))", R"(
0  load.c64         a   <- in11
1  isnan.c64        a   <- a
2  cast_float32.b8  a   <- a
3  spill.f32        t0  <- a
4  greater.f32      a   <- in3 k0     k0 = 3
5  where.f32        a   <- a in3 t0
6  store_last.f32   out <- a)"},
  });
}

TEST(Emit, AComplexChoiceKeepsItsConditionInATile) {
  expect_listings({
      {"where(f > 0, c, d)", R"(
0  load.c64        a   <- in12
1  spill.c64       t0  <- a
2  greater.f32     a   <- in3 k0    k0 = 0
3  spill.b8        t2  <- a
4  load.c64        a   <- in11
5  where.c64       a   <- a t2 t0
6  store_last.c64  out <- a)"},
      {"where(c == d, c*d, 1)", R"(
0   load.c64        a   <- k0        k0 = 1+0j
1   spill.c64       t0  <- a
2   load.c64        a   <- in12
3   spill.c64       t2  <- a
4   load.c64        a   <- in11
5   equal.c64       a   <- a t2
6   spill.b8        t4  <- a
7   load.c64        a   <- in12
8   spill.c64       t2  <- a
9   load.c64        a   <- in11
10  multiply.c64    a   <- a t2
11  where.c64       a   <- a t4 t0
12  store_last.c64  out <- a)"},
      {"where(p, 2j, c)", R"(
0  load.c64        a   <- in11
1  spill.c64       t0  <- a
2  load.b8         a   <- in6
3  spill.b8        t2  <- a
4  load.c64        a   <- k0        k0 = 0+2j
5  where.c64       a   <- a t2 t0
6  store_last.c64  out <- a)"},
  });
}

TEST(Emit, NarrowIntegersAreWrappedOnlyWhereSomebodySeesIt) {
  expect_listings({
      {"i8 + k8 + 1", R"(
0  load.i8        a   <- in15
1  load.i8        b   <- in16
2  add.i32        a   <- a b
3  add.i32        a   <- a k0   k0 = 1
4  store_last.i8  out <- a)"},
      {"(i8 + k8)*2 < 3", R"(
0  load.i8        a   <- in15
1  load.i8        b   <- in16
2  add.i32        a   <- a b
3  multiply.i32   a   <- a k0   k0 = 2
4  wrap_int8.i32  a   <- a
5  less.i32       a   <- a k1   k1 = 3
6  store_last.b8  out <- a)"},
      {"-(i8 + k8) // 2", R"(
0  load.i8           a   <- in15
1  load.i8           b   <- in16
2  add.i32           a   <- a b
3  negative.i32      a   <- a
4  wrap_int8.i32     a   <- a
5  floor_divide.i32  a   <- a k0   k0 = 2
6  store_last.i8     out <- a)"},
      {"abs(-i8)", R"(
0  load.i8        a   <- in15
1  negative.i32   a   <- a
2  wrap_int8.i32  a   <- a
3  absolute.i32   a   <- a
4  store_last.i8  out <- a)"},
      {"(i8 + k8 & 7) < 3", R"(
0  load.i8          a   <- in15
1  load.i8          b   <- in16
2  add.i32          a   <- a b
3  wrap_int8.i32    a   <- a
4  bitwise_and.i32  a   <- a k0   k0 = 7
5  less.i32         a   <- a k1   k1 = 3
6  store_last.b8    out <- a)"},
      {"(i8 & k8) < 3", R"(
0  load.i8          a   <- in15
1  load.i8          b   <- in16
2  bitwise_and.i32  a   <- a b
3  less.i32         a   <- a k0   k0 = 3
4  store_last.b8    out <- a)"},
      {"where(p, i8 + k8, k8) < 3", R"(
0  load.i8        a   <- in15
1  load.i8        b   <- in16
2  add.i32        a   <- a b
3  wrap_int8.i32  a   <- a
4  spill.i32      t0  <- a
5  load.i8        b   <- in16
6  load.b8        a   <- in6
7  where.i32      a   <- a t0 b
8  less.i32       a   <- a k0     k0 = 3
9  store_last.b8  out <- a)"},
      {"where(p, i8 + k8, k8)", R"(
0  load.i8        a   <- in15
1  load.i8        b   <- in16
2  add.i32        a   <- a b
3  spill.i32      t0  <- a
4  load.i8        b   <- in16
5  load.b8        a   <- in6
6  where.i32      a   <- a t0 b
7  store_last.i8  out <- a)"},
  });
}

TEST(Emit, IntegersOfDifferentWidthAndSign) {
  expect_listings({
      {"i8 + i", R"(
0  load.i8         a   <- in15
1  cast_int32.i32  a   <- a
2  add.i32         a   <- a in4
3  store_last.i32  out <- a)"},
      {"(i8 & k8) + u8", R"(
0  load.i8          a   <- in15
1  load.i8          b   <- in16
2  bitwise_and.i32  a   <- a b
3  cast_int16.i32   a   <- a
4  load.u8          b   <- in17
5  cast_int16.i32   b   <- b
6  add.i32          a   <- a b
7  store_last.i16   out <- a)"},
      {"u8*N", R"(
once
0  load.i32        a    <- s0   s0 = scalar in22
1  cast_int16.i32  a    <- a
2  store_last.i16  out1 <- a
each
0  load.u8         a   <- in17
1  cast_int16.i32  a   <- a
2  multiply.i32    a   <- a s1   s1 = once out1
3  store_last.i16  out <- a)"},
      {"u8 < 300", R"(
0  load.u8         a   <- in17
1  less_equal.i32  a   <- a k0   k0 = 255
2  store_last.b8   out <- a)"},
      {"u64 < j", R"(
0  load.i64           a   <- in5
1  cast_uint64.i64    a   <- a
2  greater.u64        a   <- a in21
3  greater_equal.i64  b   <- in5 k0   k0 = 0
4  logical_and.b8     a   <- a b
5  store_last.b8      out <- a)"},
      {"int8(x)", R"(
0  load.f64       a   <- in0
1  cast_int8.f64  a   <- a
2  store_last.i8  out <- a)"},
  });
}

TEST(Emit, Float16IsComputedAsFloat32) {
  expect_listings({
      {"h", R"(
0  load.f16        a   <- in14
1  store_last.f16  out <- a)"},
      {"h + 1", R"(
0  load.f16          a   <- in14
1  cast_float32.f32  a   <- a
2  add.f32           a   <- a k0   k0 = 1
3  store_last.f32    out <- a)"},
      {"float16(h*h)", R"(
0  load.f16          a   <- in14
1  cast_float32.f32  a   <- a
2  multiply.f32      a   <- a a
3  cast_float16.f32  a   <- a
4  store_last.f16    out <- a)"},
  });
}

TEST(Emit, WhatChangesOnceACallIsASlot) {
  expect_listings({
      {"A*x + B", R"(
0  multiply.f64    a   <- in0 s0   s0 = scalar in8
1  add.f64         a   <- a s1     s1 = scalar in9
2  store_last.f64  out <- a)"},
      {"(A+B)*x + sin(A+B)", R"(
once
0  load.f64        a    <- s0     s0 = scalar in8
1  add.f64         a    <- a s1   s1 = scalar in9
2  spill.f64       t0   <- a
3  store.f64       out2 <- a
4  reload.f64      a    <- t0
5  sin.f64         a    <- a
6  store_last.f64  out3 <- a
each
0  multiply.f64    a   <- in0 s2   s2 = once out2
1  add.f64         a   <- a s3     s3 = once out3
2  store_last.f64  out <- a)"},
      {"A*B", R"(
0  load.f64        a   <- s0     s0 = scalar in8
1  multiply.f64    a   <- a s1   s1 = scalar in9
2  store_last.f64  out <- a)"},
  });
}

TEST(Emit, LanesAreAsWideAsTheWidestDType) {
  EXPECT_EQ(program_of("f + 1").lane_bytes, narrow_lane_bytes);
  EXPECT_EQ(program_of("p and q").lane_bytes, narrow_lane_bytes);
  EXPECT_EQ(program_of("f + i").lane_bytes, wide_lane_bytes);
  EXPECT_EQ(program_of("int64(f)").lane_bytes, wide_lane_bytes);
  EXPECT_EQ(program_of("i8 + u16").lane_bytes, narrow_lane_bytes);
  EXPECT_EQ(program_of("h*h").lane_bytes, narrow_lane_bytes);
  EXPECT_EQ(program_of("c*d").lane_bytes, narrow_lane_bytes);
  EXPECT_EQ(program_of("c*w").lane_bytes, wide_lane_bytes);
}

TEST(Emit, UnusedInputsAreKnown) {
  const Program program = program_of("x + A");
  EXPECT_EQ(program.input_is_used, (std::vector<bool>{true, false, false, false, false, false, false, false, true}));
}

}  // namespace
}  // namespace lanewise::inline v0
