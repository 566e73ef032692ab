#pragma once
// Random texts over inputs of all dtypes, made of operations that the scalar machine knows.

#include <cstdint>
#include <string>

#include <lanewise/schema.hpp>

namespace lanewise::inline v0::testing_ir {

/// Returns a text of a few statements, the last with one or two results. Each text draws on a few of the inputs only, so that their dtypes
/// meet again and again. Not every text has a meaning: bind refuses `~x` of floats.
std::string random_text(std::uint64_t seed, const Schema& inputs);

}  // namespace lanewise::inline v0::testing_ir
