#pragma once
// From text to program, for the tests of this folder: rows of text in, listings out.

#include <string_view>

#include <lanewise/schema.hpp>

#include "bytecode/program.hpp"

namespace lanewise::inline v0 {

/// Inputs: x y z of float64, f of float32, i of int32, j of int64, p q of bool; capitals A B C are float64 too, but change once a call.
Program program_of(std::string_view text);

}  // namespace lanewise::inline v0
