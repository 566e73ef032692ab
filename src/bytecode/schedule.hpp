#pragma once
// Schedule: a graph as passes over arrays. Knows which arrays of a call are of equal shape, but no extents, addresses or threads.
//
// A pass walks one domain, the broadcast of its arrays' shapes, and runs one program on it. Of what the program stores, some are results of the
// expression, the others are folded by reductions. Between passes nothing is kept but what reductions give, and what has far fewer elements
// than the pass that reads it; other elementwise work is done again in each pass that needs it.
//
// Values of a call have numbers: first the inputs by position in the schema, then what `Schedule::values` lists. Programs name them as inputs.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bytecode/emit.hpp"
#include "bytecode/program.hpp"
#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// What a schedule is made for: inputs with the same class have equal shapes. Class 0 has no dimensions.
struct InputPattern {
  std::uint32_t shape_class;
  Rate rate;              ///< call: it has one element
  bool is_small = false;  ///< it has far fewer elements than what the inputs broadcast to
  bool is_spread = false;  ///< its elements have gaps between them
  friend bool operator==(const InputPattern&, const InputPattern&) noexcept = default;
};

/// A shape that arrays share: that of an input, of a reduction's result, or of a view.
struct ShapeClass {
  enum class Kind : std::uint8_t { input, reduction, view };
  Kind kind;
  std::uint32_t input = 0;        ///< of inputs: the first that has the shape
  std::uint32_t operand_set = 0;  ///< of reductions: the classes that their operand broadcasts; of views: those of the whole
  std::uint32_t array_set = 0;    ///< of views: the shape of the array that is seen
  std::uint32_t subscript = 0;    ///< of views: position in the schedule's subscripts
  Axes axes = {};                 ///< of reductions
  NodeIndex node = 0;             ///< of reductions and views: one of them, for messages
  OperationId operation = {};
  SourceSpan span = {};
};

/// A value beyond the inputs.
struct ScheduledValue {
  enum class Kind : std::uint8_t { reduction, extent, index, view, small };
  Kind kind;
  NodeIndex node;
  DType dtype;
  Rate rate;
  std::uint32_t set;  ///< the shape of a reduction's result or a view; of an extent: of its operand
  Axes axes;          ///< of extents and indices
  SourceSpan span;
  std::uint32_t array = 0;        ///< of a view: the value that is seen, an input, a reduction's result or another view
  std::uint32_t shape_class = 0;  ///< of a view: what it is a view of and how
};

/// A reduction that a pass computes. What it folds is a value of the call as it is, or an output of the pass's program.
struct PassReduction {
  std::uint32_t value;  ///< where the result goes
  OperationId operation;
  SourceSpan span;
  DType operand_dtype;
  DType result_dtype;
  std::optional<std::uint32_t> operand_value;
  std::uint32_t program_output;  ///< where there is no operand_value
};

/// A result of the expression that a pass stores.
struct PassResult {
  std::uint32_t output;  ///< of the expression
  std::uint32_t program_output;
};

/// A small value that a pass stores for later ones.
struct PassValue {
  std::uint32_t value;
  std::uint32_t program_output;
};

struct Pass {
  std::uint32_t set;  ///< the classes whose broadcast is the domain
  Axes axes = {};     ///< that all its reductions run along; keepdims is of no meaning here
  std::vector<PassReduction> reductions = {};
  std::vector<PassResult> results = {};
  std::vector<PassValue> values = {};
  Program program = {};  ///< without outputs where all reductions fold values as they are
};

/// Where a result of the expression comes from.
struct ResultSource {
  DType dtype;
  std::uint32_t set;
  std::optional<std::uint32_t> value;  ///< a reduction's result; else a pass stores it
};

struct Schedule {
  std::uint32_t input_count = 0;
  std::vector<ShapeClass> classes = {};             ///< class c stands at c - 1
  std::vector<std::vector<std::uint32_t>> sets = {};  ///< of classes, each ascending; set 0 is empty: the shape of a scalar
  std::vector<Subscript> subscripts = {};             ///< those of the graph
  std::vector<ScheduledValue> values = {};          ///< value `input_count + i` stands at i
  std::vector<Pass> passes = {};                    ///< in an order in which they can run
  std::vector<ResultSource> results = {};

  /// True if one program computes all results and needs nothing but inputs.
  bool is_elementwise() const { return values.empty() && passes.size() == 1; }
};

/// Returns the passes that compute the graph's outputs for inputs of this pattern, one entry an input.
Schedule make_schedule(const Graph& graph, std::vector<InputPattern> pattern);

/// Returns whether it does not matter which inputs have equal shapes, if no input is small: one output, and nothing in the graph asks for a shape.
bool needs_rates_only(const Graph& graph);

/// Returns a line that says which inputs are views, if there are any; then the program where it is the only one, else of each pass a line such as "pass 0: over x: %3 = sum, out1" and its program.
std::string to_text(const Schedule& schedule, const Graph& graph);

}  // namespace lanewise::inline v0
