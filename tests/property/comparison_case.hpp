#pragma once
// One experiment: a text and its inputs. What is done with it: compare.hpp.

#include <cstdint>
#include <string>
#include <vector>

#include "oracle/oracle.hpp"
#include "property/array_memory.hpp"
#include "property/random_expression.hpp"

namespace lanewise::inline v0::property {

struct InputCase {
  std::string name;
  DType dtype;
  bool is_weak;  ///< a scalar that takes the type of what it meets
  Layout layout;
  oracle::ArrayValue values;  ///< of a repeated axis all are equal

  bool is_scalar() const { return values.shape.empty(); }
};

struct ComparisonCase {
  RandomProgram program;
  std::vector<InputCase> inputs;
  std::uint64_t output_seed;  ///< of the layouts of the outputs
};

/// Draws a case; the seed alone decides everything about it.
ComparisonCase random_case(std::uint64_t seed);

/// Returns cases with fewer elements that may show the same: inputs cut along an axis, with plain layouts, or tame.
std::vector<ComparisonCase> cases_with_less(const ComparisonCase& comparison);

/// Returns the expression and the inputs' types and first elements.
std::string to_text(const ComparisonCase& comparison);

}  // namespace lanewise::inline v0::property
