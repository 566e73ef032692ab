#pragma once
// The meaning of a text as the oracle sees it: nodes in a list, each after its operands.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "oracle/typing.hpp"

namespace lanewise::inline v0::oracle {

/// The axes of a reduction as they are written; none means all.
struct Axes {
  bool all = true;
  std::vector<std::int64_t> list = {};
  bool keepdims = false;
};

struct Node {
  enum class Kind { constant, input, conversion, operation, reduction, extent, index } kind = Kind::constant;
  Type type = {};
  std::size_t input_index = 0;
  const Row* row = nullptr;  ///< of an operation
  DType operand_dtype = {};  ///< what its operands are converted to; `select` takes a bool first
  std::vector<std::size_t> operands = {};
  Fold fold = {};          ///< of a reduction
  Axes axes = {};          ///< of a reduction or extent; of an index one or all
  bool has_index = false;  ///< depends on the positions of elements
};

/// Returns the result of an operation for its operands, which are of the types of `types`. They are converted here.
Value compute(const Node& operation, std::span<const Type> types, std::span<const Value> operands);

/// Converts an element of a type; it becomes unspecified where it is an integer that a weak value has and the dtype has not.
Value convert_element(const Type& type, const Value& value, DType dtype);

}  // namespace lanewise::inline v0::oracle
