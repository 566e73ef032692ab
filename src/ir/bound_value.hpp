#pragma once
// A subexpression while its surroundings are being bound.
//
// A value without typed inputs is *weak*: it takes the type of what it meets. Literals and what is computed from them stay numbers until
// then, and weak inputs stay without a node, so that each meeting may give them another dtype.

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// An integer literal beyond int64, with its sign: good for uint64 where it fits, for floats and for comparisons.
struct WideInteger {
  double value;             ///< rounded; only the sign is exact
  std::uint64_t magnitude;  ///< exact, or 0 where it exceeds 64 bits
  bool is_negative() const { return value < 0; }
  bool fits_uint64() const { return magnitude != 0 && !is_negative(); }
};

/// A weak input that nothing has been done to yet.
struct WeakInput {
  std::uint32_t input_index;
};

struct BoundValue;

/// `(0, 1)`: the axes of a reduction, or the results of the program.
struct BoundTuple {
  std::vector<BoundValue> values;
};

/// The name of a dtype, as the value of an argument called dtype.
struct DTypeName {
  DType dtype;
};

struct BoundValue {
  std::variant<Scalar, WideInteger, WeakInput, NodeIndex, BoundTuple, DTypeName, SubscriptEntry> content;
  DType dtype;  ///< of a weak value: bool, int64, float64 or complex128
  bool weak = false;
  std::uint32_t syntax_index = 0;  ///< where in the tree it is written
  std::string_view keyword = {};   ///< of an argument that is given by name

  bool is_tuple() const { return std::holds_alternative<BoundTuple>(content); }
};

/// An operation that is being bound.
struct BoundCall {
  OperationId id;
  std::uint32_t syntax_index;  ///< of the operation in the tree
  SourceSpan token;            ///< its operator or name, where errors point
  bool weak = false;           ///< all operands are
};

}  // namespace lanewise::inline v0
