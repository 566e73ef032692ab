#pragma once
// Graph: typed nodes in which equal nodes are one.
//
// A node's operands stand before it. Every operand has the dtype that its node's kernel takes; casts are nodes.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <lanewise/error.hpp>
#include <lanewise/function_set.hpp>
#include <lanewise/schema.hpp>

#include "ir/subscript.hpp"
#include "ops/instruction_set.hpp"
#include "ops/operation.hpp"
#include "ops/scalar.hpp"

namespace lanewise::inline v0 {

using NodeIndex = std::uint32_t;

/// The axes that a reduction runs along, or an extent is the product of. As ranks are known only with the arrays, axes counted from the front
/// and from the back stand apart, a bit each.
struct Axes {
  std::uint32_t from_front = 0;  ///< bit k: axis k
  std::uint32_t from_back = 0;   ///< bit k: axis -1 - k
  bool all = true;               ///< every axis; then both masks are 0
  bool keepdims = false;         ///< a reduced axis stays with extent 1
  friend bool operator==(Axes, Axes) noexcept = default;
};

/// Why a cast is there: an operation that was given operands of these dtypes computes in another. Without operands: the text says so.
struct CastReason {
  OperationId operation{};
  std::uint8_t operand_count = 0;
  std::array<DType, 3> given{};
};

/// Where a node comes from.
struct Origin {
  SourceSpan span{};  ///< in the text
  CastReason cast_reason{};
  Origin(SourceSpan where = {}, CastReason why = {}) : span(where), cast_reason(why) {}
};

struct Node {
  /// A reduction has one operand, of any rate; its value has that of the operand's shape without the axes.
  /// An extent is the number of elements along the axes of its operand's shape, an int64; the operand itself is not computed.
  /// An index is the position of the element along `axis`, or in C order, an int64.
  /// A view is an input or the result of a reduction seen through a subscript, whose axes are those of the second operand's shape; that operand
  /// itself is not computed. Where only inputs take part, it is an input of its own instead: see InputView.
  /// A call is of the host function number `function_index`; calls that must not be merged differ in `call_number`.
  enum class Kind : std::uint8_t { input, constant, operation, reduction, extent, index, view, call };

  Kind kind;
  DType dtype;  ///< of the value
  std::uint8_t operand_count = 0;
  OperationId operation{};              ///< of an operation or reduction
  std::array<NodeIndex, maximum_argument_count> operands{};  ///< all below the node's own index
  std::uint32_t input_index = 0;        ///< of an input: position in the graph's inputs
  std::uint32_t subscript = 0;          ///< of a view: position in the graph's subscripts
  std::uint32_t function_index = 0;     ///< of a call: position in the graph's functions
  std::uint32_t call_number = 0;        ///< of a call: 0, or one of its own
  Scalar value{};                       ///< of a constant
  Axes axes{};                          ///< of a reduction or extent; of an index: the one axis, or all
  SourceSpan span{};                    ///< where in the text it came from first; not part of its identity
  CastReason cast_reason{};             ///< likewise; of graphs as they are bound: simplifying joins casts of several reasons

  std::span<const NodeIndex> operand_list() const { return {operands.data(), operand_count}; }
};

/// An input that no caller gives: another one, seen through a subscript. Its array is formed when arrays are bound.
struct InputView {
  std::uint32_t input;      ///< that it is a view of; it stands before the view itself
  std::uint32_t subscript;  ///< position in the graph's subscripts
  std::uint32_t whole;      ///< position in the graph's wholes: the inputs to whose joint shape the subscript applies
  friend bool operator==(const InputView&, const InputView&) noexcept = default;
};

/// A weak scalar input has one node for each dtype it is taken as; the call converts the scalar.
class Graph {
 public:
  explicit Graph(Schema schema) : schema_(std::move(schema)), inputs_(schema_.entries()) {}

  /// Each returns the index of an equal node where there is one. Operands of a commutative operation are ordered by index.
  NodeIndex add_input(std::uint32_t input_index, DType dtype, SourceSpan span);
  NodeIndex add_constant(Scalar value, SourceSpan span);
  NodeIndex add_operation(OperationId operation, DType dtype, std::span<const NodeIndex> operands, Origin origin);
  NodeIndex add_reduction(OperationId reduction, DType dtype, NodeIndex operand, Axes axes, SourceSpan span);
  NodeIndex add_extent(NodeIndex operand, Axes axes, SourceSpan span);
  NodeIndex add_index(Axes axes, SourceSpan span);
  NodeIndex add_view(NodeIndex leaf, NodeIndex whole, std::uint32_t subscript, SourceSpan span);
  /// The graph keeps the function.
  NodeIndex add_call(std::shared_ptr<const detail::HostFunction> function, std::span<const NodeIndex> operands, SourceSpan span);
  /// Adds a copy of a node of `source` with these operands.
  NodeIndex add_copy(const Graph& source, const Node& node, std::span<const NodeIndex> operands);

  /// Return the position of an equal one where there is one.
  std::uint32_t add_subscript(const Subscript& subscript);
  std::uint32_t add_whole(const std::vector<std::uint32_t>& inputs);
  /// Returns the position of the view among the inputs, that of an equal view where there is one; then the name is not used.
  std::uint32_t add_input_view(InputView view, std::string name);

  void set_outputs(std::vector<NodeIndex> outputs) { outputs_ = std::move(outputs); }

  const Schema& schema() const { return schema_; }
  /// The inputs of the schema, and after them the views.
  std::span<const SchemaEntry> inputs() const { return inputs_; }
  std::span<const InputView> views() const { return views_; }
  std::span<const Subscript> subscripts() const { return subscripts_; }
  std::span<const std::vector<std::uint32_t>> wholes() const { return wholes_; }
  std::span<const Node> nodes() const { return nodes_; }
  const Node& node(NodeIndex index) const { return nodes_[index]; }
  std::span<const NodeIndex> outputs() const { return outputs_; }
  std::span<const std::shared_ptr<const detail::HostFunction>> functions() const { return functions_; }
  /// Returns the dtype that an operation's kernel is chosen by: that of its last operand, as it travels.
  DType kernel_dtype(const Node& operation) const {
    return travelling_dtype(nodes_[operation.operands[operation.operand_count - 1u]].dtype);
  }

 private:
  NodeIndex add(const Node& node);
  std::uint32_t add_function(std::shared_ptr<const detail::HostFunction> function);

  Schema schema_;
  std::vector<SchemaEntry> inputs_;
  std::vector<InputView> views_;
  std::vector<Subscript> subscripts_;
  std::vector<std::vector<std::uint32_t>> wholes_;
  std::vector<std::shared_ptr<const detail::HostFunction>> functions_;
  std::uint32_t call_count_ = 0;
  std::vector<Node> nodes_;
  std::vector<NodeIndex> outputs_;
  std::unordered_multimap<std::size_t, NodeIndex> index_by_hash_;
};

/// Returns one line a node: "%0 = input u       f64", "%2 = power %0 %1   f64", "%3 = sum %2 axis=0 keepdims   f64", "%4 = input u[1:]   f64",
/// "%6 = cast_float64 %5   f64   for add(f64, i32)"; dtypes are b8 i8 … f64 c64 c128. A last line "output %0" says which node is the result,
/// unless it is the last one.
std::string to_text(const Graph& graph);

/// Computes one element of an operation from constants: the machine itself does it, so that folding cannot disagree with it.
using EvaluateConstant = Scalar (*)(OperationId operation, DType result_dtype, std::span<const Scalar> operands);

}  // namespace lanewise::inline v0
