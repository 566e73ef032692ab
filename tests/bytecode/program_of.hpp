#pragma once
// From text to program, for the tests of this folder: rows of text in, listings out.

#include <string_view>

#include <lanewise/schema.hpp>

#include "bytecode/program.hpp"
#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// Inputs: x y z of float64, f of float32, i of int32, j of int64, p q of bool; capitals A B C are float64 too, but change once a call.
/// Then c d of complex64, w of complex128, h of float16, i8 k8 u8 i16 u16 u32 u64; once a call N of int8, Z of complex128.
const Schema& inputs_of_programs();

/// Returns the graph of the text, before simplify.
Graph graph_of_program(std::string_view text);

Program program_of(std::string_view text);
/// Returns the program of a graph over these inputs, simplified or not.
Program program_of(const Graph& graph);

}  // namespace lanewise::inline v0
