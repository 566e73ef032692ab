#pragma once
// From text to the text of a graph, and what tests say about it.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "ir/graph.hpp"

namespace lanewise::inline v0::testing_ir {

/// Inputs by letter: b m bool; i j int32; l int64; f g float32; a u v x y float64; c d complex64; z complex128; h float16; i8 i16 u8 u16 u32
/// u64 of the type they name; weak scalars p (bool), k n (int64), s (float64), w (complex128).
Schema letters();

/// Binds the text; an Error has its source attached, as the driver does.
Graph bound(std::string_view source, const Schema& inputs = letters());
Graph simplified(std::string_view source, const Schema& inputs = letters());

/// Returns the bound graph on one line, as nested calls with the result's dtype: "f64: add(power(u, 2), 1)"; casts are written as calls,
/// reductions as "f64: sum[axis=0 keepdims](x)", the number of elements as "extent[axis=0](x)", several results joined by "; ".
std::string flat(const Graph& graph);

/// Returns the report of the error that binding ends in, or a sentence that there was none.
std::string report_of(std::string_view source, const Schema& inputs = letters());

}  // namespace lanewise::inline v0::testing_ir

#define EXPECT_SAME_GRAPH(left, right)                                                                             \
  EXPECT_EQ(to_text(::lanewise::testing_ir::simplified(left)), to_text(::lanewise::testing_ir::simplified(right))) \
      << (left) << " and " << (right)
#define EXPECT_DIFFERENT_GRAPH(left, right)                                                                        \
  EXPECT_NE(to_text(::lanewise::testing_ir::simplified(left)), to_text(::lanewise::testing_ir::simplified(right))) \
      << (left) << " and " << (right)
