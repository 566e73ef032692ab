#pragma once
// Expression: text compiled once, evaluated many times, from any thread.

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <lanewise/array.hpp>
#include <lanewise/export.hpp>
#include <lanewise/options.hpp>
#include <lanewise/schema.hpp>

namespace lanewise::inline v0 {

/// A name and the array or scalar it stands for. Both must outlive the call they are given to.
struct Input {
  std::string_view name;
  ArrayView view;
};

/// The named inputs of one call, written `{{"a", a}, {"k", 3.0}}`; views the list it is made from.
class Inputs {
 public:
  Inputs() = default;
  Inputs(std::initializer_list<Input> inputs) noexcept : inputs_(inputs.begin(), inputs.size()) {}
  Inputs(std::span<const Input> inputs) noexcept : inputs_(inputs) {}
  Inputs(const std::vector<Input>& inputs) noexcept : inputs_(inputs) {}

  const Input* begin() const noexcept { return inputs_.data(); }
  const Input* end() const noexcept { return inputs_.data() + inputs_.size(); }
  std::size_t size() const noexcept { return inputs_.size(); }

 private:
  std::span<const Input> inputs_;
};

/// The stages of compilation whose result can be shown.
enum class Stage { tree, graph, simplified, program };

/// A compiled expression: immutable, cheap to copy.
///
/// Threads     all members may be called at once on one object.
class LANEWISE_API Expression {
 public:
  /// Compiles `source` for inputs of the given names and types.
  ///
  /// Throws      SyntaxError E1xx, NameError or DTypeError E2xx, LimitError E4xx, each with the place in the text.
  /// Cost        linear in the length of the text; tens of microseconds for ten operations.
  /// Example     auto e = Expression::compile("2*a + b", {{"a", DType::float32}, {"b", DType::float32}});
  static Expression compile(std::string_view source, const Schema& inputs, const CompileOptions& options = {});

  /// Returns the names and types to pass, in positional order.
  std::span<const SchemaEntry> inputs() const noexcept;
  DType result_dtype() const noexcept;

  /// Evaluates the expression on `inputs` and writes one value per element to `out`.
  ///
  /// Shapes      arrays have one common shape, which is `out.shape()`; scalars and arrays of one element repeat.
  /// Strides     inputs and output are contiguous in C order; any alignment.
  /// Dtypes      each input as in the schema; a scalar converts within its kind. `out.dtype()` equals `result_dtype()`.
  /// Aliasing    `out` may be exactly one of the inputs; a partial overlap throws.
  /// Threads     tasks join the caller's TBB arena, at most `options.max_threads`. The floating-point modes of the caller
  ///             are neither used nor changed.
  /// Throws      NameError E208, E201, DTypeError E203, E205, E209, ShapeError E301, E302, AliasError E305; then `out` is
  ///             untouched. Cancelled E501, std::bad_alloc; then its content is unspecified.
  /// Cost        time: elements × instructions; memory: scratch tiles per thread, none per array.
  /// Example     expression.evaluate({{"a", a}, {"b", b}}, out);
  void evaluate(const Inputs& inputs, MutableArrayView out, const EvaluateOptions& options = {}) const;
  /// The same into fresh memory.
  Array evaluate(const Inputs& inputs, const EvaluateOptions& options = {}) const;

  /// The same with the inputs in the order of `inputs()`: no look-up of names. A warm call allocates nothing.
  ///
  /// Example     expression.evaluate_positional({a, b}, out);
  void evaluate_positional(std::span<const ArrayView> inputs, MutableArrayView out, const EvaluateOptions& options = {}) const;
  void evaluate_positional(std::initializer_list<ArrayView> inputs, MutableArrayView out, const EvaluateOptions& options = {}) const {
    evaluate_positional(std::span<const ArrayView>(inputs.begin(), inputs.size()), out, options);
  }

  /// Returns the text of one stage: tree, graph as written, graph simplified, or program (inputs taken as arrays).
  std::string explain(Stage stage) const;
  /// Returns the plan for these arrays on this machine: CPU target, tiles, blocks, threads, stores. Nothing is evaluated.
  std::string explain(const Inputs& inputs, MutableArrayView out, const EvaluateOptions& options = {}) const;

 private:
  struct State;
  explicit Expression(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace lanewise::inline v0
