#pragma once
// One experiment: an expression with its inputs, evaluated by the library in several ways and by the oracle, and compared bit for bit.

#include <optional>
#include <string>
#include <vector>

#include "oracle/value.hpp"
#include "property/random_expression.hpp"

namespace lanewise::inline v0::property {

struct InputCase {
  std::string name;
  DType dtype;
  bool is_scalar;
  bool is_weak;                       ///< a scalar that takes the type of what it meets
  std::size_t offset_bytes;           ///< of the array's memory from an aligned address
  std::vector<oracle::Value> values;  ///< of a scalar one
};

struct ComparisonCase {
  RandomProgram program;
  std::vector<InputCase> inputs;
  std::size_t length;
  std::size_t output_offset_bytes;
};

struct Failure {
  std::string message;
  std::optional<std::size_t> element_index = {};
};

/// Draws a case; the seed alone decides everything about it.
ComparisonCase random_case(std::uint64_t seed);

/// Evaluates serially, on all threads and, where an input has the result's dtype, in place. Throws UnsupportedMachine.
std::optional<Failure> check(const ComparisonCase& comparison);

/// Returns a smaller case that fails as well.
ComparisonCase shrink(ComparisonCase comparison, Failure failure);

/// Returns the expression and the inputs' types and first elements.
std::string to_text(const ComparisonCase& comparison);

}  // namespace lanewise::inline v0::property
