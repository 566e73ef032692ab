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
0  add.f64         a   <- in0 in1
1  add.f64         b   <- in1 in2
2  multiply.f64    a   <- a b
3  add.f64         b   <- in0 in2
4  add.f64         b   <- b k0      k0 = 1
5  multiply.f64    a   <- a b
6  store_last.f64  out <- a)"},
      {"((x+y)*(y+z)) / ((x-y)*(y-z))", R"(
0  add.f64         a   <- in0 in1
1  add.f64         b   <- in1 in2
2  multiply.f64    a   <- a b
3  spill.f64       t0  <- a
4  subtract.f64    a   <- in0 in1
5  subtract.f64    b   <- in1 in2
6  multiply.f64    a   <- a b
7  divide.f64      a   <- t0 a
8  store_last.f64  out <- a)"},
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
0  add.f64         a   <- in0 in1
1  add.f64         b   <- in1 in2
2  multiply.f64    a   <- a b
3  spill.f64       t0  <- a
4  add.f64         b   <- in0 k0    k0 = 1
5  load.b8         a   <- in6
6  where.f64       a   <- a b t0
7  store_last.f64  out <- a)"},
  });
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
}

TEST(Emit, UnusedInputsAreKnown) {
  const Program program = program_of("x + A");
  EXPECT_EQ(program.input_is_used, (std::vector<bool>{true, false, false, false, false, false, false, false, true}));
}

}  // namespace
}  // namespace lanewise::inline v0
