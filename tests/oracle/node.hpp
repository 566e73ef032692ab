#pragma once
// The meaning of a text as the oracle sees it: nodes in a list, each after its operands.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "oracle/typing.hpp"

namespace lanewise::inline v0::oracle {

/// The axes of a reduction as they are written; none means all.
struct Axes {
  bool all = true;
  std::vector<std::int64_t> list = {};
  bool keepdims = false;
};

/// An entry of an index. A slice's parts are those that are written.
struct Entry {
  enum class Kind { position, slice, ellipsis, new_axis } kind;
  std::optional<std::int64_t> start = {};
  std::optional<std::int64_t> stop = {};
  std::optional<std::int64_t> step = {};
};

struct Node {
  enum class Kind { constant, input, conversion, operation, reduction, extent, index, part } kind = Kind::constant;
  Type type = {};
  std::size_t input_index = 0;
  const Row* row = nullptr;  ///< of an operation
  DType operand_dtype = {};  ///< what its operands are converted to; `select` takes a bool first
  std::vector<std::size_t> operands = {};
  Fold fold = {};          ///< of a reduction
  Axes axes = {};          ///< of a reduction or extent; of an index one or all
  std::vector<Entry> entries = {};  ///< of a part: those of its index
  bool may_have_axes = false;       ///< is computed from arrays
  bool has_index = false;  ///< depends on the positions of elements
};

/// Returns the result of an operation for its operands, which are of the types of `types`. They are converted here.
Value compute(const Node& operation, std::span<const Type> types, std::span<const Value> operands);

/// Converts an element of a type; it becomes unspecified where it is an integer that a weak value has and the dtype has not.
Value convert_element(const Type& type, const Value& value, DType dtype);

}  // namespace lanewise::inline v0::oracle
